-- The plan of an asset, and the run that posts what a month, or a year, has used up. The plan is the twin of
-- modules/accounting/depreciation.py: a test asks both the same.

-- Days as accountants count them: months of thirty, years of 360; `until` is not counted.
create or replace function accounting.days_of_months(since date, until date) returns integer
    language sql immutable parallel safe set search_path = pg_catalog, pg_temp
as $$
    select ((extract(year from until) - extract(year from since)) * 360 + (extract(month from until) - extract(month from since)) * 30
            + least(extract(day from until), 30) - least(extract(day from since), 30))::integer
$$;

-- Straight: the same for each day; a coefficient shortens the life.
create or replace function accounting.straight_plan(base numeric, life_months integer, coefficient numeric, starts_on date,
                                                    day date, places integer) returns numeric
    language sql immutable parallel safe set search_path = pg_catalog, pg_temp
as $$
    select case when d.gone <= 0 then 0 when d.gone * coefficient >= life_months * 30 then base
                else round(base * d.gone * coefficient / (life_months * 30), places) end
      from (select accounting.days_of_months(starts_on, day + 1) as gone) d
$$;

-- Declining: a share of what is left at the beginning of each year, until as much would be left straight.
create or replace function accounting.declining_plan(base numeric, life_months integer, coefficient numeric, starts_on date,
                                                     day date, places integer) returns numeric
    language plpgsql immutable parallel safe set search_path = pg_catalog, pg_temp
as $$
declare
    gone integer := 0;
    used numeric := 0;
    since date := starts_on;
    months integer;
    rest integer;
    amount numeric;
    days integer;
begin
    while gone < life_months and since <= day loop
        rest := life_months - gone;
        months := least(13 - extract(month from since)::integer, rest);
        amount := case when months = rest then base - used
                       when coefficient * rest >= life_months
                           then least(base - used, round((base - used) * months * coefficient / life_months, places))
                       else round((base - used) * months / rest, places) end;
        days := least(accounting.days_of_months(since, day + 1), months * 30);
        used := used + case when days = months * 30 then amount else round(amount * days / (months * 30), places) end;
        gone := gone + months;
        since := (since + make_interval(months => months))::date;
    end loop;
    return used;
end $$;

create or replace function accounting.planned(asset accounting.assets, day date) returns numeric
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select case asset.method
        when 'none' then 0
        when 'declining' then accounting.declining_plan(asset.cost - asset.residual, asset.life_months, asset.coefficient,
                                                        asset.starts_on, day, core.decimals())
        else accounting.straight_plan(asset.cost - asset.residual, asset.life_months, asset.coefficient, asset.starts_on, day,
                                      core.decimals()) end
$$;

-- What is used up at the end of a day. What was taken over counts as it was; the rest is spread as the plan spreads it.
create or replace function accounting.used_up(asset accounting.assets, day date) returns numeric
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select case when asset.taken_over_on is null then p.planned
                when day <= asset.taken_over_on then asset.taken_over
                when p.base = p.before then p.base
                else asset.taken_over + round((p.base - asset.taken_over) * (p.planned - p.before) / (p.base - p.before),
                                              core.decimals()) end
      from (select accounting.planned(asset, day) as planned, accounting.planned(asset, asset.taken_over_on) as before,
                   case asset.method when 'none' then 0 else asset.cost - asset.residual end as base) p
$$;

create or replace function accounting.depreciated(asset accounting.assets) returns numeric
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select asset.taken_over + coalesce((select sum(d.amount) from accounting.depreciations d
                                         where d.asset_id = asset.id and d.undone_at is null), 0)
$$;

-- What is to be posted of each asset at the end of a day.
create or replace function accounting.to_depreciate(day date)
    returns table (asset_id uuid, branch_id uuid, code text, name text, name_ar text, category text, cost numeric,
                   depreciated numeric, amount numeric, depreciation text, charge text, cost_centre text)
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select a.id, a.branch_id, a.code, a.name, a.name_ar, a.category, a.cost, d.done, u.used - d.done, c.depreciation, c.charge,
           a.cost_centre
      from accounting.assets a
      join accounting.asset_categories c on c.code = a.category
     cross join lateral accounting.depreciated(a) as d (done)
     cross join lateral accounting.used_up(a, day) as u (used)
     where a.method <> 'none' and a.starts_on <= day and a.disposed_on is null and u.used > d.done
       and not exists (select from accounting.depreciations x
                        where x.asset_id = a.id and x.undone_at is null and x.ends_on >= day)
