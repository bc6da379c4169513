-- What the bank and the ledger do not share yet, on any day; what is proposed; what was reconciled.

-- Outstanding on a day: in no reconciliation, or in one that has something later.
create or replace function accounting.bank_outstanding(bank uuid, day date)
    returns table (side text, movement_id uuid, entry_id uuid, line_no integer, dated_on date, number text, label text,
                   party_id uuid, amount numeric, is_opening boolean)
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    with settled as (
        select p.movement_id, p.entry_id, p.line_no
          from accounting.bank_reconciliations r
          join accounting.bank_reconciled p on p.reconciliation_id = r.id and p.stands
         where r.bank_account_id = bank
           and not exists (select from accounting.bank_reconciled o
                             left join accounting.bank_movements m on m.id = o.movement_id
                             left join accounting.entry_lines l on l.entry_id = o.entry_id and l.line_no = o.line_no
                            where o.reconciliation_id = r.id and coalesce(m.booked_on, l.dated_on) > day))
    select 'bank', m.id, null, null, m.booked_on, m.reference, m.label, null, m.amount, m.is_opening
      from accounting.bank_movements m
     where m.bank_account_id = bank and m.booked_on <= day
       and not exists (select from settled s where s.movement_id = m.id)
     union all
    select 'books', null, l.entry_id, l.line_no, l.dated_on, l.number, coalesce(nullif(l.line_label, ''), l.label), l.party_id,
           l.amount, false
      from accounting.bank_lines l
     where l.bank_account_id = bank and l.dated_on <= day and l.amount <> 0
       and not exists (select from settled s where s.entry_id = l.entry_id and s.line_no = l.line_no)
$$;

create or replace function accounting.bank_outstanding_v1(wanted text, day date default 'infinity')
    returns table (side text, movement_id uuid, entry_id uuid, line_no integer, dated_on date, number text, label text,
                   party text, party_ar text, amount numeric, is_opening boolean)
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select o.side, o.movement_id, o.entry_id, o.line_no, o.dated_on, o.number, o.label, coalesce(p.name, ''),
           coalesce(p.name_ar, ''), o.amount, o.is_opening
      from accounting.bank_accounts b
     cross join lateral accounting.bank_outstanding(b.id, day) o
      left join accounting.party_names p on p.party_id = o.party_id
     where b.code = wanted and (select core.may('accounting.ledger.view'))
     order by o.dated_on, o.is_opening desc, o.amount, o.number
$$;
comment on function accounting.bank_outstanding_v1(text, date) is
    'What only the bank has (side bank) and what only the ledger has (side books) on a day.';

-- Definer: the balance of the ledger is that of all branches, or is refused.
create or replace function accounting.bank_head_v1(wanted text, day date default 'infinity', is_whole boolean default false)
    returns table (bank_account_id uuid, code text, name text, name_ar text, bank_name text, rib text, currency text,
                   account text, ledger numeric, statement numeric, read_until date)
    language plpgsql stable security definer rows 1 set search_path = pg_catalog, pg_temp
as $$
begin
    perform core.require('accounting.ledger.view');
    if is_whole then
        perform accounting.require_every_branch();
    end if;
    return query
        select b.id, b.code, b.name, b.name_ar, b.bank, b.rib, b.currency, a.code,
               (select coalesce(sum(l.amount), 0) from accounting.bank_lines l
                 where l.bank_account_id = b.id and l.dated_on <= day),
               (select coalesce(sum(m.amount), 0) from accounting.bank_movements m
                 where m.bank_account_id = b.id and m.booked_on <= day),
               (select max(s.closed_on) from accounting.bank_statements s where s.bank_account_id = b.id)
          from accounting.bank_accounts b join accounting.accounts a on a.id = b.account_id
         where b.code = wanted;
end $$;
comment on function accounting.bank_head_v1(text, date, boolean) is
    'A bank account with the balances of ledger and statements on a day; whole is for who sees every branch only.';

-- One movement and one line of the same amount: first where one names the other, then where five days at most lie between.
-- Banks drop the signs of a number: OV-ALG-2026-000003 comes back as OVALG2026000003, too.
create or replace function accounting.bank_proposals(bank uuid)
    returns table (movement_id uuid, entry_id uuid, line_no integer, reason text)
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    pair record;
    -- By place, so that asking costs the same with the last pair as with the first.
    taken boolean[] := '{}';
    taken_lines boolean[] := '{}';
