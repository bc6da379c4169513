-- Cheques and bills that the bank's own statement names: paid or cashed by the movement, and reconciled with it.

-- The line of a bank account that an instrument left there last, not reconciled yet.
create or replace function accounting.instrument_bank_line(instrument uuid, bank uuid, wanted numeric)
    returns table (entry_id uuid, line_no integer)
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select l.entry_id, l.line_no
      from accounting.instrument_moves m
      join accounting.bank_lines l on l.entry_id = m.entry_id and l.bank_account_id = bank and l.amount = wanted
     where m.instrument_id = instrument
       and not exists (select from accounting.bank_reconciled o
                        where o.stands and (o.entry_id, o.line_no) = (l.entry_id, l.line_no))
     order by m.move_no desc, l.line_no limit 1
$$;

create or replace function accounting.debit_instrument_v1(command core.commands, payload jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    bank accounting.bank_accounts := accounting.hold_bank((payload ->> 'bank_account_id')::uuid);
    held accounting.instruments := accounting.lock_instrument((payload ->> 'instrument_id')::uuid);
    said accounting.bank_movements;
    line record;
    moved jsonb;
begin
    if not core.user_may(command.actor_id, 'accounting.bank.reconcile') then
        perform core.refuse('core.not_permitted', '{"permission": "accounting.bank.reconcile"}');
    end if;
    select * into said from accounting.bank_movements m
     where m.id = (payload ->> 'movement_id')::uuid and m.bank_account_id = bank.id;
    if said.id is null or held.branch_id <> bank.branch_id then
        perform core.refuse('accounting.bank_mixed');
    elsif said.amount <> (held.amount - held.paid) * (case held.direction when 'received' then 1 else -1 end) then
        perform core.refuse('accounting.bank_sums_differ', jsonb_build_object(
            'moved', said.amount::text, 'booked', (held.amount - held.paid)::text,
            'difference', abs(abs(said.amount) - held.amount + held.paid)::text));
    end if;
    moved := accounting.move_instrument(command, jsonb_build_object(
        'instrument_id', held.id, 'verb', case held.direction when 'received' then 'cash' else 'pay' end,
        'on', greatest(said.booked_on, (select max(m.dated_on) from accounting.instrument_moves m
                                         where m.instrument_id = held.id)),
        'bank_account', bank.id), null);
    select * into line from accounting.instrument_bank_line(held.id, bank.id, said.amount);
    if line.entry_id is null then
        perform core.refuse('accounting.bank_mixed');
    end if;
    perform accounting.reconcile_bank(command, bank, jsonb_build_array(
        jsonb_build_object('movement_id', said.id),
        jsonb_build_object('entry_id', line.entry_id, 'line_no', line.line_no)), 'reference', null);
    return jsonb_build_object('result', moved);
end $$;
comment on function accounting.debit_instrument_v1(core.commands, jsonb) is
    'Handler: {bank_account_id, movement_id, instrument_id}: the bank paid a cheque or a bill of ours, or cashed one of a '
    'customer; its line of the ledger and the movement are reconciled.';

-- A cheque that went to the bank's account as it was written is paid by the reconciliation of that line.
create or replace function accounting.follow_reconciliation(command core.commands, reconciliation uuid) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    found record;
begin
    for found in
        select distinct on (i.id) i.id, greatest(max(v.booked_on) over (), l.dated_on) as day
          from accounting.bank_reconciled p
          left join accounting.bank_movements v on v.id = p.movement_id
          left join accounting.bank_lines l on l.entry_id = p.entry_id and l.line_no = p.line_no
          left join accounting.instrument_moves m on m.entry_id = p.entry_id
                and not exists (select from accounting.instrument_moves u where u.undoes_id = m.id)
          left join accounting.instruments i on i.id = m.instrument_id and i.direction = 'issued'
                and i.state in ('issued', 'handed') and l.amount = i.paid - i.amount
         where p.reconciliation_id = reconciliation
    loop
        continue when found.id is null;
        perform accounting.move_instrument(command, jsonb_build_object('instrument_id', found.id, 'verb', 'pay', 'on',
            greatest(found.day, (select max(m.dated_on) from accounting.instrument_moves m
                                  where m.instrument_id = found.id))), null);
    end loop;
end $$;

-- A reconciliation that is taken back takes the step back that followed it, where nothing came after; entries stay.
create or replace function accounting.unfollow_reconciliation(command core.commands, reconciliation uuid) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    found record;
begin
    for found in
        select i.id from accounting.bank_reconciliations r
          join accounting.instrument_moves m on m.command_id = r.command_id and m.verb = 'pay' and m.entry_id is null
          join accounting.instruments i on i.id = m.instrument_id and i.state = 'paid'
          join accounting.bank_reconciled p on p.reconciliation_id = r.id
          join accounting.instrument_moves w on w.instrument_id = i.id and w.entry_id = p.entry_id
         where r.id = reconciliation
           and m.move_no = (select max(x.move_no) from accounting.instrument_moves x where x.instrument_id = i.id)
    loop
        perform accounting.undo_instrument_v1(command, jsonb_build_object('instrument_id', found.id));
    end loop;
end $$;

grant execute on function accounting.debit_instrument_v1(core.commands, jsonb) to core_owner;
insert into core.command_types (name, module, permission, is_fact, handler)
values ('accounting.debit_instrument_v1', 'accounting', 'accounting.instrument.move', false, 'accounting.debit_instrument_v1')
    on conflict (name) do update set permission = excluded.permission, is_fact = excluded.is_fact,
                                     handler = excluded.handler;
