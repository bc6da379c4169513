-- The end of a year: result, closing and opening entries; provisional as often as wanted, then final.
--
-- They stand in periods of one day of their own (31/12 `closing`, 1/1 `opening`), which are open only while these
-- functions run: a month keeps its figures, and a run anew reverses what stands and posts afresh.

create or replace function accounting.require_whole_company() returns void
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
    perform core.require('accounting.year.close');
    if exists (select from core.branches b where b.id <> all (core.branches())) then
        perform core.refuse('core.other_branch');
    end if;
end $$;

-- The period of one day, opened for this transaction.
create or replace function accounting.open_special_period(day date, wanted text) returns uuid
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    found_period uuid;
begin
    insert into accounting.periods as p (id, starts_on, ends_on, kind, state)
    values (gen_random_uuid(), day, day, wanted, 'open')
    on conflict (starts_on, kind) do update set state = 'open', version = p.version + 1
    returning p.id into found_period;
    return found_period;
end $$;

create or replace function accounting.role_account(wanted text, which text) returns text
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    found_code text;
begin
    select a.code into found_code from accounting.account_roles r join accounting.accounts a on a.id = r.account_id
     where r.role = wanted and r.qualifier = which;
    if found_code is null then
        perform core.refuse('accounting.role_missing', jsonb_build_object('role', wanted || ' ' || which));
    end if;
    return found_code;
end $$;

-- What each account of a branch has on the evening of a day; debits are positive.
create or replace function accounting.balances_on(branch uuid, day date)
    returns table (account text, balance numeric)
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select a.code, sum(s.debit - s.credit)
      from accounting.period_sums s
      join accounting.periods p on p.id = s.period_id and p.ends_on <= day
      join accounting.accounts a on a.id = s.account_id
     where s.branch_id = branch
     group by a.code having sum(s.debit - s.credit) <> 0
$$;

-- A line that brings an amount onto an account: positive to the debit.
create or replace function accounting.closing_line(account text, amount numeric) returns jsonb
    language sql immutable set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object('account', account, 'debit', greatest(amount, 0)::text,
                              'credit', greatest(-amount, 0)::text)
$$;

-- Classes 6 and 7 are the result in all three charts; what is left goes to profit or loss.
create or replace function accounting.result_lines(branch uuid, day date) returns jsonb
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    with open_accounts as (
        select b.account, b.balance from accounting.balances_on(branch, day) b where b.account ~ '^[67]'),
    result as (select sum(o.balance) as loss from open_accounts o having sum(o.balance) <> 0)
    select jsonb_agg(accounting.closing_line(x.account, x.amount) order by x.place, x.account)
      from (select 1 as place, o.account, -o.balance as amount from open_accounts o
             union all
            select 2, accounting.role_account('result', case when r.loss > 0 then 'loss' else 'profit' end), r.loss
              from result r) x
$$;

create or replace function accounting.balance_lines(branch uuid, day date, sign integer) returns jsonb
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select jsonb_agg(accounting.closing_line(b.account, sign * b.balance) order by b.account)
      from accounting.balances_on(branch, day) b
$$;

-- Posts one of the entries of a year's end; none where there is nothing to post.
create or replace function accounting.post_closing(wanted accounting.entries, lines jsonb) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
begin
    if lines is not null then
        wanted.id := gen_random_uuid();
        wanted.posted_by := session_user;
        perform accounting.write_entry(wanted, lines);
    end if;
end $$;

-- It had other parameters once.
drop function if exists accounting.undo_closing(uuid[]);
create or replace function accounting.undo_closing(branch uuid, special uuid[]) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    old_entry accounting.entries;
    mirror accounting.entries;
begin
    for old_entry in select * from accounting.entries e
                      where e.branch_id = branch and e.period_id = any (special) and e.reverses_id is null
                        and not exists (select from accounting.entries r where r.reverses_id = e.id)
                      order by e.journal, e.branch_id, e.number loop
        mirror := old_entry;
        mirror.reverses_id := old_entry.id;
        mirror.document := jsonb_build_object('module', 'accounting', 'kind', 'entry', 'id', old_entry.id,
                                              'number', old_entry.number);
        perform accounting.post_closing(mirror, accounting.mirror_of(old_entry.id));
    end loop;
end $$;

create or replace function accounting.close_branch(branch uuid, wanted_year integer, closing uuid, opening uuid, labels jsonb)
    returns void language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    evening date := make_date(wanted_year, 12, 31);
    entry accounting.entries;
    opening_lines jsonb;
begin
    entry.branch_id := branch;
    entry.document := jsonb_build_object('module', 'accounting', 'kind', 'year', 'number', wanted_year::text);
    entry.journal := 'CL';
    entry.period_id := closing;
    entry.dated_on := evening;
    entry.label := labels ->> 'result';
    perform accounting.post_closing(entry, accounting.result_lines(branch, evening));
    opening_lines := accounting.balance_lines(branch, evening, 1);
    entry.label := labels ->> 'closing';
    perform accounting.post_closing(entry, accounting.balance_lines(branch, evening, -1));
    entry.journal := 'AN';
    entry.period_id := opening;
    entry.dated_on := evening + 1;
    entry.label := labels ->> 'opening';
    perform accounting.post_closing(entry, opening_lines);
end $$;

create or replace function accounting.finish_year_v1(wanted_year integer) returns void
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    obstacle text;
begin
    perform accounting.require_whole_company();
    if not exists (select from accounting.years y where y.year = wanted_year and y.state = 'provisional') then
        perform core.refuse('accounting.year_not_closed', jsonb_build_object('year', wanted_year));
    end if;
    lock table accounting.entries in share row exclusive mode;
    select c.id into obstacle from accounting.year_checks(wanted_year) c where c.is_blocking and c.number > 0
     order by c.place limit 1;
    if obstacle is not null then
        perform core.refuse('accounting.year_not_ready', jsonb_build_object('year', wanted_year, 'check', obstacle));
    end if;
    update accounting.periods p set state = 'final', version = p.version + 1
     where (p.starts_on between make_date(wanted_year, 1, 1) and make_date(wanted_year, 12, 31) and p.kind <> 'opening')
        or (p.starts_on = make_date(wanted_year + 1, 1, 1) and p.kind = 'opening');
    update accounting.years y set state = 'final', closed_by = session_user, closed_at = now() where y.year = wanted_year;
    perform core.publish_v1('accounting.year_closed', jsonb_build_object('year', wanted_year, 'is_final', true));
end $$;
comment on function accounting.finish_year_v1(integer) is 'Closes a year for good: nothing opens it again.';

grant execute on function accounting.finish_year_v1(integer) to accounting_app;
