-- Entries by hand: drafts, templates, cost centres, reversals; locks by role and the end of a year.
-- Locks accounting.journals, entries, entry_lines and periods for a moment; no new column is computed from old rows.

-- Where people write; the other journals are written by sales, till and stock only.
alter table accounting.journals
    add column is_manual boolean not null default false,
    add column is_active boolean not null default true;
update accounting.journals set is_manual = true where code in ('OD', 'AN');

create table accounting.cost_centres (
    code         text    primary key constraint cost_centres_code_is_plain check (code ~ '^[A-Z0-9_-]{1,12}$'),
    version      bigint  not null default 1,
    name         text    not null,
    name_ar      text    not null default '',
    is_active    boolean not null default true
);

alter table accounting.entry_lines
    add column cost_centre text references accounting.cost_centres (code);
create index entry_lines_cost_centre on accounting.entry_lines (cost_centre) where cost_centre is not null;

-- An entry is reversed once; its reversal may be reversed in turn.
alter table accounting.entries
    add column reverses_id uuid references accounting.entries (id);
create unique index entries_reverses_id on accounting.entries (reverses_id) where reverses_id is not null;

-- Entries by hand only: the page of an entry asks which accounts stand against each other, sales need no such index.
create index entries_by_hand on accounting.entries (journal, dated_on) where document = '{}';

-- Not booked yet: may be incomplete. The id becomes the entry's.
create table accounting.entry_drafts (
    id           uuid        primary key,
    version      bigint      not null default 1,
    branch_id    uuid        not null references core.branches (id),
    journal      text        not null references accounting.journals (code),
    dated_on     date,
    label        text        not null default '',
    lines        jsonb       not null default '[]' constraint entry_drafts_lines_are_a_list check (jsonb_typeof(lines) = 'array'),
    saved_by     text        not null,
    saved_at     timestamptz not null default now()
);
create index entry_drafts_branch_id on accounting.entry_drafts (branch_id);

-- What is entered again and again. With an interval it falls due by itself; a person posts it, unless it says otherwise.
create table accounting.entry_templates (
    id           uuid    primary key,
    version      bigint  not null default 1,
    branch_id    uuid    not null references core.branches (id),
    name         text    not null,
    journal      text    not null references accounting.journals (code),
    label        text    not null default '',
    lines        jsonb   not null default '[]' constraint entry_templates_lines_are_a_list check (jsonb_typeof(lines) = 'array'),
    every_months integer constraint entry_templates_come_within_years check (every_months between 1 and 60),
    starts_on    date,
    ends_on      date,
    -- How often it was posted: the next day is counted from the first, so that 31 January never becomes 28.
    times        integer not null default 0,
    is_automatic boolean not null default false,
    is_active    boolean not null default true,
    constraint entry_templates_name_is_taken unique (branch_id, name),
    constraint entry_templates_know_when check ((every_months is null) = (starts_on is null))
);

-- The day before which a role posts nothing.
create table accounting.role_locks (
    role          text   primary key,
    version       bigint not null default 1,
    locked_before date   not null
);

-- What closes a year stands in a period of one day of its own, so that a month keeps its figures.
alter table accounting.periods
    add column kind text not null default 'month' constraint periods_kind_is_known check (kind in ('month', 'closing', 'opening')),
    add column reason text not null default '',
    drop constraint periods_state_is_known,
    add constraint periods_state_is_known check (state in ('open', 'closed', 'final')),
    drop constraint periods_start_once,
    add constraint periods_start_once unique (starts_on, kind);

create table accounting.years (
    year         integer     primary key constraint years_are_years check (year between 1990 and 2199),
    state        text        not null constraint years_state_is_known check (state in ('provisional', 'final')),
    runs         integer     not null default 1,
    closed_by    text        not null,
    closed_at    timestamptz not null default now()
);
