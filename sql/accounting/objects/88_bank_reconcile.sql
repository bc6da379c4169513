-- Reconciling a bank account: requests at the gate.

create or replace function accounting.reconcile_bank(command core.commands, bank accounting.bank_accounts, parts jsonb,
                                                     reason text) returns uuid
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    new_id uuid := gen_random_uuid();
    sums record;
begin
    select count(*) as parts, count(distinct (p.movement_id, p.entry_id, p.line_no)) as different,
           count(m.id) + count(l.entry_id) as known, count(o.reconciliation_id) as taken,
           coalesce(sum(m.amount), 0) as moved, coalesce(sum(l.amount), 0) as booked
      into sums
      from jsonb_to_recordset(parts) as p (movement_id uuid, entry_id uuid, line_no integer)
      left join accounting.bank_movements m on m.id = p.movement_id and m.bank_account_id = bank.id
      left join accounting.bank_lines l on l.entry_id = p.entry_id and l.line_no = p.line_no and l.bank_account_id = bank.id
      left join accounting.bank_reconciled o on o.stands and (o.movement_id = p.movement_id
                                                or (o.entry_id, o.line_no) = (p.entry_id, p.line_no));
    if sums.taken > 0 then
        perform core.refuse('accounting.bank_reconciled_already');
    elsif sums.parts < 2 or sums.known <> sums.parts or sums.different <> sums.parts then
        perform core.refuse('accounting.bank_mixed');
    elsif sums.moved <> sums.booked then
        perform core.refuse('accounting.bank_sums_differ', jsonb_build_object(
            'moved', sums.moved::text, 'booked', sums.booked::text, 'difference', abs(sums.moved - sums.booked)::text));
    end if;
    insert into accounting.bank_reconciliations (id, bank_account_id, branch_id, reason, made_by, command_id)
    values (new_id, bank.id, bank.branch_id, reason, command.actor_login, command.id);
    insert into accounting.bank_reconciled (reconciliation_id, part_no, branch_id, movement_id, entry_id, line_no)
    select new_id, p.no, bank.branch_id, (p.part ->> 'movement_id')::uuid, (p.part ->> 'entry_id')::uuid,
           (p.part ->> 'line_no')::integer
      from jsonb_array_elements(parts) with ordinality as p (part, no);
    perform accounting.follow_reconciliation(command, new_id);
    return new_id;
end $$;

create or replace function accounting.reconcile_bank_v1(command core.commands, payload jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    held accounting.bank_accounts := accounting.hold_bank((payload ->> 'bank_account_id')::uuid);
    pair record;
    made integer := 0;
begin
    if payload -> 'parts' is not null then
        perform accounting.reconcile_bank(command, held, payload -> 'parts', 'hand');
        made := 1;
    end if;
    -- Proposals are made afresh; those that are wanted and still stand are taken.
    for pair in select p.* from accounting.bank_proposals(held.id) p
                 where payload -> 'proposals' is not null
                   and (payload -> 'proposals' = '"all"' or payload -> 'proposals' ? p.movement_id::text) loop
        perform accounting.reconcile_bank(command, held, jsonb_build_array(
            jsonb_build_object('movement_id', pair.movement_id),
            jsonb_build_object('entry_id', pair.entry_id, 'line_no', pair.line_no)), pair.reason);
        made := made + 1;
    end loop;
    return jsonb_build_object('result', jsonb_build_object('made', made));
end $$;
comment on function accounting.reconcile_bank_v1(core.commands, jsonb) is
    'Handler: {bank_account_id, parts: [{movement_id} | {entry_id, line_no}]} by hand, '
    'or {bank_account_id, proposals: [movement_id] | "all"}.';

create or replace function accounting.undo_bank_v1(command core.commands, payload jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
    update accounting.bank_reconciliations r set undone_by = command.actor_login, undone_at = now()
     where r.id = (payload ->> 'reconciliation_id')::uuid and r.undone_at is null and r.branch_id = any (core.branches());
    if not found then
        perform core.refuse('accounting.bank_undone_already');
    end if;
    perform accounting.unfollow_reconciliation(command, (payload ->> 'reconciliation_id')::uuid);
    return jsonb_build_object('result', '{}'::jsonb);
end $$;
comment on function accounting.undo_bank_v1(core.commands, jsonb) is 'Handler: {reconciliation_id}; entries stay.';

-- What only the bank knows: booked in the bank account's journal, and reconciled at once.
create or replace function accounting.book_bank_v1(command core.commands, payload jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    held accounting.bank_accounts := accounting.hold_bank((payload ->> 'bank_account_id')::uuid);
    told record;
    posted jsonb;
    side text;
    other text;
begin
    if held.currency <> (select c.currency from core.company c) then
        perform core.refuse('accounting.bank_currency_by_hand', jsonb_build_object('currency', held.currency));
    end if;
    select sum(m.amount) as amount, jsonb_agg(jsonb_build_object('movement_id', m.id)) as parts, max(m.booked_on) as last_on,
           min(concat_ws(' ', nullif(m.label, ''), nullif(m.reference, ''))) as words
      into told
      from accounting.bank_movements m
     where m.bank_account_id = held.id and payload -> 'movements' ? m.id::text;
    if coalesce(told.amount, 0) = 0 or jsonb_array_length(told.parts) <> jsonb_array_length(payload -> 'movements') then
        perform core.refuse('accounting.bank_mixed');
    end if;
    side := case when told.amount > 0 then 'debit' else 'credit' end;
    other := case when told.amount > 0 then 'credit' else 'debit' end;
    posted := accounting.book_entry(command, jsonb_build_object(
        'branch_id', held.branch_id, 'journal', held.journal, 'on', coalesce(payload ->> 'on', told.last_on::text),
        'label', coalesce(nullif(btrim(payload ->> 'label'), ''), told.words),
        'lines', jsonb_build_array(
            jsonb_build_object('account', (select a.code from accounting.accounts a where a.id = held.account_id),
                               side, abs(told.amount)::text),
            jsonb_build_object('account', payload ->> 'account', other, abs(told.amount)::text))));
    perform accounting.reconcile_bank(command, held, told.parts || jsonb_build_array(
        jsonb_build_object('entry_id', posted ->> 'entry_id', 'line_no', 1)), 'booked');
    return jsonb_build_object('result', posted);
end $$;
comment on function accounting.book_bank_v1(core.commands, jsonb) is
    'Handler: {bank_account_id, movements: [id], account, on?, label?}: their sum goes to or comes from the account.';

grant execute on function accounting.reconcile_bank_v1(core.commands, jsonb), accounting.undo_bank_v1(core.commands, jsonb),
    accounting.book_bank_v1(core.commands, jsonb) to core_owner;
insert into core.command_types (name, module, permission, is_fact, handler)
values ('accounting.reconcile_bank_v1', 'accounting', 'accounting.bank.reconcile', false, 'accounting.reconcile_bank_v1'),
       ('accounting.undo_bank_v1', 'accounting', 'accounting.bank.reconcile', false, 'accounting.undo_bank_v1'),
       ('accounting.book_bank_v1', 'accounting', 'accounting.entry.post', false, 'accounting.book_bank_v1')
    on conflict (name) do update set permission = excluded.permission, is_fact = excluded.is_fact,
                                     handler = excluded.handler;
