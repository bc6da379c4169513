-- The doors of products: saving one, importing many, giving one a picture.

create or replace function catalog.put_picture(product uuid, content bytea, media_type text) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
begin
    if content is null then
        delete from catalog.pictures p where p.product_id = product;
        return;
    end if;
    insert into catalog.pictures as p (product_id, content, media_type) values (product, content, put_picture.media_type)
        on conflict (product_id) do update set content = excluded.content, media_type = excluded.media_type;
end $$;

create or replace function catalog.set_picture_v1(product uuid, content bytea, media_type text) returns void
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
    perform core.require('catalog.product.edit');
    perform catalog.put_picture(product, content, media_type);
end $$;
comment on function catalog.set_picture_v1(uuid, bytea, text) is
    'Gives a product a picture (PNG or JPEG, at most 256 kB), or with null takes it away.';

-- All prices that lists have for a product: those given; what is missing among them is taken away.
create or replace function catalog.set_prices(product uuid, wanted jsonb) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    list text;
begin
    delete from catalog.prices p
     where p.product_id = product
       and p.id not in (select (w ->> 'id')::uuid from jsonb_array_elements(wanted) w);
    for list in select distinct w ->> 'price_list' from jsonb_array_elements(wanted) w order by 1 loop
        perform catalog.put_prices(list, array(
            select jsonb_populate_record(r, jsonb_build_object('product_id', product))
              from jsonb_populate_recordset(null::catalog.prices, wanted) r where r.price_list = list), true);
    end loop;
end $$;

create or replace function catalog.save_product_v1(draft jsonb) returns bigint
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    given catalog.products := jsonb_populate_record(null::catalog.products, draft);
    new_version bigint;
