-- Saving a party with its addresses and contacts: one round trip, all or nothing.

create or replace function parties.next_code_v1(kind text) returns text
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select s.prefix || lpad((coalesce(max(substr(p.code, 2)::bigint), 0) + 1)::text, 6, '0')
      from (select case kind when 'supplier' then 'F' else 'C' end as prefix) as s
      left join parties.parties p on p.code between s.prefix || '000000' and s.prefix || '999999'
                                 and p.code ~ ('^' || s.prefix || '[0-9]{6}$')
     group by s.prefix
$$;
comment on function parties.next_code_v1(text) is 'A free code for a new customer (C000123) or supplier (F000123).';

-- What a party is of which nothing was said.
create or replace function parties.blank() returns parties.parties
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select jsonb_populate_record(null::parties.parties, jsonb_build_object(
        'code', '', 'name', '', 'name_ar', '', 'is_customer', false, 'is_supplier', false, 'is_company', false,
        'country', (select c.country from core.company c), 'identifiers', '{}'::jsonb, 'phone', '', 'email', '',
        'document_language', 'fr', 'note', '', 'is_active', true, 'metadata', '{}'::jsonb))
$$;

create or replace function parties.write_party(was parties.parties, given parties.parties) returns bigint
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    new_version bigint;
begin
    if given.credit_limit is distinct from was.credit_limit then
        perform core.require('parties.credit.edit');
    end if;
    if given.code = '' then
        given.code := parties.next_code_v1(case when given.is_customer then 'customer' else 'supplier' end);
    end if;
    select coalesce(jsonb_object_agg(i.key, btrim(i.value)), '{}') into given.identifiers
      from jsonb_each_text(given.identifiers) i where btrim(i.value) <> '';
    perform parties.check_identifiers(given.country, given.identifiers);
    insert into parties.parties as p (id, code, name, name_ar, is_customer, is_supplier, is_company, country, identifiers,
        phone, email, document_language, terms, price_list, credit_limit, note, is_active, metadata)
    values (given.id, given.code, given.name, given.name_ar, given.is_customer, given.is_supplier, given.is_company,
        given.country, given.identifiers, given.phone, given.email, given.document_language, given.terms,
        given.price_list, given.credit_limit, given.note, given.is_active, given.metadata)
    on conflict (id) do update
       set code = excluded.code, name = excluded.name, name_ar = excluded.name_ar, is_customer = excluded.is_customer,
           is_supplier = excluded.is_supplier, is_company = excluded.is_company, country = excluded.country,
           identifiers = excluded.identifiers, phone = excluded.phone, email = excluded.email,
           document_language = excluded.document_language, terms = excluded.terms, price_list = excluded.price_list,
           credit_limit = excluded.credit_limit, note = excluded.note, is_active = excluded.is_active,
           metadata = excluded.metadata, version = p.version + 1
     where p.version = was.version
    returning p.version into new_version;
    if new_version is null then
        perform core.refuse('core.stale_record');
    end if;
    return new_version;
end $$;

create or replace function parties.set_addresses(party uuid, wanted jsonb) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
begin
    if (select count(*) from jsonb_array_elements(wanted) w where w ->> 'kind' = 'main') > 1 then
        perform core.refuse('parties.two_main_addresses', '{"field": "addresses"}');
    end if;
    delete from parties.addresses a
     where a.party_id = party
       and a.id <> all (array(select (w ->> 'id')::uuid from jsonb_array_elements(wanted) w));
    insert into parties.addresses as a (id, party_id, kind, street, street_ar, city, city_ar, postal_code, country, region)
    select w.id, party, w.kind, coalesce(w.street, ''), coalesce(w.street_ar, ''), coalesce(w.city, ''),
           coalesce(w.city_ar, ''), coalesce(w.postal_code, ''), w.country, nullif(w.region, '')
      from jsonb_to_recordset(wanted) as w (id uuid, kind text, street text, street_ar text, city text, city_ar text,
                                            postal_code text, country text, region text)
    on conflict (id) do update
       set kind = excluded.kind, street = excluded.street, street_ar = excluded.street_ar, city = excluded.city,
           city_ar = excluded.city_ar, postal_code = excluded.postal_code, country = excluded.country,
           region = excluded.region
     where a.party_id = party
       and (a.kind, a.street, a.street_ar, a.city, a.city_ar, a.postal_code, a.country, a.region) is distinct from
           (excluded.kind, excluded.street, excluded.street_ar, excluded.city, excluded.city_ar, excluded.postal_code,
            excluded.country, excluded.region);
end $$;

create or replace function parties.set_contacts(party uuid, wanted jsonb) returns void
    language sql volatile set search_path = pg_catalog, pg_temp
as $$
    delete from parties.contacts c
     where c.party_id = party
       and c.id <> all (array(select (w ->> 'id')::uuid from jsonb_array_elements(wanted) w));
    insert into parties.contacts as c (id, party_id, name, position, phone, email)
    select w.id, party, w.name, coalesce(w.position, ''), coalesce(w.phone, ''), coalesce(w.email, '')
      from jsonb_to_recordset(wanted) as w (id uuid, name text, position text, phone text, email text)
    on conflict (id) do update
       set name = excluded.name, position = excluded.position, phone = excluded.phone, email = excluded.email
     where c.party_id = party
       and (c.name, c.position, c.phone, c.email) is distinct from
           (excluded.name, excluded.position, excluded.phone, excluded.email);
$$;

create or replace function parties.refuse_merged(was parties.parties) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    other parties.parties;
begin
    if was.merged_into is not null then
        select * into other from parties.parties p where p.id = was.merged_into;
        perform core.refuse('parties.is_merged', jsonb_build_object('code', other.code, 'name', other.name));
    end if;
end $$;

create or replace function parties.save_party_v1(draft jsonb) returns bigint
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    was parties.parties;
    party uuid := (draft ->> 'id')::uuid;
    new_version bigint;
begin
    perform core.require('parties.party.edit');
    select * into was from parties.parties p where p.id = party for no key update;
    perform parties.refuse_merged(was);
    if was.version is distinct from (draft ->> 'version')::bigint then
        perform core.refuse('core.stale_record');
    end if;
    new_version := parties.write_party(was, jsonb_populate_record(
        case when was.id is null then parties.blank() else was end, draft));
    perform parties.claim_numbers(array[party]);
    if draft ? 'addresses' then
        perform parties.set_addresses(party, draft -> 'addresses');
    end if;
    if draft ? 'contacts' then
        perform parties.set_contacts(party, draft -> 'contacts');
    end if;
    return new_version;
end $$;
comment on function parties.save_party_v1(jsonb) is
    'Creates (without version) or changes (with the version read) a party; addresses and contacts as given are all it '
    'has; what the draft does not name stays. An empty code is the next free one. The new version.';

grant execute on function parties.next_code_v1(text), parties.save_party_v1(jsonb) to parties_app;
