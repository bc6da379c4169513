-- Settlements that are taken back: with a letter, with an entry, or by hand; gain and loss go with them.

-- Takes a settlement back with its matches; its gain or loss is reversed, unless that is just being done.
create or replace function accounting.unsettle(command core.commands, wanted uuid, reversing uuid default null) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    settled accounting.settlements;
begin
    update accounting.settlements s set undone_at = now(), undone_by = command.actor_login
     where s.id = wanted and s.undone_at is null returning * into settled;
    if settled.id is not null then
        perform accounting.undo_matches(array(select m.id from accounting.matches m
                                               where m.document_id = settled.id and m.undone_at is null), command.actor_login);
        if settled.entry_id is distinct from reversing and settled.entry_id is not null then
            perform accounting.reverse_entry_v1(command, jsonb_build_object('entry_id', settled.entry_id));
        end if;
    end if;
end $$;

-- What an entry that is being reversed had settled, or what was its gain or loss.
create or replace function accounting.unsettle_entry(command core.commands, entry uuid) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
begin
    perform accounting.unsettle(command, s.id, entry)
       from (select s.id from accounting.settlements s
              where entry in (s.debit_entry, s.credit_entry, s.entry_id) and s.undone_at is null order by s.settled_at, s.id) s;
end $$;

-- What letters that are taken back had settled in a currency.
create or replace function accounting.unsettle_matches(command core.commands, wanted uuid[]) returns integer
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    each uuid;
    undone integer := 0;
begin
    for each in select distinct s.id from accounting.matches m join accounting.settlements s on s.id = m.document_id
                 where m.id = any (wanted) and m.undone_at is null and s.undone_at is null loop
        perform accounting.unsettle(command, each);
        undone := undone + 1;
    end loop;
    return undone;
end $$;
