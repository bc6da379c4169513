-- A chain of hashes over the entries of each series: whoever keeps the last hash can tell that nothing before it changed.

create table accounting.seals (
    journal      text        not null references accounting.journals (code),
    branch_id    uuid        not null references core.branches (id),
    year         integer     not null,
    position     integer     not null constraint seals_begin_at_one check (position >= 1),
    entry_id     uuid        not null,
    -- SHA-256 in hexadecimal: of the seal before (64 zeros for the first), followed by the entry (accounting.seal_text).
    hash         text        not null constraint seals_are_sha256 check (hash ~ '^[0-9a-f]{64}$'),
    sealed_at    timestamptz not null default now(),
    primary key (journal, branch_id, year, position)
);
create unique index seals_entry_id on accounting.seals (entry_id);

-- What stands beneath an account is asked for each line of an entry by hand.
create index accounts_code_pattern on accounting.accounts (code text_pattern_ops);
