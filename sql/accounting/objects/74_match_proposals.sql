-- Automatic matching: proposals with their reasons, by reference, by exact amount, the oldest first; what pages show.

-- Words of an entry that look like the number of a document: five signs or more, three of them digits, and no day.
create or replace function accounting.reference_words(words text) returns setof text
    language sql immutable parallel safe set search_path = pg_catalog, pg_temp
as $$
    select distinct w.word
      from regexp_split_to_table(upper(translate(words, '٠١٢٣٤٥٦٧٨٩', '0123456789')), '[^A-Z0-9/_-]+') w (word)
     where length(w.word) >= 5 and w.word ~ '[0-9].*[0-9].*[0-9]'
       and w.word !~ '^([0-9]{1,2}[/-])?[0-9]{1,2}[/-][0-9]{2,4}$' and w.word !~ '^[0-9]{4}-[0-9]{1,2}(-[0-9]{1,2})?$'
$$;

create or replace function accounting.item_words(items accounting.match_item[])
    returns table (place bigint, part bigint, is_debit boolean, word text)
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select i.place, i.part, i.open > 0, w.word
      from (select u.entry_id, u.line_no, u.open, u.place, dense_rank() over (order by u.account_id, u.party_id) as part
              from unnest(items) with ordinality as u (entry_id, line_no, branch_id, account_id, party_id, dated_on, due_on,
                                                       open, key, place)) i
      join accounting.entries e on e.id = i.entry_id
      join accounting.entry_lines l on l.entry_id = i.entry_id and l.line_no = i.line_no
     cross join lateral accounting.reference_words(
                concat_ws(' ', e.number, e.document ->> 'number', e.label, l.label)) w (word)
$$;

-- Items whose entries name the same reference on both sides, keyed by it. One that names several brings all of them
-- together under the first: a payment of two invoices. The second line of the key is the item's own reference.
create or replace function accounting.key_by_reference(items accounting.match_item[]) returns accounting.match_item[]
    language sql stable set search_path = pg_catalog, pg_temp set enable_nestloop = off
as $$
    with words as materialized (select * from accounting.item_words(items)),
    shared as (
        select w.part, w.word from words w
         group by w.part, w.word having bool_or(w.is_debit) and bool_or(not w.is_debit)),
    linked as (
        select w.place, w.part, w.word, min(w.word) over (partition by w.place) as key
          from words w join shared s using (part, word)),
    firsts as (select l.place, l.key as own, min(l.key) over (partition by l.part, l.word) as key from linked l),
    keys as (select f.place, min(f.key) || E'\n' || min(f.own) as key from firsts f group by f.place)
    select array_agg(row(i.entry_id, i.line_no, i.branch_id, i.account_id, i.party_id, i.dated_on, i.due_on, i.open,
                         k.key)::accounting.match_item)
      from unnest(items) with ordinality as i (entry_id, line_no, branch_id, account_id, party_id, dated_on, due_on, open,
                                               key, place)
      join keys k using (place)
$$;

-- The n-th debit of an amount with the n-th credit of the same.
create or replace function accounting.key_by_amount(items accounting.match_item[]) returns accounting.match_item[]
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select array_agg(row(i.entry_id, i.line_no, i.branch_id, i.account_id, i.party_id, i.dated_on, i.due_on, i.open,
                         i.key)::accounting.match_item)
      from (select g.*, trim_scale(abs(g.open)) || ' ' || g.place as key,
                   count(*) over (partition by g.account_id, g.party_id, abs(g.open), g.place) as sides
              from (select u.entry_id, u.line_no, u.branch_id, u.account_id, u.party_id, u.dated_on, u.due_on, u.open,
                           row_number() over (partition by u.account_id, u.party_id, u.open
                                                  order by u.due_on, u.dated_on, u.entry_id, u.line_no) as place
                      from unnest(items) u) g) i
     where i.sides = 2
$$;

-- Without a party the oldest says nothing: transfers of one account do not pay each other.
create or replace function accounting.key_by_oldest(items accounting.match_item[]) returns accounting.match_item[]
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select array_agg(row(i.entry_id, i.line_no, i.branch_id, i.account_id, i.party_id, i.dated_on, i.due_on, i.open,
                         '')::accounting.match_item)
      from unnest(items) i where i.party_id is not null
$$;

