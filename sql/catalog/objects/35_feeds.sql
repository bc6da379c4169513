-- What the tills keep of categories, packs and prices.

call core.offer_feed('catalog.categories', $$
    select c.changed_xid as xid, c.id::text as key,
           jsonb_build_object('id', c.id, 'parent_id', c.parent_id, 'code', c.code,
               'name', c.name, 'name_ar', c.name_ar, 'is_active', c.is_active) as content
      from catalog.categories c
$$);

call core.offer_feed('catalog.packs', $$
    select k.changed_xid as xid, k.id::text as key,
           jsonb_build_object('id', k.id, 'product_id', k.product_id, 'name', k.name,
               'name_ar', k.name_ar, 'factor', k.factor::text, 'price', k.price::text, 'is_active', k.is_active) as content
      from catalog.packs k
$$);

call core.offer_feed('catalog.price_lists', $$
    select l.changed_xid as xid, l.code as key,
           jsonb_build_object('code', l.code, 'name', l.name, 'name_ar', l.name_ar,
               'includes_tax', l.includes_tax, 'is_active', l.is_active) as content
      from catalog.price_lists l
$$);

call core.offer_feed('catalog.prices', $$
    select p.changed_xid as xid, p.id::text as key,
           jsonb_build_object('id', p.id, 'price_list', p.price_list,
               'product_id', p.product_id, 'pack_id', p.pack_id, 'min_quantity', p.min_quantity::text, 'price', p.price::text,
               'valid_from', p.valid_from, 'valid_to', p.valid_to) as content
      from catalog.prices p
$$);

-- A price that is taken away leaves the tills.
create or replace function catalog.bury_price() returns trigger
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
    insert into core.tombstones (set_name, key) values ('catalog.prices', old.id::text);
    return null;
end $$;
create or replace trigger bury after delete on catalog.prices for each row execute function catalog.bury_price();
