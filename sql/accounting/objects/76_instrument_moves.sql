-- Every step of a cheque or a bill: a request at the gate, its entry, and a move that never changes.

create or replace function accounting.keep_move(moved accounting.instrument_moves) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
begin
    moved.id := gen_random_uuid();
    moved.moved_at := now();
    moved.fees := coalesce(moved.fees, 0);
    moved.fee_tax := coalesce(moved.fee_tax, 0);
    moved.paid := coalesce(moved.paid, 0);
    moved.note := coalesce(moved.note, '');
    moved.move_no := 1 + (select count(*) from accounting.instrument_moves m where m.instrument_id = moved.instrument_id);
    insert into accounting.instrument_moves select moved.*;
end $$;

-- The instrument, locked until the end.
create or replace function accounting.lock_instrument(wanted uuid) returns accounting.instruments
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    held accounting.instruments;
begin
    select * into held from accounting.instruments i
     where i.id = wanted and i.branch_id = any (core.branches()) for no key update;
    if held.id is null then
        perform core.refuse('core.not_found');
    end if;
    return held;
end $$;

-- The bank account that a step names: one of the user's, in the company's currency.
create or replace function accounting.instrument_bank(payload jsonb) returns uuid
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    wanted uuid := (payload ->> 'bank_account')::uuid;
begin
    if wanted is not null and not exists (
            select from accounting.bank_accounts b join core.company c on c.currency = b.currency
             where b.id = wanted and b.branch_id = any (core.branches())) then
        perform core.refuse('accounting.instrument_bank');
    end if;
    return wanted;
end $$;

-- A step as it is asked for: allowed from where the instrument is, on a day that is not before the last one, and what of it
-- is paid is a part of the rest. All of the rest is no part.
create or replace function accounting.step_of(held accounting.instruments, payload jsonb) returns accounting.instrument_moves
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    moved accounting.instrument_moves;
    before date := (select max(m.dated_on) from accounting.instrument_moves m where m.instrument_id = held.id);
begin
    moved.verb := payload ->> 'verb';
    moved.dated_on := (payload ->> 'on')::date;
    moved.fees := coalesce((payload ->> 'fees')::numeric, 0);
    moved.fee_tax := coalesce((payload ->> 'fee_tax')::numeric, 0);
    moved.paid := coalesce((payload ->> 'paid')::numeric, 0);
    moved.amount := held.amount - held.paid;
    select s.to_state into moved.to_state from accounting.instrument_steps() s
     where s.direction = held.direction and s.from_state = held.state and s.verb = moved.verb;
    if moved.to_state is null or (held.kind = 'cheque' and moved.verb = 'discount') then
        perform core.refuse('accounting.instrument_step', jsonb_build_object('number', held.number, 'state', held.state));
    elsif moved.dated_on is null then
        perform core.refuse('accounting.day_missing');
    elsif moved.dated_on < before then
        perform core.refuse('accounting.instrument_too_early', jsonb_build_object('number', held.number, 'date', before));
    elsif (moved.fees >= 0 and moved.fee_tax >= 0 and (moved.fees = 0 or accounting.is_amount(moved.fees))
           and (moved.fee_tax = 0 or accounting.is_amount(moved.fee_tax))) is not true then
        perform core.refuse('accounting.instrument_incomplete', '{"field": "fees"}');
    elsif (moved.paid = 0 or accounting.is_amount(moved.paid) and case moved.verb
               when 'reject' then moved.paid < moved.amount
               when 'settle' then moved.paid <= moved.amount
               when 'recover' then moved.paid <= moved.amount else false end) is not true then
        perform core.refuse('accounting.instrument_part', jsonb_build_object(
            'number', held.number, 'rest', moved.amount::text));
    end if;
    if moved.verb <> 'reject' and moved.paid = moved.amount then
        moved.paid := 0;
    end if;
    return moved;
end $$;

-- What a step takes away from an account of single parties, such as a debt that it had reopened or a bill, settles there
-- the line that had brought it.
create or replace function accounting.settle_standing(command core.commands, held accounting.instruments, entry uuid,
                                                      amount numeric) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    brought uuid := (select m.entry_id from accounting.instrument_moves m
                      where m.instrument_id = held.id and m.entry_id is not null and m.verb <> 'undo'
                        and m.from_state <> m.to_state
                        and not exists (select from accounting.instrument_moves u where u.undoes_id = m.id)
                      order by m.move_no desc limit 1);
