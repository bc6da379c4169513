-- core.hello_v1: the one round trip of signing in.

create or replace function core.hello_v1(client_version text) returns jsonb
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
declare
    who core.users;
    firm core.company;
begin
    select * into who from core.users u where u.login = session_user::text collate "default" and u.is_active;
    select * into firm from core.company;
    if who.id is null then
        perform core.refuse('core.not_a_user');
    elsif string_to_array(client_version, '.')::integer[] < string_to_array(firm.min_client, '.')::integer[] then
        perform core.refuse('core.client_too_old', jsonb_build_object('minimum', firm.min_client));
    end if;
    return jsonb_build_object(
        'server_version', current_setting('server_version_num')::integer,
        'server', core.server_identity(),
        'company', to_jsonb(firm) - 'only_one',
        'user', to_jsonb(who),
        'roles', (select coalesce(jsonb_agg(ur.role), '[]') from core.user_roles ur where ur.user_id = who.id),
        'permissions', (select coalesce(jsonb_agg(distinct rp.permission), '[]')
                          from core.user_roles ur join core.role_permissions rp on rp.role = ur.role
                         where ur.user_id = who.id),
        'branches', (select coalesce(jsonb_agg(jsonb_build_object('id', b.id, 'code', b.code, 'name', b.name,
                                                                  'name_ar', b.name_ar)
                                     order by b.id <> who.home_branch_id, b.code), '[]')
                       from core.branches b where b.id = any (core.branches())));
end $$;
comment on function core.hello_v1(text) is 'Who signed in, what they may do, and which server this is.';

grant execute on function core.hello_v1(text) to core_app;
