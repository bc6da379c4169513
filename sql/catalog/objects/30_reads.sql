-- What a form shows and what the tills keep.

-- All that the form of a product needs, in one answer: the product (none for a new one), and what can be chosen.
create or replace function catalog.product_form_v1(product uuid) returns jsonb
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'product', (select jsonb_build_object(
                'id', p.id, 'version', p.version, 'code', p.code, 'name', p.name, 'name_ar', p.name_ar,
                'unit', p.unit, 'tax_code', p.tax_code, 'price', p.price::text,
                'reorder_point', p.reorder_point::text, 'is_active', p.is_active, 'metadata', p.metadata,
                'barcodes', coalesce((select jsonb_agg(b.barcode order by b.barcode) from catalog.barcodes b
                                       where b.product_id = p.id), '[]'))
               from catalog.products p where p.id = product and p.deleted_at is null),
        'currency', (select c.currency from core.company c),
        'units', (select coalesce(jsonb_agg(jsonb_build_object('code', u.code, 'name', u.name, 'name_ar', u.name_ar)
                                            order by u.code), '[]') from catalog.units u),
        'taxes', (select coalesce(jsonb_agg(jsonb_build_object(
                                'code', t.code, 'name', t.name, 'name_ar', t.name_ar, 'rate', r.rate::text)
                            order by r.rate desc, t.code), '[]')
                    from accounting.taxes t
                    left join accounting.tax_rates r on r.tax_code = t.code and r.valid_from <= current_date
                                                    and coalesce(r.valid_to, current_date) >= current_date
                   where (t.is_active and r.rate is not null)
                      or t.code = (select p.tax_code from catalog.products p where p.id = product)))
$$;
comment on function catalog.product_form_v1(uuid) is 'A product with all it has, and the units and taxes to choose from.';
grant execute on function catalog.product_form_v1(uuid) to catalog_app;

create or replace function catalog.feed_products(after_xid xid8, after_key text, below xid8, seen pg_snapshot,
                                                 most integer)
    returns setof core.feed_row language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select p.changed_xid, p.id::text, jsonb_build_object('id', p.id, 'code', p.code, 'name', p.name,
               'name_ar', p.name_ar, 'unit', p.unit, 'tax_code', p.tax_code, 'price', p.price::text,
               'price_net', p.price_net::text, 'kind', p.kind, 'category_id', p.category_id, 'is_active', p.is_active and p.deleted_at is null)
      from catalog.products p
     where p.changed_xid >= after_xid
       and (after_key is null or (p.changed_xid, p.id::text) > (after_xid, after_key))
       and (below is null or p.changed_xid < below)
       and (seen is null or not pg_visible_in_snapshot(p.changed_xid, seen))
     order by p.changed_xid, p.id::text
     limit most
$$;

create or replace function catalog.feed_barcodes(after_xid xid8, after_key text, below xid8, seen pg_snapshot,
                                                 most integer)
    returns setof core.feed_row language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select b.changed_xid, b.barcode, jsonb_build_object('barcode', b.barcode, 'product_id', b.product_id,
               'pack_id', b.pack_id)
      from catalog.barcodes b
     where b.changed_xid >= after_xid
       and (after_key is null or (b.changed_xid, b.barcode) > (after_xid, after_key))
       and (below is null or b.changed_xid < below)
       and (seen is null or not pg_visible_in_snapshot(b.changed_xid, seen))
     order by b.changed_xid, b.barcode
     limit most
$$;

insert into core.feed_sets (name, reader)
values ('catalog.products', 'catalog.feed_products'), ('catalog.barcodes', 'catalog.feed_barcodes')
    on conflict (name) do update set reader = excluded.reader;
grant execute on function catalog.feed_products(xid8, text, xid8, pg_snapshot, integer),
    catalog.feed_barcodes(xid8, text, xid8, pg_snapshot, integer) to core_owner;