begin
    if brought is not null and entry is not null then
        perform accounting.match_documents_v1(jsonb_build_object(
            'debit_entry', case held.direction when 'received' then brought else entry end,
            'credit_entry', case held.direction when 'received' then entry else brought end,
            'amount', amount::text, 'by', command.actor_login, 'command_id', command.id));
    end if;
end $$;

-- The entry with which the debt came back last, by a day.
create or replace function accounting.reopened_by(instrument uuid, day date) returns uuid
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select m.entry_id from accounting.instrument_moves m
     where m.instrument_id = instrument and m.dated_on <= day and m.entry_id is not null and m.verb <> 'undo'
       and m.from_state <> m.to_state
       and m.to_state in ('unpaid', 'litigation', 'returned', 'rejected', 'stopped', 'cancelled')
       and not exists (select from accounting.instrument_moves u where u.undoes_id = m.id and u.dated_on <= day)
     order by m.move_no desc limit 1
$$;

-- The entry of a step. A part that a debtor pays leaves the rest where it is; what the bank paid of one that came back stays
-- with the bank, or with the supplier it was endorsed to.
create or replace function accounting.book_step(command core.commands, held accounting.instruments,
                                                moved accounting.instrument_moves, is_rebilled boolean) returns uuid
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    is_part boolean := moved.paid > 0 and moved.verb <> 'reject';
    taken numeric := case when is_part then moved.paid else moved.amount - moved.paid end;
    is_kept boolean := held.state = 'endorsed'
        or accounting.standing_account(held) = accounting.instrument_account(held, 'cashed', moved.dated_on);
    entry uuid;
begin
    entry := accounting.book_instrument(command, held, moved.dated_on,
        accounting.instrument_lines(held, moved.to_state, moved.dated_on, taken,
                                    case when is_part or is_kept then 0 else moved.paid end)
        || accounting.instrument_fees(held, moved.dated_on, moved.fees, moved.fee_tax,
                                      is_rebilled and moved.to_state = 'unpaid'));
    perform accounting.settle_standing(command, held, entry,
        taken + case when is_part or is_kept then 0 else moved.paid end);
    return entry;
end $$;

create or replace function accounting.move_instrument(command core.commands, payload jsonb, slip uuid) returns jsonb
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    held accounting.instruments := accounting.lock_instrument((payload ->> 'instrument_id')::uuid);
    moved accounting.instrument_moves := accounting.step_of(held, payload);
begin
    held.bank_account := coalesce(accounting.instrument_bank(payload), held.bank_account);
    if moved.verb = 'endorse' then
        held.endorsee_id := (payload ->> 'party_id')::uuid;
    elsif held.party_id is null then
        held.party_id := (payload ->> 'party_id')::uuid;
    end if;
    moved.entry_id := accounting.book_step(command, held, moved, coalesce((payload ->> 'is_rebilled')::boolean, false));
    moved.account_id := held.account_id;
    if moved.paid > 0 and moved.verb <> 'reject' then
        moved.to_state := held.state;
    else
        held.account_id := (select a.id from accounting.accounts a
                             where a.code = accounting.instrument_account(held, moved.to_state, moved.dated_on));
    end if;
    moved.instrument_id := held.id;
    moved.branch_id := held.branch_id;
    moved.from_state := held.state;
    moved.value_on := (payload ->> 'value_on')::date;
    moved.slip_id := slip;
    moved.note := left(payload ->> 'note', 500);
    moved.moved_by := command.actor_login;
    moved.command_id := command.id;
    perform accounting.keep_move(moved);
    update accounting.instruments i
       set state = moved.to_state, party_id = held.party_id, endorsee_id = held.endorsee_id,
           bank_account = held.bank_account, account_id = held.account_id, paid = i.paid + moved.paid,
           slip_id = coalesce(slip, i.slip_id),
           location = coalesce(payload ->> 'location', i.location)
     where i.id = held.id;
    return jsonb_build_object('instrument_id', held.id, 'state', moved.to_state, 'entry_id', moved.entry_id,
                              'rest', (moved.amount - moved.paid)::text);
end $$;

