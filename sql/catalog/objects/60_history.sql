-- catalog.add_products_v1: products that an imported history names; sales has asked whether the user may.

-- [{id, code, name, unit, tax_code, price, kind, metadata}]
create or replace function catalog.add_products_v1(rows jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
    insert into catalog.products (id, code, name, unit, tax_code, price, price_net, kind, metadata)
    select r.id, r.code, r.name, r.unit, r.tax_code, r.price, r.price, r.kind, r.metadata
      from jsonb_to_recordset(rows) as r (id uuid, code text, name text, unit text, tax_code text, price numeric,
                                          kind text, metadata jsonb)
     order by r.code
    on conflict on constraint products_code_is_taken do nothing;
    return (
    select coalesce(jsonb_object_agg(p.code, p.id), '{}') from catalog.products p
     where p.code in (select r ->> 'code' from jsonb_array_elements(rows) r));
end $$;
comment on function catalog.add_products_v1(jsonb) is
    'Creates the products whose codes are not there yet, and leaves the others as they are: {code: id} of all.';
grant execute on function catalog.add_products_v1(jsonb) to sales_owner;
