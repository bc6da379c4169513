-- The company, its branches, its people and what they may do.
-- Locks nothing that exists.

create table core.company (
    id           uuid    primary key,
    name         text    not null,
    name_ar      text    not null default '',
    country      text    not null constraint company_country_is_known check (country in ('DZ', 'MA', 'TN')),
    currency     text    not null,
    identifiers  jsonb   not null default '{}',
    address      text    not null default '',
    address_ar   text    not null default '',
    phone        text    not null default '',
    -- Grows when the database is restored or copied: workstations then send their journals again.
    epoch        integer not null default 1,
    -- Programs below this version may not sign in; their tills go on selling offline.
    min_client   text    not null default '0.1.0',
    only_one     boolean not null default true unique constraint company_is_one check (only_one)
);

create table core.branches (
    id           uuid    primary key,
    version      bigint  not null default 1,
    code         text    not null constraint branches_code_is_taken unique
                         constraint branches_code_is_short_and_upper_case check (code ~ '^[A-Z0-9]{2,6}$'),
    name         text    not null,
    name_ar      text    not null default '',
    is_active    boolean not null default true,
    metadata     jsonb   not null default '{}'
);
create index branches_metadata on core.branches using gin (metadata);

create table core.roles (
    code         text primary key,
    name         text not null
);

create table core.permissions (
    code         text primary key,
    module       text not null
);

create table core.role_permissions (
    role         text not null references core.roles (code),
    permission   text not null references core.permissions (code),
    primary key (role, permission)
);

create table core.users (
    id                uuid        primary key,
    version           bigint      not null default 1,
    login             text        not null constraint users_login_is_taken unique
                                  constraint users_login_is_a_plain_word check (login ~ '^[a-z][a-z0-9_]{2,30}$'),
    name              text        not null,
    name_ar           text        not null default '',
    language          text        not null default 'fr'
                                  constraint users_language_is_known check (language in ('ar', 'fr', 'en')),
    home_branch_id    uuid        references core.branches (id),
    sees_all_branches boolean     not null default false,
    is_active         boolean     not null default true,
    is_system         boolean     not null default false,
    changed_xid       xid8        not null default pg_current_xact_id(),
    created_at        timestamptz not null default now()
);

create table core.user_branches (
    user_id      uuid not null references core.users (id),
    branch_id    uuid not null references core.branches (id),
    primary key (user_id, branch_id)
);

create table core.user_roles (
    user_id      uuid not null references core.users (id),
    role         text not null references core.roles (code),
    primary key (user_id, role)
);

create table core.workstations (
    id             uuid        primary key,
    branch_id      uuid        not null references core.branches (id),
    name           text        not null,
    prefix         text        not null constraint workstations_prefix_is_taken unique
                               constraint workstations_prefix_is_short check (prefix ~ '^[A-Z0-9]{2,6}-[0-9]{2,3}$'),
    login          text        not null constraint workstations_login_is_taken unique,
    is_active      boolean     not null default true,
    enrolled_at    timestamptz not null default now(),
    -- The chain of its journal, as far as the gate has seen it.
    last_seq       bigint      not null default 0,
    last_hash      text        not null default repeat('0', 64)
);

-- The public halves of the keys with which authors sign on a workstation.
create table core.signing_keys (
    id             uuid        primary key,
    user_id        uuid        not null references core.users (id),
    workstation_id uuid        not null references core.workstations (id),
    public_key     text        not null constraint signing_keys_are_ed25519 check (public_key ~ '^[0-9a-f]{64}$'),
    registered_at  timestamptz not null default now(),
    revoked_at     timestamptz,
    unique (user_id, workstation_id, public_key)
);
