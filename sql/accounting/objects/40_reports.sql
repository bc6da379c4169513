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

create or replace function accounting.trial_balance_v1(first_day date, last_day date, only_branch uuid default null)
    returns table (code text, name text, name_ar text, opening_debit numeric, opening_credit numeric,
                   debit numeric, credit numeric, closing_debit numeric, closing_credit numeric)
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select a.code, a.name, a.name_ar,
           greatest(s.opening, 0), greatest(-s.opening, 0), s.debit, s.credit,
           greatest(s.opening + s.debit - s.credit, 0), greatest(s.credit - s.debit - s.opening, 0)
      from (select p.account_id,
                   coalesce(sum(p.debit - p.credit) filter (where m.is_before), 0) as opening,
                   coalesce(sum(p.debit) filter (where not m.is_before), 0) as debit,
                   coalesce(sum(p.credit) filter (where not m.is_before), 0) as credit
              from accounting.period_sums p
              join accounting.periods t on t.id = p.period_id
              -- The opening entries of the first day were there before; the closing ones of the last day come after.
             cross join lateral (select t.ends_on < first_day or (t.kind = 'opening' and t.starts_on = first_day)
                                        as is_before) m
             where t.starts_on <= last_day and (t.kind <> 'closing' or t.ends_on < last_day) and (only_branch is null or p.branch_id = only_branch)
               and (select core.may('accounting.ledger.view'))
             group by p.account_id) s
      join accounting.accounts a on a.id = s.account_id
     order by a.code
$$;
comment on function accounting.trial_balance_v1(date, date, uuid) is
    'Six columns per account for whole periods between two days, in the branches of the login.';

grant execute on function accounting.trial_balance_v1(date, date, uuid), accounting.roll_balances_v1() to accounting_app;
grant select on accounting.period_sums to accounting_app;
