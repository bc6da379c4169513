-- Two records of one party become one. Documents keep the id they were written with; readers follow merged_into.

create or replace function parties.current(party uuid) returns uuid
    language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select coalesce(p.merged_into, p.id) from parties.parties p where p.id = party
$$;
comment on function parties.current(uuid) is 'The party that a document means today: itself, or what it turned out to be.';
grant execute on function parties.current(uuid) to till_owner;

create or replace function parties.check_merge(kept parties.parties, merged parties.parties) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    owed numeric;
begin
    if kept.id is null or merged.id is null then
        perform core.refuse('core.not_found');
    elsif kept.id = merged.id then
        perform core.refuse('parties.merged_with_itself');
    end if;
    perform parties.refuse_merged(kept), parties.refuse_merged(merged);
    if not kept.is_active then
        perform core.refuse('parties.kept_is_inactive', jsonb_build_object('code', kept.code, 'name', kept.name));
    end if;
    select b.balance into owed from accounting.party_balances b where b.party_id = merged.id and b.balance <> 0 limit 1;
    if found then
        perform core.refuse('parties.balance_is_open', jsonb_build_object(
            'code', merged.code, 'name', merged.name, 'balance', trim_scale(owed)::text));
    end if;
end $$;

-- What the one lacks it takes from the other; a place or a person that it has already stays behind.
create or replace function parties.move_belongings(kept uuid, merged uuid) returns void
    language sql volatile set search_path = pg_catalog, pg_temp
as $$
    update parties.addresses a
       set party_id = kept,
           kind = case when a.kind = 'main' and exists (select from parties.addresses k
                            where k.party_id = kept and k.kind = 'main') then 'delivery' else a.kind end
     where a.party_id = merged
       and not exists (select from parties.addresses k
                        where k.party_id = kept
                          and core.fold(concat_ws(' ', k.street, k.street_ar, k.city, k.region))
                            = core.fold(concat_ws(' ', a.street, a.street_ar, a.city, a.region)));
    update parties.contacts c set party_id = kept
     where c.party_id = merged
       and not exists (select from parties.contacts k
                        where k.party_id = kept and core.fold(k.name) = core.fold(c.name) and k.phone = c.phone);
$$;

create or replace function parties.merge_parties_v1(kept uuid, merged uuid) returns void
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    one parties.parties;
    other parties.parties;
begin
    perform core.require('parties.party.merge');
    -- All rows that will change, in the order in which everybody locks them.
    perform from parties.parties p where p.id in (kept, merged) or p.merged_into = merged order by p.id for no key update;
    select * into one from parties.parties p where p.id = kept;
    select * into other from parties.parties p where p.id = merged;
    perform parties.check_merge(one, other);
    update parties.parties p
       set merged_into = kept, is_active = false, version = p.version + case when p.id = merged then 1 else 0 end
     where p.id = merged or p.merged_into = merged;
    update parties.parties p
       set name_ar = coalesce(nullif(p.name_ar, ''), other.name_ar), phone = coalesce(nullif(p.phone, ''), other.phone),
           email = coalesce(nullif(p.email, ''), other.email), is_customer = p.is_customer or other.is_customer,
           is_supplier = p.is_supplier or other.is_supplier, is_company = p.is_company or other.is_company,
           identifiers = case when p.country = other.country then other.identifiers || p.identifiers
                              else p.identifiers end,
           terms = coalesce(p.terms, other.terms), price_list = coalesce(p.price_list, other.price_list),
           note = concat_ws(E'\n', nullif(p.note, ''), nullif(other.note, '')),
           metadata = other.metadata || p.metadata, version = p.version + 1
     where p.id = kept;
    perform parties.claim_numbers(array[kept, merged]);
    perform parties.move_belongings(kept, merged);
    perform core.publish_v1('parties.merged', jsonb_build_object('kept_id', kept, 'merged_id', merged));
end $$;
comment on function parties.merge_parties_v1(uuid, uuid) is
    'Closes the second party, which turned out to be the first; refused while the second still has a balance.';
