-- Rates of currencies, settlements of lines in a currency, revaluations. Locks nothing that exists; no foreign keys to
-- lines, which never go.

create table accounting.rates (
    currency     text    not null constraint rates_currency_is_a_code check (currency ~ '^[A-Z]{3}$'),
    rated_on     date    not null,
    version      bigint  not null default 1,
    -- Units of the company's currency for one of `currency`.
    rate         numeric not null constraint rates_are_possible check (rate > 0 and rate < 1000000000 and scale(rate) <= 8),
    source       text    not null default '',
    primary key (currency, rated_on)
);

create table accounting.rate_settings (
    only_one     boolean primary key default true constraint rate_settings_are_one check (only_one),
    version      bigint  not null default 1,
    -- By how many per cent a rate may differ from the one before without being confirmed.
    most_jump    numeric not null default 5 constraint rate_settings_jump_is_possible check (most_jump > 0 and most_jump <= 100)
);
insert into accounting.rate_settings default values;

-- What of a debit and a credit in one currency settles each other; it stands as long as its matches do.
create table accounting.settlements (
    id            uuid        primary key,
    -- Of the debit.
    branch_id     uuid        not null,
    credit_branch_id uuid     not null,
    currency      text        not null,
    debit_entry   uuid        not null,
    debit_line    integer     not null,
    credit_entry  uuid        not null,
    credit_line   integer     not null,
    -- In the currency; what that was worth on each side is in the company's.
    amount        numeric     not null constraint settlements_settle_something check (amount > 0),
    debit_value   numeric     not null constraint settlements_have_a_debit check (debit_value > 0),
    credit_value  numeric     not null constraint settlements_have_a_credit check (credit_value > 0),
    settled_on    date        not null,
    -- Gain or loss, where both were not worth the same.
    entry_id      uuid,
    settled_by    text        not null,
    settled_at    timestamptz not null default now(),
    undone_by     text,
    undone_at     timestamptz,
    constraint settlements_are_undone_by_somebody check ((undone_by is null) = (undone_at is null))
);
create index settlements_debit_entry on accounting.settlements (debit_entry, debit_line);
create index settlements_credit_entry on accounting.settlements (credit_entry, credit_line);
create index settlements_entry_id on accounting.settlements (entry_id) where entry_id is not null;

-- One for each month and branch that stands.
create table accounting.revaluations (
    id           uuid        primary key,
    branch_id    uuid        not null,
    ends_on      date        not null,
    -- What documents are worth more or less, and what takes it back on the next day.
    entry_id     uuid,
    back_id      uuid,
    -- What money is worth more or less: that stays.
    money_id     uuid,
    posted_by    text        not null,
    posted_at    timestamptz not null default now(),
    undone_by    text,
    undone_at    timestamptz,
    constraint revaluations_are_undone_by_somebody check ((undone_by is null) = (undone_at is null))
);
create unique index revaluations_month on accounting.revaluations (branch_id, ends_on) where undone_at is null;

create table accounting.revaluation_lines (
    revaluation_id uuid    not null references accounting.revaluations (id),
    line_no        integer not null,
    branch_id      uuid    not null,
    -- Of a document that is open; an account that holds money has none.
    entry_id       uuid,
    entry_line     integer,
    account_id     uuid    not null,
    party_id       uuid,
    currency       text    not null,
    -- In the currency, debits positive; value and difference are in the company's.
    amount         numeric not null,
    value          numeric not null,
    rate           numeric not null,
    difference     numeric not null,
    primary key (revaluation_id, line_no)
);

-- A line in a currency that is to be settled; `open` and `wanted` are in it.
create type accounting.currency_item as (
    entry_id uuid, line_no integer, branch_id uuid, account_id uuid, party_id uuid, dated_on date, number text, currency text,
    open numeric, wanted numeric
);
