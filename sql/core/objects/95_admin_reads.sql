-- What the administrator's pages show. Row-level security of the tables below decides for each reader.

create or replace view core.user_list with (security_invoker = true) as
    select u.id, u.version, u.login, u.name, u.name_ar, u.language,
           array(select ur.role from core.user_roles ur where ur.user_id = u.id order by ur.role) as roles,
           array(select b.code from core.user_branches ub join core.branches b on b.id = ub.branch_id
                  where ub.user_id = u.id order by b.id is distinct from u.home_branch_id, b.code) as branches,
           u.sees_all_branches, u.is_active, core.fold(u.login || ' ' || u.name || ' ' || u.name_ar) as words
      from core.users u
     where not u.is_system;

create or replace view core.workstation_list with (security_invoker = true) as
    select w.id, w.name, w.prefix, w.login, b.code as branch, b.name as branch_name, b.name_ar as branch_name_ar,
           w.is_active, w.enrolled_at, w.last_seq,
           (select c.received_at from core.commands c
             where c.workstation_id = w.id and c.seq = w.last_seq limit 1) as last_seen_at
      from core.workstations w
      join core.branches b on b.id = w.branch_id;

create or replace view core.review_list with (security_invoker = true) as
    select r.id, r.code, r.details, r.raised_at, coalesce(b.code, '') as branch, c.id as command_id,
           c.name as command, coalesce(c.body::jsonb -> 'payload' ->> 'number', '') as number, c.seq,
           coalesce(w.prefix, '') as workstation, c.actor_login, coalesce(a.name, c.actor_login) as actor,
           c.happened_at, c.is_parked, r.resolved_at, coalesce(u.name, '') as resolved_by, r.note
      from core.reviews r
      join core.commands c on c.id = r.command_id
      left join core.branches b on b.id = r.branch_id
      left join core.workstations w on w.id = c.workstation_id
      left join core.users a on a.login = c.actor_login
      left join core.users u on u.id = r.resolved_by;

-- What a change changed; who stamped it is told beside it.
create or replace function core.changed_fields(old jsonb, new jsonb) returns text[]
    language sql immutable parallel safe set search_path = pg_catalog, pg_temp
as $$
    select case when old is null or new is null then '{}'
                else array(select n.key from jsonb_each(new) n
                            where n.value is distinct from old -> n.key
                              and n.key not in ('version', 'changed_xid')
                            order by n.key) end
$$;
comment on function core.changed_fields(jsonb, jsonb) is 'The columns in which two states of a row differ.';

create or replace view core.audit_list with (security_invoker = true) as
    select a.id, a.at, a.login, a.application, a.relation, a.key, a.operation,
           core.changed_fields(a.old, a.new) as changed
      from core.audit a;

create or replace function core.user_form_v1(who uuid) returns jsonb
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'user', (select jsonb_build_object(
                            'id', u.id, 'version', u.version, 'login', u.login, 'name', u.name, 'name_ar', u.name_ar,
                            'language', u.language, 'home_branch_id', u.home_branch_id,
                            'sees_all_branches', u.sees_all_branches, 'is_active', u.is_active,
                            'limits', u.limits, 'roles', array(select ur.role from core.user_roles ur
                                            where ur.user_id = u.id order by ur.role),
                            'branches', array(select ub.branch_id from core.user_branches ub
                                               where ub.user_id = u.id order by ub.branch_id))
                   from core.users u where u.id = who and not u.is_system),
        'roles', (select coalesce(jsonb_agg(jsonb_build_object('code', r.code, 'name', r.name) order by r.code), '[]')
                    from core.roles r where r.code <> 'system'),
        'branches', (select coalesce(jsonb_agg(jsonb_build_object('id', b.id, 'code', b.code, 'name', b.name,
                                                                  'name_ar', b.name_ar) order by b.code), '[]')
                       from core.branches b where b.id = any (core.branches())))
$$;
comment on function core.user_form_v1(uuid) is
    'A user, or none for a new one, with the roles and branches to choose from.';

grant select on core.user_list, core.workstation_list, core.review_list, core.audit_list to core_app;
grant execute on function core.changed_fields(jsonb, jsonb), core.user_form_v1(uuid) to core_app;
