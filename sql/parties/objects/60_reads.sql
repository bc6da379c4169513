-- What lists, forms and documents show of parties, and what the tills keep.

-- What a document says of a party, by any id that it ever had.
create or replace view parties.document_parties with (security_invoker = true) as
    select known.id, p.id as current_id, p.code, p.name, p.name_ar, p.is_customer, p.is_supplier, p.is_company, p.country,
           p.identifiers, p.phone, p.email, p.document_language, p.price_list, p.credit_limit,
           t.code as terms, coalesce(t.name, '') as terms_name, coalesce(t.name_ar, '') as terms_name_ar,
           coalesce(t.days, 0) as terms_days, coalesce(t.end_of_month, false) as terms_end_of_month,
           coalesce(a.line, '') as address, coalesce(a.line_ar, '') as address_ar, p.is_active
      from parties.parties known
      join parties.parties p on p.id = coalesce(known.merged_into, known.id)
      left join parties.terms t on t.code = p.terms
      left join lateral (
           select concat_ws(', ', nullif(a.street, ''), nullif(concat_ws(' ', nullif(a.postal_code, ''),
                            nullif(a.city, '')), ''), r.name) as line,
                  case when a.street_ar <> '' or a.city_ar <> '' then concat_ws('، ', nullif(a.street_ar, ''),
                            nullif(concat_ws(' ', nullif(a.postal_code, ''), nullif(a.city_ar, '')), ''),
                            nullif(r.name_ar, '')) end as line_ar
             from parties.addresses a
             left join parties.regions r on (r.country, r.code) = (a.country, a.region)
            where a.party_id = p.id
            order by a.kind = 'billing' desc, a.kind = 'main' desc, a.id
            limit 1) as a on true;
comment on view parties.document_parties is 'A party as documents name it today, by its own id or one merged into it.';

-- A balance counts what was booked under every id that the party ever had.
create or replace view parties.party_list with (security_invoker = true) as
    select p.id, p.version, p.code, p.name, p.name_ar, p.is_customer, p.is_supplier, p.is_company, p.phone, p.phone_key,
           p.email, p.terms, p.price_list, p.credit_limit, p.is_active, p.words,
           coalesce((select a.city from parties.addresses a where a.party_id = p.id
                      order by a.kind = 'main' desc, a.id limit 1), '') as city,
           coalesce((select a.region from parties.addresses a where a.party_id = p.id
                      order by a.kind = 'main' desc, a.id limit 1), '') as region,
           coalesce((select p.identifiers ->> v.code from accounting.law_values v
                      where v.kind = 'identifier' and v.value ->> 'check' <> '' and p.identifiers ? v.code
                      order by v.valid_from desc limit 1), '') as tax_number,
           coalesce((select sum(b.balance) from parties.parties m
                       join accounting.party_balances b on b.party_id = m.id and b.role = 'receivable'
                      where m.id = p.id or m.merged_into = p.id), 0) as receivable,
           coalesce((select -sum(b.balance) from parties.parties m
                       join accounting.party_balances b on b.party_id = m.id and b.role = 'payable'
                      where m.id = p.id or m.merged_into = p.id), 0) as payable,
           (select c.currency from core.company c) as currency
      from parties.parties p
     where p.merged_into is null and p.deleted_at is null;
comment on view parties.party_list is 'Parties with what they owe (receivable) and are owed (payable).';

grant select on parties.document_parties to parties_app, till_app, till_owner, sales_owner;
grant select on parties.party_list to parties_app;

-- All that the form of a party needs, in one answer: the party (none for a new one), and what can be chosen.
create or replace function parties.party_form_v1(party uuid) returns jsonb
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'party', (select to_jsonb(p) - '{words,changed_xid,name_key,phone_key,deleted_at}'::text[] || jsonb_build_object(
                'credit_limit', p.credit_limit::text, 'receivable', l.receivable::text, 'payable', l.payable::text,
                'addresses', coalesce((select jsonb_agg(to_jsonb(a) - 'party_id' order by a.kind <> 'main', a.id)
                                         from parties.addresses a where a.party_id = p.id), '[]'),
                'contacts', coalesce((select jsonb_agg(to_jsonb(c) - 'party_id' order by c.id)
                                        from parties.contacts c where c.party_id = p.id), '[]'))
               from parties.parties p join parties.party_list l on l.id = p.id
              where p.id = (select coalesce(k.merged_into, k.id) from parties.parties k where k.id = party)),
        'country', c.country, 'currency', c.currency,
        'next_codes', jsonb_build_object('customer', parties.next_code_v1('customer'),
                                         'supplier', parties.next_code_v1('supplier')),
        'regions', (select coalesce(jsonb_agg(to_jsonb(r) order by r.code), '[]') from parties.regions r),
        'terms', (select coalesce(jsonb_agg(jsonb_build_object('code', t.code, 'name', t.name, 'name_ar', t.name_ar)
                                            order by t.days, t.code), '[]')
                    from parties.terms t
                   where t.is_active or t.code = (select p.terms from parties.parties p where p.id = party)),
        'price_lists', (select coalesce(jsonb_agg(jsonb_build_object('code', l.code, 'name', l.name,
                                                                     'name_ar', l.name_ar) order by l.code), '[]')
                          from catalog.price_lists l
                         where l.is_active or l.code = (select p.price_list from parties.parties p where p.id = party)),
        'laws', (select coalesce(jsonb_agg(jsonb_build_object(
                            'code', v.code, 'name', v.value ->> 'name', 'name_ar', v.value ->> 'name_ar',
                            'pattern', v.value ->> 'pattern', 'check', v.value ->> 'check', 'doubt', v.doubt)
                            order by (v.value ->> 'order')::numeric, v.code), '[]')
                   from accounting.law_values v, (select core.local_date(now()) as day) as today
                  where v.kind = 'identifier' and v.valid_from <= today.day
                    and coalesce(v.valid_to, today.day) >= today.day
                    and coalesce(v.value -> 'of', '["party"]') ? 'party'))
      from core.company c
$$;
comment on function parties.party_form_v1(uuid) is
    'A party with all it has, and the regions, terms, price lists and identifiers to choose from.';
grant execute on function parties.party_form_v1(uuid) to parties_app;

create or replace function parties.feed_customers(after_xid xid8, after_key text, below xid8, seen pg_snapshot,
                                                  most integer)
    returns setof core.feed_row language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select p.changed_xid, p.id::text, jsonb_build_object('id', d.id, 'code', d.code, 'name', d.name,
               'name_ar', d.name_ar, 'phone', d.phone, 'phone_key', p.phone_key, 'price_list', d.price_list,
               'credit_limit', d.credit_limit::text, 'terms_days', d.terms_days,
               'document_language', d.document_language, 'is_company', d.is_company,
               'identifiers', d.identifiers::text, 'address', d.address, 'address_ar', d.address_ar,
               'is_active', d.is_active)
      from parties.parties p
      join parties.document_parties d on d.id = p.id
     where p.is_active and p.is_customer
       and p.changed_xid >= after_xid
       and (after_key is null or (p.changed_xid, p.id::text) > (after_xid, after_key))
       and (below is null or p.changed_xid < below)
       and (seen is null or not pg_visible_in_snapshot(p.changed_xid, seen))
     order by p.changed_xid, p.id::text
     limit most
$$;

insert into core.feed_sets (name, reader) values ('parties.customers', 'parties.feed_customers')
    on conflict (name) do update set reader = excluded.reader;
grant execute on function parties.feed_customers(xid8, text, xid8, pg_snapshot, integer) to core_owner;