$$;

create or replace function accounting.depreciation_v1(day date) returns jsonb
    language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    with posted as (
        select d.asset_id, d.amount from accounting.depreciations d
          join accounting.depreciation_runs r on r.id = d.run_id
         where r.ends_on = day and r.undone_at is null),
    rows as (
        select t.branch_id, t.code, t.name, t.name_ar, t.category, t.cost, t.depreciated, t.amount, t.depreciation, t.charge,
               false as is_posted from accounting.to_depreciate(day) t
         union all
        select a.branch_id, a.code, a.name, a.name_ar, a.category, a.cost,
               a.taken_over + coalesce((select sum(o.amount) from accounting.depreciations o
                                         where o.asset_id = a.id and o.undone_at is null and o.ends_on < day), 0),
               p.amount, c.depreciation, c.charge, true
          from posted p join accounting.assets a on a.id = p.asset_id join accounting.asset_categories c on c.code = a.category)
    select jsonb_build_object(
        'currency', (select c.currency from core.company c),
        'rows', (select coalesce(jsonb_agg(jsonb_build_object(
                     'branch', b.code, 'code', r.code, 'name', r.name, 'name_ar', r.name_ar, 'category', c.name,
                     'category_ar', c.name_ar, 'cost', r.cost::text, 'depreciated', r.depreciated::text, 'amount', r.amount::text,
                     'account', r.depreciation, 'charge', r.charge, 'is_posted', r.is_posted) order by c.name, r.code), '[]')
                   from rows r join accounting.asset_categories c on c.code = r.category
                   join core.branches b on b.id = r.branch_id),
        'posted', (select coalesce(jsonb_agg(jsonb_build_object('branch', b.code, 'by', r.posted_by, 'at', r.posted_at, 'entries',
                              jsonb_build_array((select e.number from accounting.entries e where e.id = r.entry_id)))
                              order by b.code), '[]')
                     from accounting.depreciation_runs r join core.branches b on b.id = r.branch_id
                    where r.ends_on = day and r.undone_at is null),
        'is_last', not exists (select from accounting.depreciation_runs r where r.ends_on > day and r.undone_at is null))
     where (select core.may('accounting.ledger.view'))
$$;
comment on function accounting.depreciation_v1(date) is
    'What each asset is to be depreciated by at the end of a month, or was if the month is posted; company''s currency.';
grant execute on function accounting.depreciation_v1(date) to accounting_app;

create or replace function accounting.check_depreciation(day date) returns void
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    later date := (select max(r.ends_on) from accounting.depreciation_runs r where r.undone_at is null and r.ends_on > day);
begin
    if day is null or day + 1 <> date_trunc('month', day + 1) then
        perform core.refuse('accounting.depreciation_month_end');
    elsif later is not null then
        perform core.refuse('accounting.depreciation_later', jsonb_build_object('month', to_char(later, 'MM/YYYY')));
    end if;
end $$;

create or replace function accounting.depreciate_branch(command core.commands, branch uuid, day date, label text)
    returns uuid language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    run uuid := gen_random_uuid();
    lines jsonb;
    entry accounting.entries;
begin
    select jsonb_agg(x.line order by x.place, x.line ->> 'account', x.line ->> 'cost_centre') into lines
      from (select 1 as place, accounting.closing_line(t.charge, sum(t.amount))
                                   || jsonb_build_object('cost_centre', t.cost_centre) as line
              from accounting.to_depreciate(day) t where t.branch_id = branch group by t.charge, t.cost_centre
             union all
            select 2, accounting.closing_line(t.depreciation, -sum(t.amount))
              from accounting.to_depreciate(day) t where t.branch_id = branch group by t.depreciation) x;
    if lines is null then
        return null;
    end if;
    entry.id := gen_random_uuid();
    entry.branch_id := branch;
    entry.journal := 'OD';
    entry.dated_on := day;
    entry.period_id := accounting.check_day(day, command.actor_id);
    entry.label := label;
    entry.document := jsonb_build_object('module', 'accounting', 'kind', 'depreciation', 'id', run, 'number', to_char(day, 'YYYY-MM'));
    entry.command_id := command.id;
    entry.posted_by := command.actor_login;
    insert into accounting.depreciation_runs (id, branch_id, ends_on, entry_id, posted_by)
    values (run, branch, day, entry.id, command.actor_login);
    insert into accounting.depreciations (id, asset_id, branch_id, ends_on, amount, entry_id, run_id)
    select gen_random_uuid(), t.asset_id, branch, day, t.amount, entry.id, run
      from accounting.to_depreciate(day) t where t.branch_id = branch;
    perform accounting.write_entry(entry, lines);
    return run;
