-- A product bears a tax of its own: what suspends one comes with a customer's attestation, on the document.

create or replace function catalog.check_own_tax() returns trigger
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    wrong record;
begin
    select c.code, c.tax_code into wrong
      from changed c join accounting.taxes t on t.code = c.tax_code and t.kind = 'suspended' limit 1;
    if found then
        perform core.refuse('catalog.tax_is_suspended', jsonb_build_object(
            'field', 'tax_code', 'product', wrong.code, 'tax', wrong.tax_code));
    end if;
    return null;
end $$;
create or replace trigger own_tax_when_new after insert on catalog.products
    referencing new table as changed for each statement execute function catalog.check_own_tax();
create or replace trigger own_tax_when_changed after update on catalog.products
    referencing new table as changed for each statement execute function catalog.check_own_tax();