grant execute on function parties.merge_parties_v1(uuid, uuid) to parties_app;

-- Who looks like somebody: the same telephone, a name that is alike, or the same name in other words.
create or replace function parties.similar_parties_v1(wanted text, wanted_ar text, telephone text, besides uuid, most integer)
    returns table (id uuid, code text, name text, name_ar text, phone text, is_active boolean, score numeric)
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
declare
    called text := right(regexp_replace(core.fold(telephone), '\D', '', 'g'), 8);
    -- Only letters and digits are left in these words: they mean nothing else to a tsquery.
    asked tsquery := nullif(array_to_string(array(
        select '''' || w || '''' from unnest(parties.name_words(wanted || ' ' || wanted_ar)) w), ' | '), '')::tsquery;
    misspelt uuid[] := '{}';
    home text;
begin
    perform core.require('parties.party.view');
    select e.extnamespace::regnamespace::text into home from pg_extension e where e.extname = 'pg_trgm';
    if home is not null then
        execute format('select array(select p.id from parties.parties p where %1$s.similarity(p.name_key, $1) >= 0.4 '
                       'order by %1$s.similarity(p.name_key, $1) desc limit 200)', home) into misspelt using core.fold(wanted);
    end if;
    return query
        -- The best by shared words are enough: names that everybody bears would make thousands to compare.
        with candidates as (
            (select p.id from parties.parties p
              where p.words @@ asked and p.merged_into is null order by ts_rank(p.words, asked) desc, p.id limit 200)
            union
            select p.id from parties.parties p
             where (length(called) = 8 and p.phone_key = called) or p.id = any (misspelt)),
        compared as (
            select p.id, p.code, p.name, p.name_ar, p.phone, p.is_active,
                   greatest(parties.likeness(p.name, wanted), parties.likeness(p.name_ar, wanted_ar),
                            case when length(called) = 8 and p.phone_key = called then 0.9 else 0 end) as score
              from candidates c join parties.parties p on p.id = c.id
             where p.merged_into is null and p.id is distinct from besides)
        select c.id, c.code, c.name, c.name_ar, c.phone, c.is_active, c.score
          from compared c where c.score >= 0.5 order by c.score desc, c.code limit least(most, 50);
end $$;
comment on function parties.similar_parties_v1(text, text, text, uuid, integer) is
    'Parties that may be the one described, most alike first.';

-- Pairs of active parties with the same words for a name, or one telephone.
create or replace function parties.duplicate_pairs_v1(most integer)
    returns table (id uuid, code text, name text, name_ar text, phone text,
                   other_id uuid, other_code text, other_name text, other_name_ar text, other_phone text, score numeric)
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
begin
    perform core.require('parties.party.view');
    return query
        with named as materialized (
            select p.id, array_to_string(parties.name_words(p.name), ' ') as key
              from parties.parties p where p.merged_into is null and p.is_active),
        met as (
            select a.id as one, b.id as two from named a join named b on a.key = b.key and a.id < b.id where a.key <> ''
            union
            select a.id, b.id from parties.parties a
              join parties.parties b on a.phone_key = b.phone_key and a.id < b.id
             where length(a.phone_key) = 8 and a.is_active and b.is_active)
        select a.id, a.code, a.name, a.name_ar, a.phone, b.id, b.code, b.name, b.name_ar, b.phone,
               greatest(parties.likeness(a.name, b.name), parties.likeness(a.name_ar, b.name_ar),
                        case when length(a.phone_key) = 8 and a.phone_key = b.phone_key then 0.9 else 0 end)
          from met join parties.parties a on a.id = met.one join parties.parties b on b.id = met.two
         order by 11 desc, a.code, b.code
         limit least(most, 500);
end $$;
comment on function parties.duplicate_pairs_v1(integer) is 'Pairs of parties that may be one, most alike first.';
grant execute on function parties.similar_parties_v1(text, text, text, uuid, integer),
    parties.duplicate_pairs_v1(integer) to parties_app;
