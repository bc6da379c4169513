-- Locks by role: the day before which a role posts nothing, by whatever way.

-- Who has several roles posts as the freest of those that may post.
create or replace function accounting.locked_before(who uuid) returns date
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select min(coalesce(l.locked_before, '-infinity'))
      from unnest(coalesce(nullif(core.roles_of(who, 'accounting.entry.post'), '{}'), core.roles_of(who))) as r (role)
      left join accounting.role_locks l on l.role = r.role
$$;
comment on function accounting.locked_before(uuid) is 'The day before which a user posts nothing; null for nobody.';

create or replace function accounting.check_role_lock() returns trigger
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
declare
    until date;
begin
    -- Without locks this costs one look at an empty table. A document that a workstation sends is its author's request;
    -- what a till brings is a fact, and has nobody signed in.
    -- The entries of a year's end have periods of their own, which only the closing opens.
    if exists (select from accounting.role_locks)
       and exists (select from accounting.periods p where p.id = new.period_id and p.kind = 'month') then
        until := accounting.locked_before(coalesce(core.requester_of(new.command_id), core.me()));
        if new.dated_on < until then
            perform core.refuse('accounting.period_locked', jsonb_build_object('date', new.dated_on, 'until', until));
        end if;
    end if;
    return new;
end $$;
create or replace trigger entries_respect_role_locks before insert on accounting.entries
    for each row execute function accounting.check_role_lock();

create or replace function accounting.lock_role_v1(wanted text, day date) returns void
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
    perform core.require('accounting.period.manage');
    if wanted <> all (core.known_roles()) then
        perform core.refuse('core.not_found');
    end if;
    if day is null then
        delete from accounting.role_locks l where l.role = wanted;
    else
        insert into accounting.role_locks as l (role, locked_before) values (wanted, day)
        on conflict (role) do update set locked_before = excluded.locked_before, version = l.version + 1;
    end if;
end $$;
comment on function accounting.lock_role_v1(text, date) is 'The day before which a role posts nothing; null unlocks it.';

create or replace function accounting.role_locks_v1() returns table (role text, locked_before date)
    language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select r.role, l.locked_before
      from unnest(core.known_roles()) as r (role)
      left join accounting.role_locks l on l.role = r.role
     where (select core.may('accounting.ledger.view'))
     order by r.role
$$;
comment on function accounting.role_locks_v1() is 'Every role of people, and the day before which it posts nothing.';
grant execute on function accounting.lock_role_v1(text, date), accounting.role_locks_v1() to accounting_app;
