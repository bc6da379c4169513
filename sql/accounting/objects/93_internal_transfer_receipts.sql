-- Receiving an internal transfer with what really arrived, taking it back, and undoing a receipt.

create or replace function accounting.receipt_lines(held accounting.internal_transfers, place text, difference text)
    returns jsonb language sql stable set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_array(
               accounting.closing_line(place, held.received),
               accounting.closing_line((select a.code from accounting.accounts a where a.id = held.transit_id), -held.amount))
        || case when held.received = held.amount then '[]'::jsonb
                else jsonb_build_array(accounting.closing_line(difference, held.amount - held.received)) end
$$;

create or replace function accounting.receive_transfer_v1(command core.commands, payload jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    held accounting.internal_transfers := accounting.lock_transfer((payload ->> 'id')::uuid);
    place record;
    difference text := coalesce(nullif(payload ->> 'difference_account', ''), accounting.role_account('cash_difference', ''));
    posted jsonb;
    flags jsonb := '[]';
begin
    perform accounting.check_transfer_waits(held, held.to_branch_id);
    held.received_on := (payload ->> 'on')::date;
    held.received := (payload ->> 'amount')::numeric;
    place := accounting.money_place(held.to_branch_id, coalesce(nullif(payload ->> 'account', ''),
        (select a.code from accounting.accounts a where a.id = held.to_account_id)));
    if held.received_on is null then
        perform core.refuse('accounting.day_missing');
    elsif held.received_on < held.dated_on then
        perform core.refuse('accounting.transfer_too_early', jsonb_build_object('number', held.number, 'date', held.dated_on));
    elsif accounting.is_amount(held.received) is not true then
        perform core.refuse('accounting.transfer_amount', '{"field": "amount"}');
    elsif held.branch_id = held.to_branch_id and place.account_id = held.account_id then
        perform core.refuse('accounting.transfer_to_itself', '{"field": "account"}');
    end if;
    perform accounting.check_box_ceiling(place.account_id, held.received);
    held.receipt_id := gen_random_uuid();
    posted := accounting.book_transfer(command, held, held.receipt_id, held.to_branch_id, place.journal, held.received_on,
                                       accounting.receipt_lines(held, place.code, difference));
    if held.received <> held.amount then
        select a.id into held.difference_id from accounting.accounts a where a.code = difference;
        flags := core.flag('accounting.transfer_difference', jsonb_build_object('number', held.number,
            'difference', (held.received - held.amount)::text, 'account', difference));
    end if;
    update accounting.internal_transfers t
       set state = 'received', received_on = held.received_on, received = held.received, received_account_id = place.account_id,
           difference_id = held.difference_id, receipt_id = held.receipt_id, received_by = command.actor_login,
           received_at = now(), note = left(btrim(coalesce(payload ->> 'note', '')), 500)
     where t.id = held.id;
    if held.branch_id = held.to_branch_id then
        perform accounting.match_transfer(command, held, held.receipt_id);
    end if;
    return jsonb_build_object('result', jsonb_build_object('number', held.number, 'entry_id', held.receipt_id,
        'entry', posted ->> 'number', 'difference', (held.received - held.amount)::text), 'flags', flags);
end $$;
comment on function accounting.receive_transfer_v1(core.commands, jsonb) is
    'Handler: {id (of a transfer, or of the entry with which a till sent cash to the bank), on, account?, amount, '
    'difference_account?, note?}; accounts are codes.';

-- The mirror of an entry on its own day, or the first one that is open to who asks.
create or replace function accounting.take_entry_back(command core.commands, entry uuid) returns jsonb
    language sql volatile set search_path = pg_catalog, pg_temp
as $$
    select accounting.reverse_document_v1(jsonb_build_object(
               'entry_id', entry, 'on', greatest(e.dated_on, accounting.locked_before(command.actor_id)), 'is_fact', true,
               'by', command.actor_login, 'command_id', command.id))
      from accounting.entries e where e.id = entry
$$;

create or replace function accounting.take_transfer_back_v1(command core.commands, payload jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    held accounting.internal_transfers := accounting.lock_transfer((payload ->> 'id')::uuid);
    back jsonb;
begin
    perform accounting.check_transfer_waits(held, held.branch_id);
    if held.sequence is null then
        perform core.refuse('accounting.transfer_of_till', jsonb_build_object('number', held.number));
    end if;
    perform accounting.hold_cash_box(held.account_id);
    back := accounting.take_entry_back(command, held.entry_id);
    update accounting.internal_transfers t
       set state = 'returned', returned_on = (back ->> 'dated_on')::date, return_id = (back ->> 'entry_id')::uuid,
           returned_by = command.actor_login, returned_at = now()
     where t.id = held.id;
    return jsonb_build_object('result', jsonb_build_object('number', held.number, 'entry', back ->> 'number'));
end $$;
comment on function accounting.take_transfer_back_v1(core.commands, jsonb) is
    'Handler: {id}: reverses the entry of a transfer that nobody has received; its number stays used.';

create or replace function accounting.undo_receipt_v1(command core.commands, payload jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    held accounting.internal_transfers := accounting.lock_transfer((payload ->> 'id')::uuid);
    back jsonb;
begin
    if held.to_branch_id <> all (core.branches()) then
        perform core.refuse('accounting.transfer_of_other', jsonb_build_object('number', held.number));
    elsif held.state <> 'received' then
        perform core.refuse('accounting.transfer_not_received', jsonb_build_object('number', held.number));
    end if;
    back := accounting.undo_receipt(command, held);
    update accounting.internal_transfers t
       set state = 'waiting', received_on = null, received = null, received_account_id = null, difference_id = null,
           receipt_id = null, received_by = null, received_at = null, note = ''
     where t.id = held.id;
    return jsonb_build_object('result', jsonb_build_object('number', held.number, 'entry', back ->> 'number'));
end $$;
comment on function accounting.undo_receipt_v1(core.commands, jsonb) is
    'Handler: {id}: reverses the entry with which a transfer was received, if no till typed it; it waits again.';

grant execute on function accounting.send_transfer_v1(core.commands, jsonb), accounting.receive_transfer_v1(core.commands, jsonb),
    accounting.take_transfer_back_v1(core.commands, jsonb), accounting.undo_receipt_v1(core.commands, jsonb) to core_owner;
insert into core.command_types (name, module, permission, is_fact, handler)
values ('accounting.send_transfer_v1', 'accounting', 'accounting.transfer.move', false, 'accounting.send_transfer_v1'),
       ('accounting.receive_transfer_v1', 'accounting', 'accounting.transfer.move', false, 'accounting.receive_transfer_v1'),
       ('accounting.take_transfer_back_v1', 'accounting', 'accounting.transfer.move', false, 'accounting.take_transfer_back_v1'),
       ('accounting.undo_receipt_v1', 'accounting', 'accounting.transfer.move', false, 'accounting.undo_receipt_v1')
    on conflict (name) do update set permission = excluded.permission, is_fact = excluded.is_fact,
                                     handler = excluded.handler;

-- The branch that receives is told by the worker.
insert into core.subscriptions (topic, task) values ('accounting.transfer_sent', 'accounting:accounting.transfer_sent')
    on conflict do nothing;
