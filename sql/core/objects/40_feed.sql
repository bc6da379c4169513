-- core.pull_v1: what changed since the workstation last asked, all sets in one round trip.
--
-- First load and long catch-up page by (xid, key) below a fixed bound; the running poll asks for what
-- the last snapshot did not see. Both lose no row under concurrent writers (RELIABILITY.md 2g).

create or replace function core.server_identity() returns jsonb
    language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'system', (select s.system_identifier::text from pg_control_system() s),
        'timeline', (select c.timeline_id from pg_control_checkpoint() c),
        'epoch', (select epoch from core.company),
        'now', clock_timestamp())
$$;

-- Rows of one set: with `seen`, those that snapshot did not see; else a page after (xid, key) below the bound.
create or replace function core.read_set(reader text, after_xid xid8, after_key text, below xid8, seen pg_snapshot,
                                         most integer)
    returns setof core.feed_row language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
    return query execute format('select * from %s($1, $2, $3, $4, $5)', reader)
           using after_xid, after_key, below, seen, most;
end $$;

create or replace function core.feed_tombstones(after_xid xid8, seen pg_snapshot) returns jsonb
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select coalesce(jsonb_agg(jsonb_build_object('set', t.set_name, 'key', t.key)), '[]')
      from core.tombstones t
     where t.changed_xid >= after_xid and after_xid > '0'     -- who begins has nothing to forget
       and (seen is null or not pg_visible_in_snapshot(t.changed_xid, seen))
       and (t.branch_id is null or t.branch_id = any (core.branches()))
$$;

create or replace function core.poll(sets jsonb, seen pg_snapshot, most integer) returns jsonb
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    wanted record;
    found_rows jsonb;
    rows jsonb := '{}';
begin
    for wanted in select f.name, f.reader from core.feed_sets f where sets ? f.name loop
        select coalesce(jsonb_agg(r.content), '[]') into found_rows
          from core.read_set(wanted.reader, pg_snapshot_xmin(seen), null, null, seen, most + 1) r;
        if jsonb_array_length(found_rows) > most then
            return null;                         -- too much for one answer: page instead
        elsif found_rows <> '[]' then
            rows := rows || jsonb_build_object(wanted.name, found_rows);
        end if;
    end loop;
    return jsonb_build_object('rows', rows, 'gone', core.feed_tombstones(pg_snapshot_xmin(seen), seen),
                              'more', false, 'position', jsonb_build_object('seen', pg_current_snapshot()::text));
end $$;

create or replace function core.page(sets jsonb, load jsonb, most integer) returns jsonb
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    bound xid8 := (load ->> 'bound')::xid8;
    wanted record;
    found_rows jsonb;
    last_xid text;
    last_key text;
    -- With the first page: a row that left and came back is on a later one.
    gone jsonb := case when load ? 'set' then '[]' else core.feed_tombstones((load ->> 'from')::xid8, null) end;
begin
    for wanted in select f.name, f.reader from core.feed_sets f
                   where sets ? f.name and f.name >= coalesce(load ->> 'set', '') order by f.name loop
        select coalesce(jsonb_agg(r.content order by r.xid, r.key), '[]'),
               (array_agg(r.xid::text order by r.xid desc, r.key desc))[1],
               (array_agg(r.key order by r.xid desc, r.key desc))[1]
          into found_rows, last_xid, last_key
          from core.read_set(wanted.reader,
                             case when wanted.name = load ->> 'set' then (load ->> 'xid')::xid8
                                  else (load ->> 'from')::xid8 end,
                             case when wanted.name = load ->> 'set' then load ->> 'key' end,
                             bound, null, most) r;
        continue when found_rows = '[]';
        return jsonb_build_object('rows', jsonb_build_object(wanted.name, found_rows), 'gone', gone,
            'more', true, 'position', jsonb_build_object('load',
                load || jsonb_build_object('set', wanted.name, 'xid', last_xid, 'key', last_key)));
    end loop;
    -- All sets are read below the bound; what came after it, the poll will find.
    return jsonb_build_object('rows', '{}'::jsonb, 'gone', gone,
        'more', true, 'position', jsonb_build_object('seen', format('%s:%s:', bound, bound)));
