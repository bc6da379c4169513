-- core.execute_v1: the one gate for what moves money or goods.
--
-- Idempotent by id and content: the same command twice is applied once and answered twice.
-- Each handler runs in a subtransaction, so a poisoned command leaves the others alone.

-- These had other parameters once.
drop function if exists core.read_envelope(jsonb), core.objections(core.commands, core.command_types),
    core.run_handler(core.commands, core.command_types);

create or replace function core.answer(id uuid, state text, result jsonb, flags jsonb, replayed boolean default false)
    returns jsonb language plpgsql immutable set search_path = pg_catalog, pg_temp
as $$
begin
    return jsonb_build_object('id', id, 'state', state, 'result', result, 'flags', flags, 'replayed', replayed);
end $$;

create or replace function core.flag(code text, details jsonb default '{}') returns jsonb
    language plpgsql immutable set search_path = pg_catalog, pg_temp
as $$
begin
    return jsonb_build_array(jsonb_build_object('code', code, 'details', details));
end $$;

-- What cannot be genuine has no effect, is kept as evidence, and blocks no id for the genuine one.
create or replace function core.turn_away(id uuid, code text, envelope jsonb) returns jsonb
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
begin
    -- Enough to recognise it; a liar must not fill the disk.
    insert into core.incidents (login, code, envelope)
    values (session_user, code, case when octet_length(envelope::text) <= 65536 then envelope
                                     else jsonb_build_object('body', left(envelope ->> 'body', 16384)) end);
    return core.answer(id, 'refused', '{}', core.flag(code));
end $$;

-- Who sends what, and is the text the one that was chained? Null when all is well.
create or replace function core.distrust(command core.commands, sender core.workstations) returns text
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
    if command.workstation_id is null then
        return case when command.actor_login <> session_user::text or sender.id is not null then 'core.not_you' end;
    elsif sender.id is distinct from command.workstation_id or not sender.is_active then
        return 'core.other_workstation';
    elsif command.prev !~ '^[0-9a-f]{64}$'
       or encode(sha256(decode(command.prev, 'hex') || convert_to(command.body, 'UTF8')), 'hex') <> command.hash then
        return 'core.altered';
    end if;
    return null;
end $$;

-- Where the command stands in its workstation's chain; a gap or a fork is flagged, never lost.
create or replace function core.follow_chain(command core.commands, sender core.workstations) returns jsonb
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    place jsonb := jsonb_build_object('expected', sender.last_seq + 1, 'seq', command.seq);
begin
    if command.seq > sender.last_seq then
        update core.workstations set last_seq = command.seq, last_hash = command.hash where id = sender.id;
        return case when command.seq > sender.last_seq + 1 then core.flag('core.sequence_gap', place)
                    when command.prev <> sender.last_hash then core.flag('core.chain_broken', place)
                    else '[]' end;
    elsif exists (select from core.commands c where c.workstation_id = sender.id and c.seq = command.seq
                                                and c.id <> command.id) then
        return core.flag('core.sequence_fork', place);
    end if;
    return core.flag('core.sequence_late', place);
end $$;

-- The command and its payload; without an id where it cannot be read.
create or replace function core.open_envelope(envelope jsonb, out command core.commands, out payload jsonb)
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    content jsonb;
begin
    content := (envelope ->> 'body')::jsonb;
    payload := content -> 'payload';
    select (content ->> 'id')::uuid, content ->> 'name', envelope ->> 'body',
           sha256(convert_to(envelope ->> 'body', 'UTF8')), content ->> 'actor', (content ->> 'workstation')::uuid,
           (content ->> 'seq')::bigint, coalesce(envelope ->> 'prev', ''), coalesce(envelope ->> 'hash', ''),
           coalesce(envelope ->> 'signature', ''), (content ->> 'at')::timestamptz, now()
      into command.id, command.name, command.body,
           command.content_hash, command.actor_login, command.workstation_id,
           command.seq, command.prev, command.hash,
           command.signature, command.happened_at, command.received_at;
    -- What neither a clock nor a journal can say would stop those who read it later.
    if command.happened_at not between '1970-01-01' and '2200-01-01' or content ->> 'at' !~ '^[0-9]{4}-'
       or (command.workstation_id is null) <> (command.seq is null) or command.seq not between 1 and 1000000000000
       or length(command.actor_login) > 63 or length(command.name) > 63
       or command.name is null or command.actor_login is null or command.happened_at is null
       or jsonb_typeof(payload) is distinct from 'object' then
        command := null;
    end if;
exception when others then
    command := null;
end $$;

