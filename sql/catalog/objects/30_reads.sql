-- What a form shows and what the tills keep.

-- What belongs to one product.
create or replace function catalog.packs_of(product uuid) returns jsonb
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select coalesce(jsonb_agg(jsonb_build_object(
               'id', k.id, 'name', k.name, 'name_ar', k.name_ar, 'factor', k.factor::text, 'price', k.price::text,
               'is_active', k.is_active,
               'barcodes', coalesce((select jsonb_agg(b.barcode order by b.barcode) from catalog.barcodes b
                                      where b.pack_id = k.id), '[]')) order by k.factor, k.name), '[]')
      from catalog.packs k where k.product_id = product
$$;

create or replace function catalog.prices_of(product uuid) returns jsonb
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select coalesce(jsonb_agg(jsonb_build_object(
               'id', l.id, 'price_list', l.price_list, 'pack_id', l.pack_id, 'min_quantity', l.min_quantity::text,
               'price', l.price::text, 'valid_from', l.valid_from, 'valid_to', l.valid_to)
               order by l.price_list, l.pack_id nulls first, l.min_quantity, l.valid_from), '[]')
      from catalog.prices l where l.product_id = product
$$;

create or replace function catalog.product_details(product uuid) returns jsonb
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
               'id', p.id, 'version', p.version, 'code', p.code, 'name', p.name, 'name_ar', p.name_ar,
               'unit', p.unit, 'tax_code', p.tax_code, 'price', p.price::text, 'price_net', p.price_net::text,
               'kind', p.kind, 'category_id', p.category_id, 'reorder_point', p.reorder_point::text,
               'is_active', p.is_active, 'metadata', p.metadata,
               'barcodes', coalesce((select jsonb_agg(b.barcode order by b.barcode) from catalog.barcodes b
                                      where b.product_id = p.id and b.pack_id is null), '[]'),
               'packs', catalog.packs_of(p.id), 'prices', catalog.prices_of(p.id),
               'picture', (select jsonb_build_object('media_type', i.media_type, 'content', encode(i.content, 'base64'))
                             from catalog.pictures i where i.product_id = p.id))
      from catalog.products p where p.id = product and p.deleted_at is null
$$;

-- What a product can have.
create or replace function catalog.product_choices(current_tax text) returns jsonb
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'currency', (select c.currency from core.company c),
        'units', (select coalesce(jsonb_agg(jsonb_build_object('code', u.code, 'name', u.name, 'name_ar', u.name_ar)
                                            order by u.code), '[]') from catalog.units u),
        'taxes', (select coalesce(jsonb_agg(jsonb_build_object(
                                'code', t.code, 'name', t.name, 'name_ar', t.name_ar, 'rate', r.rate::text,
                                'taxes', a.taxes)
                            order by r.rate desc, t.code), '[]')
                    from accounting.taxes t
                    left join accounting.tax_rates r on r.tax_code = t.code and r.valid_from <= (select core.local_date(now()))
                                                    and coalesce(r.valid_to, (select core.local_date(now()))) >= (select core.local_date(now()))
                    left join accounting.rates_at_v1((select core.local_date(now()))) a on a.tax_code = t.code
                   where (t.is_active and r.rate is not null and t.kind <> 'suspended') or t.code = current_tax),
        'categories', (select coalesce(jsonb_agg(jsonb_build_object(
                                'id', c.id, 'version', c.version, 'parent_id', c.parent_id, 'code', c.code,
                                'name', c.name, 'name_ar', c.name_ar, 'is_active', c.is_active) order by c.code), '[]')
                         from catalog.categories c),
        'price_lists', (select coalesce(jsonb_agg(jsonb_build_object(
                                'code', l.code, 'name', l.name, 'name_ar', l.name_ar,
                                'includes_tax', l.includes_tax, 'is_active', l.is_active) order by l.code), '[]')
                          from catalog.price_lists l))
$$;

create or replace function catalog.product_form_v1(product uuid) returns jsonb
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
declare
    details jsonb;
begin
    perform core.require('catalog.product.view');
    details := jsonb_build_object('product', catalog.product_details(product));
    return details || catalog.product_choices(details #>> '{product,tax_code}');
end $$;
comment on function catalog.product_form_v1(uuid) is
    'A product (none for a new one) with packs, prices and picture; and the units, taxes, categories and lists to '
    'choose from: all that its form needs, in one answer.';
grant execute on function catalog.product_form_v1(uuid) to catalog_app;

-- Whatever can have a price: each product for sale by its unit, and in each of its packs.
create or replace view catalog.priced with (security_invoker = true) as
    select p.id as product_id, null::uuid as pack_id, p.code, p.name, p.name_ar, '' as pack, '' as pack_ar, p.unit,
           p.tax_code, 1::numeric as factor, p.price, p.price_net, (select c.currency from core.company c) as currency
      from catalog.products p
     where p.is_active and p.deleted_at is null
    union all
    select p.id, k.id, p.code, p.name, p.name_ar, k.name, k.name_ar, p.unit, p.tax_code, k.factor,
           coalesce(k.price, p.price * k.factor), case when k.price is null then p.price_net * k.factor end,
           (select c.currency from core.company c)
      from catalog.products p join catalog.packs k on k.product_id = p.id
     where p.is_active and p.deleted_at is null and k.is_active;
comment on view catalog.priced is 'Products for sale, and their packs, with what they cost by themselves.';
grant select on catalog.priced to catalog_app;

call core.offer_feed('catalog.products', $$
    select p.changed_xid as xid, p.id::text as key,
           jsonb_build_object('id', p.id, 'code', p.code, 'name', p.name,
               'name_ar', p.name_ar, 'unit', p.unit, 'tax_code', p.tax_code, 'price', p.price::text,
               'price_net', p.price_net::text, 'kind', p.kind, 'category_id', p.category_id,
               'is_active', p.is_active and p.deleted_at is null) as content
      from catalog.products p
$$);

call core.offer_feed('catalog.barcodes', $$
    select b.changed_xid as xid, b.barcode as key,
           jsonb_build_object('barcode', b.barcode, 'product_id', b.product_id,
               'pack_id', b.pack_id) as content
      from catalog.barcodes b
$$);
