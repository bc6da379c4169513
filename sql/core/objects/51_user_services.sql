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

-- Nobody grants what they lack, unless they may appoint administrators; nobody at all makes a worker.
create or replace function core.check_roles(wanted_roles text[]) returns void
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    lacking text;
begin
    if 'system' = any (wanted_roles)
       or exists (select from unnest(wanted_roles) r where not exists (select from core.roles k where k.code = r)) then
        perform core.refuse('core.unknown_role');
    end if;
    select rp.permission into lacking from core.role_permissions rp
     where rp.role = any (wanted_roles) and not core.may(rp.permission)
     order by rp.permission limit 1;
    if lacking is not null and not core.may('core.administrator.appoint') then
        perform core.refuse('core.not_permitted', jsonb_build_object('permission', lacking));
    end if;
end $$;

-- Whom an administrator may change: people of the administrator's own branches only.
create or replace function core.check_reach(wanted_branches uuid[], everywhere boolean) returns void
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
    if not wanted_branches <@ core.branches()
       or everywhere and not exists (select from core.users u where u.id = core.me() and u.sees_all_branches) then
        perform core.refuse('core.other_branch');
    end if;
end $$;

-- The replicas of branches that the user leaves must forget them.
create or replace function core.leave_branches(who core.users, kept uuid[], everywhere boolean) returns void
    language sql volatile set search_path = pg_catalog, pg_temp
as $$
    insert into core.tombstones (set_name, key, branch_id)
    select 'core.users', who.id::text, b.id from core.branches b
     where not everywhere and b.id <> all (kept)
       and (who.sees_all_branches
            or exists (select from core.user_branches ub where ub.user_id = who.id and ub.branch_id = b.id))
$$;

create or replace function core.add_user(draft core.users, roles text[], verifier text) returns core.users
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
begin
    insert into core.users (id, login, name, name_ar, language, home_branch_id, sees_all_branches, limits)
    values (draft.id, draft.login, draft.name, draft.name_ar, draft.language, draft.home_branch_id,
            draft.sees_all_branches, draft.limits)
    returning * into draft;
    perform core.login_create(draft.login, verifier, core.modules_of(roles));
    return draft;
end $$;

create or replace function core.change_user(was core.users, draft core.users, old_roles text[], new_roles text[],
                                            verifier text) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    before text[] := core.modules_of(old_roles);
    after text[] := core.modules_of(new_roles);
begin
    if was.is_system or was.version is distinct from draft.version then
        perform core.refuse('core.stale_record');
    end if;
    update core.users u
       set name = draft.name, name_ar = draft.name_ar, language = draft.language, version = u.version + 1,
           home_branch_id = draft.home_branch_id, sees_all_branches = draft.sees_all_branches, limits = draft.limits
     where u.id = was.id;
    perform core.login_modules(was.login, array(select unnest(after) except select unnest(before)),
                               array(select unnest(before) except select unnest(after)));
    if verifier is not null then
        perform core.login_password(was.login, verifier);
    end if;
end $$;

create or replace function core.save_user_v1(draft jsonb, verifier text default null) returns uuid
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    was core.users;
    given core.users := jsonb_populate_record(null::core.users, draft);
    new_roles text[] := array(select distinct jsonb_array_elements_text(draft -> 'roles') order by 1);
    new_branches uuid[] := array(select jsonb_array_elements_text(draft -> 'branches')::uuid);
    old_roles text[];
    old_branches uuid[];
begin
    perform core.require('core.user.manage');
    if cardinality(new_branches) = 0 or cardinality(new_roles) = 0 then
        perform core.refuse('core.user_needs_branch_and_role');
    end if;
    given.name_ar := coalesce(given.name_ar, '');
    given.home_branch_id := new_branches[1];
    given.sees_all_branches := coalesce(given.sees_all_branches, false);
    given.limits := coalesce(given.limits, '{}');
    perform core.check_roles(new_roles);
    perform core.check_reach(new_branches, given.sees_all_branches);
    select * into was from core.users u where u.id = given.id for no key update;
    if was.id is null then
        was := core.add_user(given, new_roles, verifier);
    else
        old_roles := array(select ur.role from core.user_roles ur where ur.user_id = was.id order by 1);
        old_branches := array(select ub.branch_id from core.user_branches ub where ub.user_id = was.id);
        -- Another administrator has to agree: alone, nobody gives themselves more.
        if was.id = core.me() and (old_roles <> new_roles or not new_branches <@ old_branches
                                   or given.limits <> was.limits
                                   or given.sees_all_branches > was.sees_all_branches) then
            perform core.refuse('core.not_yourself');
        end if;
        perform core.check_roles(old_roles);
        perform core.check_reach(old_branches, was.sees_all_branches);
        perform core.change_user(was, given, old_roles, new_roles, verifier);
        perform core.leave_branches(was, new_branches, given.sees_all_branches);
        delete from core.user_roles where user_id = was.id;
        delete from core.user_branches where user_id = was.id;
    end if;
    insert into core.user_roles select was.id, r from unnest(new_roles) r;
    insert into core.user_branches select distinct was.id, b from unnest(new_branches) b;
    return was.id;
end $$;
comment on function core.save_user_v1(jsonb, text) is
    'Creates (without version) or changes a user; a password comes as a SCRAM verifier.';

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
    perform core.check_reach(array(select ub.branch_id from core.user_branches ub where ub.user_id = who),
                             (select u.sees_all_branches from core.users u where u.id = who));
    update core.users u set is_active = enabled, version = u.version + 1
     where u.id = who and not u.is_system returning u.login into login;
    if login is null then
        perform core.refuse('core.not_found');
    end if;
    perform core.login_enable(login, enabled);
end $$;
comment on function core.enable_user_v1(uuid, boolean) is
    'Lets a user in or keeps them out; who is kept out loses every open session at once.';

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
    -- Two digits or as many as it takes: lpad alone would cut the hundredth short.
    select home.code || '-' || lpad((count(*) + 1)::text, greatest(2, length((count(*) + 1)::text)), '0')
      into new_prefix from core.workstations w where w.branch_id = home.id;
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
comment on function core.disable_workstation_v1(uuid) is 'Shuts a workstation out: one that was stolen, for instance.';

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