end $$;

create or replace function core.pull_v1(request jsonb) returns jsonb
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
declare
    sets jsonb := coalesce(request -> 'sets', '[]');
    place jsonb := coalesce(nullif(request -> 'position', 'null'), '{}');
    most integer;
    seen pg_snapshot;
    answer jsonb;
begin
    most := greatest(1, least(coalesce((request ->> 'limit')::numeric, 2000), 5000));
    seen := (place ->> 'seen')::pg_snapshot;
    -- PostgreSQL 15 reads any text as an xid8.
    if place ? 'load' and concat_ws('/', coalesce(place -> 'load' ->> 'from', '?'),
            coalesce(place -> 'load' ->> 'bound', '?'), place -> 'load' ->> 'xid') !~ '^[0-9]+/[0-9]+(/[0-9]+)?$' then
        raise invalid_text_representation;
    end if;
    if seen is not null then
        answer := core.poll(sets, seen, most);
    end if;
    if answer is null then
        answer := core.page(sets, coalesce(place -> 'load', jsonb_build_object(
            'from', coalesce(pg_snapshot_xmin(seen)::text, '0'),
            'bound', pg_snapshot_xmin(pg_current_snapshot())::text)), most);
    end if;
    return answer || jsonb_build_object('reset', false, 'server', core.server_identity());
exception when invalid_text_representation or numeric_value_out_of_range or invalid_parameter_value then
    return jsonb_build_object('rows', '{}'::jsonb, 'gone', '[]'::jsonb, 'more', true, 'reset', true,
                              'position', null, 'server', core.server_identity());
end $$;
comment on function core.pull_v1(jsonb) is 'One page of what changed for this login, and where to go on.';

-- Offers a set to workstations: `query` says xid (of the last change), key and content (jsonb) of its rows. Its reader
-- `<module>.feed_<set>` pages through them with the rights of its owner, who calls this.
create or replace procedure core.offer_feed(set_name text, query text)
    language plpgsql set search_path = pg_catalog, pg_temp
as $$
declare
    reader text := format('%I.%I', split_part(set_name, '.', 1), 'feed_' || split_part(set_name, '.', 2));
begin
    execute format(
        'create or replace function %s(after_xid xid8, after_key text, below xid8, seen pg_snapshot, most integer) '
        'returns setof core.feed_row language sql stable security definer set search_path = pg_catalog, pg_temp as %L',
        reader, format(
            'select f.xid, f.key, f.content from (%s) f '
            ' where f.xid >= after_xid and (after_key is null or (f.xid, f.key) > (after_xid, after_key)) '
            '   and (below is null or f.xid < below) and (seen is null or not pg_visible_in_snapshot(f.xid, seen)) '
            ' order by f.xid, f.key limit most', query));
    execute format('grant execute on function %s(xid8, text, xid8, pg_snapshot, integer) to core_owner', reader);
    insert into core.feed_sets (name, reader) values (set_name, reader)
        on conflict (name) do update set reader = excluded.reader;
end $$;
grant execute on procedure core.offer_feed(text, text) to erp_owner;

-- Rights for the replica: who may work at this branch's workstations, and with which permissions.
call core.offer_feed('core.users', $$
    select u.changed_xid as xid, u.id::text as key,
           jsonb_build_object(
               'id', u.id, 'login', u.login, 'name', u.name, 'name_ar', u.name_ar, 'language', u.language,
               'is_active', u.is_active, 'limits', u.limits::text,
               'permissions', (select coalesce(string_agg(distinct rp.permission, ' '), '')
                                 from core.user_roles ur join core.role_permissions rp on rp.role = ur.role
                                where ur.user_id = u.id)) as content
      from core.users u
     where not u.is_system
       and (u.sees_all_branches or exists (select from core.user_branches ub
             where ub.user_id = u.id and ub.branch_id = any ((select core.branches())::uuid[])))
$$);

grant execute on function core.pull_v1(jsonb) to core_app;
grant insert, update, select on core.feed_sets to erp_owner;
grant insert on core.tombstones to erp_owner;
grant execute on function core.server_identity() to core_app;
