-- What was posted stays; it is undone once, and says by whom and when.
create or replace function accounting.check_undone_once() returns trigger
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
begin
    if tg_op = 'DELETE' or old.undone_at is not null or new.undone_at is null
       or to_jsonb(new) - '{undone_at,undone_by}'::text[] <> to_jsonb(old) - '{undone_at,undone_by}'::text[] then
        perform core.refuse('core.append_only', jsonb_build_object('relation', tg_table_schema || '.' || tg_table_name));
    end if;
    return new;
end $$;
