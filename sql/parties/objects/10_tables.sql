-- What each table of the parties allows to whom. Parties are shared by all branches.

do $$
declare name text;
begin
    foreach name in array array['regions', 'terms', 'parties', 'tax_numbers', 'addresses', 'contacts'] loop
        call core.share(('parties.' || name)::regclass);
    end loop;
    call core.keep_audit('parties.terms', 'code');
    call core.keep_audit('parties.parties');
    call core.keep_audit('parties.addresses');
    call core.keep_audit('parties.contacts');
    call core.feed_changes('parties.parties');
end $$;
comment on table parties.regions is 'no-audit: data of the country packs';
comment on table parties.tax_numbers is 'no-audit: derived from the identifiers of parties in their transaction';

-- A customer who is closed, or is no customer any more, leaves the tills.
create or replace function parties.bury_customer() returns trigger
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
    insert into core.tombstones (set_name, key) values ('parties.customers', old.id::text);
    return null;
end $$;
create or replace trigger bury after update on parties.parties for each row
    when (old.is_active and old.is_customer and not (new.is_active and new.is_customer))
    execute function parties.bury_customer();

call core.permit('parties.party.view', '{administrator,manager,accountant,cashier,clerk,buyer}');
call core.permit('parties.party.edit', '{administrator,manager,accountant,buyer}');
call core.permit('parties.party.import', '{administrator,manager,buyer}');
call core.permit('parties.party.merge', '{administrator,manager}');
call core.permit('parties.credit.edit', '{manager,accountant}');

-- Reading only: who may update a table may also lock it.
grant select on all tables in schema parties to parties_app;
grant usage on schema parties to till_owner, till_app, accounting_app, core_owner, sales_owner, sales_app;
grant select on parties.parties, parties.addresses, parties.terms, parties.regions
    to till_owner, till_app, sales_owner;
grant select on parties.parties to sales_app;
grant references on parties.parties, parties.terms to till_owner, sales_owner;
