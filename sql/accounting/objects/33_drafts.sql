-- Drafts and templates: kept as typed, checked when they are posted.

create or replace function accounting.check_draft(draft jsonb) returns void
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
    perform core.require('accounting.entry.post');
    if (draft ->> 'branch_id')::uuid is null or (draft ->> 'branch_id')::uuid <> all (core.branches()) then
        perform core.refuse('core.other_branch');
    end if;
    if jsonb_typeof(draft -> 'lines') is distinct from 'array' or octet_length(draft::text) > 1048576 then
        perform core.refuse('accounting.entry_empty');
    end if;
    perform accounting.check_journal(draft ->> 'journal');
end $$;

create or replace function accounting.save_draft_v1(draft jsonb) returns bigint
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    seen bigint := coalesce((draft ->> 'version')::bigint, 0);
    kept bigint;
begin
    perform accounting.check_draft(draft);
    if exists (select from accounting.entries e where e.id = (draft ->> 'id')::uuid) then
        perform core.refuse('accounting.entry_posted_already',
            (select jsonb_build_object('number', e.number) from accounting.entries e where e.id = (draft ->> 'id')::uuid));
    end if;
    insert into accounting.entry_drafts as d (id, branch_id, journal, dated_on, label, lines, saved_by)
    values ((draft ->> 'id')::uuid, (draft ->> 'branch_id')::uuid, draft ->> 'journal', (draft ->> 'on')::date,
            coalesce(draft ->> 'label', ''), draft -> 'lines', session_user)
    on conflict (id) do update
       set version = d.version + 1, branch_id = excluded.branch_id, journal = excluded.journal,
           dated_on = excluded.dated_on, label = excluded.label, lines = excluded.lines, saved_by = excluded.saved_by,
           saved_at = now()
     where d.version = seen
    returning d.version into kept;
    if kept is null or (kept = 1 and seen > 0) then
        perform core.refuse('core.stale_record');
    end if;
    return kept;
end $$;
comment on function accounting.save_draft_v1(jsonb) is
    'Keeps {id, version?, branch_id, journal, on?, label?, lines}; returns the new version.';

create or replace function accounting.discard_draft_v1(draft uuid) returns void
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
    perform core.require('accounting.entry.post');
    delete from accounting.entry_drafts d where d.id = draft;
    if not found then
        perform core.refuse('core.not_found');
    end if;
end $$;
comment on function accounting.discard_draft_v1(uuid) is 'Takes a draft away; nothing was booked.';

grant execute on function accounting.save_draft_v1(jsonb), accounting.discard_draft_v1(uuid) to accounting_app;
