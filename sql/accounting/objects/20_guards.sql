-- A posted entry balances, whoever looks and whatever row-level security hides.
-- runs as: superuser

create or replace function accounting.check_balanced() returns trigger
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
declare
    difference numeric;
    lines integer;
    strays integer;
begin
    select sum(l.debit - l.credit), count(*), count(*) filter (where l.branch_id <> new.branch_id
                                                                  or l.period_id <> new.period_id
                                                                  or l.dated_on is distinct from new.dated_on)
      into difference, lines, strays
      from accounting.entry_lines l where l.entry_id = new.id;
    if lines < 2 or difference <> 0 or strays > 0 then
        perform core.refuse('accounting.unbalanced', jsonb_build_object(
            'number', new.number, 'difference', coalesce(difference, 0)::text));
    end if;
    return null;
end $$;
alter function accounting.check_balanced() owner to erp_checker;
revoke all on function accounting.check_balanced() from public;
grant usage on schema accounting to erp_checker;
grant select on accounting.entry_lines to erp_checker;

drop trigger if exists entries_balance on accounting.entries;
create constraint trigger entries_balance after insert on accounting.entries
    deferrable initially deferred for each row execute function accounting.check_balanced();

-- The check fires once, with its entry: nothing may be added to an entry of an earlier transaction, or to none.
create or replace function accounting.check_lines_are_new() returns trigger
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
begin
    if exists (select from (select distinct entry_id from added) a
                 left join accounting.entries e on e.id = a.entry_id
                where e.xid is distinct from pg_current_xact_id()) then
        perform core.refuse('core.append_only', '{"relation": "accounting.entry_lines"}');
    end if;
    return null;
end $$;
alter function accounting.check_lines_are_new() owner to erp_checker;
revoke all on function accounting.check_lines_are_new() from public;
grant select on accounting.entries to erp_checker;
create or replace trigger entry_lines_are_new after insert on accounting.entry_lines
    referencing new table as added for each statement execute function accounting.check_lines_are_new();

-- A period that is closed takes nothing, by whatever way.
create or replace function accounting.check_period_is_open() returns trigger
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
begin
    if not exists (select from accounting.periods p where p.id = new.period_id and p.state = 'open'
                                                     and new.dated_on between p.starts_on and p.ends_on) then
        perform core.refuse('accounting.period_closed', jsonb_build_object('date', new.dated_on));
    end if;
    return new;
end $$;
alter function accounting.check_period_is_open() owner to erp_checker;
revoke all on function accounting.check_period_is_open() from public;
grant select on accounting.periods to erp_checker;
create or replace trigger entries_find_their_period_open before insert on accounting.entries
    for each row execute function accounting.check_period_is_open();

-- No login has the right to hold a key; the owner's triggers wait for each other by it (25_validity.sql).
grant execute on function pg_advisory_xact_lock(bigint) to accounting_owner;
