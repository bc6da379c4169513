-- How an instrument comes into the books, and how many go to the bank together.

-- A RIB as the country counts it: 24 digits in Morocco, 20 elsewhere; the key is checked where it covers them all.
create or replace function accounting.is_rib(rib text) returns boolean
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select case when rib !~ '^[0-9]+$' then false
                when c.country = 'ma' then length(rib) = 24 and rib::numeric % 97 = 0
                when c.country = 'tn' then length(rib) = 20 and rib::numeric % 97 = 0
                else length(rib) = 20 end
      from core.company c
$$;

create or replace function accounting.instrument_of(payload jsonb, author text) returns accounting.instruments
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    held accounting.instruments;
    wrong text;
begin
    held := jsonb_populate_record(null::accounting.instruments, payload
        - '{state,slip_id,endorsee_id,paid,account_id,registered_by,registered_at}'::text[]);
    held.id := coalesce(held.id, gen_random_uuid());
    held.registered_by := author;
    held.registered_at := now();
    held.number := btrim(coalesce(held.number, ''));
    held.paid := 0;
    held.is_guarantee := coalesce(held.is_guarantee, false);
    held.document := coalesce(held.document, '{}');
    held.currency := (select c.currency from core.company c);
    held.rib := regexp_replace(coalesce(held.rib, ''), '\s', '', 'g');
    held.bank := coalesce(held.bank, '');
    held.drawer := coalesce(held.drawer, '');
    held.place := coalesce(held.place, '');
    held.aval := coalesce(held.aval, '');
    held.domiciliation := coalesce(held.domiciliation, '');
    held.location := coalesce(held.location, '');
    held.qr_text := coalesce(held.qr_text, '');
    held.state := case when held.direction = 'issued' then 'issued' when held.is_guarantee then 'guarantee'
                       else 'received' end;
    wrong := case when (held.direction in ('received', 'issued')) is not true then 'direction'
                  when (held.kind in ('cheque', 'bill')) is not true then 'kind'
                  when held.number = '' then 'number'
                  when accounting.is_amount(held.amount) is not true then 'amount'
                  when held.due_on is null then 'due_on'
                  when held.rib <> '' and not accounting.is_rib(held.rib) then 'rib'
                  when held.qr_ceiling < held.amount then 'qr_ceiling'
                  when held.qr_expires_on < held.issued_on then 'qr_expires_on' end;
    if wrong is not null then
        perform core.refuse('accounting.instrument_incomplete', jsonb_build_object('field', wrong));
    end if;
    return held;
end $$;

create or replace function accounting.keep_instrument(held accounting.instruments, day date, entry uuid, command uuid)
    returns void language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    moved accounting.instrument_moves;
begin
    held.account_id := (select a.id from accounting.accounts a
                         where a.code = accounting.instrument_account(held, held.state, day));
    insert into accounting.instruments select held.*;
    moved.instrument_id := held.id;
    moved.branch_id := held.branch_id;
    moved.verb := 'register';
    moved.from_state := 'none';
    moved.to_state := held.state;
    moved.dated_on := day;
    moved.amount := held.amount;
    moved.entry_id := entry;
    moved.moved_by := held.registered_by;
    moved.command_id := command;
    perform accounting.keep_move(moved);
end $$;

-- For sales and till: the payment's own entry has put the amount where it stands, so nothing is booked here.
create or replace function accounting.receive_instrument_v1(taken jsonb) returns uuid
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    held accounting.instruments := accounting.instrument_of(taken || '{"direction": "received", "is_guarantee": false}',
                                                            coalesce(taken ->> 'by', session_user::text));
    day date := (select e.dated_on from accounting.entries e where e.id = (taken ->> 'entry_id')::uuid);
begin
    perform accounting.keep_instrument(held, coalesce(day, held.issued_on), (taken ->> 'entry_id')::uuid,
                                       (taken ->> 'command_id')::uuid);
    return held.id;
end $$;
comment on function accounting.receive_instrument_v1(jsonb) is
    'Takes {id?, branch_id, kind, number, amount, issued_on, due_on, party_id?, document, entry_id, by, command_id, '
    'bank?, rib?, drawer?, ...} into the portfolio.';
grant execute on function accounting.receive_instrument_v1(jsonb) to sales_owner, till_owner;

