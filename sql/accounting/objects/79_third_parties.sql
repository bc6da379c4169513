-- What customers owe and suppliers are owed: by age, and one of them with all that moved.

-- The roles of a side: what is open on their accounts belongs to customers, or to suppliers.
create or replace function accounting.side_roles(side text) returns text[]
    language sql immutable set search_path = pg_catalog, pg_temp
as $$
    select case side when 'customer' then array['receivable', 'doubtful', 'customer_advances', 'bills_received']
                     when 'supplier' then array['payable', 'supplier_advances', 'bills_payable']
                     else array[]::text[] end
$$;

-- Seen from us: what is owed on its own side is positive.
create or replace function accounting.side_lines(side text, day date)
    returns table (party_id uuid, branch_id uuid, role text, due_on date, open numeric)
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select o.party_id, o.branch_id, r.role, o.due_on, case side when 'customer' then o.open else -o.open end
      from accounting.open_lines_on(day) o
      join (select distinct on (a.account_id) a.account_id, a.role from accounting.account_roles a
             where a.role = any (accounting.side_roles(side)) order by a.account_id, a.role) r on r.account_id = o.account_id
     where o.party_id is not null
$$;

-- Cheques that lay here or with a bank at the end of a day, not cashed; and bills with a bank, which `side_lines` has no more.
create or replace function accounting.cheques_held(day date) returns table (party_id uuid, branch_id uuid, amount numeric)
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select i.party_id, i.branch_id, i.amount - m.paid
      from accounting.instruments i
     cross join lateral (select m.to_state, sum(m.paid) over () as paid from accounting.instrument_moves m
                          where m.instrument_id = i.id and m.dated_on <= day order by m.move_no desc limit 1) m
     where i.direction = 'received' and i.party_id is not null
       and (m.to_state in ('deposited', 'discounted') or m.to_state = 'received' and i.kind = 'cheque')
$$;

drop function if exists accounting.aged_balance_v1(text, date, uuid);
create function accounting.aged_balance_v1(side text, day date, only_branch uuid default null)
    returns table (party_id uuid, party text, party_ar text, not_due numeric, days_30 numeric, days_60 numeric,
                   days_90 numeric, older numeric, unsettled numeric, bills numeric, balance numeric, cheques numeric,
                   oldest date)
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    with lines as (
        select s.party_id, s.open, day - s.due_on as late, s.due_on, s.role in ('bills_received', 'bills_payable') as is_bill,
               s.open > 0 and s.role not in ('bills_received', 'bills_payable') as is_claim, 0::numeric as cheque
          from accounting.side_lines(side, day) s where only_branch is null or s.branch_id = only_branch
        union all
        select h.party_id, 0, null, null, false, false, h.amount
          from accounting.cheques_held(day) h
         where side = 'customer' and (only_branch is null or h.branch_id = only_branch))
    select l.party_id, coalesce(n.name, ''), coalesce(n.name_ar, ''),
           coalesce(sum(l.open) filter (where l.is_claim and l.late <= 0), 0),
           coalesce(sum(l.open) filter (where l.is_claim and l.late between 1 and 30), 0),
           coalesce(sum(l.open) filter (where l.is_claim and l.late between 31 and 60), 0),
           coalesce(sum(l.open) filter (where l.is_claim and l.late between 61 and 90), 0),
           coalesce(sum(l.open) filter (where l.is_claim and l.late > 90), 0),
           coalesce(sum(l.open) filter (where not l.is_claim and not l.is_bill), 0),
           coalesce(sum(l.open) filter (where l.is_bill), 0),
           sum(l.open), sum(l.cheque), min(l.due_on) filter (where l.is_claim and l.late > 0)
      from lines l
      left join accounting.party_names n on n.party_id = l.party_id
     where (select core.may('accounting.ledger.view'))
     group by l.party_id, n.name, n.name_ar
    having sum(l.open) <> 0 or sum(l.cheque) <> 0 or count(*) filter (where l.is_claim) > 0
     order by sum(l.open) desc, n.name
$$;
comment on function accounting.aged_balance_v1(text, date, uuid) is
    'What each customer (`customer`) owes or each supplier (`supplier`) is owed at the end of a day, by days after it was due; '
    '`unsettled` is what was paid or credited and settles nothing yet, `bills` what lies in bills, `cheques` what was taken and '
    'is not cashed yet: no part of the balance, and a risk all the same; company''s currency.';

-- Every move of a party between two days, with what it had before; open as it was at the end of the last one.
create or replace function accounting.party_statement_v1(party uuid, side text, first_day date, last_day date)
    returns jsonb language sql stable set search_path = pg_catalog, pg_temp
as $$
    with lines as (
        select m.*, o.open as open_then
          from accounting.matching_lines m
          left join accounting.open_lines_on(last_day) o using (entry_id, line_no)
         where m.party_id = party and m.dated_on <= last_day
           and m.account_id in (select r.account_id from accounting.account_roles r
                                 where r.role = any (accounting.side_roles(side))))
    select jsonb_build_object(
        'party', (select jsonb_build_array(n.name, n.name_ar) from accounting.party_names n where n.party_id = party),
        'currency', (select c.currency from core.company c),
        'company', (select jsonb_build_array(c.name, c.name_ar) from core.company c),
        'opening', (select coalesce(sum(l.amount), 0)::text from lines l where l.dated_on < first_day),
        'overdue', (select coalesce(sum(l.open_then), 0)::text from lines l
                     where l.due_on < last_day and sign(l.open_then) = case side when 'customer' then 1 else -1 end),
        'rows', (select coalesce(jsonb_agg(jsonb_build_object(
                     'entry_id', l.entry_id, 'dated_on', l.dated_on, 'due_on', l.due_on, 'number', l.number,
                     'document', l.document, 'label', l.label, 'amount', l.amount::text,
                     'open', coalesce(l.open_then, 0)::text, 'letter', coalesce(l.letter, ''),
                     'counterparts', (select k.counterparts from accounting.ledger_lines k
                                       where k.entry_id = l.entry_id and k.line_no = l.line_no))
                     order by l.dated_on, l.number, l.line_no), '[]')
                   from lines l where l.dated_on >= first_day))
     where (select core.may('accounting.ledger.view'))
$$;
comment on function accounting.party_statement_v1(uuid, text, date, date) is
    'The account of a customer or a supplier between two days: what it had before, every line, and what of each is open; a '
    'debit is positive, in the company''s currency.';
grant execute on function accounting.side_roles(text), accounting.side_lines(text, date), accounting.cheques_held(date),
    accounting.aged_balance_v1(text, date, uuid), accounting.party_statement_v1(uuid, text, date, date) to accounting_app;
