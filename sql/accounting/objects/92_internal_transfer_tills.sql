-- What a till has typed as come from the bank is the receipt of a transfer already: its entry is taken, none is posted.

create or replace view accounting.till_receipts with (security_invoker = true) as
    select e.id, e.branch_id, coalesce(e.document ->> 'number', e.number) as number,
           (select d.account_id from accounting.entry_lines d where d.entry_id = e.id and d.debit > 0 limit 1) as account_id,
           l.account_id as transit_id, l.dated_on, l.credit as amount
      from accounting.entry_lines l
      join accounting.entries e on e.id = l.entry_id
     where l.account_id in (select k.account_id from accounting.role_accounts k where k.role = 'cash_reason')
       and l.label = 'bank' and l.credit > 0
       and e.document ->> 'module' = 'till' and e.document ->> 'kind' = 'cash_move'
       and not exists (select from accounting.entries b where b.reverses_id = e.id)
       and not exists (select from accounting.internal_transfers t where t.receipt_id = e.id);
comment on view accounting.till_receipts is 'Cash that tills have got from the bank, and that is the receipt of no transfer yet.';
grant select on accounting.till_receipts to accounting_app;

create or replace function accounting.settle_transfer_v1(command core.commands, payload jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    held accounting.internal_transfers := accounting.lock_transfer((payload ->> 'id')::uuid);
    found record;
begin
    perform accounting.check_transfer_waits(held, held.to_branch_id);
    select * into found from accounting.till_receipts r
     where r.id = (payload ->> 'till_entry')::uuid and r.branch_id = held.to_branch_id and r.transit_id = held.transit_id
       and r.amount = held.amount and r.account_id <> held.account_id;
    if found.id is null then
        perform core.refuse('accounting.transfer_not_at_till', jsonb_build_object('number', held.number));
    end if;
    update accounting.internal_transfers t
       set state = 'received', received_on = greatest(found.dated_on, held.dated_on), received = found.amount,
           received_account_id = found.account_id, receipt_id = found.id, received_by = command.actor_login,
           received_at = now(), note = left(btrim(coalesce(payload ->> 'note', '')), 500)
     where t.id = held.id;
    perform accounting.match_transfer(command, held, found.id);
    return jsonb_build_object('result', jsonb_build_object('number', held.number, 'entry_id', found.id, 'difference', '0'));
end $$;
comment on function accounting.settle_transfer_v1(core.commands, jsonb) is
    'Handler: {id, till_entry (the entry of a cash movement of a till, of the same amount), note?}.';

-- The receipt of a transfer, undone: an entry that was posted for it is reversed; what a till typed stays as it is.
create or replace function accounting.undo_receipt(command core.commands, held accounting.internal_transfers) returns jsonb
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
begin
    if exists (select from accounting.entries e where e.id = held.receipt_id and e.document ->> 'module' = 'till') then
        perform accounting.undo_matches(array(
            select m.id from accounting.matches m
             where m.undone_at is null and (m.debit_entry, m.credit_entry) = (held.entry_id, held.receipt_id)),
            command.actor_login);
        return '{}';
    end if;
    perform accounting.hold_cash_box(held.received_account_id);
    return accounting.take_entry_back(command, held.receipt_id);
end $$;

grant execute on function accounting.settle_transfer_v1(core.commands, jsonb) to core_owner;
insert into core.command_types (name, module, permission, is_fact, handler)
values ('accounting.settle_transfer_v1', 'accounting', 'accounting.transfer.move', false, 'accounting.settle_transfer_v1')
    on conflict (name) do update set permission = excluded.permission, is_fact = excluded.is_fact,
                                     handler = excluded.handler;
