-- Transfer orders, and the bank accounts of those who are paid. Locks nothing that exists.

-- How a partner is paid by bank: one account each.
create table accounting.payees (
    party_id    uuid        primary key references accounting.party_names (party_id),
    version     bigint      not null default 1,
    -- Whom the account belongs to, where the bank calls him otherwise; empty for the partner's own name.
    holder      text        not null default '',
    bank        text        not null default '',
    rib         text        not null default '' constraint payees_rib_is_digits check (rib ~ '^([0-9]{20}|[0-9]{24})?$'),
    iban        text        not null default '' constraint payees_iban_is_plain
                            check (iban ~ '^([A-Z]{2}[0-9]{2}[A-Z0-9]{11,30})?$'),
    bic         text        not null default '' constraint payees_bic_is_plain
                            check (bic ~ '^([A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?)?$'),
    changed_by  text        not null,
    changed_at  timestamptz not null default now()
);

create table accounting.transfer_orders (
    id               uuid        primary key,
    version          bigint      not null default 1,
    branch_id        uuid        not null references core.branches (id),
    bank_account_id  uuid        not null references accounting.bank_accounts (id),
    dated_on         date        not null,
    -- Whether the bank debits all of it at once, or each transfer by itself.
    is_batch         boolean     not null default true,
    state            text        not null default 'draft' constraint transfer_orders_state_is_known
                                 check (state in ('draft', 'ordered', 'cancelled')),
    number           text,
    year             integer,
    sequence         bigint,
    -- Our bank account as it was when the order was given: {code, name, bank, rib, iban}.
    payer            jsonb       not null default '{}',
    -- Posted in the same transaction; entries never go.
    entry_id         uuid,
    drafted_by       text        not null,
    drafted_at       timestamptz not null default now(),
    ordered_by       text,
    ordered_at       timestamptz,
    command_id       uuid,
    cancelled_by     text,
    cancelled_at     timestamptz,
    cancel_reason    text        not null default '',
    constraint transfer_orders_have_no_gap unique (branch_id, year, sequence),
    constraint transfer_orders_are_numbered check (
        (state = 'draft') = (number is null) and (state = 'draft') = (sequence is null)
        and (state = 'draft') = (year is null) and (state = 'draft') = (entry_id is null)
        and (state = 'draft') = (ordered_by is null) and (state = 'draft') = (ordered_at is null)),
    constraint transfer_orders_are_cancelled_with_a_reason check (
        (state = 'cancelled') = (cancelled_by is not null) and (state = 'cancelled') = (cancelled_at is not null)
        and (state = 'cancelled') = (btrim(cancel_reason) <> ''))
);
create index transfer_orders_branch_id on accounting.transfer_orders (branch_id, dated_on);
create unique index transfer_orders_entry_id on accounting.transfer_orders (entry_id) where entry_id is not null;

create table accounting.transfer_order_lines (
    order_id    uuid    not null references accounting.transfer_orders (id),
    line_no     integer not null,
    branch_id   uuid    not null references core.branches (id),
    party_id    uuid    not null references accounting.party_names (party_id),
    -- The open line that is paid; none for an advance.
    entry_id    uuid,
    entry_line  integer,
    amount      numeric not null constraint transfer_order_lines_pay_something check (amount > 0),
    reason      text    not null constraint transfer_order_lines_have_a_reason check (btrim(reason) <> ''),
    -- The beneficiary as he was when the order was given.
    payee       text    not null default '',
    bank        text    not null default '',
    rib         text    not null default '',
    iban        text    not null default '',
    bic         text    not null default '',
    primary key (order_id, line_no),
    constraint transfer_order_lines_pay_a_line_once unique (order_id, entry_id, entry_line),
    constraint transfer_order_lines_pay_whole_lines check ((entry_id is null) = (entry_line is null)),
    constraint transfer_order_lines_pay_a_line
        foreign key (entry_id, entry_line) references accounting.entry_lines (entry_id, line_no)
);
create index transfer_order_lines_entry_id on accounting.transfer_order_lines (entry_id, entry_line) where entry_id is not null;
create index transfer_order_lines_party_id on accounting.transfer_order_lines (party_id);
create index transfer_order_lines_branch_id on accounting.transfer_order_lines (branch_id);
