-- Importing parties: each row says what it knows; what it does not say stays as it is, or is usual.

create or replace function parties.import_party(was parties.parties, row_given jsonb) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    base parties.parties := case when was.id is null then parties.blank() else was end;
    given parties.parties := jsonb_populate_record(base, row_given - '{id,addresses,contacts}'::text[]);
begin
    given.id := coalesce(was.id, (row_given ->> 'id')::uuid);
    given.identifiers := base.identifiers || given.identifiers;
    given.metadata := base.metadata || given.metadata;
    given.is_customer := base.is_customer or given.is_customer;
    given.is_supplier := base.is_supplier or given.is_supplier;
    perform parties.write_party(was, given);
    if was.id is null then
        perform parties.set_addresses(given.id, coalesce(row_given -> 'addresses', '[]'));
        perform parties.set_contacts(given.id, coalesce(row_given -> 'contacts', '[]'));
    elsif row_given ? 'addresses' then
        -- A file knows one address: it is where the party is now.
        delete from parties.addresses a where a.party_id = given.id and a.kind = 'main';
        perform parties.set_addresses(given.id, (row_given -> 'addresses') || coalesce((
            select jsonb_agg(to_jsonb(a)) from parties.addresses a where a.party_id = given.id), '[]'));
    end if;
end $$;

create or replace function parties.import_parties_v1(rows jsonb, may_change boolean default true) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    row_given jsonb;
    was parties.parties;
    written text[] := '{}';
    changed integer := 0;
begin
    perform core.require('parties.party.import');
    for row_given in select r from jsonb_array_elements(rows) r order by r ->> 'code', r ->> 'id' loop
        was := null;
        select * into was from parties.parties p where p.code = row_given ->> 'code' for no key update;
        if was.id is not null and not may_change then
            perform core.refuse('parties.code_taken', jsonb_build_object('field', 'code', 'code', was.code));
        end if;
        perform parties.refuse_merged(was);
        perform parties.import_party(was, row_given);
        changed := changed + (was.id is not null)::integer;
        written := written || coalesce(was.id::text, row_given ->> 'id');
    end loop;
    perform parties.claim_numbers(written::uuid[]);
    return jsonb_build_object('created', cardinality(written) - changed, 'changed', changed);
end $$;
comment on function parties.import_parties_v1(jsonb, boolean) is
    'Writes one chunk of an import, rows as save_party_v1 takes them; the caller owns the transaction.';

-- Which of these codes and tax identifiers exist already, and whose they are: an import asks before it writes.
create or replace function parties.known_parties_v1(codes text[], numbers text[])
    returns table (kind text, value text, code text)
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select 'code', p.code, p.code from parties.parties p where p.code = any (codes)
    union all
    select 'number', t.number, p.code
      from parties.tax_numbers t join parties.parties p on p.id = t.party_id
     where t.number = any (numbers)
$$;
comment on function parties.known_parties_v1(text[], text[]) is
    'Codes, and tax identifiers without spaces and signs, that an import would meet again.';

grant execute on function parties.import_parties_v1(jsonb, boolean), parties.known_parties_v1(text[], text[])
    to parties_app;
