-- Open lines, and what matches them: by hand through the gate, for documents of other modules, for reversals.

-- Roles whose accounts are matched although their lines need not name a party: what is transferred must arrive.
create or replace function accounting.matching_roles() returns text[]
    language sql immutable parallel safe set search_path = pg_catalog, pg_temp
as $$
    select accounting.party_roles() || array['suspense']
$$;
grant execute on function accounting.matching_roles(), accounting.party_roles() to accounting_app;

-- Lines that name a party, and those of accounts that are matched; not what closes and opens years.
create or replace view accounting.matching_lines with (security_invoker = true) as
    select l.entry_id, l.line_no, l.branch_id, l.account_id, l.party_id, l.dated_on,
           coalesce(l.due_on, l.dated_on) as due_on, e.number, e.document, coalesce(nullif(l.label, ''), e.label) as label,
           l.currency, l.debit - l.credit as amount,
           (l.debit + l.credit - coalesce(s.matched, 0)) * sign(l.debit - l.credit) as open, s.letter, s.letter_no
      from accounting.entry_lines l
      join accounting.entries e on e.id = l.entry_id
      join accounting.periods p on p.id = l.period_id and p.kind = 'month'
      left join accounting.matched_lines s on s.entry_id = l.entry_id and s.line_no = l.line_no
     where l.party_id is not null
        or l.account_id in (select r.account_id from accounting.account_roles r
                             where r.role = any (accounting.matching_roles()));
comment on view accounting.matching_lines is
    'Lines that can be matched: amount and open in the company''s currency, debits positive; letter if they are matched.';

create or replace view accounting.open_lines with (security_invoker = true) as
    select m.entry_id, m.line_no, m.branch_id, m.account_id, m.party_id, m.dated_on, m.due_on, m.number, m.document,
           m.label, m.currency, m.amount, m.open
      from accounting.matching_lines m where m.open <> 0;
comment on view accounting.open_lines is
    'Lines that are not matched whole: amount and open in the company''s currency, debits positive; currency is what was agreed.';
grant select on accounting.matching_lines, accounting.open_lines to accounting_app;

-- As it stood on a day: what is settled by a later line was open then. A match that was taken back never counts.
create or replace function accounting.open_lines_on(day date)
    returns table (entry_id uuid, line_no integer, branch_id uuid, account_id uuid, party_id uuid, dated_on date, due_on date,
                   number text, document jsonb, label text, currency text, amount numeric, open numeric)
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    with settled as (
        select x.entry_id, x.line_no, sum(m.amount) as amount
          from accounting.matches m
         cross join lateral (values (m.debit_entry, m.debit_line), (m.credit_entry, m.credit_line)) x (entry_id, line_no)
         where m.undone_at is null and m.matched_on <= day
         group by x.entry_id, x.line_no)
    select m.entry_id, m.line_no, m.branch_id, m.account_id, m.party_id, m.dated_on, m.due_on, m.number, m.document,
           m.label, m.currency, m.amount, m.amount - sign(m.amount) * coalesce(s.amount, 0)
      from accounting.matching_lines m
      left join settled s using (entry_id, line_no)
     where m.dated_on <= day and abs(m.amount) > coalesce(s.amount, 0)
$$;
comment on function accounting.open_lines_on(date) is
    'Open lines at the end of a day, as accounting.open_lines: matches with lines of later days do not count.';
grant execute on function accounting.open_lines_on(date) to accounting_app;

-- Nobody else matches there until the transaction ends.
create or replace function accounting.hold_letters(account uuid, party uuid) returns void
    language sql volatile set search_path = pg_catalog, pg_temp
as $$
    insert into accounting.match_letters as k (account_id, party_key) values (account, accounting.party_key(party))
    on conflict (account_id, party_key) do update set last_no = k.last_no
$$;

create or replace function accounting.write_matches(pairs accounting.match_pair[], command core.commands, mirrored uuid)
    returns bigint language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    written bigint;
begin
    insert into accounting.matches (id, run_id, branch_id, credit_branch_id, account_id, party_id, debit_entry, debit_line,
                                    credit_entry, credit_line, amount, reason, reference, document_id, matched_on,
                                    matched_by, command_id)
    select p.id, first_value(p.id) over (partition by p.account_id, p.party_id, p.reason, p.run), p.debit_branch,
           p.credit_branch, p.account_id, p.party_id, p.debit_entry, p.debit_line, p.credit_entry, p.credit_line,
           p.amount, p.reason, p.reference, mirrored, p.matched_on, coalesce(command.actor_login, session_user::text),
           command.id
      from (select gen_random_uuid() as id, u.* from unnest(pairs) u offset 0) p;
    get diagnostics written = row_count;
    return written;
end $$;

-- Debits against credits, the oldest first, within each account, party and key: each stretch of the sums belongs to one
-- debit and one credit. Where both sums meet, a run ends.
create or replace function accounting.pair_items(items accounting.match_item[], reason text)
    returns accounting.match_pair[]
    -- Nobody knows beforehand how many items come: a hundred thousand in nested loops would take an hour.
    language sql stable set search_path = pg_catalog, pg_temp set enable_nestloop = off
as $$
    with parts as (
        select i.*, i.open > 0 as is_debit,
               dense_rank() over (order by i.account_id, i.party_id, split_part(i.key, E'\n', 1)) as part
          from unnest(items) i),
    sides as materialized (
        select p.*, row_number() over side as place, sum(abs(p.open)) over side as upto
          from parts p
        window side as (partition by p.part, p.is_debit order by p.due_on, p.dated_on, p.entry_id, p.line_no)),
    points as (
        select s.part, s.upto, bool_or(s.is_debit) as is_debit, bool_or(not s.is_debit) as is_credit
          from sides s group by s.part, s.upto),
    stretches as (
        select p.*, p.upto - coalesce(lag(p.upto) over stretch, 0) as amount,
               1 + count(*) filter (where p.is_debit) over before as debit_place,
               1 + count(*) filter (where p.is_credit) over before as credit_place,
               count(*) filter (where p.is_debit and p.is_credit) over before as run
          from points p
        window stretch as (partition by p.part order by p.upto),
               before as (stretch rows between unbounded preceding and 1 preceding))
    select array_agg(row(d.account_id, d.party_id, d.entry_id, d.line_no, d.branch_id, c.entry_id, c.line_no, c.branch_id,
                         s.amount, greatest(d.dated_on, c.dated_on), s.part || ' ' || s.run, reason,
                         split_part(d.key, E'\n', 2))::accounting.match_pair)
      from stretches s
      join sides d on d.is_debit and d.part = s.part and d.place = s.debit_place
      join sides c on not c.is_debit and c.part = s.part and c.place = s.credit_place
$$;
comment on function accounting.pair_items(accounting.match_item[], text) is
    'Matches of items, the oldest first, within account, party and the first line of the key, whose second is the reference '
    'shown; never more than an item has open.';