-- What is left of items after pairs.
create or replace function accounting.rest_of(items accounting.match_item[], pairs accounting.match_pair[])
    returns accounting.match_item[]
    language sql stable set search_path = pg_catalog, pg_temp set enable_nestloop = off
as $$
    with used as (
        select x.entry_id, x.line_no, sum(p.amount) as amount
          from unnest(pairs) p
         cross join lateral (values (p.debit_entry, p.debit_line), (p.credit_entry, p.credit_line)) x (entry_id, line_no)
         group by x.entry_id, x.line_no)
    select array_agg(row(i.entry_id, i.line_no, i.branch_id, i.account_id, i.party_id, i.dated_on, i.due_on,
                         i.open - sign(i.open) * coalesce(u.amount, 0), '')::accounting.match_item)
      from unnest(items) i
      left join used u using (entry_id, line_no)
     where abs(i.open) > coalesce(u.amount, 0)
$$;

-- One way after the other, each with what those before have left.
create or replace function accounting.propose(items accounting.match_item[], ways text[]) returns accounting.match_pair[]
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    way text;
    pairs accounting.match_pair[];
    found_pairs accounting.match_pair[] := '{}';
begin
    foreach way in array ways loop
        pairs := accounting.pair_items(case way when 'reference' then accounting.key_by_reference(items)
                                                when 'amount' then accounting.key_by_amount(items)
                                                when 'oldest' then accounting.key_by_oldest(items) end, way);
        continue when pairs is null;
        found_pairs := found_pairs || pairs;
        items := accounting.rest_of(items, pairs);
    end loop;
    return found_pairs;
end $$;
comment on function accounting.propose(accounting.match_item[], text[]) is
    'Matches of items by `reference`, `amount` and `oldest`, in the order given; changes nothing.';

-- Parties whose name contains some words; null for all parties where nothing is asked for.
create or replace function accounting.parties_named(party uuid, words text) returns uuid[]
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select case when party is not null then array[party]
                when coalesce(words, '') <> '' then array(
                     select n.party_id from accounting.party_names n
                      where strpos(core.fold(n.name || ' ' || n.name_ar), core.fold(words)) > 0) end
$$;

-- Open lines of the accounts that begin so, of some parties or all.
create or replace function accounting.waiting_items(prefix text, parties uuid[]) returns accounting.match_item[]
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select array_agg(row(l.entry_id, l.line_no, l.branch_id, l.account_id, l.party_id, l.dated_on, l.due_on, l.open,
                         '')::accounting.match_item)
      from accounting.open_lines l
     where (parties is null or l.party_id = any (parties))
       and l.account_id in (select a.id from accounting.accounts a where a.code like replace(prefix, '*', '') || '%')
$$;

create or replace function accounting.match_proposals_v1(prefix text, partner text, ways text[], most integer)
    returns table (account text, party text, party_ar text, debit_entry uuid, debit_line integer, debit_number text,
                   debit_on date, debit_label text, credit_entry uuid, credit_line integer, credit_number text,
                   credit_on date, credit_label text, amount numeric, reason text, reference text, found bigint, total numeric)
    language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    with pairs as materialized (
        select p.*, count(*) over () as found, sum(p.amount) over () as total
          from unnest(accounting.propose(accounting.waiting_items(
                    prefix, accounting.parties_named(null, partner)), ways)) p
         where (select core.may('accounting.ledger.match')))
    select a.code, coalesce(n.name, ''), coalesce(n.name_ar, ''), p.debit_entry, p.debit_line, d.number, d.dated_on,
           d.label, p.credit_entry, p.credit_line, c.number, c.dated_on, c.label, p.amount, p.reason, p.reference,
           p.found, p.total
      from (select * from pairs order by pairs.account_id, pairs.party_id, pairs.matched_on, pairs.debit_entry limit most) p
      join accounting.accounts a on a.id = p.account_id
      join accounting.entries d on d.id = p.debit_entry
      join accounting.entries c on c.id = p.credit_entry
      left join accounting.party_names n on n.party_id = p.party_id
     order by a.code, coalesce(n.name, ''), p.matched_on, d.number, c.number
$$;
comment on function accounting.match_proposals_v1(text, text, text[], integer) is
    'The first proposals for accounts that begin so and parties named so, with their reasons; found and total are of all.';
grant execute on function accounting.match_proposals_v1(text, text, text[], integer) to accounting_app;

