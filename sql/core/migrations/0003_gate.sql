-- The gate: what may be commanded, what was, and what somebody still has to look at.
-- Locks nothing that exists.

create table core.command_types (
    name         text    primary key constraint command_types_are_versioned check (name ~ '^[a-z]+\.[a-z_]+_v[0-9]+$'),
    module       text    not null,
    permission   text    not null references core.permissions (code),
    -- A fact has happened and is never refused; a request may be.
    is_fact      boolean not null,
    -- (command core.commands, payload jsonb) returns jsonb
    handler      text    not null
);

create table core.commands (
    id              uuid        primary key,
    name            text        not null,
    body            text        not null,
    content_hash    bytea       not null,
    actor_login     text        not null,
    actor_id        uuid        references core.users (id),
    workstation_id  uuid        references core.workstations (id),
    branch_id       uuid        references core.branches (id),
    seq             bigint,
    prev            text        not null default '',
    hash            text        not null default '',
    signature       text        not null default '',
    -- By the workstation's clock; posting dates are the server's.
    happened_at     timestamptz not null,
    received_at     timestamptz not null default now(),
    received_from   text        not null,
    state           text        not null default 'running'
                                constraint commands_state_is_known
                                check (state in ('running', 'applied', 'flagged', 'refused')),
    -- A fact whose handler failed: recorded, not booked, waits for a person.
    is_parked       boolean     not null default false,
    result          jsonb       not null default '{}',
    flags           jsonb       not null default '[]',
    -- Nothing to verify without a workstation; else the worker verifies the author's signature.
    authenticity    text        not null default 'direct'
                                constraint commands_authenticity_is_known
                                check (authenticity in ('direct', 'unverified', 'verified', 'forged')),
    constraint commands_of_a_workstation_are_numbered
        check ((workstation_id is null) = (seq is null))
-- Each row is written twice, with and then without an answer to come: its page keeps room for both.
) with (fillfactor = 50);
create index commands_workstation_id_seq on core.commands (workstation_id, seq);
create index commands_branch_id_received_at on core.commands (branch_id, received_at);
create index commands_unverified on core.commands (received_at) where authenticity = 'unverified';

-- Facts that were recorded against a rule, until somebody has looked.
create table core.reviews (
    id            uuid        primary key default gen_random_uuid(),
    command_id    uuid        not null references core.commands (id),
    branch_id     uuid        references core.branches (id),
    code          text        not null,
    details       jsonb       not null default '{}',
    raised_at     timestamptz not null default now(),
    resolved_at   timestamptz,
    resolved_by   uuid        references core.users (id),
    note          text        not null default '',
    constraint reviews_are_resolved_by_somebody check ((resolved_at is null) = (resolved_by is null))
);
create index reviews_open on core.reviews (branch_id, raised_at) where resolved_at is null;

-- What was sent to the gate and cannot be genuine: kept as evidence, without effect.
create table core.incidents (
    id            bigint      generated always as identity primary key,
    at            timestamptz not null default now(),
    login         text        not null,
    code          text        not null,
    envelope      jsonb       not null
);