begin
    perform core.require('catalog.product.edit');
    new_version := catalog.write_product(given);
    if draft ? 'packs' then
        perform catalog.set_packs(given.id, draft -> 'packs', false);
    end if;
    perform catalog.set_barcodes(given.id, draft);
    if draft ? 'prices' then
        perform catalog.set_prices(given.id, draft -> 'prices');
    end if;
    if draft ? 'picture' then
        perform catalog.put_picture(given.id, decode(draft #>> '{picture,content}', 'base64'),
                                    draft #>> '{picture,media_type}');
    end if;
    return new_version;
end $$;
comment on function catalog.save_product_v1(jsonb) is
    'Creates (without version) or changes (with the version read) a product; the new version. Besides the product''s own '
    'values: barcodes [text]; packs [{id, name, name_ar, factor, price, is_active, barcodes}]; prices [{id, price_list, '
    'pack_id, min_quantity, price, valid_from, valid_to}]; picture {media_type, content in base64} or null. Each list is '
    'all that the product has; packs, prices and picture stay where the draft does not name them.';

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
comment on function catalog.known_products_v1(text[], text[]) is
    'Codes and barcodes, also of packs, that an import would meet again, each with the code of the product that has it.';

create or replace function catalog.import_values(rows jsonb) returns jsonb
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    told jsonb;
begin
    with paths as materialized (
        select distinct btrim(r ->> 'category') as path from jsonb_array_elements(rows) r
         where btrim(r ->> 'category') <> '' order by 1),
    categories as materialized (select p.path, catalog.category_of_path(p.path) as id from paths p),
    given as (
        select r.*, c.id as category_id, coalesce(r.kind, e.kind, 'goods') as known_kind
          from jsonb_to_recordset(rows) as r (id uuid, code text, name text, name_ar text, unit text, tax_code text,
                                              price numeric, price_net numeric, kind text, category text,
                                              reorder_point numeric, metadata jsonb)
          left join categories c on c.path = btrim(r.category)
          left join catalog.products e on e.code = r.code),
    saved as (
        insert into catalog.products as p (id, code, name, name_ar, unit, tax_code, price, price_net, kind, category_id,
                                           reorder_point, metadata)
        select g.id, g.code, g.name, coalesce(g.name_ar, ''), g.unit, g.tax_code, g.price, g.price_net,
               g.known_kind, g.category_id, g.reorder_point, coalesce(g.metadata, '{}')
          from given g order by g.code
        on conflict on constraint products_code_is_taken do update
           set name = excluded.name, unit = excluded.unit, tax_code = excluded.tax_code, price = excluded.price,
               -- A net price that is not said follows from the new price; it stays where nothing changes it.
               price_net = case when excluded.price_net is not null or (excluded.price, excluded.tax_code)
                                     is distinct from (p.price, p.tax_code) then excluded.price_net
                                else p.price_net end,
               kind = excluded.kind,
               category_id = coalesce(excluded.category_id, p.category_id),
               name_ar = case when excluded.name_ar = '' then p.name_ar else excluded.name_ar end,
               reorder_point = coalesce(excluded.reorder_point, p.reorder_point),
               metadata = p.metadata || excluded.metadata, version = p.version + 1
        returning (p.version = 1) as is_new)
    select jsonb_build_object('created', count(*) filter (where is_new), 'changed', count(*) filter (where not is_new))
      into told from saved;
    return told;
end $$;

-- Barcodes of products and of their packs, which every row names.
create or replace function catalog.imported_barcodes(rows jsonb)
    returns table (barcode text, product_id uuid, pack_id uuid)
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select w.barcode, p.id, null::uuid
      from jsonb_to_recordset(rows) as g (code text, barcode text)
     cross join lateral string_to_table(g.barcode, ' ') as w (barcode)
      join catalog.products p on p.code = g.code
     where w.barcode <> ''
    union all
    select w.value, p.id, k.id
      from jsonb_to_recordset(rows) as g (code text, packs jsonb)
     cross join lateral jsonb_array_elements(g.packs) as d
     cross join lateral jsonb_array_elements_text(coalesce(d -> 'barcodes', '[]')) as w
      join catalog.products p on p.code = g.code
      join catalog.packs k on k.product_id = p.id and k.name = d ->> 'name'
$$;

create or replace function catalog.import_barcodes(rows jsonb) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
begin
    insert into catalog.barcodes (barcode, product_id, pack_id)
    select distinct on (w.barcode) w.barcode, w.product_id, w.pack_id from catalog.imported_barcodes(rows) w
     order by w.barcode
        on conflict (barcode) do nothing;
    perform catalog.refuse_taken(array(
        select b.barcode
          from catalog.imported_barcodes(rows) w
          join catalog.barcodes b on b.barcode = w.barcode
         where (b.product_id, b.pack_id) is distinct from (w.product_id, w.pack_id)), 'barcodes');
end $$;

create or replace function catalog.import_products_v1(rows jsonb, may_change boolean default true) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    taken text;
    told jsonb;
    packed record;
begin
    perform core.require('catalog.product.import');
    if not may_change then
        select p.code into taken from catalog.products p
         where p.code in (select r ->> 'code' from jsonb_array_elements(rows) r) limit 1;
        if found then
            perform core.refuse('catalog.code_taken', jsonb_build_object('field', 'code', 'code', taken));
        end if;
    end if;
    told := catalog.import_values(rows);
    for packed in select p.id, g.packs from jsonb_to_recordset(rows) as g (code text, packs jsonb)
                    join catalog.products p on p.code = g.code
                   where jsonb_array_length(g.packs) > 0 order by p.code loop
        perform catalog.set_packs(packed.id, packed.packs, true);
    end loop;
    perform catalog.import_barcodes(rows);
    return told;
end $$;
comment on function catalog.import_products_v1(jsonb, boolean) is
    'Writes one chunk of an import; the caller owns the transaction. {"created", "changed"}. Rows, each code once: '
    '{id, code, name, name_ar, unit, tax_code, price, price_net, kind, category, reorder_point, metadata, barcode, packs}. '
    'Needed: id (of a new product), code, name, unit, tax_code, price (taxes included). price_net: null follows from the '
    'price. kind: goods or service; null is goods, or what it was. category: the code or a name of one, or a path '
    '`Drinks > Juices`; what is missing is made; null or empty leaves it. barcode: one text, several with spaces between. '
    'packs: [{id, name, name_ar, factor, price, barcodes: [text]}], price null for as many units; packs that a row does '
    'not name stay. What exists keeps name_ar, reorder_point and facts that a row leaves empty.';

grant execute on function catalog.save_product_v1(jsonb), catalog.known_products_v1(text[], text[]),
    catalog.import_products_v1(jsonb, boolean), catalog.set_picture_v1(uuid, bytea, text) to catalog_app;