-- The gate plans for one line at a time; here are all of them.
create or replace function accounting.match_all_v1(command core.commands, payload jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = auto
    set enable_hashjoin = on set enable_mergejoin = on set enable_seqscan = on
as $$
declare
    prefix text := coalesce(payload ->> 'account', '');
    parties uuid[] := accounting.parties_named((payload ->> 'party_id')::uuid, payload ->> 'partner');
    ways text[] := array(select w from jsonb_array_elements_text(payload -> 'ways') w);
    written bigint;
begin
    insert into accounting.match_letters as k (account_id, party_key)
    select distinct l.account_id, coalesce(l.party_id, '00000000-0000-0000-0000-000000000000')
      from accounting.open_lines l
      join accounting.accounts a on a.id = l.account_id and a.code like replace(prefix, '*', '') || '%'
     where parties is null or l.party_id = any (parties)
     order by 1, 2
    on conflict (account_id, party_key) do update set last_no = k.last_no;
    written := accounting.write_matches(accounting.propose(accounting.waiting_items(prefix, parties), ways), command, null);
    return jsonb_build_object('result', jsonb_build_object('matched', written));
end $$;
comment on function accounting.match_all_v1(core.commands, jsonb) is
    'Handler: {account? (how codes begin), party_id?, partner? (part of a name), ways: [reference | amount | oldest]}: matches what match_proposals_v1 proposes.';
grant execute on function accounting.match_all_v1(core.commands, jsonb) to core_owner;

insert into core.command_types (name, module, permission, is_fact, handler)
values ('accounting.match_all_v1', 'accounting', 'accounting.ledger.match', false, 'accounting.match_all_v1')
    on conflict (name) do update set permission = excluded.permission, is_fact = excluded.is_fact,
                                     handler = excluded.handler;

-- What the page of matching shows.
create or replace view accounting.matching_list with (security_invoker = true) as
    select m.entry_id, m.line_no, a.code as account, a.name, a.name_ar, m.party_id, coalesce(p.name, '') as party,
           coalesce(p.name_ar, '') as party_ar, m.dated_on, m.due_on, m.number, m.document, m.label, b.code as branch,
           m.amount, m.open, coalesce(m.letter, '') as letter, (select c.currency from core.company c) as currency
      from accounting.matching_lines m
      join accounting.accounts a on a.id = m.account_id
      join core.branches b on b.id = m.branch_id
      left join accounting.party_names p on p.party_id = m.party_id;
grant select on accounting.matching_list to accounting_app;

-- The history of a line: what it was matched with, and what was taken back.
create or replace view accounting.match_list with (security_invoker = true) as
    select m.id, m.debit_entry, m.debit_line, d.number as debit_number, d.dated_on as debit_on, m.credit_entry,
           m.credit_line, c.number as credit_number, c.dated_on as credit_on, m.amount, m.reason, m.reference,
           m.document_id is not null as is_mirror, m.matched_on, m.matched_at, m.matched_by, m.undone_at,
           coalesce(m.undone_by, '') as undone_by, coalesce(m.letter, s.letter, '') as letter
      from accounting.matches m
      join accounting.entries d on d.id = m.debit_entry
      join accounting.entries c on c.id = m.credit_entry
      left join accounting.matched_lines s on m.undone_at is null and s.entry_id = m.debit_entry and s.line_no = m.debit_line;
grant select on accounting.match_list to accounting_app;

create or replace function accounting.open_items_v1(party uuid, prefix text, day date)
    returns table (entry_id uuid, line_no integer, branch_id uuid, account text, dated_on date, due_on date, number text,
                   document jsonb, label text, currency text, amount numeric, open numeric)
    language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select l.entry_id, l.line_no, l.branch_id, a.code, l.dated_on, l.due_on, l.number, l.document, l.label, l.currency,
           l.amount, l.open
      from (select * from accounting.open_lines o where day is null and o.party_id = party
             union all
            select * from accounting.open_lines_on(day) o where day is not null and o.party_id = party) l
      join accounting.accounts a on a.id = l.account_id
     where a.code like replace(prefix, '*', '') || '%' and (select core.may('accounting.ledger.view'))
     order by l.due_on, l.dated_on, l.number, l.line_no
$$;
comment on function accounting.open_items_v1(uuid, text, date) is
    'Open lines of a party on accounts that begin so, now or (day) as they stood: company currency, debits positive.';
grant execute on function accounting.open_items_v1(uuid, text, date) to accounting_app;
