-- Users, roles and workstations, made by an ERP administrator who has no CREATEROLE.
-- runs as: superuser

-- No backslash: a session may turn `standard_conforming_strings` off. What PostgreSQL would not take for a
-- verifier it would hash as a password, in clear in its log: so the lengths are exact.
create or replace function core.check_verifier(verifier text) returns void
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
    if coalesce(verifier, '') !~ '^SCRAM-SHA-256[$][1-9][0-9]{3,6}:[A-Za-z0-9+/]{22}==[$][A-Za-z0-9+/]{43}=:[A-Za-z0-9+/]{43}=$' then
        perform core.refuse('core.password_in_clear');
    end if;
end $$;

-- erp_useradmin may create roles and belongs to nobody; only core_owner may call what it owns.
create or replace function core.login_create(login text, verifier text, modules text[]) returns void
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    module text;
begin
    perform core.check_verifier(verifier);
    if login !~ '^[a-z][a-z0-9_]{2,30}$' then
        perform core.refuse('core.login_unusable');
    end if;
    execute format('create role %I login noinherit nosuperuser nocreatedb nocreaterole noreplication nobypassrls '
                   'connection limit 6 password %L', login, verifier);
    foreach module in array modules loop
        execute format('grant %I to %I', module || '_app', login);
    end loop;
exception when duplicate_object then
    perform core.refuse('core.login_taken', jsonb_build_object('login', login));
end $$;

create or replace function core.login_modules(login text, opened text[], closed text[]) returns void
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    module text;
begin
    foreach module in array opened loop
        execute format('grant %I to %I', module || '_app', login);
    end loop;
    foreach module in array closed loop
        execute format('revoke %I from %I', module || '_app', login);
    end loop;
end $$;

create or replace function core.login_password(login text, verifier text) returns void
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
    perform core.check_verifier(verifier);
    execute format('alter role %I password %L', login, verifier);
end $$;

create or replace function core.login_enable(login text, enabled boolean) returns void
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
    execute format('alter role %I %s', login, case when enabled then 'login' else 'nologin' end);
    if not enabled then
        perform pg_terminate_backend(a.pid) from pg_stat_activity a where a.usename = login;
    end if;
end $$;

-- Who holds locks and does nothing stops a branch, and may switch every timeout off; who slipped in while being
-- disabled stays until somebody looks. The people and computers of the ERP only, never a superuser.
create or replace function core.end_sessions(idle_for interval) returns bigint
    language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
    select count(pg_terminate_backend(a.pid))
      from pg_stat_activity a
      join pg_roles r on r.oid = a.usesysid
     where not r.rolsuper and pg_has_role(r.oid, 'core_app', 'member')
       and (not r.rolcanlogin
            or a.state like 'idle in transaction%' and a.state_change < clock_timestamp() - idle_for)
$$;

alter function core.end_sessions(interval) owner to erp_useradmin;
alter function core.check_verifier(text) owner to core_owner;
alter function core.login_create(text, text, text[]) owner to erp_useradmin;
alter function core.login_modules(text, text[], text[]) owner to erp_useradmin;
alter function core.login_password(text, text) owner to erp_useradmin;
alter function core.login_enable(text, boolean) owner to erp_useradmin;
revoke all on function core.end_sessions(interval), core.check_verifier(text), core.login_create(text, text, text[]), core.login_modules(text, text[], text[]),
    core.login_password(text, text), core.login_enable(text, boolean) from public;
grant execute on function core.end_sessions(interval), core.login_create(text, text, text[]), core.login_modules(text, text[], text[]),
    core.login_password(text, text), core.login_enable(text, boolean) to core_owner;
grant execute on function core.check_verifier(text) to core_owner, erp_useradmin;
