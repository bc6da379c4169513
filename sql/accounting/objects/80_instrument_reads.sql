-- What lists of cheques, bills and deposit slips show.

create or replace view accounting.instrument_list with (security_invoker = true) as
    select i.id, i.branch_id, b.code as branch, i.direction, i.kind, i.state, i.number, coalesce(p.name, '') as party,
           coalesce(p.name_ar, '') as party_ar, i.amount, i.currency, i.issued_on, i.due_on, i.bank, i.drawer, i.location,
           coalesce(s.number, '') as slip, i.document, i.paid, i.amount - i.paid as rest,
           -- What went to the bank with the slip that it lies on.
           coalesce((select m.amount from accounting.instrument_moves m
                      where m.instrument_id = i.id and m.slip_id = i.slip_id order by m.move_no desc limit 1),
                    i.amount) as on_slip
      from accounting.instruments i
      join core.branches b on b.id = i.branch_id
      left join accounting.party_names p on p.party_id = i.party_id
      left join accounting.deposit_slips s on s.id = i.slip_id;
comment on view accounting.instrument_list is 'Cheques and bills with what lists say of each.';

create or replace view accounting.deposit_slip_list with (security_invoker = true) as
    select s.id, b.code as branch, s.number, s.purpose, s.dated_on, count(i.id) as pieces,
           coalesce(sum(coalesce(m.amount, i.amount)), 0) as total,
           count(i.id) filter (where i.state in ('deposited', 'discounted')) as open,
           (select c.currency from core.company c) as currency, s.made_by
      from accounting.deposit_slips s
      join core.branches b on b.id = s.branch_id
      left join accounting.instruments i on i.slip_id = s.id
      left join lateral (select m.amount from accounting.instrument_moves m
                          where m.instrument_id = i.id and m.slip_id = s.id order by m.move_no desc limit 1) m on true
     group by s.id, b.code;
comment on view accounting.deposit_slip_list is 'Deposit slips with what lies on each, and how much of it waits for the bank.';
grant select on accounting.instrument_list, accounting.deposit_slip_list to accounting_app;

drop function if exists accounting.instrument_moves_v1(uuid);
create function accounting.instrument_moves_v1(wanted uuid)
    returns table (move_no integer, verb text, from_state text, to_state text, dated_on date, entry text, slip text,
                   note text, moved_by text, moved_at timestamptz, paid numeric, fees numeric, currency text)
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select m.move_no, m.verb, m.from_state, m.to_state, m.dated_on, coalesce(e.number, ''), coalesce(s.number, ''), m.note,
           m.moved_by, m.moved_at, m.paid, m.fees + m.fee_tax, i.currency
      from accounting.instrument_moves m
      join accounting.instruments i on i.id = m.instrument_id
      left join accounting.entries e on e.id = m.entry_id
      left join accounting.deposit_slips s on s.id = m.slip_id
     where m.instrument_id = wanted
     order by m.move_no
$$;
comment on function accounting.instrument_moves_v1(uuid) is 'What a cheque or a bill did, in order.';
grant execute on function accounting.instrument_moves_v1(uuid) to accounting_app;
