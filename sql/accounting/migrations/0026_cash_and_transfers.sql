-- Internal transfers: sent by one branch, received by the same or another. Locks the values of the law for a moment.

create table accounting.internal_transfers (
    id                   uuid        primary key,
    branch_id            uuid        not null references core.branches (id),
    to_branch_id         uuid        not null references core.branches (id),
    -- None of what a till has sent: that has the till's own number.
    year                 integer,
    sequence             bigint,
    number               text        not null,
    account_id           uuid        not null references accounting.accounts (id),
    -- Where it shall arrive; the branch that receives says where it did.
    to_account_id        uuid        references accounting.accounts (id),
    transit_id           uuid        not null references accounting.accounts (id),
    dated_on             date        not null,
    amount               numeric     not null constraint internal_transfers_amount_is_positive check (amount > 0),
    reference            text        not null default '',
    reason               text        not null default '',
    state                text        not null default 'waiting'
                         constraint internal_transfers_state_is_known check (state in ('waiting', 'received', 'returned')),
    -- Posted in the same transaction; entries never go.
    entry_id             uuid        not null constraint internal_transfers_send_an_entry_once unique,
    sent_by              text        not null,
    sent_at              timestamptz not null default now(),
    command_id           uuid,
    received_on          date,
    received             numeric,
    received_account_id  uuid        references accounting.accounts (id),
    difference_id        uuid        references accounting.accounts (id),
    receipt_id           uuid        constraint internal_transfers_receive_an_entry_once unique,
    received_by          text,
    received_at          timestamptz,
    note                 text        not null default '',
    returned_on          date,
    return_id            uuid        constraint internal_transfers_return_an_entry_once unique,
    returned_by          text,
    returned_at          timestamptz,
    constraint internal_transfers_have_no_gap unique (branch_id, year, sequence),
    constraint internal_transfers_are_numbered check ((year is null) = (sequence is null)),
    constraint internal_transfers_are_received_whole check (
        (state = 'received') = (receipt_id is not null)
        and (state = 'received') = ((received > 0 and received_on >= dated_on and received_account_id is not null
                                     and received_by is not null and received_at is not null) is true)
        and (difference_id is not null) = (state = 'received' and received <> amount)),
    constraint internal_transfers_are_returned_whole check (
        (state = 'returned') = (return_id is not null and returned_on is not null and returned_by is not null
                                and returned_at is not null))
);
create index internal_transfers_branch_id on accounting.internal_transfers (branch_id, dated_on);
create index internal_transfers_to_branch_id on accounting.internal_transfers (to_branch_id, dated_on);

-- Petty cash: boxes with a ceiling, what was spent from each, and what was counted in it.
create table accounting.cash_boxes (
    id           uuid    primary key,
    version      bigint  not null default 1,
    branch_id    uuid    not null references core.branches (id),
    code         text    not null constraint cash_boxes_code_is_taken unique
                         constraint cash_boxes_code_is_short check (code ~ '^[A-Z0-9-]{1,12}$'),
    name         text    not null constraint cash_boxes_name_is_there check (btrim(name) <> ''),
    name_ar      text    not null default '',
    account_id   uuid    not null constraint cash_boxes_account_is_taken unique references accounting.accounts (id),
    custodian    text    not null default '',
    ceiling      numeric not null constraint cash_boxes_ceiling_is_positive check (ceiling > 0),
    is_active    boolean not null default true
);
create index cash_boxes_branch_id on accounting.cash_boxes (branch_id);

create table accounting.cash_vouchers (
    id           uuid        primary key,
    box_id       uuid        not null references accounting.cash_boxes (id),
    branch_id    uuid        not null references core.branches (id),
    year         integer     not null,
    sequence     bigint      not null,
    number       text        not null,
    dated_on     date        not null,
    amount       numeric     not null constraint cash_vouchers_amount_is_positive check (amount > 0),
    account_id   uuid        not null references accounting.accounts (id),
    tax_code     text        references accounting.taxes (code),
    net          numeric     not null,
    tax          numeric     not null,
    label        text        not null constraint cash_vouchers_label_is_there check (btrim(label) <> ''),
    receipt      text        not null default '',
    party_id     uuid        references accounting.party_names (party_id),
    -- Posted in the same transaction; entries never go.
    entry_id     uuid        not null constraint cash_vouchers_have_an_entry_each unique,
    made_by      text        not null,
    made_at      timestamptz not null default now(),
    command_id   uuid,
    undone_by    text,
    undone_at    timestamptz,
    constraint cash_vouchers_have_no_gap unique (box_id, year, sequence),
    constraint cash_vouchers_add_up check (net > 0 and tax >= 0 and net + tax = amount),
    constraint cash_vouchers_are_undone_by_somebody check ((undone_by is null) = (undone_at is null))
);
create index cash_vouchers_branch_id on accounting.cash_vouchers (branch_id, dated_on);
create index cash_vouchers_party_id on accounting.cash_vouchers (party_id, dated_on) where party_id is not null;

create table accounting.cash_counts (
    id           uuid        primary key,
    box_id       uuid        not null references accounting.cash_boxes (id),
    branch_id    uuid        not null references core.branches (id),
    dated_on     date        not null,
    -- How many there were of each note and coin.
    pieces       jsonb       not null default '{}',
    counted      numeric     not null constraint cash_counts_are_not_negative check (counted >= 0),
    expected     numeric     not null,
    -- Posted in the same transaction where both differ; entries never go.
    entry_id     uuid        constraint cash_counts_have_an_entry_each unique,
    note         text        not null default '',
    made_by      text        not null,
    made_at      timestamptz not null default now(),
    command_id   uuid,
    constraint cash_counts_book_what_differs check ((entry_id is null) = (counted = expected))
);
create index cash_counts_box_id on accounting.cash_counts (box_id, dated_on);
create index cash_counts_branch_id on accounting.cash_counts (branch_id);

-- What may be paid in cash to one supplier is a value of the law, beside the kinds that are there.
do $$
declare
    known text := (select pg_get_constraintdef(c.oid) from pg_constraint c
                    where c.conname = 'law_values_kind_is_known' and c.conrelid = 'accounting.law_values'::regclass);
begin
    execute 'alter table accounting.law_values drop constraint law_values_kind_is_known';
    execute 'alter table accounting.law_values add constraint law_values_kind_is_known '
            || replace(known, 'ARRAY[', 'ARRAY[''cash_limit''::text, ');
end $$;