create or replace function accounting.register_instrument_v1(command core.commands, payload jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    held accounting.instruments := accounting.instrument_of(payload - 'document', command.actor_login);
    standing accounting.instruments;
    day date := (payload ->> 'on')::date;
    entry uuid;
begin
    held.bank_account := accounting.instrument_bank(payload);
    held.branch_id := coalesce(held.branch_id, command.branch_id);
    if held.branch_id is null or held.branch_id <> all (core.branches()) then
        perform core.refuse('core.other_branch');
    elsif day is null then
        perform core.refuse('accounting.day_missing');
    elsif held.party_id is null then
        perform core.refuse('accounting.instrument_party_missing', jsonb_build_object('number', held.number));
    end if;
    standing := held;
    standing.state := 'none';
    entry := accounting.book_instrument(command, held, day,
                                        accounting.instrument_lines(standing, held.state, day, held.amount));
    perform accounting.keep_instrument(held, day, entry, command.id);
    return jsonb_build_object('result', jsonb_build_object('instrument_id', held.id, 'state', held.state,
                                                           'entry_id', entry));
end $$;
comment on function accounting.register_instrument_v1(core.commands, jsonb) is
    'Handler: {id?, branch_id?, on, direction, kind, number, party_id, amount, issued_on?, due_on, bank?, rib?, drawer?, '
    'place?, aval?, domiciliation?, location?, qr_text?, qr_expires_on?, qr_ceiling?, is_guarantee?, bank_account?}.';

create or replace function accounting.deposit_instruments_v1(command core.commands, payload jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    slip accounting.deposit_slips;
    place text;
    wanted uuid;
begin
    slip.id := coalesce((payload ->> 'slip_id')::uuid, gen_random_uuid());
    slip.branch_id := coalesce((payload ->> 'branch_id')::uuid, command.branch_id);
    slip.purpose := payload ->> 'purpose';
    slip.dated_on := (payload ->> 'on')::date;
    slip.year := extract(year from slip.dated_on);
    slip.bank_account := accounting.instrument_bank(payload);
    slip.made_by := command.actor_login;
    slip.command_id := command.id;
    if slip.branch_id is null or slip.branch_id <> all (core.branches()) then
        perform core.refuse('core.other_branch');
    elsif slip.dated_on is null then
        perform core.refuse('accounting.day_missing');
    elsif (slip.purpose in ('collection', 'discount') and jsonb_typeof(payload -> 'instruments') = 'array'
           and jsonb_array_length(payload -> 'instruments') > 0) is not true then
        perform core.refuse('accounting.slip_empty');
    elsif exists (select from jsonb_array_elements_text(payload -> 'instruments') p (id)
                    join accounting.instruments i on i.id = p.id::uuid where i.branch_id <> slip.branch_id) then
        perform core.refuse('core.other_branch');
    end if;
    -- One slip of a branch after the other, so that their numbers have no gap.
    perform pg_advisory_xact_lock(hashtextextended('accounting.deposit_slips' || slip.branch_id, 0));
    slip.sequence := 1 + (select count(*) from accounting.deposit_slips s
                           where s.branch_id = slip.branch_id and s.year = slip.year);
    select b.code into place from core.branches b where b.id = slip.branch_id;
    slip.number := format('BR-%s-%s-%s', place, slip.year,
                          lpad(slip.sequence::text, greatest(6, length(slip.sequence::text)), '0'));
    insert into accounting.deposit_slips select slip.*;
    for wanted in select p.id::uuid from jsonb_array_elements_text(payload -> 'instruments') p (id) order by 1 loop
        perform accounting.move_instrument(command, jsonb_build_object('instrument_id', wanted, 'on', slip.dated_on,
            'bank_account', slip.bank_account,
            'verb', case slip.purpose when 'discount' then 'discount' else 'deposit' end), slip.id);
    end loop;
    return jsonb_build_object('result', jsonb_build_object('slip_id', slip.id, 'number', slip.number));
end $$;
comment on function accounting.deposit_instruments_v1(core.commands, jsonb) is
    'Handler: {slip_id?, branch_id?, on, purpose: collection | discount, bank_account?, instruments: [id]}.';

grant execute on function accounting.register_instrument_v1(core.commands, jsonb),
    accounting.deposit_instruments_v1(core.commands, jsonb) to core_owner;
insert into core.command_types (name, module, permission, is_fact, handler)
values ('accounting.register_instrument_v1', 'accounting', 'accounting.instrument.move', false, 'accounting.register_instrument_v1'),
       ('accounting.deposit_instruments_v1', 'accounting', 'accounting.instrument.move', false, 'accounting.deposit_instruments_v1')
    on conflict (name) do update set permission = excluded.permission, is_fact = excluded.is_fact,
                                     handler = excluded.handler;
