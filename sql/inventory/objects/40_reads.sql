-- What the lists show and what the tills keep.

create or replace view inventory.stock_list with (security_invoker = true) as
    select s.product_id, s.warehouse_id, s.branch_id, b.code as branch, p.code, p.name, p.name_ar, p.unit, s.on_hand,
           s.value, s.is_short, p.reorder_point is not null and s.on_hand <= p.reorder_point as is_low,
           p.reorder_point, (select c.currency from core.company c) as currency, p.words
      from inventory.stock s
      join catalog.products p on p.id = s.product_id
      join core.branches b on b.id = s.branch_id
     where p.deleted_at is null;

create or replace view inventory.movement_list with (security_invoker = true) as
    select m.id, m.product_id, m.warehouse_id, m.branch_id, b.code as branch, p.code, p.name, p.name_ar, m.kind,
           m.quantity, m.value, coalesce(m.document ->> 'number', '') as document, m.command_id, m.moved_at,
           m.recorded_at, (select c.currency from core.company c) as currency
      from inventory.movements m
      join catalog.products p on p.id = m.product_id
      join core.branches b on b.id = m.branch_id;
grant select on inventory.stock_list, inventory.movement_list to inventory_app;

call core.offer_feed('inventory.stock', $$
    select s.changed_xid as xid, s.product_id::text as key,
           jsonb_build_object('product_id', s.product_id, 'on_hand', s.on_hand::text) as content
      from inventory.stock s join inventory.warehouses w on w.id = s.warehouse_id and w.is_default
$$);

insert into core.subscriptions (topic, task) values ('inventory.stock_fell', 'inventory:inventory.stock_fell')
    on conflict do nothing;
