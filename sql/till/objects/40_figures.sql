-- What the tills sold, for the dashboard: over some days, against those before, and how it was paid.

-- A day is compared with the same day of the week before, up to the same time; several days with those before them.
create or replace function till.sales_figures(last_day date, days integer, only_branch uuid) returns jsonb
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    -- One row, found once: each ticket would ask for the zone again.
    with span as materialized (
        select z.zone, last_day - days + 1 as first_day, greatest(days, 7) as back,
               (last_day - days + 1)::timestamp at time zone z.zone as since,
               (last_day + 1)::timestamp at time zone z.zone as until,
               least((last_day + 1 - greatest(days, 7))::timestamp,
                     now() at time zone z.zone - make_interval(days => greatest(days, 7))) as until_before
          from (select core.zone() as zone) z),
    timed as (
        select t.branch_id, t.cashier, t.total, t.net, t.cost, t.kind, t.sold_at >= s.since as is_now, s.first_day, s.back,
               s.until_before, t.sold_at at time zone s.zone as at
          from span s
          join till.tickets t on t.sold_at >= s.since - make_interval(days => s.back + 1) and t.sold_at < s.until
         where only_branch is null or t.branch_id = only_branch),
    -- All that follows is summed from these few sums.
    sold as materialized (
        select t.is_now, t.branch_id, t.cashier,
               case when days = 1 then extract(hour from t.at)::integer
                    else (t.at::date - t.first_day + case when t.is_now then 0 else t.back end)
                         / case when days <= 31 then 1 else 7 end end as place,
               sum(t.total) as total, sum(t.net) as net, sum(t.cost) as cost,
               count(*) filter (where t.kind = 'sale') as tickets
          from timed t
         where t.is_now or (t.at >= t.first_day - t.back and t.at < t.until_before)
         group by 1, 2, 3, 4),
    places as (
        select w.is_now, jsonb_object_agg(w.place, w.total::text) as totals
          from (select is_now, place, sum(total) as total from sold group by 1, 2) w group by w.is_now)
    select jsonb_build_object(
               'total', coalesce(sum(d.total) filter (where d.is_now), 0)::text,
               'before', coalesce(sum(d.total) filter (where not d.is_now), 0)::text,
               'tickets', coalesce(sum(d.tickets) filter (where d.is_now), 0),
               'net', coalesce(sum(d.net) filter (where d.is_now), 0)::text,
               'cost', coalesce(sum(d.cost) filter (where d.is_now), 0)::text,
               'places', coalesce((select p.totals from places p where p.is_now), '{}'),
               'places_before', coalesce((select p.totals from places p where not p.is_now), '{}'),
               'branches', (select coalesce(jsonb_agg(jsonb_build_object('name', b.name, 'name_ar', b.name_ar,
                                                      'total', w.total::text) order by w.total desc), '[]')
                              from (select branch_id, sum(total) as total from sold where is_now group by 1) w
                              join core.branches b on b.id = w.branch_id),
               'cashiers', (select coalesce(jsonb_agg(jsonb_build_object('name', w.cashier, 'total', w.total::text)
                                                      order by w.total desc), '[]')
                              from (select cashier, sum(total) as total from sold where is_now group by 1) w))
      from sold d
$$;

-- What the goods of some days brought and had cost, without taxes.
create or replace function till.margin_figures(first_day date, last_day date, only_branch uuid) returns jsonb
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object('net', coalesce(sum(t.net), 0)::text, 'cost', coalesce(sum(t.cost), 0)::text)
      from till.tickets t
     where t.sold_at >= first_day::timestamp at time zone (select core.zone())
       and t.sold_at < (last_day + 1)::timestamp at time zone (select core.zone())
       and (only_branch is null or t.branch_id = only_branch)
$$;

create or replace function till.best_products(first_day date, last_day date, only_branch uuid, most integer)
    returns jsonb language sql stable set search_path = pg_catalog, pg_temp
as $$
    select coalesce(jsonb_agg(jsonb_build_object('code', p.code, 'name', p.name, 'name_ar', p.name_ar,
                                                 'total', w.total::text) order by w.total desc, p.code), '[]')
      from (select l.product_id, sum(l.total) as total
              from till.tickets t join till.ticket_lines l on l.ticket_id = t.id
             where t.sold_at >= first_day::timestamp at time zone (select core.zone())
               and t.sold_at < (last_day + 1)::timestamp at time zone (select core.zone())
               and (only_branch is null or t.branch_id = only_branch)
             group by l.product_id
            having sum(l.total) > 0
             order by sum(l.total) desc, l.product_id limit most) w
      join catalog.products p on p.id = w.product_id
$$;

create or replace function till.payment_figures(first_day date, last_day date, only_branch uuid) returns jsonb
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select coalesce(jsonb_object_agg(w.method, w.amount::text), '{}')
      from (select p.method, sum(p.amount) as amount
              from till.tickets t join till.payments p on p.ticket_id = t.id
             where t.sold_at >= first_day::timestamp at time zone (select core.zone())
               and t.sold_at < (last_day + 1)::timestamp at time zone (select core.zone())
               and (only_branch is null or t.branch_id = only_branch)
             group by p.method) w
$$;

-- What should lie in the drawers now, and which sessions were left open on an earlier day.
create or replace function till.drawer_figures(only_branch uuid) returns jsonb
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
               'sessions', count(*), 'cash', coalesce(sum((till.expected(s.id) ->> 'cash')::numeric), 0)::text,
               'left_open', coalesce(jsonb_agg(jsonb_build_object('number', s.number, 'since', s.opened_at,
                                                                  'branch', b.code) order by s.opened_at)
                                     filter (where core.local_date(s.opened_at) < core.local_date(now())), '[]'))
      from till.sessions s
      join core.branches b on b.id = s.branch_id
     where not exists (select from till.closings c where c.session_id = s.id)
       and (only_branch is null or s.branch_id = only_branch)
$$;

create or replace function till.figures_v1(last_day date, days integer, only_branch uuid) returns jsonb
    language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select jsonb_strip_nulls(jsonb_build_object(
        'sales', case when x.sees_tickets then till.sales_figures(last_day, days, only_branch) end,
        'month', case when x.sees_tickets then till.margin_figures(date_trunc('month', last_day)::date, last_day, only_branch) end,
        'products', case when x.sees_tickets then till.best_products(last_day - days + 1, last_day, only_branch, 8) end,
        'payments', case when x.sees_tickets then till.payment_figures(last_day - days + 1, last_day, only_branch) end,
        'drawers', case when x.sees_sessions then till.drawer_figures(only_branch) end))
      from (select core.may('till.ticket.view') as sees_tickets, core.may('till.session.view') as sees_sessions) x
$$;
comment on function till.figures_v1(date, integer, uuid) is
    'Figures of the tills for the days that end with one, of a branch or of all of the login; only what the user may see.';
grant usage on schema till to dashboard_owner;
grant execute on function till.figures_v1(date, integer, uuid) to dashboard_owner;
