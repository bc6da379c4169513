-- What holds for every match, by whatever way it comes: both lines are there, of one account and party, and never matched
-- beyond what they have. What each line has matched, and its letter, follow in the same statement.

create or replace function accounting.party_key(party uuid) returns uuid
    language sql immutable parallel safe set search_path = pg_catalog, pg_temp
as $$
    select coalesce(party, '00000000-0000-0000-0000-000000000000'::uuid)
$$;

-- A, B, … Z, AA: as many letters as it takes.
create or replace function accounting.letters(number integer) returns text
    language plpgsql immutable parallel safe set search_path = pg_catalog, pg_temp
as $$
declare
    rest integer := number;
    written text := '';
begin
    while rest > 0 loop
        written := chr(65 + (rest - 1) % 26) || written;
        rest := (rest - 1) / 26;
    end loop;
    return written;
end $$;
comment on function accounting.letters(integer) is 'The letter of the n-th group of an account and party: 1 is A, 27 is AA.';

create or replace function accounting.check_matches() returns trigger
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
    if exists (select from added m
                 left join accounting.entry_lines d on d.entry_id = m.debit_entry and d.line_no = m.debit_line
                                                   and d.debit > 0
                 left join accounting.entry_lines c on c.entry_id = m.credit_entry and c.line_no = m.credit_line
                                                   and c.credit > 0
                where (d.account_id, d.branch_id, c.account_id, c.branch_id)
                          is distinct from (m.account_id, m.branch_id, m.account_id, m.credit_branch_id)
                   or d.party_id is distinct from m.party_id or c.party_id is distinct from m.party_id
                   or m.undone_at is not null) then
        perform core.refuse('accounting.match_mixed');
    end if;
    -- Whoever matches in an account and party waits for those who do.
    insert into accounting.match_letters as k (account_id, party_key)
    select distinct m.account_id, m.party_key from added m order by 1, 2
    on conflict (account_id, party_key) do update set last_no = k.last_no;
    insert into accounting.matched_lines as k (entry_id, line_no, branch_id, account_id, party_key, whole, matched)
    select l.entry_id, l.line_no, l.branch_id, l.account_id, s.party_key, l.debit + l.credit, s.amount
      from (select x.entry_id, x.line_no, m.party_key, sum(m.amount) as amount
              from added m
             cross join lateral (values (m.debit_entry, m.debit_line), (m.credit_entry, m.credit_line)) x (entry_id, line_no)
             group by x.entry_id, x.line_no, m.party_key) s
      join accounting.entry_lines l on l.entry_id = s.entry_id and l.line_no = s.line_no
    on conflict (entry_id, line_no) do update set matched = k.matched + excluded.matched;
    if (select count(*) from added) > 1000 then
        analyze accounting.matched_lines;
    end if;
    return null;
end $$;

-- Writes the letters of groups: capitals once every line is matched whole.
create or replace function accounting.write_letters(accounts uuid[], parties uuid[], numbers integer[]) returns void
    language sql volatile set search_path = pg_catalog, pg_temp
as $$
    update accounting.matched_lines s set letter = g.letter
      from (select l.account_id, l.party_key, l.letter_no,
                   case when bool_and(l.matched = l.whole) then accounting.letters(l.letter_no)
                        else lower(accounting.letters(l.letter_no)) end as letter
              from (select distinct * from unnest(accounts, parties, numbers) as u (account_id, party_key, letter_no)) t
              join accounting.matched_lines l using (account_id, party_key, letter_no)
             group by l.account_id, l.party_key, l.letter_no) g
     where s.account_id = g.account_id and s.party_key = g.party_key and s.letter_no = g.letter_no
       and s.letter is distinct from g.letter
$$;

-- New runs get the letter of a line that has one, else the next one; groups that a match joins become one.
-- What the gate lets be planned for one match takes an hour for a hundred thousand: each time is planned for itself, because
-- its plan knows `is_many`.
create or replace function accounting.letter_matches() returns trigger
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_custom_plan set enable_nestloop = on
    set enable_hashjoin = on set enable_mergejoin = on set enable_seqscan = on
as $$
declare
    is_many boolean := (select count(*) > 1000 from added);
    touched record;
begin
    perform set_config('enable_nestloop', case when is_many then 'off' else 'on' end, true);
    with ends as (
        select m.run_id, m.account_id, m.party_key, m.matched_on, x.entry_id, x.line_no
          from added m
         cross join lateral (values (m.debit_entry, m.debit_line), (m.credit_entry, m.credit_line)) x (entry_id, line_no)
         where is_many is not null),
    runs as (
        select e.run_id, e.account_id, e.party_key, min(s.letter_no) as known, min(e.matched_on) as since
          from ends e join accounting.matched_lines s using (entry_id, line_no)
         group by e.run_id, e.account_id, e.party_key),
    fresh as (
        select r.*, row_number() over (partition by r.account_id, r.party_key order by r.since, r.run_id) as place
          from runs r where r.known is null),
    counted as (
        update accounting.match_letters k set last_no = k.last_no + f.new
          from (select f.account_id, f.party_key, count(*) as new from fresh f group by f.account_id, f.party_key) f
         where k.account_id = f.account_id and k.party_key = f.party_key
        returning k.account_id, k.party_key, k.last_no - f.new as before),
    numbers as (
        select r.run_id, r.known as letter_no from runs r where r.known is not null
         union all
        select f.run_id, (c.before + f.place)::integer from fresh f join counted c using (account_id, party_key))
    update accounting.matched_lines s set letter_no = n.letter_no
      from (select e.entry_id, e.line_no, min(n.letter_no) as letter_no
              from ends e join numbers n using (run_id) group by e.entry_id, e.line_no) n
     where s.entry_id = n.entry_id and s.line_no = n.line_no and s.letter_no is null;
    loop
        update accounting.matched_lines s set letter_no = j.lower
          from (select d.account_id, d.party_key, greatest(d.letter_no, c.letter_no) as upper,
                       min(least(d.letter_no, c.letter_no)) as lower
                  from added m
                  join accounting.matched_lines d on d.entry_id = m.debit_entry and d.line_no = m.debit_line
                  join accounting.matched_lines c on c.entry_id = m.credit_entry and c.line_no = m.credit_line
                 where d.letter_no <> c.letter_no and is_many is not null
                 group by 1, 2, 3) j
         where s.account_id = j.account_id and s.party_key = j.party_key and s.letter_no = j.upper;
        exit when not found;
    end loop;
    select array_agg(g.account_id) as accounts, array_agg(g.party_key) as parties, array_agg(g.letter_no) as numbers
      into touched
      from (select distinct s.account_id, s.party_key, s.letter_no
              from added m join accounting.matched_lines s on s.entry_id = m.debit_entry and s.line_no = m.debit_line
             where is_many is not null) g;
    perform accounting.write_letters(touched.accounts, touched.parties, touched.numbers);
    return null;
