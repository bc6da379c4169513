-- Budgets: a grid of amounts for a branch and a year, and how what was posted compares.

call core.keep_to_branch('accounting.budgets'::regclass);
call core.keep_to_branch('accounting.budget_amounts'::regclass);
call core.keep_audit('accounting.budgets');
call core.keep_audit('accounting.budget_amounts', 'budget_id');
grant select on accounting.budgets, accounting.budget_amounts to accounting_app;
call core.permit('accounting.budget.edit', '{accountant}');

-- Refuses lines that nothing can be posted to, and those that stand there twice.
create or replace function accounting.check_budget_lines(lines jsonb) returns void
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    wrong text;
begin
    select l ->> 'prefix' into wrong from jsonb_array_elements(lines) l
     where coalesce(l ->> 'prefix', '') !~ '^[0-9]{1,12}$'
        or not exists (select from accounting.accounts a where starts_with(a.code, l ->> 'prefix'))
     limit 1;
    if found then
        perform core.refuse('accounting.budget_account_unknown', jsonb_build_object('code', coalesce(wrong, '')));
    end if;
    select l ->> 'prefix' into wrong from jsonb_array_elements(lines) l group by 1 having count(*) > 1 limit 1;
    if found then
        perform core.refuse('accounting.budget_line_twice', jsonb_build_object('code', wrong));
    end if;
end $$;

create or replace function accounting.save_budget_v1(draft jsonb, seen bigint default null) returns bigint
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    branch uuid := (draft ->> 'branch_id')::uuid;
    of_year integer := (draft ->> 'year')::integer;
    known accounting.budgets;
begin
    perform core.require('accounting.budget.edit');
    if branch is null or branch <> all ((select core.branches())::uuid[]) then
        perform core.refuse('core.other_branch');
    end if;
    perform accounting.check_budget_lines(draft -> 'lines');
    insert into accounting.budgets (id, branch_id, year, version) values (gen_random_uuid(), branch, of_year, 0)
    on conflict (branch_id, year) do nothing;
    select * into known from accounting.budgets b where b.branch_id = branch and b.year = of_year for no key update;
    if nullif(known.version, 0) is distinct from seen then
        perform core.refuse('core.stale_record');
    end if;
    with wanted as (
        select l ->> 'prefix' as prefix, make_date(of_year, m.no::integer, 1) as month, m.amount::numeric as amount
          from jsonb_array_elements(draft -> 'lines') l
         cross join lateral jsonb_array_elements_text(l -> 'amounts') with ordinality as m (amount, no)),
    gone as (
        delete from accounting.budget_amounts a
         where a.budget_id = known.id
           and not exists (select from wanted w where w.prefix = a.prefix and w.month = a.month))
    insert into accounting.budget_amounts as a (budget_id, prefix, month, branch_id, amount)
    select known.id, w.prefix, w.month, branch, w.amount from wanted w
    on conflict (budget_id, prefix, month) do update set amount = excluded.amount
     where a.amount is distinct from excluded.amount;
    update accounting.budgets b set version = b.version + 1 where b.id = known.id;
    return known.version + 1;
end $$;
comment on function accounting.save_budget_v1(jsonb, bigint) is
    'Keeps the budget of a branch and a year: {branch_id, year, lines: [{prefix, amounts: [twelve]}]}; `seen` is the version '
    'the user saw, null where there was none. Returns the new one.';

create or replace function accounting.budget_v1(branch uuid, of_year integer) returns jsonb
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'currency', (select c.currency from core.company c),
        'version', (select b.version from accounting.budgets b where b.branch_id = branch and b.year = of_year),
        'accounts', (select jsonb_object_agg(a.code, jsonb_build_array(a.name, a.name_ar)) from accounting.accounts a),
        'lines', (select coalesce(jsonb_agg(jsonb_build_array(l.prefix, l.amounts) order by l.prefix), '[]')
                    from (select a.prefix, jsonb_agg(a.amount::text order by a.month) as amounts
                            from accounting.budget_amounts a join accounting.budgets b on b.id = a.budget_id
                           where b.branch_id = branch and b.year = of_year group by a.prefix) l))
     where (select core.may('accounting.ledger.view'))
