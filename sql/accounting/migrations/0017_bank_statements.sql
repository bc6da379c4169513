-- Bank statements, their movements, and which lines of the ledger they are. Locks nothing that exists.

create table accounting.bank_statements (
    id               uuid        primary key,
    bank_account_id  uuid        not null references accounting.bank_accounts (id),
    branch_id        uuid        not null references core.branches (id),
    -- What the file calls the account; empty where it does not say.
    account          text        not null default '',
    opened_on        date        not null,
    opening          numeric     not null,
    closed_on        date        not null,
    closing          numeric     not null,
    source           text        not null constraint bank_statements_source_is_known check (source in ('file', 'table')),
    file_name        text        not null default '',
    imported_by      text        not null,
    imported_at      timestamptz not null default now(),
    constraint bank_statements_close_after_they_open check (closed_on >= opened_on),
    constraint bank_statements_are_kept_once unique (bank_account_id, opened_on, closed_on, opening, closing)
);
create index bank_statements_branch_id on accounting.bank_statements (branch_id);

-- What moved at the bank; positive where the company received it. The first statement's opening balance is one, too.
create table accounting.bank_movements (
    id               uuid    primary key,
    statement_id     uuid    not null references accounting.bank_statements (id),
    bank_account_id  uuid    not null references accounting.bank_accounts (id),
    branch_id        uuid    not null references core.branches (id),
    is_opening       boolean not null default false,
    booked_on        date    not null,
    valued_on        date    not null,
    amount           numeric not null constraint bank_movements_move_something check (amount <> 0),
    reference        text    not null default '',
    label            text    not null default '',
    -- Counts the equals of one file, so that two of them are two and the same file again is none.
    occurrence       integer not null,
    constraint bank_movements_are_taken_once
        unique (bank_account_id, booked_on, amount, reference, occurrence, is_opening)
);
create index bank_movements_statement_id on accounting.bank_movements (statement_id);
create index bank_movements_branch_id on accounting.bank_movements (branch_id);

create table accounting.bank_reconciliations (
    id               uuid        primary key,
    bank_account_id  uuid        not null references accounting.bank_accounts (id),
    branch_id        uuid        not null references core.branches (id),
    reason           text        not null constraint bank_reconciliations_reason_is_known
                                 check (reason in ('hand', 'reference', 'date', 'booked')),
    made_by          text        not null,
    made_at          timestamptz not null default now(),
    command_id       uuid        references core.commands (id),
    undone_by        text,
    undone_at        timestamptz,
    constraint bank_reconciliations_are_undone_by_somebody check ((undone_at is null) = (undone_by is null))
);
create index bank_reconciliations_bank_account_id on accounting.bank_reconciliations (bank_account_id, made_at);
create index bank_reconciliations_branch_id on accounting.bank_reconciliations (branch_id);

-- The movements and the lines of the ledger that are the same money.
create table accounting.bank_reconciled (
    reconciliation_id  uuid    not null references accounting.bank_reconciliations (id),
    part_no            integer not null,
    branch_id          uuid    not null references core.branches (id),
    movement_id        uuid    references accounting.bank_movements (id),
    entry_id           uuid,
    line_no            integer,
    stands             boolean not null default true,
    primary key (reconciliation_id, part_no),
    constraint bank_reconciled_is_movement_or_line
        check ((movement_id is null) <> (entry_id is null) and (entry_id is null) = (line_no is null)),
    constraint bank_reconciled_refers_to_a_line
        foreign key (entry_id, line_no) references accounting.entry_lines (entry_id, line_no)
);
create unique index bank_reconciled_movements_once on accounting.bank_reconciled (movement_id)
    where stands and movement_id is not null;
create unique index bank_reconciled_lines_once on accounting.bank_reconciled (entry_id, line_no)
    where stands and entry_id is not null;
create index bank_reconciled_branch_id on accounting.bank_reconciled (branch_id);
