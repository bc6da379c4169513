-- What stands between a year and its end; the page shows it, and the final closing asks the same.

create or replace function accounting.year_checks(wanted_year integer)
    returns table (place integer, id text, number bigint, details text, is_blocking boolean)
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    with days as (select make_date(wanted_year, 1, 1) as first, make_date(wanted_year, 12, 31) as last)
    select 1, 'drafts', count(*), coalesce(string_agg(d.label, ' · ' order by d.saved_at), ''), true
      from accounting.entry_drafts d, days where d.dated_on is null or d.dated_on between days.first and days.last
     union all
    select 2, 'due', count(*), coalesce(string_agg(t.name, ' · ' order by t.name), ''), false
      from accounting.entry_templates t, days where accounting.due_day(t) <= days.last
     union all
    select 3, 'months', count(*), coalesce(string_agg(to_char(p.starts_on, 'MM/YYYY'), ' · ' order by p.starts_on), ''), true
      from accounting.periods p, days
     where p.kind = 'month' and p.state = 'open' and p.starts_on between days.first and days.last
     union all
    select 4, 'gaps', count(*), coalesce(string_agg(s.journal, ' · ' order by s.journal), ''), true
      from accounting.series s
      left join (select e.journal, e.branch_id, count(*) as number from accounting.entries e, days
                  where e.dated_on between days.first and days.last
                  group by e.journal, e.branch_id) e on e.journal = s.journal and e.branch_id = s.branch_id
     where s.year = wanted_year and s.last_number <> coalesce(e.number, 0)
     union all
    select 5, 'unbalanced', count(*), coalesce(string_agg(x.number, ' · ' order by x.number), ''), true
      from (select e.number from accounting.entries e join accounting.entry_lines l on l.entry_id = e.id, days
             where e.dated_on between days.first and days.last
             group by e.id having sum(l.debit) <> sum(l.credit)) x
     union all
    -- Accounts that hold what nobody has sorted yet, such as transfers on their way.
    select 6, 'suspense', count(*), coalesce(string_agg(x.code, ' · ' order by x.code), ''), false
      from (select a.code from accounting.account_roles r
              join accounting.accounts a on a.id = r.account_id
              join accounting.period_sums s on s.account_id = a.id
              join accounting.periods p on p.id = s.period_id, days
             where r.role = 'suspense' and p.ends_on <= days.last and p.kind <> 'closing'
             group by a.code having sum(s.debit - s.credit) <> 0) x
     union all
    -- After a run every account of every branch is zero on the evening of the last day.
    select 7, 'stale', count(*), coalesce(string_agg(x.code, ' · ' order by x.code), ''), true
      from (select distinct a.code from (select s.account_id from accounting.period_sums s
                                 join accounting.periods p on p.id = s.period_id, days
                                where p.ends_on <= days.last
                                group by s.account_id, s.branch_id having sum(s.debit - s.credit) <> 0) o
              join accounting.accounts a on a.id = o.account_id
             where exists (select from accounting.years y where y.year = wanted_year)) x
     union all
    select 8, 'before', count(*), coalesce(string_agg(x.year::text, ' · ' order by x.year), ''), true
      from (select distinct extract(year from p.starts_on)::integer as year from accounting.periods p, days
             where p.kind = 'month' and p.starts_on < days.first and p.state <> 'final') x
     union all
    select 9, 'tax', count(*), coalesce(string_agg(to_char(x.starts_on, 'MM/YYYY'), ' · ' order by x.starts_on), ''), false
      from (select distinct p.starts_on from accounting.account_roles r
              join accounting.period_sums s on s.account_id = r.account_id
              join accounting.periods p on p.id = s.period_id, days
             where r.role in ('tax_collected', 'tax_deductible') and p.kind = 'month'
               and p.starts_on between days.first and days.last
               and not exists (select from accounting.tax_returns t
                                where t.undone_at is null and p.starts_on between t.starts_on and t.ends_on)) x
     union all
    -- What was on its way on the evening of the last day, between accounts or branches.
    select 10, 'transit', count(*), coalesce(string_agg(t.number, ' · ' order by t.dated_on, t.number), ''), false
      from accounting.internal_transfers t, days
     where t.dated_on <= days.last and (coalesce(t.received_on, t.returned_on) > days.last) is not false
       and (t.branch_id = any (core.branches()) or t.to_branch_id = any (core.branches()))
$$;

create or replace function accounting.year_v1(wanted_year integer) returns jsonb
    language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'currency', (select c.currency from core.company c),
        'years', (select jsonb_agg(distinct extract(year from p.starts_on)::integer) from accounting.periods p
                   where p.kind = 'month'),
        'state', coalesce((select y.state from accounting.years y where y.year = wanted_year), 'open'),
        'runs', coalesce((select y.runs from accounting.years y where y.year = wanted_year), 0),
        'closed_by', (select y.closed_by from accounting.years y where y.year = wanted_year),
        'closed_at', (select y.closed_at from accounting.years y where y.year = wanted_year),
        'result', (select coalesce(sum(s.credit - s.debit), 0)::text
                     from accounting.period_sums s
                     join accounting.accounts a on a.id = s.account_id and a.code ~ '^[67]'
                     join accounting.periods p on p.id = s.period_id and p.kind = 'month'
                    where extract(year from p.starts_on) = wanted_year),
        'checks', (select jsonb_agg(jsonb_build_object('id', c.id, 'number', c.number, 'details', left(c.details, 200),
                                        'is_blocking', c.is_blocking) order by c.place)
                     from accounting.year_checks(wanted_year) c))
      where (select core.may('accounting.ledger.view'))
$$;
comment on function accounting.year_v1(integer) is 'How far a year is from its end, and what stands between.';
grant execute on function accounting.year_v1(integer) to accounting_app;
