-- What the ledger says of cash, for the dashboard.

create or replace function accounting.figures_v1(last_day date, only_branch uuid) returns jsonb
    language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object('account', a.code, 'name', a.name, 'name_ar', a.name_ar,
                              'balance', (s.debit - s.credit)::text)
      from accounting.account_roles r
      join accounting.accounts a on a.id = r.account_id
     cross join lateral accounting.sums_before(a.id, last_day + 1, only_branch) s
     where r.role = 'cash' and r.qualifier = '' and (select core.may('accounting.ledger.view'))
$$;
comment on function accounting.figures_v1(date, uuid) is
    'The account of cash and its balance at the end of a day; null without the right to see the ledger.';
grant usage on schema accounting to dashboard_owner;
grant execute on function accounting.figures_v1(date, uuid) to dashboard_owner;
