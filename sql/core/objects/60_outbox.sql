-- An event is written in the transaction that made it true, with a job for each subscriber.

create or replace function core.publish_v1(topic text, payload jsonb) returns void
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    waiting jobs.procrastinate_job_to_defer_v1[];
begin
    with said as (
        insert into core.events (topic, payload) values (publish_v1.topic, publish_v1.payload) returning id)
    select array_agg(row ('default', s.task, 0, null, null,
                          jsonb_build_object('event_id', e.id, 'payload', publish_v1.payload),
                          null)::jobs.procrastinate_job_to_defer_v1)
      into waiting
      from said e join core.subscriptions s on s.topic = publish_v1.topic;
    if waiting is not null then
        perform jobs.procrastinate_defer_jobs_v1(waiting);
    end if;
end $$;
comment on function core.publish_v1(text, jsonb) is 'Tell the other modules, when this transaction commits.';

create or replace function core.notify_v1(branch uuid, permission text, about text, message text, details jsonb)
    returns void language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
    perform core.require('core.notification.raise');
    insert into core.notifications (branch_id, permission, about, message, details)
    values (branch, notify_v1.permission, notify_v1.about, notify_v1.message, notify_v1.details)
    on conflict on constraint notifications_are_said_once do nothing;
end $$;
comment on function core.notify_v1(uuid, text, text, text, jsonb) is
    'Tell the people of a branch something; saying it twice changes nothing.';

create or replace function core.read_notification_v1(notice uuid) returns void
    language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
    insert into core.notifications_read (notification_id, user_id)
    select notice, core.me() where core.me() is not null
    on conflict do nothing
$$;

create or replace function core.notification_list_v1(most integer default 50)
    returns table (id uuid, message text, details jsonb, raised_at timestamptz, is_read boolean)
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select n.id, n.message, n.details, n.raised_at,
           exists (select from core.notifications_read r where r.notification_id = n.id)
      from core.notifications n
     order by n.raised_at desc
     limit most
$$;

-- The worker's part: signatures are verified where Ed25519 exists, and forged ones are brought to light.
create or replace function core.unverified_v1(most integer)
    returns table (id uuid, hash text, signature text, public_keys text[])
    language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select c.id, c.hash, c.signature,
           array(select k.public_key from core.signing_keys k
                  where k.user_id = c.actor_id and k.workstation_id = c.workstation_id
                    and (k.revoked_at is null or k.revoked_at > c.received_at))
      from core.commands c
     where c.authenticity = 'unverified' and core.may('core.signature.verify')
     order by c.received_at
     limit most
$$;

create or replace function core.settle_signatures_v1(verdicts jsonb) returns void
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    genuine uuid[] := array(select key::uuid from jsonb_each(verdicts) where value = 'true');
    forged uuid[] := array(select key::uuid from jsonb_each(verdicts) where value = 'false');
begin
    perform core.require('core.signature.verify');
    update core.commands c set authenticity = 'verified'
     where c.id = any (genuine) and c.authenticity = 'unverified';
    with marked as (
        update core.commands c
           set authenticity = 'forged', state = case when c.state = 'applied' then 'flagged' else c.state end,
               flags = c.flags || core.flag('core.bad_signature', jsonb_build_object('login', c.actor_login))
         where c.id = any (forged) and c.authenticity = 'unverified'
        returning c.id, c.branch_id, c.actor_login)
    insert into core.reviews (command_id, branch_id, code, details)
    select m.id, m.branch_id, 'core.bad_signature', jsonb_build_object('login', m.actor_login) from marked m;
end $$;
comment on function core.settle_signatures_v1(jsonb) is
    'The worker''s verdict on signatures, {command id: genuine}; forged commands wait for a person.';

create or replace function core.end_sessions_v1(idle_for interval default '60 s') returns bigint
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
    perform core.require('core.session.end');
    return core.end_sessions(idle_for);
end $$;
comment on function core.end_sessions_v1(interval) is
    'The worker ends what holds locks without working, and what is disabled; how many sessions.';
grant execute on function core.end_sessions_v1(interval) to core_app;

comment on function core.read_notification_v1(uuid) is 'The signed-in user has read a notice.';
comment on function core.notification_list_v1(integer) is 'What the signed-in user was told, newest first.';
comment on function core.unverified_v1(integer) is 'Commands whose signatures the worker still has to verify.';

grant execute on function core.publish_v1(text, jsonb) to erp_owner;
grant execute on function core.notify_v1(uuid, text, text, text, jsonb) to erp_base;

grant execute on function core.read_notification_v1(uuid), core.notification_list_v1(integer),
    core.unverified_v1(integer), core.settle_signatures_v1(jsonb) to core_app;
grant insert, update, delete, select on core.subscriptions to erp_owner;
