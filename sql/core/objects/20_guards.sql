-- How tables are guarded. Each table's own file calls these, as the table's owner.

create or replace function core.audit_row() returns trigger
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    was jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) end;
    is_now jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) end;
begin
    insert into core.audit (login, application, relation, key, operation, old, new)
    values (session_user, current_setting('application_name'), tg_table_schema || '.' || tg_table_name,
            coalesce(is_now, was) ->> tg_argv[0], tg_op, was, is_now);
    return null;
end $$;
comment on function core.audit_row() is 'Writes who changed a row, from where, and how.';

create or replace function core.forbid() returns trigger
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
begin
    perform core.refuse('core.append_only', jsonb_build_object('relation', tg_table_schema || '.' || tg_table_name));
    return null;
end $$;
comment on function core.forbid() is 'Posted is posted: a correction is another row.';

create or replace function core.stamp() returns trigger
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
begin
    new.changed_xid := pg_current_xact_id();
    return new;
end $$;
comment on function core.stamp() is 'Tells the feed which transaction changed a row last.';

-- Everybody who may use the module sees all rows: master data and settings of the one company.
create or replace procedure core.share(relation regclass)
    language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
    execute format('alter table %s enable row level security, force row level security', relation);
    execute format('drop policy if exists shared on %s', relation);
    execute format('create policy shared on %s using (true) with check (true)', relation);
end $$;

-- Rows are seen and written only in the branches of the login, by whatever role it acts.
create or replace procedure core.keep_to_branch(relation regclass)
    language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
    execute format('alter table %s enable row level security, force row level security', relation);
    execute format('drop policy if exists own_branches on %s', relation);
    execute format('create policy own_branches on %s using (branch_id = any ((select core.branches())::uuid[]))', relation);
end $$;

-- The owner's own functions see every row; what others see, a policy of the table says.
create or replace procedure core.keep_to_owner(relation regclass)
    language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
    execute format('alter table %s enable row level security, force row level security', relation);
    execute format('drop policy if exists owner on %s', relation);
    execute format('drop policy if exists readers on %s', relation);
    execute format('create policy owner on %s to %I using (true) with check (true)', relation,
                   (select c.relowner::regrole::text from pg_class c where c.oid = relation));
end $$;

create or replace procedure core.keep_audit(relation regclass, key text default 'id')
    language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
    execute format('create or replace trigger audit after insert or update or delete on %s '
                   'for each row execute function core.audit_row(%L)', relation, key);
end $$;

create or replace procedure core.append_only(relation regclass)
    language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
    execute format('create or replace trigger append_only before update or delete on %s '
                   'for each row execute function core.forbid()', relation);
    execute format('create or replace trigger never_emptied before truncate on %s '
                   'for each statement execute function core.forbid()', relation);
end $$;

create or replace procedure core.feed_changes(relation regclass)
    language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
    execute format('create or replace trigger stamp before insert or update on %s for each row '
                   'when (new.changed_xid is distinct from pg_current_xact_id()) execute function core.stamp()', relation);
end $$;

grant execute on procedure core.share(regclass), core.keep_to_branch(regclass), core.keep_to_owner(regclass),
    core.keep_audit(regclass, text), core.append_only(regclass), core.feed_changes(regclass) to erp_owner;
grant execute on function core.audit_row(), core.forbid(), core.stamp() to erp_owner;
