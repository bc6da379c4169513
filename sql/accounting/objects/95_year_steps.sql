-- A year is closed provisionally in steps, one for each branch, so that people see how far it is and can stop it. All steps
-- belong to one transaction: what was begun and not ended cannot be committed.

-- The periods of one day are open while a closing runs, and never when it is over.
create or replace function accounting.check_special_is_shut() returns trigger
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
begin
    if exists (select from accounting.periods p where p.id = new.id and p.kind <> 'month' and p.state = 'open') then
        perform core.refuse('accounting.year_half_closed', jsonb_build_object(
            'year', extract(year from new.starts_on) - (new.kind = 'opening')::integer));
    end if;
    return null;
end $$;
drop trigger if exists special_periods_are_shut on accounting.periods;
create constraint trigger special_periods_are_shut after insert or update on accounting.periods
    deferrable initially deferred for each row when (new.kind <> 'month' and new.state = 'open')
    execute function accounting.check_special_is_shut();

-- The periods of the end of a year; only while its closing runs.
create or replace function accounting.special_period(wanted_year integer, wanted_kind text) returns uuid
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    found_period uuid;
begin
    select p.id into found_period from accounting.periods p
     where p.kind = wanted_kind and p.state = 'open'
       and p.starts_on = case wanted_kind when 'closing' then make_date(wanted_year, 12, 31)
                                          else make_date(wanted_year + 1, 1, 1) end;
    if found_period is null then
        perform core.refuse('accounting.year_half_closed', jsonb_build_object('year', wanted_year));
    end if;
    return found_period;
end $$;

create or replace function accounting.begin_closing_v1(wanted_year integer) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
    perform accounting.require_whole_company();
    if not exists (select from accounting.periods p where p.starts_on = make_date(wanted_year, 1, 1) and p.kind = 'month') then
        perform core.refuse('core.not_found');
    elsif exists (select from accounting.years y where y.year = wanted_year and y.state = 'final') then
        perform core.refuse('accounting.year_final', jsonb_build_object('year', wanted_year));
    end if;
    -- Entries on their way are waited for, and those that come wait: the figures stand still meanwhile.
    lock table accounting.entries in share row exclusive mode;
    perform accounting.open_year(wanted_year + 1);
    perform accounting.open_special_period(make_date(wanted_year, 12, 31), 'closing');
    perform accounting.open_special_period(make_date(wanted_year + 1, 1, 1), 'opening');
    return (select jsonb_agg(jsonb_build_object('id', b.id, 'code', b.code) order by b.code) from core.branches b);
end $$;
comment on function accounting.begin_closing_v1(integer) is
    'Begins to close a year provisionally; the branches to close, [{id, code}], in this transaction.';

create or replace function accounting.close_branch_v1(wanted_year integer, branch uuid, labels jsonb) returns void
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    closing uuid;
    opening uuid;
begin
    perform accounting.require_whole_company();
    closing := accounting.special_period(wanted_year, 'closing');
    opening := accounting.special_period(wanted_year, 'opening');
    perform accounting.undo_closing(branch, array[closing, opening]);
    perform accounting.close_branch(branch, wanted_year, closing, opening, labels);
end $$;
comment on function accounting.close_branch_v1(integer, uuid, jsonb) is
    'Posts result, closing and opening entries of a branch, labelled {result, closing, opening}; what stood is reversed.';

create or replace function accounting.end_closing_v1(wanted_year integer) returns void
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    special uuid[];
begin
    perform accounting.require_whole_company();
    special := array[accounting.special_period(wanted_year, 'closing'), accounting.special_period(wanted_year, 'opening')];
    -- A branch that nobody closed has balances left.
    if exists (select from core.branches b cross join lateral accounting.balances_on(b.id, make_date(wanted_year, 12, 31))) then
        perform core.refuse('accounting.year_half_closed', jsonb_build_object('year', wanted_year));
    end if;
    update accounting.periods p set state = 'closed' where p.id = any (special);
    insert into accounting.years as y (year, state, closed_by) values (wanted_year, 'provisional', session_user)
    on conflict (year) do update set runs = y.runs + 1, closed_by = excluded.closed_by, closed_at = now();
    perform core.publish_v1('accounting.year_closed', jsonb_build_object('year', wanted_year, 'is_final', false));
end $$;
comment on function accounting.end_closing_v1(integer) is 'Ends what begin_closing_v1 began, once every branch is closed.';

create or replace function accounting.close_year_v1(wanted_year integer, labels jsonb) returns void
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
    perform accounting.close_branch_v1(wanted_year, (b ->> 'id')::uuid, labels)
       from jsonb_array_elements(accounting.begin_closing_v1(wanted_year)) b;
    perform accounting.end_closing_v1(wanted_year);
end $$;
comment on function accounting.close_year_v1(integer, jsonb) is
    'Posts result, closing and opening entries, labelled {result, closing, opening}; run again it reverses those first.';

grant execute on function accounting.begin_closing_v1(integer), accounting.close_branch_v1(integer, uuid, jsonb),
    accounting.end_closing_v1(integer), accounting.close_year_v1(integer, jsonb) to accounting_app;
