-- Reconciling a bank account: requests at the gate.
drop function if exists accounting.reconcile_bank(core.commands, accounting.bank_accounts, jsonb, text);

-- `rule` is the rule by which it was booked, or the one that it teaches.
create or replace function accounting.reconcile_bank(command core.commands, bank accounting.bank_accounts, parts jsonb,
                                                     reason text, rule uuid) returns uuid
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
    insert into accounting.bank_reconciliations (id, bank_account_id, branch_id, reason, made_by, command_id, rule_id)
    values (new_id, bank.id, bank.branch_id, reason, command.actor_login, command.id, rule);
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
        perform accounting.reconcile_bank(command, held, payload -> 'parts', 'hand',
                                          accounting.rule_of_parts(command, held, payload -> 'parts'));
        made := 1;
    end if;
    -- Proposals are made afresh; those that are wanted and still stand are taken.
    for pair in select p.* from accounting.bank_proposals(held.id) p
                 where payload -> 'proposals' is not null
                   and (payload -> 'proposals' = '"all"' or payload -> 'proposals' ? p.movement_id::text) loop
        perform accounting.reconcile_bank(command, held, jsonb_build_array(
            jsonb_build_object('movement_id', pair.movement_id),
            jsonb_build_object('entry_id', pair.entry_id, 'line_no', pair.line_no)), pair.reason, null);
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

-- One line against the bank's, or two: an amount with its tax, which is deducted. Amounts are those of the bank: positive is
-- received.
create or replace function accounting.bank_part_lines(part jsonb, day date) returns jsonb
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    amount numeric := (part ->> 'amount')::numeric;
    net numeric := amount;
    said jsonb := jsonb_strip_nulls(part - '{amount,tax,account}'::text[]);
begin
    if coalesce(part ->> 'tax', '') <> '' then
        if accounting.plan_of(part ->> 'tax', day) is null then
            perform core.refuse('accounting.bank_tax_unknown', jsonb_build_object('tax', part ->> 'tax', 'date', day));
        end if;
        net := amount + (select coalesce(sum((t ->> 'value')::numeric), 0)
                           from jsonb_array_elements(accounting.deducted_in(part ->> 'tax', -amount, day)) t);
    end if;
    return jsonb_build_array(accounting.closing_line(part ->> 'account', -net) || said)
        || case when net = amount then '[]'
                else jsonb_build_array(accounting.closing_line(accounting.role_account('tax_deductible', 'goods'), net - amount)
                                       || (said - '{party_id,cost_centre}'::text[])) end;
end $$;

-- What only the bank knows: booked in the bank account's journal, and reconciled at once.
create or replace function accounting.book_movements(command core.commands, held accounting.bank_accounts, wanted jsonb,
                                                     reason text, rule uuid) returns jsonb
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    told record;
    posted jsonb;
    lines jsonb;
    booked numeric;
begin
    select sum(m.amount) as amount, jsonb_agg(jsonb_build_object('movement_id', m.id)) as parts, max(m.booked_on) as last_on,
           min(concat_ws(' ', nullif(m.label, ''), nullif(m.reference, ''))) as words
      into told
      from accounting.bank_movements m
     where m.bank_account_id = held.id and wanted -> 'movements' ? m.id::text;
    if coalesce(told.amount, 0) = 0 or jsonb_array_length(told.parts) <> jsonb_array_length(wanted -> 'movements') then
        perform core.refuse('accounting.bank_mixed');
    end if;
    lines := coalesce(wanted -> 'lines', jsonb_build_array(
        jsonb_build_object('amount', told.amount, 'account', wanted -> 'account', 'tax', wanted -> 'tax',
                           'party_id', wanted -> 'party_id', 'cost_centre', wanted -> 'cost_centre')));
    select sum((l ->> 'amount')::numeric) into booked from jsonb_array_elements(lines) l;
    if booked is distinct from told.amount then
        perform core.refuse('accounting.bank_split_differs', jsonb_build_object('moved', told.amount::text,
            'booked', coalesce(booked, 0)::text, 'difference', (told.amount - coalesce(booked, 0))::text));
    end if;
    posted := accounting.book_entry(command, jsonb_build_object(
        'branch_id', held.branch_id, 'journal', held.journal, 'on', coalesce(wanted ->> 'on', told.last_on::text),
        'label', coalesce(nullif(btrim(wanted ->> 'label'), ''), told.words),
        'lines', (select jsonb_build_array(accounting.closing_line(a.code, told.amount)) || jsonb_agg(x.line order by l.no, x.no)
                    from accounting.accounts a
                   cross join jsonb_array_elements(lines) with ordinality as l (part, no)
                   cross join jsonb_array_elements(accounting.bank_part_lines(
                       l.part, coalesce((wanted ->> 'on')::date, told.last_on))) with ordinality as x (line, no)
                   where a.id = held.account_id group by a.code)),
        (select coalesce(jsonb_agg(t), '[]')
           from jsonb_array_elements(lines) l
          cross join jsonb_array_elements(accounting.deducted_in(
              l ->> 'tax', -(l ->> 'amount')::numeric, coalesce((wanted ->> 'on')::date, told.last_on))) t
          where coalesce(l ->> 'tax', '') <> ''));
    perform accounting.reconcile_bank(command, held, told.parts || jsonb_build_array(
        jsonb_build_object('entry_id', posted ->> 'entry_id', 'line_no', 1)), reason, rule);
    return posted;
end $$;

create or replace function accounting.book_bank_v1(command core.commands, payload jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    held accounting.bank_accounts := accounting.hold_bank((payload ->> 'bank_account_id')::uuid);
begin
    if held.currency <> (select c.currency from core.company c) then
        perform core.refuse('accounting.bank_currency_by_hand', jsonb_build_object('currency', held.currency));
    end if;
    return jsonb_build_object('result', accounting.book_movements(
        command, held, payload, 'booked', accounting.rule_of_booking(command, held, payload)));
end $$;
comment on function accounting.book_bank_v1(core.commands, jsonb) is
    'Handler: {bank_account_id, movements: [id], on?, label?, account, tax?, party_id?, cost_centre?}: their sum goes to or comes '
    'from the account; or lines: [{account, amount (as the bank, positive is received), tax?, party_id?, cost_centre?, label?}].';

grant execute on function accounting.reconcile_bank_v1(core.commands, jsonb), accounting.undo_bank_v1(core.commands, jsonb),
    accounting.book_bank_v1(core.commands, jsonb) to core_owner;
insert into core.command_types (name, module, permission, is_fact, handler)
values ('accounting.reconcile_bank_v1', 'accounting', 'accounting.bank.reconcile', false, 'accounting.reconcile_bank_v1'),
       ('accounting.undo_bank_v1', 'accounting', 'accounting.bank.reconcile', false, 'accounting.undo_bank_v1'),
       ('accounting.book_bank_v1', 'accounting', 'accounting.entry.post', false, 'accounting.book_bank_v1')
    on conflict (name) do update set permission = excluded.permission, is_fact = excluded.is_fact,
                                     handler = excluded.handler;
