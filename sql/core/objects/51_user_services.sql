-- What an administrator of the ERP does with users and workstations.

-- The modules whose data a set of roles opens; everybody needs the core.
create or replace function core.modules_of(wanted_roles text[]) returns text[]
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select array(select distinct p.module from core.role_permissions rp
                   join core.permissions p on p.code = rp.permission
                  where rp.role = any (wanted_roles)
                 union select 'core')
$$;

-- Nobody grants what they lack: the roles may hold no permission that the administrator does not hold or manage.
create or replace function core.check_roles(wanted_roles text[]) returns void
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
    if exists (select from unnest(wanted_roles) r where not exists (select from core.roles k where k.code = r)) then
        perform core.refuse('core.unknown_role');
    elsif 'administrator' = any (wanted_roles) and not core.may('core.administrator.appoint') then
        perform core.refuse('core.not_permitted', '{"permission": "core.administrator.appoint"}');
    end if;
end $$;

create or replace function core.save_user_v1(draft jsonb, verifier text default null) returns uuid
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    who core.users;
    wanted_roles text[] := array(select jsonb_array_elements_text(draft -> 'roles'));
    wanted_branches uuid[] := array(select jsonb_array_elements_text(draft -> 'branches')::uuid);
    before text[];
    after text[] := core.modules_of(wanted_roles);
begin
    perform core.require('core.user.manage');
    perform core.check_roles(wanted_roles);
    if cardinality(wanted_branches) = 0 or cardinality(wanted_roles) = 0 then
        perform core.refuse('core.user_needs_branch_and_role');
    end if;
    select * into who from core.users u where u.id = (draft ->> 'id')::uuid for no key update;
    if who.id is null then
        insert into core.users (id, login, name, name_ar, language, home_branch_id, sees_all_branches)
        values ((draft ->> 'id')::uuid, draft ->> 'login', draft ->> 'name', coalesce(draft ->> 'name_ar', ''),
                draft ->> 'language', wanted_branches[1], coalesce((draft ->> 'sees_all_branches')::boolean, false))
        returning * into who;
        perform core.login_create(who.login, verifier, after);
    else
        if who.is_system or who.version <> (draft ->> 'version')::bigint then
            perform core.refuse('core.stale_record');
        end if;
        perform core.check_roles(array(select role from core.user_roles where user_id = who.id));
        before := core.modules_of(array(select role from core.user_roles where user_id = who.id));
        perform core.leave_branches(who.id, wanted_branches);
        update core.users u
           set name = draft ->> 'name', name_ar = coalesce(draft ->> 'name_ar', ''), language = draft ->> 'language',
               home_branch_id = wanted_branches[1], version = u.version + 1,
               sees_all_branches = coalesce((draft ->> 'sees_all_branches')::boolean, false)
         where u.id = who.id;
        perform core.login_modules(who.login, array(select unnest(after) except select unnest(before)),
                                   array(select unnest(before) except select unnest(after)));
        if verifier is not null then
            perform core.login_password(who.login, verifier);
        end if;
        delete from core.user_roles where user_id = who.id;
        delete from core.user_branches where user_id = who.id;
    end if;
    insert into core.user_roles select who.id, r from unnest(wanted_roles) r;
    insert into core.user_branches select who.id, b from unnest(wanted_branches) b;
    return who.id;
end $$;

-- The replicas of branches that the user leaves must forget them.
create or replace function core.leave_branches(who uuid, kept uuid[]) returns void
    language sql volatile set search_path = pg_catalog, pg_temp
as $$
    insert into core.tombstones (set_name, key, branch_id)
    select 'core.users', who::text, ub.branch_id from core.user_branches ub
     where ub.user_id = who and ub.branch_id <> all (kept)
$$;

create or replace function core.enable_user_v1(who uuid, enabled boolean) returns void
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    login text;
begin
    perform core.require('core.user.manage');
    if who = core.me() then
        perform core.refuse('core.not_yourself');
    end if;
    perform core.check_roles(array(select ur.role from core.user_roles ur where ur.user_id = who));
    update core.users u set is_active = enabled, version = u.version + 1
     where u.id = who and not u.is_system returning u.login into login;
    if login is null then
        perform core.refuse('core.not_found');
    end if;
    perform core.login_enable(login, enabled);
end $$;

create or replace function core.enrol_workstation_v1(draft jsonb, verifier text) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    new_prefix text;
    new_login text;
    home core.branches;
begin
    perform core.require('core.workstation.enrol');
    select * into home from core.branches b
     where b.id = (draft ->> 'branch_id')::uuid and b.id = any (core.branches()) for no key update;
    if home.id is null then
        perform core.refuse('core.other_branch');
    end if;
    select home.code || '-' || lpad((count(*) + 1)::text, 2, '0') into new_prefix
      from core.workstations w where w.branch_id = home.id;
    new_login := 'ws_' || lower(replace(new_prefix, '-', '_'));
    insert into core.workstations (id, branch_id, name, prefix, login)
    values ((draft ->> 'id')::uuid, home.id, draft ->> 'name', new_prefix, new_login);
    perform core.login_create(new_login, verifier, array['core']);
    return jsonb_build_object(
        'workstation_id', draft ->> 'id', 'name', draft ->> 'name', 'prefix', new_prefix, 'login', new_login,
        'branch_id', home.id, 'branch_code', home.code, 'branch_name', home.name, 'branch_name_ar', home.name_ar,
        'company', (select to_jsonb(c) - 'only_one' from core.company c));
end $$;
comment on function core.enrol_workstation_v1(jsonb, text) is
    'Gives a workstation its series and a login of its own; the password comes as a SCRAM verifier.';

create or replace function core.disable_workstation_v1(workstation uuid) returns void
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    device text;
begin
    perform core.require('core.workstation.enrol');
    update core.workstations w set is_active = false
     where w.id = workstation and w.branch_id = any (core.branches()) returning w.login into device;
    if device is null then
        perform core.refuse('core.not_found');
    end if;
    perform core.login_enable(device, false);
end $$;

create or replace function core.register_key_v1(workstation uuid, public_key text) returns void
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
    if core.me() is null then
        perform core.refuse('core.not_a_user');
    end if;
    insert into core.signing_keys (id, user_id, workstation_id, public_key)
    values (gen_random_uuid(), core.me(), workstation, public_key)
    on conflict do nothing;
end $$;
comment on function core.register_key_v1(uuid, text) is
    'The signed-in user states the key with which they sign on a workstation.';

grant execute on function core.save_user_v1(jsonb, text), core.enable_user_v1(uuid, boolean),
    core.enrol_workstation_v1(jsonb, text), core.disable_workstation_v1(uuid), core.register_key_v1(uuid, text)
    to core_app;
