-- inventory.issue_v1 and receive_v1: goods out and in. Stock rows are locked in key order, before any change.

create or replace function inventory.warehouse_of(branch uuid) returns uuid
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    found_id uuid;
begin
    select w.id into found_id from inventory.warehouses w where w.branch_id = branch and w.is_default;
    if found_id is null then
        perform core.refuse('inventory.no_warehouse');
    end if;
    return found_id;
end $$;

create or replace function inventory.lock_stock(warehouse uuid, branch uuid, products uuid[]) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    locked bigint;
begin
    perform from inventory.stock s where s.warehouse_id = warehouse and s.product_id = any (products)
      order by s.product_id for no key update;
    get diagnostics locked = row_count;
    if locked < cardinality(products) then
        insert into inventory.stock (warehouse_id, product_id, branch_id)
        select warehouse, p, branch from unnest(products) p order by p
        on conflict do nothing;
        perform from inventory.stock s where s.warehouse_id = warehouse and s.product_id = any (products)
          order by s.product_id for no key update;
    end if;
end $$;

-- The products of lines that are goods: services have no stock. Null if there are none. A quantity moves something,
-- and is a number.
create or replace function inventory.goods_of(lines jsonb) returns uuid[]
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    goods uuid[];
    odd boolean;
begin
    select array_agg(distinct l.product_id) filter (
               where (select p.kind from catalog.products p where p.id = l.product_id) = 'goods'),
           bool_or(l.product_id is null or l.quantity is null or l.quantity <= 0 or l.quantity >= 1e12
                   or l.unit_cost < 0 or l.unit_cost >= 1e12 or l.value < 0 or l.value >= 1e15)
      into goods, odd
      from jsonb_to_recordset(lines) as l (product_id uuid, quantity numeric, unit_cost numeric, value numeric);
    if odd then
        perform core.refuse('inventory.quantity_must_be_positive');
    end if;
    return goods;
end $$;

-- Goods out at average cost; who takes all or more takes all the value, so that none is ever left below zero.
-- {branch_id, kind, document, command_id, at, is_fact, lines: [{product_id, quantity}]}
create or replace function inventory.issue_v1(issue jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    branch uuid := (issue ->> 'branch_id')::uuid;
    warehouse uuid := inventory.warehouse_of(branch);
    wanted uuid[];
    cost numeric;
    costs jsonb;
    shortages jsonb;
    fallen jsonb;
begin
    wanted := inventory.goods_of(issue -> 'lines');
    if wanted is null then
        return '{"cost": "0", "costs": [], "flags": []}';
    end if;
    perform inventory.lock_stock(warehouse, branch, wanted);
    with taken as (
        select l.product_id, sum(l.quantity) as quantity
          from jsonb_to_recordset(issue -> 'lines') as l (product_id uuid, quantity numeric)
         where l.product_id = any (wanted)
         group by l.product_id),
    priced as (
        select t.product_id, t.quantity, s.on_hand - t.quantity as left_over, s.on_hand as before, p.reorder_point, p.code,
               case when s.on_hand <= t.quantity then s.value
                    else round(s.value / s.on_hand * t.quantity, (select core.decimals())) end as cost
          from taken t
          join inventory.stock s on s.warehouse_id = warehouse and s.product_id = t.product_id
          join catalog.products p on p.id = t.product_id),
    moved as (
        insert into inventory.movements (branch_id, warehouse_id, product_id, kind, quantity, value, document,
                                         command_id, moved_at)
        select branch, warehouse, m.product_id, issue ->> 'kind', -m.quantity, -m.cost, issue -> 'document',
               (issue ->> 'command_id')::uuid, (issue ->> 'at')::timestamptz
          from priced m),
    kept as (
        update inventory.stock s
           set on_hand = m.left_over, value = s.value - m.cost, is_short = m.left_over < 0
          from priced m
         where s.warehouse_id = warehouse and s.product_id = m.product_id)
    select coalesce(sum(m.cost), 0),
           jsonb_agg(jsonb_build_object('product_id', m.product_id, 'cost', m.cost::text)),
           jsonb_agg(jsonb_build_object('product_id', m.product_id, 'product', m.code, 'on_hand', m.left_over)
                     order by m.code) filter (where m.left_over < 0),
           jsonb_agg(jsonb_build_object('product_id', m.product_id, 'on_hand', m.left_over))
               filter (where m.before > m.reorder_point and m.left_over <= m.reorder_point)
      into cost, costs, shortages, fallen
      from priced m;
    if shortages is not null and not coalesce((issue ->> 'is_fact')::boolean, false) then
        perform core.refuse('inventory.not_enough', shortages -> 0);
    end if;
    if fallen is not null then
        perform core.publish_v1('inventory.stock_fell', jsonb_build_object('branch_id', branch, 'products', fallen));
    end if;
    return jsonb_build_object('cost', cost::text, 'costs', costs, 'flags',
        case when shortages is null then '[]'::jsonb else core.flag('inventory.short', shortages -> 0) end);
end $$;
comment on function inventory.issue_v1(jsonb) is 'Takes goods out at average cost; the cost of all and of each product, and a flag where a fact took too much.';

-- Goods in. {branch_id, kind, document, command_id, at, lines: [{product_id, quantity, unit_cost or value}]}:
-- what comes back from a customer is worth exactly what it had cost.
create or replace function inventory.receive_v1(receipt jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    branch uuid := (receipt ->> 'branch_id')::uuid;
    warehouse uuid := inventory.warehouse_of(branch);
    wanted uuid[];
    total numeric;
begin
    wanted := inventory.goods_of(receipt -> 'lines');
    if wanted is null then
        return '{"value": "0"}';
    end if;
    perform inventory.lock_stock(warehouse, branch, wanted);
    with came as (
        select l.product_id, sum(l.quantity) as quantity,
               sum(coalesce(l.value, round(l.quantity * coalesce(l.unit_cost, 0), (select core.decimals())))) as value
          from jsonb_to_recordset(receipt -> 'lines')
               as l (product_id uuid, quantity numeric, unit_cost numeric, value numeric)
         where l.product_id = any (wanted)
         group by l.product_id),
    moved as (
        insert into inventory.movements (branch_id, warehouse_id, product_id, kind, quantity, value, document,
                                         command_id, moved_at)
        select branch, warehouse, c.product_id, receipt ->> 'kind', c.quantity, c.value, receipt -> 'document',
               (receipt ->> 'command_id')::uuid, (receipt ->> 'at')::timestamptz
          from came c),
    kept as (
        update inventory.stock s
           set on_hand = s.on_hand + c.quantity, value = s.value + c.value, is_short = s.on_hand + c.quantity < 0
          from came c
         where s.warehouse_id = warehouse and s.product_id = c.product_id)
    select coalesce(sum(c.value), 0) into total from came c;
    return jsonb_build_object('value', total::text);
end $$;
comment on function inventory.receive_v1(jsonb) is 'Brings goods in at their cost; the total value.';

grant usage on schema inventory to till_owner, core_owner, sales_owner;
grant execute on function inventory.issue_v1(jsonb), inventory.receive_v1(jsonb) to till_owner, sales_owner;
