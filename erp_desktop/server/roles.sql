-- Roles without login that the house stands on; run by the migrations, any number of times.

do $$
begin
    if to_regrole('erp_base') is null then create role erp_base nologin; end if;
    if to_regrole('erp_owner') is null then create role erp_owner nologin; end if;
    if to_regrole('erp_checker') is null then create role erp_checker nologin bypassrls; end if;
    if to_regrole('erp_useradmin') is null then create role erp_useradmin nologin createrole; end if;
    -- A freshly created user has no memberships at all: what PUBLIC may do must be nothing.
    execute format('revoke create, temporary on database %I from public', current_database());
end $$;

revoke all on schema public from public;
grant erp_base to erp_owner, erp_checker, erp_useradmin;
-- To end the sessions of those who are disabled, or who hold locks and do nothing.
grant pg_signal_backend, pg_read_all_stats to erp_useradmin;

-- Any user could hold our lock keys, or fill the disk with large objects or log records (RELIABILITY.md 2d).
do $$
declare
    routine regprocedure;
begin
    for routine in select p.oid from pg_proc p
                    where p.pronamespace = 'pg_catalog'::regnamespace
                      and (p.proname ~ '^(pg_advisory|pg_try_advisory)' or p.proname ~ '^lo_'
                           or p.proname in ('lowrite', 'pg_logical_emit_message')) loop
        execute format('revoke execute on function %s from public', routine);
    end loop;
end $$;