end $$;

create or replace function accounting.depreciate_v1(command core.commands, payload jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    day date := (payload ->> 'on')::date;
    branch uuid;
    runs uuid[] := '{}';
begin
    perform accounting.check_depreciation(day);
    perform accounting.check_day(day, command.actor_id);
    -- Two runs, or a run and a sale, come one after the other.
    perform from accounting.assets a where a.branch_id = any (core.branches()) order by a.id for no key update;
    foreach branch in array array(select b from unnest(core.branches()) b order by b) loop
        continue when exists (select from accounting.depreciation_runs r
                               where r.branch_id = branch and r.ends_on = day and r.undone_at is null);
        runs := array_remove(runs || accounting.depreciate_branch(
            command, branch, day, coalesce(nullif(btrim(payload ->> 'label'), ''), to_char(day, 'MM/YYYY'))), null);
    end loop;
    if runs = '{}' then
        perform core.refuse('accounting.depreciation_nothing', jsonb_build_object('date', day));
    end if;
    return jsonb_build_object('result', jsonb_build_object('runs', to_jsonb(runs)));
end $$;
comment on function accounting.depreciate_v1(core.commands, jsonb) is
    'Handler: {on (the last day of a month), label?}: posts what depreciation_v1 shows, one entry in each branch of whoever sends it.';

create or replace function accounting.undo_depreciation_v1(command core.commands, payload jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    day date := (payload ->> 'on')::date;
    gone text;
    run accounting.depreciation_runs;
    undone integer := 0;
begin
    perform accounting.check_depreciation(day);
    perform accounting.check_day(day, command.actor_id);
    perform from accounting.assets a where a.branch_id = any (core.branches()) order by a.id for no key update;
    select a.code into gone from accounting.depreciations d join accounting.assets a on a.id = d.asset_id
     where d.ends_on = day and d.undone_at is null and d.run_id is not null and a.disposed_on is not null order by a.code limit 1;
    if gone is not null then
        perform core.refuse('accounting.depreciation_of_gone', jsonb_build_object('code', gone));
    end if;
    for run in select * from accounting.depreciation_runs r where r.ends_on = day and r.undone_at is null order by r.branch_id loop
        update accounting.depreciations d set undone_at = now(), undone_by = command.actor_login
         where d.run_id = run.id and d.undone_at is null;
        update accounting.depreciation_runs r set undone_at = now(), undone_by = command.actor_login where r.id = run.id;
        perform accounting.reverse_entry_v1(command, jsonb_build_object('entry_id', run.entry_id));
        undone := undone + 1;
    end loop;
    if undone = 0 then
        perform core.refuse('core.not_found');
    end if;
    return jsonb_build_object('result', jsonb_build_object('undone', undone));
end $$;
comment on function accounting.undo_depreciation_v1(core.commands, jsonb) is 'Handler: {on}: reverses the last run, its month being open.';

grant execute on function accounting.depreciate_v1(core.commands, jsonb), accounting.undo_depreciation_v1(core.commands, jsonb)
    to core_owner;
insert into core.command_types (name, module, permission, is_fact, handler)
values ('accounting.depreciate_v1', 'accounting', 'accounting.asset.depreciate', false, 'accounting.depreciate_v1'),
       ('accounting.undo_depreciation_v1', 'accounting', 'accounting.asset.depreciate', false, 'accounting.undo_depreciation_v1')
    on conflict (name) do update set permission = excluded.permission, is_fact = excluded.is_fact,
                                     handler = excluded.handler;
