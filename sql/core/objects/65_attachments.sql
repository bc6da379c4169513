-- Files that belong to documents: seen by who sees the document, never erased.

call core.share('core.attachment_kinds'::regclass);
call core.keep_to_owner('core.attachments'::regclass);
comment on table core.attachment_kinds is 'no-audit: written by the modules when they are installed';
comment on table core.attachments is 'no-audit: says itself who added and who removed a file';

-- Told by a module: who sees and who adds the files of its documents.
create or replace procedure core.offer_attachments(offered text, view_permission text, edit_permission text)
    language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
    insert into core.attachment_kinds as k (kind, view_permission, edit_permission)
    values (offered, view_permission, edit_permission)
    on conflict (kind) do update
       set view_permission = excluded.view_permission, edit_permission = excluded.edit_permission;
end $$;
grant execute on procedure core.offer_attachments(text, text, text) to erp_owner;
grant insert, update, select on core.attachment_kinds to erp_owner;

create or replace function core.visible_attachments_v1() returns text[]
    language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select array(select k.kind from core.attachment_kinds k where core.may(k.view_permission))
$$;
comment on function core.visible_attachments_v1() is 'The kinds of documents whose files the signed-in user may see.';

drop policy if exists readers on core.attachments;
create policy readers on core.attachments for select to core_app
    using (removed_at is null and (branch_id is null or branch_id = any ((select core.branches())::uuid[]))
           and kind = any ((select core.visible_attachments_v1())::text[]));
grant select on core.attachments to core_app;
grant execute on function core.visible_attachments_v1() to core_app;

-- For modules that hand documents on, such as the package for the auditor: what the user sees, as on the pages. What is
-- asked once for all rows stands in sub-selects.
create or replace view core.readable_attachments with (security_invoker = true) as
    select a.* from core.attachments a
     where a.removed_at is null and (a.branch_id is null or a.branch_id = any ((select core.branches())::uuid[]))
       and a.kind = any ((select core.visible_attachments_v1())::text[]);
comment on view core.readable_attachments is 'The files that the signed-in user may see.';

create or replace function core.attachment_list_v1()
    returns table (id uuid, kind text, subject_id uuid, name text, size integer, sha256 text, added_by text, added_at timestamptz)
    language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select a.id, a.kind, a.subject_id, a.name, a.size, a.sha256, a.added_by, a.added_at from core.readable_attachments a
$$;
comment on function core.attachment_list_v1() is 'All files that the signed-in user may see, without their content.';

create or replace function core.attachment_content_v1(wanted uuid) returns bytea
    language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select a.content from core.readable_attachments a where a.id = wanted
$$;
comment on function core.attachment_content_v1(uuid) is 'The content of a file that the signed-in user may see; null of others.';
grant execute on function core.attachment_list_v1(), core.attachment_content_v1(uuid) to erp_owner;

create or replace function core.attach_v1(attachment jsonb, content bytea) returns void
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    branch uuid := (attachment ->> 'branch_id')::uuid;
    needed text := (select k.edit_permission from core.attachment_kinds k where k.kind = attachment ->> 'kind');
begin
    if needed is null then
        perform core.refuse('core.not_found');
    end if;
    perform core.require(needed);
    if branch is not null and branch <> all (core.branches()) then
        perform core.refuse('core.other_branch');
    end if;
    insert into core.attachments (id, kind, subject_id, branch_id, name, content, size, sha256, added_by)
    values ((attachment ->> 'id')::uuid, attachment ->> 'kind', (attachment ->> 'subject_id')::uuid, branch,
            attachment ->> 'name', content, octet_length(content), encode(sha256(content), 'hex'), session_user);
end $$;
comment on function core.attach_v1(jsonb, bytea) is
    'Keeps a file of at most 10 MiB with {id, kind, subject_id, branch_id?, name}.';

create or replace function core.detach_v1(attachment uuid) returns void
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    known core.attachments;
begin
    select * into known from core.attachments a
     where a.id = attachment and a.removed_at is null
       and (a.branch_id is null or a.branch_id = any (core.branches())) for no key update;
    if known.id is null then
        perform core.refuse('core.not_found');
    end if;
    perform core.require((select k.edit_permission from core.attachment_kinds k where k.kind = known.kind));
    update core.attachments a set removed_by = session_user, removed_at = now() where a.id = known.id;
end $$;
comment on function core.detach_v1(uuid) is 'Shows a file with its document no more; its content stays.';

grant execute on function core.attach_v1(jsonb, bytea), core.detach_v1(uuid) to core_app;
