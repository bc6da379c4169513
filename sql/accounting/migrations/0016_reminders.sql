-- Reminders in three levels: their texts, who is not reminded, and what was sent. Locks nothing that exists.

-- What is written at each level from a day on.
create table accounting.reminder_levels (
    id          uuid     primary key,
    version     bigint   not null default 1,
    level       smallint not null constraint reminder_levels_are_three check (level between 1 and 3),
    valid_from  date     not null,
    -- After the due date for the first level, after the level before for the others.
    days        integer  not null constraint reminder_levels_days_are_few check (days between 1 and 365),
    fee         numeric  not null default 0 constraint reminder_levels_fee_is_no_gift check (fee >= 0),
    title       text     not null constraint reminder_levels_title_is_there check (btrim(title) <> ''),
    title_ar    text     not null constraint reminder_levels_title_ar_is_there check (btrim(title_ar) <> ''),
    body        text     not null constraint reminder_levels_body_is_there check (btrim(body) <> ''),
    body_ar     text     not null constraint reminder_levels_body_ar_is_there check (btrim(body_ar) <> ''),
    constraint reminder_levels_begin_once unique (level, valid_from)
);

-- Whom nobody reminds: there is a dispute, or the customer promised to pay by a day.
create table accounting.reminder_holds (
    id         uuid        primary key,
    party_id   uuid        not null references accounting.party_names (party_id),
    kind       text        not null constraint reminder_holds_kind_is_known check (kind in ('dispute', 'promise')),
    reason     text        not null constraint reminder_holds_have_a_reason check (btrim(reason) <> ''),
    until      date,
    held_by    text        not null,
    held_at    timestamptz not null default now(),
    lifted_by  text,
    lifted_at  timestamptz,
    constraint reminder_holds_promises_name_a_day check (kind <> 'promise' or until is not null),
    constraint reminder_holds_are_lifted_by_somebody check ((lifted_by is null) = (lifted_at is null))
);
create unique index reminder_holds_one_each on accounting.reminder_holds (party_id) where lifted_at is null;

-- Letters, with the words that they said.
create table accounting.reminders (
    id         uuid        primary key,
    branch_id  uuid        not null references core.branches (id),
    party_id   uuid        not null,
    level      smallint    not null constraint reminders_level_is_known check (level between 1 and 3),
    dated_on   date        not null,
    fee        numeric     not null,
    total      numeric     not null constraint reminders_ask_for_something check (total > 0),
    texts      jsonb       not null,
    sent_by    text        not null,
    sent_at    timestamptz not null default now()
);
create index reminders_branch_id on accounting.reminders (branch_id, dated_on);
create index reminders_party_id on accounting.reminders (party_id);

create table accounting.reminder_lines (
    reminder_id  uuid     not null references accounting.reminders (id),
    entry_id     uuid     not null,
    line_no      integer  not null,
    branch_id    uuid     not null,
    level        smallint not null constraint reminder_lines_level_is_known check (level between 1 and 3),
    before       smallint generated always as (nullif(level - 1, 0)) stored,
    dated_on     date     not null,
    due_on       date     not null,
    open         numeric  not null constraint reminder_lines_are_open check (open > 0),
    -- Each level once, and never one without the one before.
    primary key (entry_id, line_no, level),
    constraint reminder_lines_skip_no_level
        foreign key (entry_id, line_no, before) references accounting.reminder_lines (entry_id, line_no, level)
);
create index reminder_lines_reminder_id on accounting.reminder_lines (reminder_id);
