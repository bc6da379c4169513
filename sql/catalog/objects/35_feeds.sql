-- What the tills keep of categories, packs and prices.

create or replace function catalog.feed_categories(after_xid xid8, after_key text, below xid8, seen pg_snapshot,
                                                   most integer)
    returns setof core.feed_row language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select c.changed_xid, c.id::text, jsonb_build_object('id', c.id, 'parent_id', c.parent_id, 'code', c.code,
               'name', c.name, 'name_ar', c.name_ar, 'is_active', c.is_active)
      from catalog.categories c
     where c.changed_xid >= after_xid
       and (after_key is null or (c.changed_xid, c.id::text) > (after_xid, after_key))
       and (below is null or c.changed_xid < below)
       and (seen is null or not pg_visible_in_snapshot(c.changed_xid, seen))
     order by c.changed_xid, c.id::text
     limit most
$$;

create or replace function catalog.feed_packs(after_xid xid8, after_key text, below xid8, seen pg_snapshot,
                                              most integer)
    returns setof core.feed_row language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select k.changed_xid, k.id::text, jsonb_build_object('id', k.id, 'product_id', k.product_id, 'name', k.name,
               'name_ar', k.name_ar, 'factor', k.factor::text, 'price', k.price::text, 'is_active', k.is_active)
      from catalog.packs k
     where k.changed_xid >= after_xid
       and (after_key is null or (k.changed_xid, k.id::text) > (after_xid, after_key))
       and (below is null or k.changed_xid < below)
       and (seen is null or not pg_visible_in_snapshot(k.changed_xid, seen))
     order by k.changed_xid, k.id::text
     limit most
$$;

create or replace function catalog.feed_price_lists(after_xid xid8, after_key text, below xid8, seen pg_snapshot,
                                                    most integer)
    returns setof core.feed_row language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select l.changed_xid, l.code, jsonb_build_object('code', l.code, 'name', l.name, 'name_ar', l.name_ar,
               'includes_tax', l.includes_tax, 'is_active', l.is_active)
      from catalog.price_lists l
     where l.changed_xid >= after_xid
       and (after_key is null or (l.changed_xid, l.code) > (after_xid, after_key))
       and (below is null or l.changed_xid < below)
       and (seen is null or not pg_visible_in_snapshot(l.changed_xid, seen))
     order by l.changed_xid, l.code
     limit most
$$;

create or replace function catalog.feed_prices(after_xid xid8, after_key text, below xid8, seen pg_snapshot,
                                               most integer)
    returns setof core.feed_row language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select p.changed_xid, p.id::text, jsonb_build_object('id', p.id, 'price_list', p.price_list,
               'product_id', p.product_id, 'pack_id', p.pack_id, 'min_quantity', p.min_quantity::text, 'price', p.price::text,
               'valid_from', p.valid_from, 'valid_to', p.valid_to)
      from catalog.prices p
     where p.changed_xid >= after_xid
       and (after_key is null or (p.changed_xid, p.id::text) > (after_xid, after_key))
       and (below is null or p.changed_xid < below)
       and (seen is null or not pg_visible_in_snapshot(p.changed_xid, seen))
     order by p.changed_xid, p.id::text
     limit most
$$;

-- A price that is taken away leaves the tills.
create or replace function catalog.bury_price() returns trigger
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
    insert into core.tombstones (set_name, key) values ('catalog.prices', old.id::text);
    return null;
end $$;
create or replace trigger bury after delete on catalog.prices for each row execute function catalog.bury_price();

insert into core.feed_sets (name, reader)
values ('catalog.categories', 'catalog.feed_categories'),
       ('catalog.packs', 'catalog.feed_packs'),
       ('catalog.price_lists', 'catalog.feed_price_lists'),
       ('catalog.prices', 'catalog.feed_prices')
    on conflict (name) do update set reader = excluded.reader;
grant execute on function catalog.feed_categories(xid8, text, xid8, pg_snapshot, integer),
    catalog.feed_packs(xid8, text, xid8, pg_snapshot, integer),
    catalog.feed_price_lists(xid8, text, xid8, pg_snapshot, integer),
    catalog.feed_prices(xid8, text, xid8, pg_snapshot, integer) to core_owner;
