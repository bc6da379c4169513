-- The ledger prints names of parties, which stand above it: each new name is told.

create or replace function parties.tell_name() returns trigger
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
    perform accounting.name_party_v1(new.id, new.name, new.name_ar);
    return null;
end $$;
create or replace trigger tell_name after insert or update of name, name_ar on parties.parties
    for each row execute function parties.tell_name();