$$;
comment on function accounting.budget_v1(uuid, integer) is
    'The budget of a branch and a year: each beginning of a code with twelve amounts, and the names of all accounts.';

create or replace function accounting.budget_start_v1(branch uuid, of_year integer) returns jsonb
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    with moved as (
        select left(a.code, 3) as prefix, extract(month from t.starts_on)::integer as month,
               sum(case when starts_with(a.code, '7') then p.credit - p.debit else p.debit - p.credit end) as amount
          from accounting.period_sums p
          join accounting.periods t on t.id = p.period_id and t.kind = 'month'
          join accounting.accounts a on a.id = p.account_id and left(a.code, 1) in ('6', '7')
         where p.branch_id = branch and t.starts_on between make_date(of_year - 1, 1, 1) and make_date(of_year - 1, 12, 31)
           and (select core.may('accounting.ledger.view'))
         group by 1, 2)
    select coalesce(jsonb_agg(jsonb_build_array(y.prefix, y.amounts) order by y.prefix), '[]')
      from (select k.prefix, jsonb_agg(coalesce(m.amount, 0)::text order by k.month) as amounts
              from (select distinct moved.prefix, n as month from moved, generate_series(1, 12) n) k
              left join moved m using (prefix, month)
             group by k.prefix) y
$$;
comment on function accounting.budget_start_v1(uuid, integer) is
    'What charges and income were in the year before, by the first three digits of accounts and by month: a start for a budget.';

create or replace function accounting.budget_report_v1(first_day date, last_day date, only_branch uuid default null)
    returns jsonb language sql stable set search_path = pg_catalog, pg_temp
as $$
    with planned as (
        select b.branch_id, b.year, a.prefix, sum(a.amount) filter (where a.month between first_day and last_day) as amount
          from accounting.budget_amounts a join accounting.budgets b on b.id = a.budget_id
         where b.year between extract(year from first_day) and extract(year from last_day)
           and (only_branch is null or b.branch_id = only_branch)
         group by b.branch_id, b.year, a.prefix),
    actual as (
        select coalesce(l.prefix, left(a.code, 2)) as prefix, a.code,
               sum(case when starts_with(a.code, '7') then p.credit - p.debit else p.debit - p.credit end) as amount
          from accounting.period_sums p
          join accounting.periods t on t.id = p.period_id and t.kind = 'month'
          join accounting.accounts a on a.id = p.account_id
          left join lateral (select g.prefix from planned g
                              where g.branch_id = p.branch_id and g.year = extract(year from t.starts_on)
                                and starts_with(a.code, g.prefix)
                              order by length(g.prefix) desc limit 1) l on true
         where t.starts_on between first_day and last_day and (only_branch is null or p.branch_id = only_branch)
           and (l.prefix is not null or left(a.code, 1) in ('6', '7'))
         group by 1, 2)
    select jsonb_build_object(
        'currency', (select c.currency from core.company c),
        'planned', (select coalesce(jsonb_agg(jsonb_build_array(s.prefix, s.amount::text)), '[]')
                      from (select prefix, coalesce(sum(amount), 0) as amount from planned group by prefix) s),
        'actual', (select coalesce(jsonb_agg(jsonb_build_array(s.prefix, s.code, s.amount::text) order by s.code), '[]')
                     from actual s),
        'names', (select coalesce(jsonb_object_agg(a.code, jsonb_build_array(a.name, a.name_ar)), '{}')
                    from accounting.accounts a
                   where a.code in (select prefix from planned union select prefix from actual union select code from actual)))
     where (select core.may('accounting.ledger.view'))
$$;
comment on function accounting.budget_report_v1(date, date, uuid) is
    'Budget and what was posted for whole months: an account counts on the longest beginning that its branch has a budget for, '
    'else on its group. Income is positive in credit, all else in debit; company''s currency.';
grant execute on function accounting.save_budget_v1(jsonb, bigint), accounting.budget_v1(uuid, integer),
    accounting.budget_start_v1(uuid, integer), accounting.budget_report_v1(date, date, uuid) to accounting_app;
