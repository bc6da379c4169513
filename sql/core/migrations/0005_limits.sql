-- How far a user may go alone: {"till.discount": "5"}, by names that modules give.
-- Locks core.users for a moment.

alter table core.users
    add column limits jsonb not null default '{}',
    add constraint users_limits_are_named check (jsonb_typeof(limits) = 'object'),
    -- A limit that is no number would stop the facts that ask for it; one without end would be none.
    add constraint users_limits_are_amounts check (not jsonb_path_exists(limits,
        '$.* ? (!(@.type() == "string" && @ like_regex "^[0-9]{1,12}([.][0-9]{1,6})?$"))'));
