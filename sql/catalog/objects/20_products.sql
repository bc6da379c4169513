-- Saving and importing products: one round trip each, all or nothing.

create or replace function catalog.set_barcodes(product uuid, wanted text[]) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    taken record;
begin
    select b.barcode, p.code into taken
      from catalog.barcodes b join catalog.products p on p.id = b.product_id
     where b.barcode = any (wanted) and b.product_id <> product limit 1;
    if found then
        perform core.refuse('catalog.barcode_taken', jsonb_build_object('barcode', taken.barcode, 'product', taken.code));
    end if;
    delete from catalog.barcodes b where b.product_id = product and b.barcode <> all (wanted);
    insert into catalog.barcodes (barcode, product_id)
    select distinct w, product from unnest(wanted) w on conflict (barcode) do nothing;
end $$;

create or replace function catalog.save_product_v1(draft jsonb) returns bigint
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    given catalog.products := jsonb_populate_record(null::catalog.products, draft);
    new_version bigint;
begin
    perform core.require('catalog.product.edit');
    if given.version is null then
        insert into catalog.products (id, code, name, name_ar, unit, tax_code, price, reorder_point, is_active, metadata)
        values (given.id, given.code, given.name, coalesce(given.name_ar, ''), given.unit, given.tax_code, given.price,
                given.reorder_point, coalesce(given.is_active, true), coalesce(given.metadata, '{}'))
        returning version into new_version;
    else
        update catalog.products p
           set code = given.code, name = given.name, name_ar = coalesce(given.name_ar, ''), unit = given.unit,
               tax_code = given.tax_code, price = given.price, reorder_point = given.reorder_point,
               is_active = given.is_active, metadata = coalesce(given.metadata, p.metadata), version = p.version + 1
         where p.id = given.id and p.version = given.version
        returning p.version into new_version;
        if new_version is null then
            perform core.refuse('core.stale_record');
        end if;
    end if;
    perform catalog.set_barcodes(given.id, array(select jsonb_array_elements_text(draft -> 'barcodes')));
    return new_version;
end $$;
comment on function catalog.save_product_v1(jsonb) is
    'Creates (without version) or changes (with the version read) a product and its barcodes; the new version.';

-- What an import would collide with: barcodes of other products, units and taxes that do not exist.
create or replace function catalog.check_import_v1(rows jsonb)
    returns table (row_no integer, problem text, value text, other text)
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    with given as (
        select * from jsonb_to_recordset(rows) as r (row_no integer, code text, unit text, tax_code text, barcode text))
    select g.row_no, 'barcode_taken', g.barcode, p.code
      from given g join catalog.barcodes b on b.barcode = g.barcode
      join catalog.products p on p.id = b.product_id and p.code <> g.code
    union all
    select g.row_no, 'unknown_unit', g.unit, '' from given g
     where not exists (select from catalog.units u where u.code = g.unit)
    union all
    select g.row_no, 'unknown_tax', g.tax_code, '' from given g
     where not exists (select from accounting.taxes t where t.code = g.tax_code and t.is_active)
     order by 1
$$;

create or replace function catalog.import_products_v1(rows jsonb) returns jsonb
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    created bigint;
    written bigint;
begin
    perform core.require('catalog.product.import');
    with given as (
        select * from jsonb_to_recordset(rows) as r (id uuid, code text, name text, name_ar text, unit text,
                                                     tax_code text, price numeric, reorder_point numeric, metadata jsonb)),
    saved as (
        insert into catalog.products as p (id, code, name, name_ar, unit, tax_code, price, reorder_point, metadata)
        select g.id, g.code, g.name, coalesce(g.name_ar, ''), g.unit, g.tax_code, g.price, g.reorder_point,
               coalesce(g.metadata, '{}') from given g
        on conflict on constraint products_code_is_taken do update
           set name = excluded.name, unit = excluded.unit, tax_code = excluded.tax_code, price = excluded.price,
               name_ar = case when excluded.name_ar = '' then p.name_ar else excluded.name_ar end,
               reorder_point = coalesce(excluded.reorder_point, p.reorder_point),
               metadata = p.metadata || excluded.metadata, version = p.version + 1
        returning (p.version = 1) as is_new)
    select count(*) filter (where is_new), count(*) into created, written from saved;
    insert into catalog.barcodes (barcode, product_id)
    select distinct on (g.barcode) g.barcode, p.id
      from jsonb_to_recordset(rows) as g (code text, barcode text)
      join catalog.products p on p.code = g.code
     where g.barcode <> ''
    on conflict (barcode) do nothing;
    return jsonb_build_object('created', created, 'changed', written - created);
end $$;
comment on function catalog.import_products_v1(jsonb) is 'Writes one chunk of an import; the caller owns the transaction.';

grant execute on function catalog.set_barcodes(uuid, text[]), catalog.save_product_v1(jsonb),
    catalog.check_import_v1(jsonb), catalog.import_products_v1(jsonb) to catalog_app;