begin
    for pair in
        with outside as materialized (select * from accounting.bank_outstanding(bank, 'infinity')),
        movements as materialized (
            select o.movement_id, o.amount, o.dated_on, row_number() over () as place, core.fold(o.number) as reference,
                   w.words, translate(w.words, ' -/._', '') as signs
              from outside o cross join lateral (select core.fold(o.number || ' ' || o.label) as words offset 0) w
             where o.side = 'bank' and not o.is_opening),
        lines as materialized (
            select o.entry_id, o.line_no, o.amount, o.dated_on, row_number() over () as place,
                   core.fold(concat_ws(' ', e.number, e.label, e.document ->> 'number', o.label)) as words,
                   w.own, translate(w.own, ' -/._', '') as own_signs
              from outside o join accounting.entries e on e.id = o.entry_id
             cross join lateral (select core.fold(coalesce(e.document ->> 'number', e.number)) as own offset 0) w)
        select m.movement_id, l.entry_id, l.line_no, m.place, l.place as line_place, c.is_named
          from movements m
          join lines l on l.amount = m.amount
         cross join lateral (select (length(m.reference) >= 3 and strpos(l.words, m.reference) > 0)
                                 or (length(l.own) >= 3 and strpos(m.words, l.own) > 0)
                                 or (length(l.own_signs) >= 10 and strpos(m.signs, l.own_signs) > 0) as is_named) c
         where c.is_named or abs(l.dated_on - m.dated_on) <= 5
         order by c.is_named desc, abs(l.dated_on - m.dated_on), m.dated_on, l.dated_on, m.movement_id, l.entry_id, l.line_no
    loop
        continue when taken[pair.place] or taken_lines[pair.line_place];
        taken[pair.place] := true;
        taken_lines[pair.line_place] := true;
        movement_id := pair.movement_id;
        entry_id := pair.entry_id;
        line_no := pair.line_no;
        reason := case when pair.is_named then 'reference' else 'date' end;
        return next;
    end loop;
end $$;

create or replace function accounting.bank_proposals_v1(wanted text)
    returns table (bank_account_id uuid, movement_id uuid, entry_id uuid, line_no integer, reason text, booked_on date,
                   reference text, movement text, dated_on date, number text, label text, amount numeric, currency text)
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select b.id, p.movement_id, p.entry_id, p.line_no, p.reason, m.booked_on, m.reference, m.label, l.dated_on, l.number,
           l.label, m.amount, b.currency
      from accounting.bank_accounts b
     cross join lateral accounting.bank_proposals(b.id) p
      join accounting.bank_movements m on m.id = p.movement_id
      join accounting.bank_lines l on l.entry_id = p.entry_id and l.line_no = p.line_no and l.bank_account_id = b.id
     where b.code = wanted and (select core.may('accounting.ledger.view'))
     order by m.booked_on, m.amount, l.number
$$;
comment on function accounting.bank_proposals_v1(text) is 'Which movement may be which line of the ledger, and why.';

create or replace function accounting.bank_reconciliations_v1(wanted text, most integer default 500)
    returns table (id uuid, reason text, made_by text, made_at timestamptz, undone_by text, undone_at timestamptz,
                   movements bigint, lines bigint, amount numeric, first_on date, words text, numbers text, currency text)
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select r.id, r.reason, r.made_by, r.made_at, coalesce(r.undone_by, ''), r.undone_at, s.movements, s.lines, s.amount,
           s.first_on, s.words, s.numbers, b.currency
      from accounting.bank_accounts b
      join accounting.bank_reconciliations r on r.bank_account_id = b.id
     cross join lateral (
           select count(m.id) as movements, count(p.entry_id) as lines, coalesce(sum(m.amount), 0) as amount,
                  min(coalesce(m.booked_on, e.dated_on)) as first_on,
                  coalesce(string_agg(concat_ws(' ', nullif(m.reference, ''), nullif(m.label, '')), ', '), '') as words,
                  coalesce(string_agg(e.number, ', ' order by e.number), '') as numbers
             from accounting.bank_reconciled p
             left join accounting.bank_movements m on m.id = p.movement_id
             left join accounting.entries e on e.id = p.entry_id
            where p.reconciliation_id = r.id) s
     where b.code = wanted and (select core.may('accounting.ledger.view'))
     order by r.made_at desc, r.id
     limit most
$$;
comment on function accounting.bank_reconciliations_v1(text, integer) is 'What was reconciled of a bank account, the last first.';

grant execute on function accounting.bank_outstanding(uuid, date), accounting.bank_outstanding_v1(text, date),
    accounting.bank_head_v1(text, date, boolean), accounting.bank_proposals(uuid), accounting.bank_proposals_v1(text),
    accounting.bank_reconciliations_v1(text, integer) to accounting_app;
