-- The chart, the journals, the periods, and entries that balance and never change.
-- Locks nothing that exists; refers to core.branches, core.users and core.commands.

create table accounting.accounts (
    id           uuid    primary key,
    version      bigint  not null default 1,
    code         text    not null constraint accounts_code_is_taken unique
                         constraint accounts_code_is_digits check (code ~ '^[0-9]{1,12}$'),
    name         text    not null,
    name_ar      text    not null default '',
    is_active    boolean not null default true,
    metadata     jsonb   not null default '{}'
);
create index accounts_metadata on accounting.accounts using gin (metadata);

create table accounting.journals (
    code         text primary key,
    name         text not null,
    name_ar      text not null default ''
);

create table accounting.periods (
    id           uuid primary key,
    version      bigint not null default 1,
    starts_on    date not null constraint periods_start_once unique,
    ends_on      date not null,
    state        text not null default 'open' constraint periods_state_is_known check (state in ('open', 'closed')),
    constraint periods_end_after_they_start check (ends_on >= starts_on),
    constraint periods_are_within_a_year check (extract(year from starts_on) = extract(year from ends_on))
);

-- Gapless: counted up inside the posting function, in the posting transaction.
create table accounting.series (
    journal      text    not null references accounting.journals (code),
    branch_id    uuid    not null references core.branches (id),
    year         integer not null,
    last_number  bigint  not null default 0,
    primary key (journal, branch_id, year)
);

create table accounting.entries (
    id           uuid        primary key,
    journal      text        not null references accounting.journals (code),
    branch_id    uuid        not null references core.branches (id),
    period_id    uuid        not null references accounting.periods (id),
    number       text        not null constraint entries_number_is_unique unique,
    dated_on     date        not null,
    label        text        not null,
    document     jsonb       not null default '{}',
    command_id   uuid        references core.commands (id),
    posted_by    text        not null,
    posted_at    timestamptz not null default now(),
    xid          xid8        not null default pg_current_xact_id()
);
create index entries_branch_id_dated_on on accounting.entries (branch_id, dated_on);
create index entries_dated_on_number on accounting.entries (dated_on, number);
create index entries_period_id on accounting.entries (period_id);

create table accounting.entry_lines (
    entry_id     uuid    not null references accounting.entries (id),
    line_no      integer not null,
    branch_id    uuid    not null,
    period_id    uuid    not null,
    account_id   uuid    not null references accounting.accounts (id),
    debit        numeric not null default 0 constraint entry_lines_debit_is_not_negative check (debit >= 0),
    credit       numeric not null default 0 constraint entry_lines_credit_is_not_negative check (credit >= 0),
    -- The amount as agreed; debit and credit are in the company's currency.
    currency     text    not null,
    rate         numeric not null default 1,
    amount       numeric not null,
    label        text    not null default '',
    xid          xid8    not null default pg_current_xact_id(),
    primary key (entry_id, line_no),
    constraint entry_lines_are_debit_or_credit check ((debit = 0) <> (credit = 0))
);
create index entry_lines_account_id_period_id on accounting.entry_lines (account_id, period_id);
create index entry_lines_xid on accounting.entry_lines (xid);

-- Sums of entry lines, up to the transaction named in accounting.rollup.
create table accounting.balances (
    account_id   uuid    not null references accounting.accounts (id),
    period_id    uuid    not null references accounting.periods (id),
    branch_id    uuid    not null references core.branches (id),
    debit        numeric not null default 0,
    credit       numeric not null default 0,
    primary key (account_id, period_id, branch_id)
);

create table accounting.rollup (
    only_one     boolean     primary key default true constraint rollup_is_one check (only_one),
    below        xid8        not null default '0',
    rolled_at    timestamptz not null default now()
);
insert into accounting.rollup default values;
