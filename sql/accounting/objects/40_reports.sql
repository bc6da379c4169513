-- Balances: rolled up by the worker, exact now because the tail is added.

create or replace function accounting.roll_balances_v1() returns bigint
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    bound xid8 := pg_snapshot_xmin(pg_current_snapshot());
    done xid8;
    rolled bigint;
begin
    perform core.require('accounting.ledger.roll');
    select r.below into done from accounting.rollup r for no key update;
    insert into accounting.balances as b (account_id, period_id, branch_id, debit, credit)
    select l.account_id, l.period_id, l.branch_id, sum(l.debit), sum(l.credit)
      from accounting.entry_lines l
     where l.xid >= done and l.xid < bound
     group by l.account_id, l.period_id, l.branch_id
     order by l.account_id, l.period_id, l.branch_id
    on conflict (account_id, period_id, branch_id)
        do update set debit = b.debit + excluded.debit, credit = b.credit + excluded.credit;
    get diagnostics rolled = row_count;
    update accounting.rollup set below = greatest(done, bound), rolled_at = now();
    return rolled;
end $$;
comment on function accounting.roll_balances_v1() is
    'Adds every finished transaction to the balances, each exactly once.';

create or replace view accounting.period_sums with (security_invoker = true) as
    select b.account_id, b.period_id, b.branch_id, b.debit, b.credit from accounting.balances b
    union all
    select l.account_id, l.period_id, l.branch_id, l.debit, l.credit
      from accounting.entry_lines l
     where l.xid >= (select r.below from accounting.rollup r);
comment on view accounting.period_sums is 'Balances plus the tail that is not rolled up yet: exact now.';

-- `digits` sums accounts up by the beginning of their codes; the name is that of the account with that code.
create or replace function accounting.trial_balance_v2(first_day date, last_day date, only_branch uuid default null,
                                                       digits integer default null, since_year boolean default false)
    returns table (code text, name text, name_ar text, opening_debit numeric, opening_credit numeric,
                   debit numeric, credit numeric, closing_debit numeric, closing_credit numeric,
                   earlier_debit numeric, earlier_credit numeric)
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    with days as (select case when since_year then date_trunc('year', first_day)::date else first_day end as opens_on),
    sums as (
        select a.code, a.name, a.name_ar, s.*
          from (select p.account_id,
                       coalesce(sum(p.debit - p.credit) filter (where m.stage = 'opening'), 0) as opening,
                       coalesce(sum(p.debit) filter (where m.stage = 'earlier'), 0) as earlier_debit,
                       coalesce(sum(p.credit) filter (where m.stage = 'earlier'), 0) as earlier_credit,
                       coalesce(sum(p.debit) filter (where m.stage = 'now'), 0) as debit,
                       coalesce(sum(p.credit) filter (where m.stage = 'now'), 0) as credit
                  from accounting.period_sums p
                  join accounting.periods t on t.id = p.period_id
                 cross join days d
                 -- The opening entries of the first day were there before; the closing ones of the last day come after.
                 cross join lateral (select case
                     when t.ends_on < d.opens_on or (t.kind = 'opening' and t.starts_on = d.opens_on) then 'opening'
                     when t.ends_on < first_day or (t.kind = 'opening' and t.starts_on = first_day) then 'earlier'
                     else 'now' end as stage) m
                 where t.starts_on <= last_day and (t.kind <> 'closing' or t.ends_on < last_day)
                   and (only_branch is null or p.branch_id = only_branch)
                   and (select core.may('accounting.ledger.view'))
                 group by p.account_id) s
          join accounting.accounts a on a.id = s.account_id),
    figures as (
        select s.*, s.opening + s.earlier_debit - s.earlier_credit + s.debit - s.credit as closing from sums s)
    select g.code, coalesce(h.name, g.name), coalesce(h.name_ar, g.name_ar), g.opening_debit, g.opening_credit, g.debit,
           g.credit, g.closing_debit, g.closing_credit, g.earlier_debit, g.earlier_credit
      from (select left(f.code, coalesce(digits, 99)) as code, min(f.name) as name, min(f.name_ar) as name_ar,
                   sum(greatest(f.opening, 0)) as opening_debit, sum(greatest(-f.opening, 0)) as opening_credit,
                   sum(f.debit) as debit, sum(f.credit) as credit,
                   sum(greatest(f.closing, 0)) as closing_debit, sum(greatest(-f.closing, 0)) as closing_credit,
                   sum(f.earlier_debit) as earlier_debit, sum(f.earlier_credit) as earlier_credit
              from figures f group by 1) g
      left join accounting.accounts h on h.code = g.code
     order by g.code
$$;
comment on function accounting.trial_balance_v2(date, date, uuid, integer, boolean) is
    'Eight columns per account, or per beginning of so many digits, for whole periods between two days, in the branches of the '
    'login; with `since_year` the opening is that of the year and what moved since then stands in `earlier`, else that is zero.';

create or replace function accounting.trial_balance_v1(first_day date, last_day date, only_branch uuid default null)
    returns table (code text, name text, name_ar text, opening_debit numeric, opening_credit numeric,
                   debit numeric, credit numeric, closing_debit numeric, closing_credit numeric)
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select t.code, t.name, t.name_ar, t.opening_debit, t.opening_credit, t.debit, t.credit, t.closing_debit, t.closing_credit
      from accounting.trial_balance_v2(first_day, last_day, only_branch) t
$$;
comment on function accounting.trial_balance_v1(date, date, uuid) is
    'Six columns per account for whole periods between two days, in the branches of the login.';

grant execute on function accounting.trial_balance_v1(date, date, uuid), accounting.roll_balances_v1(),
    accounting.trial_balance_v2(date, date, uuid, integer, boolean) to accounting_app;
grant select on accounting.period_sums to accounting_app;
