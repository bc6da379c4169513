-- Bank accounts. New table; locks nothing.

create table accounting.bank_accounts (
    id           uuid    primary key,
    version      bigint  not null default 1,
    code         text    not null constraint bank_accounts_code_is_taken unique
                         constraint bank_accounts_code_is_plain check (code ~ '^[A-Z0-9_-]{1,12}$'),
    name         text    not null constraint bank_accounts_have_a_name check (name <> ''),
    name_ar      text    not null default '',
    bank         text    not null default '',
    rib          text    not null default '' constraint bank_accounts_rib_is_digits check (rib ~ '^([0-9]{20}|[0-9]{24})?$'),
    iban         text    not null default '' constraint bank_accounts_iban_is_plain check (iban ~ '^([A-Z]{2}[0-9]{2}[A-Z0-9]{11,30})?$'),
    -- One account of the ledger each: what a statement says is compared with one balance.
    account_id   uuid    not null references accounting.accounts (id) constraint bank_accounts_account_is_taken unique,
    journal      text    not null references accounting.journals (code),
    branch_id    uuid    not null references core.branches (id),
    currency     text    not null constraint bank_accounts_currency_is_a_code check (currency ~ '^[A-Z]{3}$'),
    is_active    boolean not null default true
);
create index bank_accounts_branch_id on accounting.bank_accounts (branch_id);
