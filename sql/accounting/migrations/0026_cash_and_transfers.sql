-- Internal transfers: sent by one branch, received by the same or another. Locks nothing that exists.

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