-- Write the command down; false if its id is known already.
create or replace function core.take_down(command core.commands) returns boolean
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
begin
    insert into core.commands (id, name, body, content_hash, actor_login, actor_id, workstation_id, branch_id, seq,
                               prev, hash, signature, happened_at, received_from, authenticity)
    values (command.id, command.name, command.body, command.content_hash, command.actor_login, command.actor_id,
            command.workstation_id, command.branch_id, command.seq, command.prev, command.hash, command.signature,
            command.happened_at, session_user,
            case when command.workstation_id is null then 'direct' else 'unverified' end)
    on conflict (id) do nothing;
    return found;
end $$;

create or replace function core.replay(command core.commands, envelope jsonb) returns jsonb
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    known core.commands;
begin
    select * into known from core.commands c where c.id = command.id;
    if known.content_hash <> command.content_hash then
        return core.turn_away(command.id, 'core.id_reused', envelope);
    end if;
    return core.answer(known.id, known.state, known.result, known.flags, true);
end $$;

-- Run the handler; a fact whose handler fails is parked, a request is refused.
create or replace function core.run_handler(command core.commands, kind core.command_types, payload jsonb)
    returns jsonb language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    outcome jsonb;
    problem text;
    code text;
    details text;
    origin text;
begin
    execute format('select %s($1, $2)', kind.handler)
       into outcome using command, payload;
    -- A deferred check that fails must fail here, where it can be told apart, not at commit.
    set constraints all immediate;
    set constraints all deferred;
    return jsonb_build_object('parked', false, 'result', outcome -> 'result',
                              'flags', coalesce(outcome -> 'flags', '[]'));
exception
    when serialization_failure or deadlock_detected or lock_not_available or query_canceled
         or insufficient_resources or operator_intervention then
        raise;
    when others then
        get stacked diagnostics problem = message_text, code = returned_sqlstate,
                                details = pg_exception_detail, origin = constraint_name;
        return jsonb_build_object('parked', true, 'result', '{}'::jsonb, 'flags',
            case when code = 'ERP01' then core.flag(problem, coalesce(nullif(details, ''), '{}')::jsonb)
                 else core.flag('core.handler_failed',
                                jsonb_build_object('sqlstate', code, 'problem', problem, 'constraint', origin)) end);
end $$;

create or replace function core.settle(command core.commands, kind core.command_types, outcome jsonb, flags jsonb)
    returns jsonb language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    raised jsonb := flags || (outcome -> 'flags');
    failed boolean := (outcome ->> 'parked')::boolean;
    is_fact boolean := coalesce(kind.is_fact, false);
    verdict text := case when failed and not is_fact then 'refused'
                         when raised <> '[]' then 'flagged'
                         else 'applied' end;
begin
    update core.commands c
       set state = verdict, is_parked = failed and is_fact,
           result = outcome -> 'result', flags = raised
     where c.id = command.id;
    if verdict = 'flagged' then
        insert into core.reviews (command_id, branch_id, code, details)
        select command.id, command.branch_id, f ->> 'code', coalesce(f -> 'details', '{}')
          from jsonb_array_elements(raised) f;
    end if;
    return core.answer(command.id, verdict, outcome -> 'result', raised);
end $$;

-- What stands against it before its handler runs; a request is refused for it, a fact is flagged.
create or replace function core.objections(command core.commands, kind core.command_types, is_allowed boolean,
                                           is_at_home boolean)
    returns jsonb language plpgsql immutable set search_path = pg_catalog, pg_temp
as $$
begin
    if command.actor_id is null then
        return core.flag('core.unknown_actor', jsonb_build_object('login', command.actor_login));
    elsif not is_allowed then
        return core.flag('core.not_permitted', jsonb_build_object('permission', kind.permission));
    elsif not is_at_home then
        return core.flag('core.other_branch');
    end if;
    return '[]';
end $$;

-- Who sends directly may work in several branches, and names one: what happened there is read there only.
create or replace function core.named_branch(payload jsonb, home uuid) returns uuid
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    named text := payload ->> 'branch_id';
begin
    return case when named = any (core.branches()::text[]) then named::uuid else home end;
end $$;

create or replace function core.execute_one(envelope jsonb) returns jsonb
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    opened record := core.open_envelope(envelope);
    command core.commands := opened.command;
    sender core.workstations;
    kind core.command_types;
    actor record;
    doubt text;
    flags jsonb := '[]';
    against jsonb;