create or replace function accounting.move_instrument_v1(command core.commands, payload jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
    if payload ->> 'verb' in ('deposit', 'discount') then
        perform core.refuse('accounting.slip_missing');
    end if;
    return jsonb_build_object('result', accounting.move_instrument(command, payload, null));
end $$;
comment on function accounting.move_instrument_v1(core.commands, jsonb) is
    'Handler: {instrument_id, verb (accounting.instrument_steps), on, value_on?, fees?, fee_tax?, is_rebilled?, '
    'paid? (in part: by the bank of one that came back, or by the debtor), bank_account?, '
    'party_id? (endorsee, or the customer where none was known), location?, note?}.';

-- The last step that still counts, taken back; its entry is reversed on its own day, or the first open one.
create or replace function accounting.undo_instrument_v1(command core.commands, payload jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    held accounting.instruments := accounting.lock_instrument((payload ->> 'instrument_id')::uuid);
    last accounting.instrument_moves;
    back accounting.instrument_moves;
    reversed jsonb;
begin
    select * into last from accounting.instrument_moves m
     where m.instrument_id = held.id and m.undoes_id is null and m.move_no > 1
       and not exists (select from accounting.instrument_moves u where u.undoes_id = m.id)
     order by m.move_no desc limit 1;
    if last.id is null then
        perform core.refuse('accounting.instrument_not_moved', jsonb_build_object('number', held.number));
    end if;
    back.dated_on := last.dated_on;
    if last.entry_id is not null then
        reversed := accounting.reverse_entry_v1(command, jsonb_build_object('entry_id', last.entry_id)) -> 'result';
        back.entry_id := (reversed ->> 'entry_id')::uuid;
        back.dated_on := (reversed ->> 'dated_on')::date;
    end if;
    back.instrument_id := held.id;
    back.branch_id := held.branch_id;
    back.verb := 'undo';
    back.from_state := held.state;
    back.to_state := last.from_state;
    back.undoes_id := last.id;
    back.amount := last.amount;
    back.paid := -last.paid;
    back.account_id := held.account_id;
    back.note := left(payload ->> 'note', 500);
    back.moved_by := command.actor_login;
    back.command_id := command.id;
    perform accounting.keep_move(back);
    update accounting.instruments i
       set state = last.from_state, paid = i.paid - last.paid, account_id = last.account_id,
           slip_id = case when last.slip_id is null then i.slip_id end,
           endorsee_id = case when last.verb <> 'endorse' then i.endorsee_id end
     where i.id = held.id;
    return jsonb_build_object('result', jsonb_build_object('instrument_id', held.id, 'state', last.from_state,
                                                           'entry_id', back.entry_id));
end $$;
comment on function accounting.undo_instrument_v1(core.commands, jsonb) is 'Handler: {instrument_id, note?}.';

-- What the portfolio says and what the ledger says stay the same: the entry of a step goes only with the step.
create or replace function accounting.check_step_is_undone() returns trigger
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
    if exists (select from accounting.instrument_moves m
                where m.entry_id = new.reverses_id and m.move_no > 1 and m.undoes_id is null
                  and not exists (select from accounting.instrument_moves u
                                   where u.undoes_id = m.id and u.entry_id = new.id)) then
        perform core.refuse('accounting.entry_of_register', jsonb_build_object(
            'number', (select e.number from accounting.entries e where e.id = new.reverses_id)));
    end if;
    return null;
end $$;
drop trigger if exists steps_are_undone_where_made on accounting.entries;
create constraint trigger steps_are_undone_where_made after insert on accounting.entries
    deferrable initially deferred for each row when (new.reverses_id is not null)
    execute function accounting.check_step_is_undone();

grant execute on function accounting.move_instrument_v1(core.commands, jsonb),
    accounting.undo_instrument_v1(core.commands, jsonb) to core_owner;
insert into core.command_types (name, module, permission, is_fact, handler)
values ('accounting.move_instrument_v1', 'accounting', 'accounting.instrument.move', false, 'accounting.move_instrument_v1'),
       ('accounting.undo_instrument_v1', 'accounting', 'accounting.instrument.move', false, 'accounting.undo_instrument_v1')
    on conflict (name) do update set permission = excluded.permission, is_fact = excluded.is_fact,
                                     handler = excluded.handler;
