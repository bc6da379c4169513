-- Dated taxes, and the rules by which documents become entries: data of the country pack.
-- Locks nothing that exists.

create table accounting.taxes (
    code         text primary key constraint taxes_code_is_plain check (code ~ '^[A-Z0-9_]{2,20}$'),
    name         text not null,
    name_ar      text not null default '',
    is_active    boolean not null default true
);

create table accounting.tax_rates (
    tax_code     text    not null references accounting.taxes (code),
    valid_from   date    not null,
    valid_to     date,
    -- A part of one: 0.19 is 19 %.
    rate         numeric not null constraint tax_rates_are_parts_of_one check (rate >= 0 and rate < 1),
    legal_ref    text    not null,
    doubt        text    not null default '',
    changed_xid  xid8    not null default pg_current_xact_id(),
    primary key (tax_code, valid_from),
    constraint tax_rates_end_after_they_begin check (valid_to is null or valid_to >= valid_from)
);
create index tax_rates_changed_xid on accounting.tax_rates (changed_xid);

-- Which account plays a role such as `sales`, where it matters by tax code.
create table accounting.account_roles (
    role         text not null,
    qualifier    text not null default '',
    account_id   uuid not null references accounting.accounts (id),
    primary key (role, qualifier)
);

-- How the amounts of a document become lines.
create table accounting.posting_rules (
    rule         text    not null,
    line_no      integer not null,
    journal      text    not null references accounting.journals (code),
    side         text    not null constraint posting_rules_side_is_known check (side in ('debit', 'credit')),
    role         text    not null,
    amount       text    not null,
    primary key (rule, line_no)
);
