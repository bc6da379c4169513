-- Histories of a shop that were imported: the file, each of its documents, and the lines that could not be booked.
-- Locks nothing that exists; refers to core.branches.

create table sales.imports (
    -- Follows from the content of the file: the same file is the same import.
    id              uuid        primary key,
    branch_id       uuid        not null references core.branches (id),
    file            text        not null constraint imports_file_is_named check (btrim(file) <> ''),
    sha256          text        not null constraint imports_sha256_is_one check (sha256 ~ '^[0-9a-f]{64}$'),
    -- How the file is meant: tax code, rate, and share of the price that goods are taken to have cost.
    options         jsonb       not null,
    state           text        not null default 'running' constraint imports_state_is_known
                                check (state in ('running', 'done')),
    -- What the file holds: rows, and quantity by price of all that can be read.
    rows            integer     not null constraint imports_rows_are_counted check (rows >= 0),
    value           numeric     not null,
    -- Documents that will be booked or rejected, and how many of them were.
    documents       integer     not null constraint imports_documents_are_counted check (documents >= 0),
    done            integer     not null default 0,
    booked_rows     integer     not null default 0,
    booked_value    numeric     not null default 0,
    -- What the booked documents say, in the company's currency.
    booked_amount   numeric     not null default 0,
    rejected_rows   integer     not null default 0,
    rejected_value  numeric     not null default 0,
    started_at      timestamptz not null default now(),
    started_by      text        not null,
    changed_at      timestamptz not null default now(),
    finished_at     timestamptz,
    constraint imports_end_when_all_is_told check (
        state = 'running' or (done = documents and booked_rows + rejected_rows = rows
                              and booked_value + rejected_value = value and finished_at is not null)),
    constraint imports_do_no_document_twice check (done <= documents)
);

-- Written with what it books, in one transaction: whoever imports again finds it here.
create table sales.import_documents (
    -- Of the invoice, credit note or entry that it became.
    id              uuid        primary key,
    import_id       uuid        not null references sales.imports (id),
    branch_id       uuid        not null,
    place           integer     not null,
    kind            text        not null constraint import_documents_kind_is_known
                                check (kind in ('opening', 'invoice', 'credit_note', 'adjustment', 'bad_debt')),
    -- As the file has it.
    number          text        not null,
    dated_on        date        not null,
    rows            integer     not null,
    value           numeric     not null,
    amount          numeric     not null default 0,
    entry_id        uuid,
    -- Why it is not booked; empty if it is.
    reason          text        not null default '',
    details         jsonb       not null default '{}',
    constraint import_documents_come_once unique (import_id, place)
);

create table sales.import_rejections (
    import_id       uuid        not null references sales.imports (id),
    row             integer     not null,
    branch_id       uuid        not null,
    number          text        not null,
    code            text        not null,
    reason          text        not null,
    value           numeric     not null default 0,
    primary key (import_id, row)
);
