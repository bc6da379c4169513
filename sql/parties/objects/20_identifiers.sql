-- Legal identifiers: which the law asks for today, whether one can be right, and whose it is.

create or replace function parties.identifier_laws()
    returns table (code text, value jsonb, doubt text)
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select v.code, v.value, v.doubt
      from accounting.law_values v, (select core.local_date(now()) as day) as today
     where v.kind = 'identifier' and v.valid_from <= today.day and coalesce(v.valid_to, today.day) >= today.day
       and coalesce(v.value -> 'of', '["party"]') ? 'party'
$$;

-- The twin of modules.parties.identifiers.is_possible. What the law leaves in doubt is refused to nobody.
create or replace function parties.is_possible(law jsonb, doubt text, number text) returns boolean
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    bare text := upper(regexp_replace(number, '[\s./-]', '', 'g'));
    pattern text := '^(?:' || (law ->> 'pattern') || ')$';
begin
    case coalesce(law ->> 'check', '')
        when 'ma.ice' then
            return case when bare ~ '^[0-9]{15}$' then mod(bare::numeric, 97) = 0 else false end;
        when 'dz.nif' then
            return bare ~ '^([0-9]{15}|[0-9]{20})$';
        when 'tn.mf' then
            return bare ~ '^[0-9]{7}[A-HJ-NP-TV-Z]([APBDN]([MPCN]000|E[0-9]{3}))?$';
        else
            return doubt <> '' or pattern is null or number ~ pattern or bare ~ pattern;
    end case;
exception when invalid_regular_expression then
    return true;                                    -- a pattern that cannot be read forbids nothing
end $$;

create or replace function parties.check_identifiers(home text, numbers jsonb) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    wrong record;
begin
    select l.value ->> 'name' as name, numbers ->> l.code as number into wrong
      from parties.identifier_laws() l, core.company c
     where c.country = home and numbers ? l.code
       and not parties.is_possible(l.value, l.doubt, numbers ->> l.code)
     order by l.code limit 1;
    if found then
        perform core.refuse('parties.identifier_impossible', jsonb_build_object(
            'field', 'identifiers', 'identifier', wrong.name, 'number', wrong.number));
    end if;
end $$;

-- Tax identifiers are those with a check of their own; each belongs to one active party.
create or replace function parties.numbers_of(wanted uuid[]) returns table (party_id uuid, code text, number text)
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select p.id, l.code, upper(regexp_replace(p.identifiers ->> l.code, '[\s./-]', '', 'g'))
      from parties.parties p
      join core.company c on c.country = p.country
      join parties.identifier_laws() l on coalesce(l.value ->> 'check', '') <> '' and p.identifiers ? l.code
     where p.id = any (wanted) and p.is_active
$$;

-- The question comes after the insertion: it also sees a number that somebody took this very moment.
create or replace function parties.claim_numbers(wanted uuid[]) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    taken record;
begin
    delete from parties.tax_numbers t
     where t.party_id = any (wanted)
       and not exists (select from parties.numbers_of(wanted) n
                        where (n.party_id, n.code, n.number) = (t.party_id, t.code, t.number));
    insert into parties.tax_numbers (code, number, party_id)
    select n.code, n.number, n.party_id from parties.numbers_of(wanted) n order by n.code, n.number
        on conflict do nothing;
    select n.number, p.code, p.name into taken
      from parties.numbers_of(wanted) n
      join parties.tax_numbers t on (t.code, t.number) = (n.code, n.number) and t.party_id <> n.party_id
      join parties.parties p on p.id = t.party_id
     order by n.code, n.number limit 1;
    if found then
        perform core.refuse('parties.identifier_taken', jsonb_build_object(
            'field', 'identifiers', 'number', taken.number, 'code', taken.code, 'name', taken.name));
    end if;
end $$;
