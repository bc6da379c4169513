-- Cash sessions: opened with a counted float, closed with a count; what is missing or too much is booked.

-- Cash that moved between the drawer and somewhere else.
create or replace function till.book_cash(command core.commands, document jsonb, rule text, amounts jsonb) returns jsonb
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
begin
    if not exists (select from jsonb_array_elements(amounts) a where (a ->> 'value')::numeric <> 0) then
        return '{"flags": []}';
    end if;
    return accounting.post_v1(jsonb_build_object(
        'id', gen_random_uuid(), 'rule', rule, 'branch_id', command.branch_id,
        'on', (till.day_of(command)).day, 'is_fact', true, 'label', document ->> 'number', 'document', document,
        'command_id', command.id, 'by', command.actor_login, 'currency', (select c.currency from core.company c),
        'amounts', amounts));
end $$;

create or replace function till.moved(reason text, amount numeric) returns jsonb
    language plpgsql immutable set search_path = pg_catalog, pg_temp
as $$
begin
    return jsonb_build_array(jsonb_build_object('amount', 'moved', 'qualifier', reason, 'value', amount));
end $$;

-- Amounts are amounts, and cash that was counted by note and coin is worth what it says.
create or replace function till.check_counts(payload jsonb, amounts jsonb, cash numeric default null) returns void
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
    if exists (select from jsonb_each_text(amounts) a
                where ((a.value::numeric >= 0 and a.value::numeric < 1e12
                        and scale(a.value::numeric) <= core.decimals()) is not true))
       or cash <> (select sum(c.key::numeric * c.value::numeric) from jsonb_each_text(payload -> 'counts') c) then
        perform till.refuse_figures(payload, 'count');
    end if;
end $$;

