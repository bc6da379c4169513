-- Matching (lettrage): which debits and credits of an account and party settle each other.
-- Locks nothing that exists. No foreign keys to lines, nor to what lines refer to: accounting.check_matches looks once for
-- all matches of a statement whether both lines are there and say the same, and lines never go.

create table accounting.matches (
    id                uuid        primary key,
    -- Matches of one deed that hang together; it is the id of one of them.
    run_id            uuid        not null,
    -- Of the debit.
    branch_id         uuid        not null,
    credit_branch_id  uuid        not null,
    account_id        uuid        not null,
    party_id          uuid,
    -- Zeros where the lines name no party, so that keys compare.
    party_key         uuid        not null generated always as
                                  (coalesce(party_id, '00000000-0000-0000-0000-000000000000')) stored,
    debit_entry       uuid        not null,
    debit_line        integer     not null,
    credit_entry      uuid        not null,
    credit_line       integer     not null,
    -- In the company's currency.
    amount            numeric     not null constraint matches_settle_something check (amount > 0),
    reason            text        not null constraint matches_reason_is_known check (reason in
                                  ('hand', 'reference', 'amount', 'oldest', 'document', 'reversal')),
    -- What both lines name, or the document that settles another.
    reference         text        not null default '',
    -- What it mirrors, such as an allocation of `sales`.
    document_id       uuid,
    -- The later day of the two lines: from then on the debt is settled.
    matched_on        date        not null,
    matched_at        timestamptz not null default now(),
    matched_by        text        not null,
    command_id        uuid        references core.commands (id),
    -- As it was when the match was taken back; until then accounting.matched_lines says it.
    letter            text,
    undone_at         timestamptz,
    undone_by         text,
    constraint matches_are_undone_by_somebody check ((undone_at is null) = (undone_by is null))
);
create index matches_debit_entry on accounting.matches (debit_entry, debit_line);
create index matches_credit_entry on accounting.matches (credit_entry, credit_line);
create index matches_document_id on accounting.matches (document_id) where document_id is not null;

-- What of each line is matched, kept by the triggers of accounting.matches; a line without a row is open.
create table accounting.matched_lines (
    entry_id          uuid    not null,
    line_no           integer not null,
    branch_id         uuid    not null,
    account_id        uuid    not null,
    party_key         uuid    not null,
    whole             numeric not null,
    matched           numeric not null,
    -- Counted up per account and party: 1 is A, 27 is AA.
    letter_no         integer,
    -- Small until the group balances.
    letter            text,
    primary key (entry_id, line_no),
    constraint matched_lines_never_beyond_what_is_open check (matched >= 0 and matched <= whole)
);
create index matched_lines_letter_no on accounting.matched_lines (account_id, party_key, letter_no)
    where letter_no is not null;

-- The last letter of each account and party; whoever matches there holds its row.
create table accounting.match_letters (
    account_id        uuid    not null,
    party_key         uuid    not null,
    last_no           integer not null default 0,
    primary key (account_id, party_key)
);

create table accounting.matching_settings (
    only_one          boolean primary key default true constraint matching_settings_are_one check (only_one),
    version           bigint  not null default 1,
    -- What may be written off at most to let a group balance, in the company's currency.
    tolerance         numeric not null default 0 constraint matching_settings_tolerance_is_small
                              check (tolerance >= 0 and tolerance <= 10000)
);
insert into accounting.matching_settings default values;

-- A line that waits to be matched. `key` keeps apart what must not be matched with each other.
create type accounting.match_item as (
    entry_id uuid, line_no integer, branch_id uuid, account_id uuid, party_id uuid, dated_on date, due_on date,
    open numeric, key text
);
-- Two lines that are to be matched; those of one `run` hang together.
create type accounting.match_pair as (
    account_id uuid, party_id uuid, debit_entry uuid, debit_line integer, debit_branch uuid, credit_entry uuid,
    credit_line integer, credit_branch uuid, amount numeric, matched_on date, run text, reason text, reference text
);
