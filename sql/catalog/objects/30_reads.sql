-- What the lists show and what the tills keep.

create or replace view catalog.product_list with (security_invoker = true) as
    select p.id, p.version, p.code, p.name, p.name_ar, p.unit, p.tax_code, p.price, p.is_active,
           coalesce((select min(b.barcode) from catalog.barcodes b where b.product_id = p.id), '') as barcode,
           p.search
      from catalog.products p
     where p.deleted_at is null;
grant select on catalog.product_list to catalog_app;

create or replace function catalog.feed_products(after_xid xid8, after_key text, below xid8, seen pg_snapshot,
                                                 most integer)
    returns setof core.feed_row language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select p.changed_xid, p.id::text, jsonb_build_object('id', p.id, 'code', p.code, 'name', p.name,
               'name_ar', p.name_ar, 'unit', p.unit, 'tax_code', p.tax_code, 'price', p.price::text,
               'is_active', p.is_active and p.deleted_at is null)
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
    select b.changed_xid, b.barcode, jsonb_build_object('barcode', b.barcode, 'product_id', b.product_id)
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