create or replace function till.open_session_v1(command core.commands, payload jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    document jsonb := jsonb_build_object('module', 'till', 'kind', 'session', 'id', payload -> 'session_id',
                                         'number', payload -> 'number');
    amount numeric := (payload ->> 'float')::numeric;
    earlier text;
    before record;
    posted jsonb;
    flags jsonb;
begin
    perform till.check_series(command, payload ->> 'number', 'S');
    earlier := till.number_before(payload ->> 'number');
    perform till.check_counts(payload, jsonb_build_object('float', amount), amount);
    flags := till.gap(payload ->> 'number', earlier is null or exists (
        select from till.sessions s where s.number = earlier));
    select s.number, c.left_in_drawer into before
      from till.sessions s left join till.closings c on c.session_id = s.id
     where s.workstation_id = command.workstation_id
     order by s.opened_at desc limit 1;
    if before.number is not null and before.left_in_drawer is null then
        flags := flags || core.flag('till.session_left_open', jsonb_build_object('session', before.number));
    end if;
    insert into till.sessions (id, branch_id, workstation_id, number, opened_at, opened_by, currency, float, counts, command_id)
    values ((payload ->> 'session_id')::uuid, command.branch_id, command.workstation_id, payload ->> 'number',
            command.happened_at, command.actor_login, payload ->> 'currency', amount,
            coalesce(payload -> 'counts', '{}'), command.id);
    -- What was left in the drawer is there; what was put to it came out of the safe.
    posted := till.book_cash(command, document, 'till.cash_move',
                             till.moved('safe', amount - coalesce(before.left_in_drawer, 0)));
    return jsonb_build_object('result', jsonb_build_object('session_id', payload -> 'session_id', 'number', payload -> 'number'),
                              'flags', flags || (posted -> 'flags'));
end $$;
comment on function till.open_session_v1(core.commands, jsonb) is
    'Handler: {session_id, number, currency, float, counts: {denomination: how many}}.';

create or replace function till.move_cash_v1(command core.commands, payload jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    document jsonb := jsonb_build_object('module', 'till', 'kind', 'cash_move', 'id', payload -> 'move_id',
                                         'number', payload -> 'number');
    amount numeric := (payload ->> 'amount')::numeric;
    earlier text;
    session record;
    posted jsonb;
    flags jsonb;
begin
    perform till.check_series(command, payload ->> 'number', 'C');
    earlier := till.number_before(payload ->> 'number');
    perform till.check_counts(payload, jsonb_build_object('amount', abs(amount)));
    flags := till.gap(payload ->> 'number', earlier is null or exists (
        select from till.cash_moves m where m.number = earlier));
    session := till.session_of(command, payload);
    if session.session_id is null then
        perform core.refuse('till.session_not_open', jsonb_build_object('number', payload ->> 'number'));
    end if;
    posted := till.book_cash(command, document, 'till.cash_move', till.moved(payload ->> 'reason', amount));
    insert into till.cash_moves (id, session_id, branch_id, number, amount, reason, note, moved_at, cashier, command_id, entry_id)
    values ((payload ->> 'move_id')::uuid, session.session_id, command.branch_id, payload ->> 'number', amount,
            payload ->> 'reason', left(coalesce(payload ->> 'note', ''), 200), command.happened_at, command.actor_login,
            command.id, (posted ->> 'entry_id')::uuid);
    return jsonb_build_object('result', jsonb_build_object('number', payload -> 'number', 'entry', posted -> 'number'),
                              'flags', flags || session.flags || (posted -> 'flags'));
end $$;
comment on function till.move_cash_v1(core.commands, jsonb) is
    'Handler: {move_id, number, session_id, amount (negative goes out), reason: bank|safe|expense|other, note}.';

-- What must be there by way of paying: {"cash", "card", "cheque"}.
create or replace function till.expected(session uuid) returns jsonb
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'cash', (s.float + coalesce(p.cash, 0)
                 + coalesce((select sum(m.amount) from till.cash_moves m where m.session_id = s.id), 0))::text,
        'card', coalesce(p.card, 0)::text, 'cheque', coalesce(p.cheque, 0)::text)
      from till.sessions s
     cross join lateral (select sum(p.amount) filter (where p.method = 'cash') as cash,
                                sum(p.amount) filter (where p.method = 'card') as card,
                                sum(p.amount) filter (where p.method = 'cheque') as cheque
                           from till.tickets t join till.payments p on p.ticket_id = t.id
                          where t.session_id = s.id) p
     where s.id = session
$$;

create or replace function till.close_session_v1(command core.commands, payload jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    document jsonb := jsonb_build_object('module', 'till', 'kind', 'session', 'id', payload -> 'session_id',
                                         'number', payload -> 'number');
    counted jsonb := payload -> 'counted';
    left_in numeric := (payload ->> 'left_in_drawer')::numeric;
    session record;
    expected jsonb;
    differences jsonb;
    difference numeric;
    allowed numeric := core.user_limit(command.actor_id, 'till.difference');
    posted jsonb;
    moved jsonb;
    flags jsonb := '[]';
begin
    perform till.check_series(command, payload ->> 'number', 'S');
    perform till.check_counts(payload, counted || jsonb_build_object('left', left_in), (counted ->> 'cash')::numeric);
    session := till.session_of(command, payload);
    if session.session_id is null or session.flags <> '[]' then
        perform core.refuse('till.session_not_open', jsonb_build_object('number', payload ->> 'number'));
    end if;
    expected := till.expected(session.session_id);
    select jsonb_agg(jsonb_build_object('amount', e.key, 'value', (counted ->> e.key)::numeric - e.value::numeric)),
           sum((counted ->> e.key)::numeric - e.value::numeric)
      into differences, difference
      from jsonb_each_text(expected) e;
    if exists (select from jsonb_each_text(expected) e where e.value::numeric <> (payload -> 'expected' ->> e.key)::numeric) then
        flags := flags || core.flag('till.expected_differs', jsonb_build_object('session', payload ->> 'number'));
    end if;
    if abs(difference) > allowed then
        flags := flags || core.flag('till.difference_above_limit', jsonb_build_object(
            'session', payload ->> 'number', 'difference', difference::text, 'limit', allowed::text));
    end if;
    posted := till.book_cash(command, document, 'till.difference', differences || jsonb_build_array(
        jsonb_build_object('amount', 'difference', 'value', difference)));
    moved := till.book_cash(command, document, 'till.cash_move',
                            till.moved('safe', left_in - (counted ->> 'cash')::numeric));
    insert into till.closings (session_id, branch_id, number, closed_at, closed_by, expected, counted, counts, difference,
                               left_in_drawer, note, command_id, entry_id)
    values (session.session_id, command.branch_id, payload ->> 'number', command.happened_at, command.actor_login, expected,
            counted, coalesce(payload -> 'counts', '{}'), difference, left_in, left(coalesce(payload ->> 'note', ''), 500),
            command.id, coalesce(posted ->> 'entry_id', moved ->> 'entry_id')::uuid);
    perform core.publish_v1('till.session_closed', document || jsonb_build_object('branch_id', command.branch_id));
    return jsonb_build_object('result', jsonb_build_object('number', payload -> 'number', 'difference', difference::text,
                                                           'entry', posted -> 'number'),
                              'flags', flags || (posted -> 'flags') || (moved -> 'flags'));
end $$;
comment on function till.close_session_v1(core.commands, jsonb) is
    'Handler: {session_id, number, counts, counted: {cash, card, cheque}, expected, left_in_drawer, note}.';

grant execute on function till.open_session_v1(core.commands, jsonb), till.move_cash_v1(core.commands, jsonb),
    till.close_session_v1(core.commands, jsonb) to core_owner;

call core.permit('till.session.open', '{cashier,manager}');
call core.permit('till.session.close', '{cashier,manager}');
call core.permit('till.cash.move', '{cashier,manager}');
call core.permit('till.session.view', '{cashier,manager,accountant}');
insert into core.command_types (name, module, permission, is_fact, handler)
values ('till.open_session_v1', 'till', 'till.session.open', true, 'till.open_session_v1'),
       ('till.move_cash_v1', 'till', 'till.cash.move', true, 'till.move_cash_v1'),
       ('till.close_session_v1', 'till', 'till.session.close', true, 'till.close_session_v1')
    on conflict (name) do update set permission = excluded.permission, is_fact = excluded.is_fact,
                                     handler = excluded.handler;
