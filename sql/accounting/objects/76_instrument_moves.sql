-- Every step of a cheque or a bill: a request at the gate, its entry, and a move that never changes.

-- The party of a line: the supplier it was endorsed to, else whoever gave or got the instrument.
create or replace function accounting.instrument_party(held accounting.instruments, state text) returns uuid
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    found_role text := (accounting.instrument_role(held.direction, held.kind, state)).role;
    party uuid := case when state = 'endorsed' then held.endorsee_id else held.party_id end;
begin
    if found_role <> all (accounting.party_roles()) then
        return null;
    elsif party is null and found_role <> 'bills_received' then
        perform core.refuse('accounting.instrument_party_missing', jsonb_build_object('number', held.number));
    end if;
    return party;
end $$;

-- Debit and credit of one step. What a bank charges is ours, or the customer's when it is billed again.
create or replace function accounting.instrument_lines(held accounting.instruments, was text, is_now text, day date,
                                                       fees numeric, fee_tax numeric, is_rebilled boolean)
    returns jsonb language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    gives text := accounting.instrument_account(held.direction, held.kind, was);
    takes text := accounting.instrument_account(held.direction, held.kind, is_now);
    giver jsonb := jsonb_build_object('account', gives, 'party_id', accounting.instrument_party(held, was));
    taker jsonb := jsonb_build_object('account', takes, 'party_id', accounting.instrument_party(held, is_now),
                       'due_on', case when is_now in ('unpaid', 'returned', 'rejected') then day else held.due_on end);
    bank text := accounting.instrument_account('received', held.kind, 'cashed');
    lines jsonb := '[]';
begin
    if gives is distinct from takes then
        lines := jsonb_build_array(
            taker || jsonb_build_object(case held.direction when 'received' then 'debit' else 'credit' end, held.amount::text),
            giver || jsonb_build_object(case held.direction when 'received' then 'credit' else 'debit' end, held.amount::text));
    end if;
    if fees + fee_tax > 0 then
        lines := lines || jsonb_build_array(jsonb_build_object('account', bank, 'credit', (fees + fee_tax)::text));
        if is_rebilled then
            lines := lines || jsonb_build_array(jsonb_build_object('debit', (fees + fee_tax)::text,
                'account', accounting.instrument_account('received', held.kind, 'unpaid'),
                'party_id', accounting.instrument_party(held, 'unpaid'), 'due_on', day));
        else
            lines := lines || (select coalesce(jsonb_agg(jsonb_build_object('account', a.code, 'debit', f.value::text)), '[]')
                from (values ('', fees), ('tax', fee_tax)) f (qualifier, value)
                join accounting.account_roles r on r.role = 'bank_fees' and r.qualifier = f.qualifier
                join accounting.accounts a on a.id = r.account_id
               where f.value > 0);
        end if;
    end if;
    return lines;
end $$;

create or replace function accounting.book_instrument(command core.commands, held accounting.instruments, day date,
                                                      lines jsonb) returns uuid
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    entry accounting.entries;
begin
    entry.period_id := accounting.check_day(day, command.actor_id);
    if jsonb_array_length(lines) = 0 then
        return null;
    end if;
    perform accounting.check_lines(lines);
    entry.id := gen_random_uuid();
    entry.branch_id := held.branch_id;
    entry.journal := case when lines @> jsonb_build_array(jsonb_build_object(
        'account', accounting.instrument_account('received', held.kind, 'cashed'))) then 'BQ' else 'OD' end;
    entry.dated_on := day;
    entry.label := held.number;
    entry.document := jsonb_build_object('module', 'accounting', 'kind', 'instrument', 'id', held.id, 'number', held.number);
    entry.command_id := command.id;
    entry.posted_by := command.actor_login;
    perform accounting.write_entry(entry, lines);
    return entry.id;
end $$;

create or replace function accounting.keep_move(moved accounting.instrument_moves) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
begin
    moved.id := gen_random_uuid();
    moved.moved_at := now();
    moved.fees := coalesce(moved.fees, 0);
    moved.fee_tax := coalesce(moved.fee_tax, 0);
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

create or replace function accounting.move_instrument(command core.commands, payload jsonb, slip uuid) returns jsonb
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    held accounting.instruments := accounting.lock_instrument((payload ->> 'instrument_id')::uuid);
    moved accounting.instrument_moves;
    before date := (select max(m.dated_on) from accounting.instrument_moves m where m.instrument_id = held.id);
begin
    moved.verb := payload ->> 'verb';
    moved.dated_on := (payload ->> 'on')::date;
    moved.fees := coalesce((payload ->> 'fees')::numeric, 0);
    moved.fee_tax := coalesce((payload ->> 'fee_tax')::numeric, 0);
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
    end if;
    if moved.verb = 'endorse' then
        held.endorsee_id := (payload ->> 'party_id')::uuid;
    elsif held.party_id is null then
        held.party_id := (payload ->> 'party_id')::uuid;
    end if;
    moved.entry_id := accounting.book_instrument(command, held, moved.dated_on, accounting.instrument_lines(
        held, held.state, moved.to_state, moved.dated_on, moved.fees, moved.fee_tax,
        coalesce((payload ->> 'is_rebilled')::boolean, false) and moved.to_state = 'unpaid'));
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
           slip_id = coalesce(slip, i.slip_id),
           location = coalesce(payload ->> 'location', i.location)
     where i.id = held.id;
    return jsonb_build_object('instrument_id', held.id, 'state', moved.to_state, 'entry_id', moved.entry_id);
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
    back.note := left(payload ->> 'note', 500);
    back.moved_by := command.actor_login;
    back.command_id := command.id;
    perform accounting.keep_move(back);
    update accounting.instruments i
       set state = last.from_state,
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