end $$;

create or replace trigger a_matches_are_true after insert on accounting.matches
    referencing new table as added for each statement execute function accounting.check_matches();
create or replace trigger b_matches_are_lettered after insert on accounting.matches
    referencing new table as added for each statement execute function accounting.letter_matches();

-- A match never changes but for being taken back, once.
create or replace function accounting.check_match_stays() returns trigger
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
    -- The key is generated after this trigger.
    if tg_op = 'DELETE' or old.undone_at is not null or new.undone_at is null
       or to_jsonb(new) - '{undone_at,undone_by,letter,party_key}'::text[]
          <> to_jsonb(old) - '{undone_at,undone_by,letter,party_key}'::text[] then
        perform core.refuse('core.append_only', '{"relation": "accounting.matches"}');
    end if;
    insert into accounting.match_letters as k (account_id, party_key)
    values (old.account_id, old.party_key)
    on conflict (account_id, party_key) do update set last_no = k.last_no;
    select s.letter into new.letter from accounting.matched_lines s
     where s.entry_id = new.debit_entry and s.line_no = new.debit_line;
    return new;
end $$;
create or replace trigger matches_stay before update or delete on accounting.matches
    for each row execute function accounting.check_match_stays();
create or replace trigger matches_never_emptied before truncate on accounting.matches
    for each statement execute function core.forbid();

-- The lines that hang together with one, by matches that stand.
create or replace function accounting.group_of(entry uuid, line integer)
    returns table (entry_id uuid, line_no integer)
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    with recursive reached as (
        select entry as entry_id, line as line_no
         union
        select x.entry_id, x.line_no
          from reached r
         cross join lateral (
                select m.credit_entry, m.credit_line from accounting.matches m
                 where m.debit_entry = r.entry_id and m.debit_line = r.line_no and m.undone_at is null
                 union all
                select m.debit_entry, m.debit_line from accounting.matches m
                 where m.credit_entry = r.entry_id and m.credit_line = r.line_no and m.undone_at is null
             ) x (entry_id, line_no))
    select r.entry_id, r.line_no from reached r
$$;

-- What hangs together no more gets letters of its own; the part that is met first keeps the old one.
create or replace function accounting.part_group(account uuid, party uuid, number integer) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    first_line record;
    next_no integer := number;
    numbers integer[] := array[number];
begin
    update accounting.matched_lines s set letter_no = -number
     where s.account_id = account and s.party_key = party and s.letter_no = number;
    loop
        select s.entry_id, s.line_no into first_line from accounting.matched_lines s
         where s.account_id = account and s.party_key = party and s.letter_no = -number
         order by s.entry_id, s.line_no limit 1;
        exit when not found;
        if next_no is null then
            update accounting.match_letters k set last_no = k.last_no + 1
             where k.account_id = account and k.party_key = party returning k.last_no into next_no;
            numbers := numbers || next_no;
        end if;
        update accounting.matched_lines s set letter_no = next_no
          from accounting.group_of(first_line.entry_id, first_line.line_no) g
         where s.entry_id = g.entry_id and s.line_no = g.line_no;
        next_no := null;
    end loop;
    perform accounting.write_letters(array_fill(account, array[cardinality(numbers)]),
                                     array_fill(party, array[cardinality(numbers)]), numbers);
end $$;

create or replace function accounting.forget_matches() returns trigger
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    parted record;
begin
    update accounting.matched_lines s
       set matched = s.matched - u.amount,
           letter_no = case when s.matched > u.amount then s.letter_no end,
           letter = case when s.matched > u.amount then s.letter end
      from (select x.entry_id, x.line_no, sum(m.amount) as amount
              from undone m
             cross join lateral (values (m.debit_entry, m.debit_line), (m.credit_entry, m.credit_line)) x (entry_id, line_no)
             group by x.entry_id, x.line_no) u
     where s.entry_id = u.entry_id and s.line_no = u.line_no;
    for parted in select distinct s.account_id, s.party_key, s.letter_no
                    from undone m
                   cross join lateral (values (m.debit_entry, m.debit_line), (m.credit_entry, m.credit_line))
                                      x (entry_id, line_no)
                    join accounting.matched_lines s using (entry_id, line_no)
                   where s.letter_no is not null
                   order by 1, 2, 3 loop
        perform accounting.part_group(parted.account_id, parted.party_key, parted.letter_no);
    end loop;
    return null;
end $$;
create or replace trigger matches_are_forgotten after update on accounting.matches
    referencing new table as undone for each statement execute function accounting.forget_matches();
