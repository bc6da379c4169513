-- What happened, who wants to hear of it, and what people are told.
-- Locks nothing that exists.

create table core.events (
    id           bigint      generated always as identity primary key,
    topic        text        not null,
    payload      jsonb       not null,
    at           timestamptz not null default now()
);
create index events_topic on core.events (topic, id);

create table core.subscriptions (
    topic        text not null,
    task         text not null,
    primary key (topic, task)
);

create table core.notifications (
    id           uuid        primary key default gen_random_uuid(),
    branch_id    uuid        not null references core.branches (id),
    -- Only people with this permission are told.
    permission   text        not null references core.permissions (code),
    -- One notice per thing and day, however often its subscriber runs.
    about        text        not null,
    message      text        not null,
    details      jsonb       not null default '{}',
    raised_at    timestamptz not null default now(),
    constraint notifications_are_said_once unique (about)
);
create index notifications_branch_id_raised_at on core.notifications (branch_id, raised_at);

create table core.notifications_read (
    notification_id uuid not null references core.notifications (id),
    user_id         uuid not null references core.users (id),
    primary key (notification_id, user_id)
);