begin
    if command.id is null then
        return core.turn_away(null, 'core.unreadable', envelope);
    end if;
    select * into sender from core.workstations w where w.login = session_user::text collate "default" for no key update;
    doubt := core.distrust(command, sender);
    if doubt is not null then
        return core.turn_away(command.id, doubt, envelope);
    end if;
    select u.id, t as kind, coalesce(sender.branch_id, u.home_branch_id) as branch_id,
           core.user_may(u.id, t.permission) as is_allowed,
           sender.id is null or u.sees_all_branches
           or exists (select from core.user_branches ub
                       where ub.user_id = u.id and ub.branch_id = sender.branch_id) as is_at_home
      into actor
      from (select command.actor_login as login, command.name) c
      left join core.users u on u.login = c.login
      left join core.command_types t on t.name = c.name;
    command.actor_id := actor.id;
    command.branch_id := case when sender.id is null then core.named_branch(opened.payload, actor.branch_id)
                              else actor.branch_id end;
    if not core.take_down(command) then
        return core.replay(command, envelope);
    end if;
    if sender.id is not null then
        flags := core.follow_chain(command, sender);
    end if;
    kind := actor.kind;
    if kind.name is null then
        return core.settle(command, kind, jsonb_build_object('parked', true, 'result', '{}'::jsonb, 'flags',
                           core.flag('core.unknown_command', jsonb_build_object('name', command.name))), '[]');
    end if;
    -- Who sends directly is there to be told: for them, a fact is a request.
    kind.is_fact := kind.is_fact and sender.id is not null;
    against := core.objections(command, kind, actor.is_allowed, actor.is_at_home);
    if against <> '[]' and not kind.is_fact then
        return core.settle(command, kind,
                           jsonb_build_object('parked', true, 'result', '{}'::jsonb, 'flags', against), '[]');
    end if;
    return core.settle(command, kind, core.run_handler(command, kind, opened.payload), flags || against);
end $$;

-- Every statement below looks up known keys in an index: planning it anew for each sale, or reading a whole
-- table because it is still small, would cost more than running it.
create or replace function core.execute_v1(batch jsonb) returns jsonb
    language plpgsql volatile security definer set plan_cache_mode = force_generic_plan
    set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
    set search_path = pg_catalog, pg_temp
as $$
declare
    answers jsonb[] := '{}';
begin
    if jsonb_typeof(batch) is distinct from 'array' or jsonb_array_length(batch) > 200
       or pg_column_size(batch) > 4194304 then
        perform core.refuse('core.batch_too_large');
    end if;
    for place in 0 .. jsonb_array_length(batch) - 1 loop
        answers := answers || core.execute_one(batch -> place);
    end loop;
    return to_jsonb(answers);
end $$;
comment on function core.execute_v1(jsonb) is
    'Takes a JSON list of envelopes (erp_desktop.core.commands); answers each, in order.';

-- A person looked at a parked fact, mended its cause and wants it booked now.
create or replace function core.retry_v1(parked_command uuid) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    command core.commands;
    kind core.command_types;
    outcome jsonb;
begin
    perform core.require('core.review.resolve');
    select * into command from core.commands c
     where c.id = parked_command and c.is_parked and c.branch_id = any (core.branches()) for no key update;
    if command.id is null then
        perform core.refuse('core.not_found');
    end if;
    select * into kind from core.command_types t where t.name = command.name;
    outcome := core.run_handler(command, kind, command.body::jsonb -> 'payload');
    if (outcome ->> 'parked')::boolean then
        return core.answer(command.id, command.state, '{}', outcome -> 'flags');
    end if;
    update core.reviews set resolved_at = now(), resolved_by = core.me(), note = 'booked again'
     where command_id = command.id and resolved_at is null;
    return core.settle(command, kind, outcome, '[]');
end $$;

create or replace function core.resolve_review_v1(review uuid, words text) returns void
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
    perform core.require('core.review.resolve');
    update core.reviews r set resolved_at = now(), resolved_by = core.me(), note = words
     where r.id = review and r.resolved_at is null and r.branch_id = any (core.branches());
    if not found then
        perform core.refuse('core.not_found');
    end if;
end $$;

create or replace function core.requester_of(wanted uuid) returns uuid
    language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select c.actor_id from core.commands c join core.command_types t on t.name = c.name
     where c.id = wanted and (not t.is_fact or c.workstation_id is null)
$$;
comment on function core.requester_of(uuid) is
    'Who asked for what a command does, signed in or not; null for a fact that a workstation brings, which has happened.';

comment on function core.retry_v1(uuid) is 'Books a parked fact again, once its cause is mended.';
comment on function core.resolve_review_v1(uuid, text) is 'A person has looked at a flagged fact, and says what was done.';

grant execute on function core.execute_v1(jsonb), core.retry_v1(uuid), core.resolve_review_v1(uuid, text) to core_app;
grant execute on function core.flag(text, jsonb), core.requester_of(uuid) to erp_owner;
