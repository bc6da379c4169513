-- A statement with all that its formulas ask for, in one answer.

-- What each account holds at the end of the last day, or what moved from the first to the last; a debit is positive.
create or replace function accounting.statement_balances(basis text, first_day date, last_day date, only_branch uuid)
    returns jsonb language sql stable set search_path = pg_catalog, pg_temp
as $$
    select coalesce(jsonb_object_agg(t.code, (case basis when 'closing' then t.closing_debit - t.closing_credit
                                                         else t.debit - t.credit end)::text), '{}')
      from accounting.trial_balance_v1(first_day, last_day, only_branch) t
$$;

create or replace function accounting.statement_v1(wanted text[], first_day date, last_day date, only_branch uuid default null)
    returns jsonb language sql stable set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'currency', (select c.currency from core.company c),
        'accounts', (select jsonb_object_agg(a.code, jsonb_build_array(a.name, a.name_ar)) from accounting.accounts a),
        'statements', (
            select jsonb_agg(to_jsonb(s) || jsonb_build_object(
                       'lines', (select jsonb_agg(to_jsonb(l) order by l.place) from accounting.statement_lines l
                                  where l.statement = s.code),
                       'now', accounting.statement_balances(s.basis, first_day, last_day, only_branch),
                       'before', accounting.statement_balances(s.basis, (first_day - interval '1 year')::date,
                           (last_day + 1 - interval '1 year')::date - 1, only_branch))
                   order by array_position(wanted, s.code))
              from accounting.statements s where s.code = any (wanted)))
     where (select core.may('accounting.ledger.view'))
$$;
comment on function accounting.statement_v1(text[], date, date, uuid) is
    'Statements with their lines, and the balance of each account for whole months and for the same months a year before; '
    'amounts in the company''s currency, a debit is positive.';
grant execute on function accounting.statement_balances(text, date, date, uuid), accounting.statement_v1(text[], date, date, uuid)
    to accounting_app;
