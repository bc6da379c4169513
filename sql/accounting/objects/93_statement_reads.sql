-- A statement with all that its formulas ask for, in one answer.

-- Of each account what moved from the first day to the last, and what it holds at the end of that; a debit is positive.
drop function if exists accounting.statement_balances(text, date, date, uuid);
create or replace function accounting.statement_balances(first_day date, last_day date, only_branch uuid)
    returns jsonb language sql stable set search_path = pg_catalog, pg_temp
as $$
    select coalesce(jsonb_object_agg(t.code, jsonb_build_array((t.debit - t.credit)::text,
                                                               (t.closing_debit - t.closing_credit)::text)), '{}')
      from accounting.trial_balance_v1(first_day, last_day, only_branch) t
$$;

-- What each branch plans for whole months; with zero, too, for a longer beginning takes from a shorter one.
create or replace function accounting.planned_amounts(first_day date, last_day date, only_branch uuid)
    returns jsonb language sql stable set search_path = pg_catalog, pg_temp
as $$
    select coalesce(jsonb_agg(jsonb_build_array(p.branch_id, p.prefix, p.amount::text) order by p.branch_id, p.prefix), '[]')
      from (select b.branch_id, a.prefix,
                   coalesce(sum(a.amount) filter (where a.month between first_day and last_day), 0) as amount
              from accounting.budget_amounts a join accounting.budgets b on b.id = a.budget_id
             where b.year between extract(year from first_day) and extract(year from last_day)
               and (only_branch is null or b.branch_id = only_branch)
             group by b.branch_id, a.prefix) p
$$;

drop function if exists accounting.statement_v1(text[], date, date, uuid);
create or replace function accounting.statement_v2(asked jsonb) returns jsonb
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    with spans as (
        select s.place, (s.span ->> 'first')::date as first_day, (s.span ->> 'last')::date as last_day,
               (s.span ->> 'branch')::uuid as branch
          from jsonb_array_elements(asked -> 'spans') with ordinality as s (span, place))
    select jsonb_build_object(
        'currency', (select c.currency from core.company c),
        'accounts', (select jsonb_object_agg(a.code, jsonb_build_array(a.name, a.name_ar)) from accounting.accounts a),
        'statements', (
            select jsonb_agg(to_jsonb(s) || jsonb_build_object(
                       'lines', (select jsonb_agg(to_jsonb(l) order by l.place) from accounting.statement_lines l
                                  where l.statement = s.code))
                   order by w.place)
              from jsonb_array_elements_text(asked -> 'codes') with ordinality as w (code, place)
              join accounting.statements s on s.code = w.code),
        'balances', (select jsonb_agg(accounting.statement_balances(s.first_day, s.last_day, s.branch) order by s.place)
                       from spans s),
        'planned', case when (asked ->> 'budget')::boolean then
            (select accounting.planned_amounts(s.first_day, s.last_day, s.branch) from spans s where s.place = 1) end)
     where (select core.may('accounting.ledger.view'))
$$;
comment on function accounting.statement_v2(jsonb) is
    'Statements with their lines, and what each account holds and what moved on it: {codes: [...], spans: [{first, last, '
    'branch?}] of whole months, budget?: whether what was planned for the first span is told too}; amounts in the company''s '
    'currency, a debit is positive.';
grant execute on function accounting.statement_balances(date, date, uuid), accounting.planned_amounts(date, date, uuid),
    accounting.statement_v2(jsonb) to accounting_app;
