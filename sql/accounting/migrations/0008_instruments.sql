-- Cheques and bills, their moves, and the slips with which they go to the bank. Locks nothing that exists.

create table accounting.deposit_slips (
    id            uuid        primary key,
    branch_id     uuid        not null references core.branches (id),
    year          integer     not null,
    sequence      bigint      not null,
    number        text        not null,
    purpose       text        not null constraint deposit_slips_purpose_is_known check (purpose in ('collection', 'discount')),
    bank_account  uuid,
    dated_on      date        not null,
    made_by       text        not null,
    command_id    uuid,
    constraint deposit_slips_have_no_gap unique (branch_id, year, sequence)
);

create table accounting.instruments (
    id              uuid        primary key,
    branch_id       uuid        not null references core.branches (id),
    direction       text        not null constraint instruments_direction_is_known check (direction in ('received', 'issued')),
    kind            text        not null constraint instruments_kind_is_known check (kind in ('cheque', 'bill')),
    state           text        not null,
    number          text        not null,
    party_id        uuid,
    endorsee_id     uuid,
    amount          numeric     not null constraint instruments_amount_is_positive check (amount > 0),
    currency        text        not null,
    issued_on       date,
    due_on          date        not null,
    bank            text        not null default '',
    rib             text        not null default '',
    drawer          text        not null default '',
    place           text        not null default '',
    aval            text        not null default '',
    domiciliation   text        not null default '',
    location        text        not null default '',
    qr_text         text        not null default '',
    qr_expires_on   date,
    qr_ceiling      numeric,
    is_guarantee    boolean     not null default false,
    bank_account    uuid,
    slip_id         uuid        references accounting.deposit_slips (id),
    document        jsonb       not null default '{}',
    registered_by   text        not null,
    registered_at   timestamptz not null default now()
);
create index instruments_branch_id on accounting.instruments (branch_id, due_on);
create index instruments_party_id on accounting.instruments (party_id) where party_id is not null;
create index instruments_slip_id on accounting.instruments (slip_id) where slip_id is not null;

create table accounting.instrument_moves (
    id             uuid        primary key,
    instrument_id  uuid        not null references accounting.instruments (id),
    branch_id      uuid        not null references core.branches (id),
    move_no        integer     not null,
    verb           text        not null,
    from_state     text        not null,
    to_state       text        not null,
    dated_on       date        not null,
    value_on       date,
    fees           numeric     not null default 0,
    fee_tax        numeric     not null default 0,
    -- Posted in the same transaction; entries never go.
    entry_id       uuid,
    slip_id        uuid        references accounting.deposit_slips (id),
    undoes_id      uuid        references accounting.instrument_moves (id),
    note           text        not null default '',
    moved_by       text        not null,
    moved_at       timestamptz not null default now(),
    command_id     uuid,
    constraint instrument_moves_are_in_order unique (instrument_id, move_no),
    constraint instrument_moves_are_undone_once unique (undoes_id)
);
create index instrument_moves_branch_id on accounting.instrument_moves (branch_id);
create index instrument_moves_entry_id on accounting.instrument_moves (entry_id) where entry_id is not null;

-- Bills, advances and doubtful debts are kept by party too: accounting.party_roles says which roles are.
alter table accounting.party_balances
    drop constraint party_balances_role_is_known,
    add constraint party_balances_role_is_plain check (role ~ '^[a-z_]{2,40}$');
