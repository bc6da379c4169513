-- accounting.seal_entries_v1: the worker seals what was posted since, in the order of each series. A sale waits for none.

call core.keep_to_branch('accounting.seals'::regclass);
call core.append_only('accounting.seals');
comment on table accounting.seals is 'no-audit: append-only evidence';
grant select on accounting.seals to accounting_app;

-- A text and how many bytes of UTF-8 it has, so that no two lists of texts look alike: `5:Caf` || U+00E9 || `,`.
create or replace function accounting.seal_field(value text) returns text
    language sql immutable set search_path = pg_catalog, pg_temp
as $$
    select octet_length(convert_to(coalesce(value, ''), 'UTF8')) || ':' || coalesce(value, '') || ','
$$;

-- What is sealed of an entry; modules/accounting/sealing.py is the twin, which needs no database.
create or replace function accounting.seal_text(entry accounting.entries) returns text
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select concat(accounting.seal_field(entry.number), accounting.seal_field(entry.journal),
                  accounting.seal_field((select b.code from core.branches b where b.id = entry.branch_id)),
                  accounting.seal_field(to_char(entry.dated_on, 'YYYY-MM-DD')), accounting.seal_field(entry.label),
                  accounting.seal_field(entry.document ->> 'number'), accounting.seal_field(entry.posted_by),
                  accounting.seal_field(to_char(entry.posted_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')),
                  string_agg(concat(accounting.seal_field(a.code), accounting.seal_field(trim_scale(l.debit)::text),
                                    accounting.seal_field(trim_scale(l.credit)::text), accounting.seal_field(l.currency),
                                    accounting.seal_field(trim_scale(l.amount)::text), accounting.seal_field(l.label),
                                    accounting.seal_field(l.party_id::text)), '' order by l.line_no))
      from accounting.entry_lines l
      join accounting.accounts a on a.id = l.account_id
     where l.entry_id = entry.id
$$;

create or replace function accounting.seal_of(previous text, entry accounting.entries) returns text
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select encode(sha256(convert_to(previous || accounting.seal_text(entry), 'UTF8')), 'hex')
$$;

-- Entries of a series behind the last sealed one, as far as the numbers go on; a number that is missing ends it.
create or replace function accounting.entries_to_seal(series accounting.series, last integer)
    returns setof accounting.entries
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select e.*
      from generate_series(last + 1, least(series.last_number, last + 2000)) n
      left join accounting.entries e
        on e.number = format('%s-%s-%s-%s', series.journal, (select b.code from core.branches b where b.id = series.branch_id),
                             series.year, lpad(n::text, greatest(6, length(n::text)), '0'))
     order by n
$$;

create or replace function accounting.seal_series(series accounting.series) returns integer
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    sealed record;
    entry accounting.entries;
    place integer;
    previous text;
    made integer := 0;
begin
    select s.position, s.hash into sealed from accounting.seals s
     where s.journal = series.journal and s.branch_id = series.branch_id and s.year = series.year
     order by s.position desc limit 1;
    place := coalesce(sealed.position, 0);
    previous := coalesce(sealed.hash, repeat('0', 64));
    for entry in select * from accounting.entries_to_seal(series, place) loop
        exit when entry.id is null;
        place := place + 1;
        previous := accounting.seal_of(previous, entry);
        insert into accounting.seals (journal, branch_id, year, position, entry_id, hash)
        values (series.journal, series.branch_id, series.year, place, entry.id, previous);
        made := made + 1;
    end loop;
    return made;
end $$;

create or replace function accounting.seal_entries_v1() returns bigint
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    series accounting.series;
    made bigint := 0;
begin
    perform core.require('accounting.ledger.roll');
    -- Two workers seal one after the other.
    perform from accounting.rollup r for no key update;
    for series in select s.* from accounting.series s
                   where s.last_number > (select coalesce(max(l.position), 0) from accounting.seals l
                                           where l.journal = s.journal and l.branch_id = s.branch_id and l.year = s.year)
                   order by s.year, s.journal, s.branch_id loop
        made := made + accounting.seal_series(series);
    end loop;
    return made;
end $$;
comment on function accounting.seal_entries_v1() is 'Seals what was posted since the last time; how many entries.';
grant execute on function accounting.seal_entries_v1() to accounting_app;

-- What is wrong with a series: a seal that does not fit, a number that is missing; and how much waits to be sealed.
create or replace function accounting.verify_seals_v1(wanted_year integer)
    returns table (journal text, branch text, sealed bigint, waiting bigint, broken text, last_hash text)
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
declare
    series accounting.series;
    seal record;
    previous text;
begin
    perform core.require('accounting.ledger.view');
    for series in select s.* from accounting.series s
                   where s.year = wanted_year and s.branch_id = any (core.branches()) order by s.journal, s.branch_id loop
        journal := series.journal;
        branch := (select b.code from core.branches b where b.id = series.branch_id);
        sealed := 0;
        broken := '';
        previous := repeat('0', 64);
        for seal in select l.position, l.hash, e as entry from accounting.seals l
                      left join accounting.entries e on e.id = l.entry_id
                     where l.journal = series.journal and l.branch_id = series.branch_id and l.year = series.year
                     order by l.position loop
            if (seal.entry).id is null or seal.position <> sealed + 1
               or seal.hash <> accounting.seal_of(previous, seal.entry) then
                broken := coalesce((seal.entry).number, seal.position::text);
                exit;
            end if;
            sealed := seal.position;
            previous := seal.hash;
        end loop;
        waiting := series.last_number - sealed;
        if broken = '' and waiting > 0 then
            select format('%s-%s', series.journal, sealed + 1) into broken
              from accounting.entries_to_seal(series, sealed::integer) e where e.id is null limit 1;
            broken := coalesce(broken, '');
        end if;
        last_hash := previous;
        return next;
    end loop;
end $$;
comment on function accounting.verify_seals_v1(integer) is
    'Each series of a year: how many entries are sealed and hold, how many wait, the first that does not hold, the last hash.';
grant execute on function accounting.verify_seals_v1(integer) to accounting_app;
