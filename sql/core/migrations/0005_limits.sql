-- How far a user may go alone: {"till.discount": "5"}, by names that modules give.
-- Locks core.users for a moment.

alter table core.users
    add column limits jsonb not null default '{}',
    add constraint users_limits_are_named check (jsonb_typeof(limits) = 'object');
