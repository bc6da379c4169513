-- Saving and importing products: one round trip each, all or nothing.

-- The question comes after the insertion: it also sees a barcode that somebody took this very moment.
create or replace function catalog.refuse_taken(wanted text[]) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    taken record;
begin
    select b.barcode, p.code, p.name into taken
      from catalog.barcodes b join catalog.products p on p.id = b.product_id
     where b.barcode = any (wanted)
     order by b.barcode limit 1;
    if found then
        perform core.refuse('catalog.barcode_taken', jsonb_build_object(
            'field', 'barcodes', 'barcode', taken.barcode, 'code', taken.code, 'name', taken.name));
    end if;
end $$;

create or replace function catalog.set_barcodes(product uuid, wanted text[]) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
begin
    delete from catalog.barcodes b where b.product_id = product and b.barcode <> all (wanted);
    insert into catalog.barcodes (barcode, product_id)
    select distinct w, product from unnest(wanted) w order by 1 on conflict (barcode) do nothing;
    perform catalog.refuse_taken(array(
        select b.barcode from catalog.barcodes b where b.barcode = any (wanted) and b.product_id <> product));
end $$;

create or replace function catalog.save_product_v1(draft jsonb) returns bigint
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
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
         where p.id = given.id and p.version = given.version and p.deleted_at is null
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

-- Which of these codes and barcodes exist already, and whose they are: an import asks before it writes.
create or replace function catalog.known_products_v1(codes text[], barcodes text[])
    returns table (kind text, value text, code text)
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select 'code', p.code, p.code from catalog.products p where p.code = any (codes)
    union all
    select 'barcode', b.barcode, p.code
      from catalog.barcodes b join catalog.products p on p.id = b.product_id
     where b.barcode = any (barcodes)
$$;
comment on function catalog.known_products_v1(text[], text[]) is 'Codes and barcodes that an import would meet again.';

-- Rows: [{id, code, name, name_ar, unit, tax_code, price, reorder_point, metadata, barcode}], each code once;
-- several barcodes stand in one text with spaces between them.
create or replace function catalog.import_products_v1(rows jsonb, may_change boolean default true) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    created bigint;
    written bigint;
    taken text;
begin
    perform core.require('catalog.product.import');
    if not may_change then
        select p.code into taken from catalog.products p
         where p.code in (select r ->> 'code' from jsonb_array_elements(rows) r) limit 1;
        if found then
            perform core.refuse('catalog.code_taken', jsonb_build_object('field', 'code', 'code', taken));
        end if;
    end if;
    with given as (
        select * from jsonb_to_recordset(rows) as r (id uuid, code text, name text, name_ar text, unit text,
                                                     tax_code text, price numeric, reorder_point numeric, metadata jsonb)),
    saved as (
        insert into catalog.products as p (id, code, name, name_ar, unit, tax_code, price, reorder_point, metadata)
        select g.id, g.code, g.name, coalesce(g.name_ar, ''), g.unit, g.tax_code, g.price, g.reorder_point,
               coalesce(g.metadata, '{}') from given g order by g.code
        on conflict on constraint products_code_is_taken do update
           set name = excluded.name, unit = excluded.unit, tax_code = excluded.tax_code, price = excluded.price,
               name_ar = case when excluded.name_ar = '' then p.name_ar else excluded.name_ar end,
               reorder_point = coalesce(excluded.reorder_point, p.reorder_point),
               metadata = p.metadata || excluded.metadata, version = p.version + 1
        returning (p.version = 1) as is_new)
    select count(*) filter (where is_new), count(*) into created, written from saved;
    insert into catalog.barcodes (barcode, product_id)
    select w.barcode, p.id
      from jsonb_to_recordset(rows) as g (code text, barcode text)
     cross join lateral string_to_table(g.barcode, ' ') as w (barcode)
      join catalog.products p on p.code = g.code
     where w.barcode <> ''
     order by w.barcode
        on conflict (barcode) do nothing;
    perform catalog.refuse_taken(array(
        select b.barcode
          from jsonb_to_recordset(rows) as g (code text, barcode text)
         cross join lateral string_to_table(g.barcode, ' ') as w (barcode)
          join catalog.barcodes b on b.barcode = w.barcode
          join catalog.products p on p.id = b.product_id and p.code <> g.code));
    return jsonb_build_object('created', created, 'changed', written - created);
end $$;
comment on function catalog.import_products_v1(jsonb, boolean) is
    'Writes one chunk of an import; the caller owns the transaction.';

grant execute on function catalog.save_product_v1(jsonb), catalog.known_products_v1(text[], text[]),
    catalog.import_products_v1(jsonb, boolean) to catalog_app;
