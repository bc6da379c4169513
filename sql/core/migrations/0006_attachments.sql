-- Files that belong to documents: a scanned bill with its entry. Kept here, so that a backup has them.

-- To what files can belong, and who may see and add them; modules say it.
create table core.attachment_kinds (
    kind            text primary key constraint attachment_kinds_are_plain check (kind ~ '^[a-z_]+\.[a-z_]+$'),
    view_permission text not null,
    edit_permission text not null
);

create table core.attachments (
    id           uuid        primary key,
    kind         text        not null references core.attachment_kinds (kind),
    subject_id   uuid        not null,
    branch_id    uuid        references core.branches (id),
    name         text        not null constraint attachments_have_a_name check (length(name) between 1 and 200 and name !~ '[/\\]'),
    content      bytea       not null constraint attachments_fit check (octet_length(content) between 1 and 10485760),
    size         bigint      not null,
    sha256       text        not null,
    added_by     text        not null,
    added_at     timestamptz not null default now(),
    removed_by   text,
    removed_at   timestamptz,
    constraint attachments_are_removed_by_somebody check ((removed_by is null) = (removed_at is null))
);
-- Pictures and PDFs are packed already.
alter table core.attachments alter column content set storage external;
create index attachments_subject_id on core.attachments (subject_id, kind);
