-- What is missing on the shelves, for the dashboard.

create or replace function inventory.figures_v1(only_branch uuid, most integer) returns jsonb
    language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    with shelf as (
        select s.product_id, s.warehouse_id, s.changed_xid, s.on_hand, s.value, s.is_short, b.code as branch,
               p.code, p.name, p.name_ar, p.reorder_point is not null and s.on_hand <= p.reorder_point as is_low
          from inventory.stock s
          join catalog.products p on p.id = s.product_id
          join core.branches b on b.id = s.branch_id
         where p.deleted_at is null and (only_branch is null or s.branch_id = only_branch)),
    -- Those that ran out last: somebody has just asked for them.
    gone as (select g.* from shelf g where g.on_hand <= 0 order by g.changed_xid desc, g.code limit most)
    select jsonb_build_object(
               'out', count(*) filter (where s.on_hand <= 0), 'low', count(*) filter (where s.is_low),
               'value', coalesce(sum(s.value), 0)::text, 'short', count(*) filter (where s.is_short),
               'first', (select coalesce(jsonb_agg(jsonb_build_object(
                                    'code', g.code, 'name', g.name, 'name_ar', g.name_ar, 'branch', g.branch,
                                    'is_short', g.is_short,
                                    'since', (select max(m.recorded_at) from inventory.movements m
                                               where m.product_id = g.product_id and m.warehouse_id = g.warehouse_id))
                                    order by g.changed_xid desc, g.code), '[]') from gone g))
      from shelf s
    having (select core.may('inventory.stock.view'))
$$;
comment on function inventory.figures_v1(uuid, integer) is
    'How many products are out of stock, low or to count, and those that ran out last; null without the right to see stock.';
grant usage on schema inventory to dashboard_owner;
grant execute on function inventory.figures_v1(uuid, integer) to dashboard_owner;

create or replace function inventory.stock_values_v1() returns table (branch_id uuid, value numeric)
    language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select s.branch_id, sum(s.value) from inventory.stock s group by s.branch_id
$$;
comment on function inventory.stock_values_v1() is
    'What the goods of each branch of the login are worth now, in the company''s currency; for the ledger to compare.';
grant usage on schema inventory to accounting_owner;
grant execute on function inventory.stock_values_v1() to accounting_owner;
