-- Budgets: amounts by account, month and branch. Locks nothing that exists.

-- The budget of a branch for a year; its version guards what two people type at once.
create table accounting.budgets (
    id         uuid    primary key,
    branch_id  uuid    not null references core.branches (id),
    year       integer not null constraint budgets_year_is_plain check (year between 1990 and 2999),
    version    bigint  not null default 1,
    constraint budgets_are_one_a_year unique (branch_id, year)
);

-- An account counts on the longest beginning of its code that is here. Income (class 7) is positive in credit, all else in debit.
create table accounting.budget_amounts (
    budget_id  uuid    not null references accounting.budgets (id),
    prefix     text    not null constraint budget_amounts_prefix_is_a_code check (prefix ~ '^[0-9]{1,12}$'),
    month      date    not null constraint budget_amounts_month_begins check (extract(day from month) = 1),
    branch_id  uuid    not null references core.branches (id),
    amount     numeric not null,
    primary key (budget_id, prefix, month)
);
create index budget_amounts_branch_id on accounting.budget_amounts (branch_id, month);
