-- Who changed what, and what the workstations still have to hear.
-- Locks nothing that exists.

create table core.audit (
    id           bigint      generated always as identity primary key,
    at           timestamptz not null default clock_timestamp(),
    login        text        not null,
    application  text        not null,
    relation     text        not null,
    key          text        not null,
    operation    text        not null constraint audit_operation_is_known
                             check (operation in ('INSERT', 'UPDATE', 'DELETE')),
    old          jsonb,
    new          jsonb,
    constraint audit_insert_has_new_only check (operation <> 'INSERT' or (old is null and new is not null)),
    constraint audit_delete_has_old_only check (operation <> 'DELETE' or (old is not null and new is null))
);
create index audit_at on core.audit using brin (at);
create index audit_relation_key on core.audit (relation, key);

-- Sets of rows that workstations keep a replica of, each read by a function of the owner.
create table core.feed_sets (
    name         text primary key,
    -- (after_xid xid8, after_key text, below xid8, seen pg_snapshot, most integer) returns setof core.feed_row
    reader       text not null
);

create type core.feed_row as (xid xid8, key text, content jsonb);

-- Rows that left a replica: deleted, or moved out of a branch's view.
create table core.tombstones (
    id           bigint generated always as identity primary key,
    set_name     text not null,
    key          text not null,
    -- The branch whose view was left; none means every branch.
    branch_id    uuid references core.branches (id),
    changed_xid  xid8 not null default pg_current_xact_id()
);
create index tombstones_changed_xid on core.tombstones (changed_xid);
