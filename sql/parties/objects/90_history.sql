-- parties.add_customers_v1: customers that an imported history names; sales has asked whether the user may.

-- [{id, code, name, name_ar?, country?, document_language, metadata}]
create or replace function parties.add_customers_v1(rows jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    taken text;
begin
    insert into parties.parties (id, code, name, name_ar, country, document_language, metadata)
    select r.id, r.code, r.name, coalesce(r.name_ar, ''),
           coalesce(nullif(r.country, ''), (select c.country from core.company c)), r.document_language, r.metadata
      from jsonb_to_recordset(rows) as r (id uuid, code text, name text, name_ar text, country text,
                                          document_language text, metadata jsonb)
     order by r.code
    on conflict on constraint parties_code_is_taken do nothing;
    select p.code into taken from parties.parties p
     where p.code in (select r ->> 'code' from jsonb_array_elements(rows) r) and not p.is_customer limit 1;
    if found then
        perform core.refuse('parties.code_taken', jsonb_build_object('field', 'code', 'code', taken));
    end if;
    return (
    select coalesce(jsonb_object_agg(p.code, p.id), '{}') from parties.parties p
     where p.code in (select r ->> 'code' from jsonb_array_elements(rows) r));
end $$;
comment on function parties.add_customers_v1(jsonb) is
    'Creates the customers whose codes are not there yet, and leaves the others as they are: {code: id} of all.';
grant execute on function parties.add_customers_v1(jsonb) to sales_owner;
