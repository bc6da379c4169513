-- Cash sessions, customers, discounts, refunds, and every way to pay.
-- Locks the tables of the till for a moment.

create table till.sessions (
    id              uuid        primary key,
    branch_id       uuid        not null references core.branches (id),
    workstation_id  uuid        not null references core.workstations (id),
    number          text        not null constraint sessions_number_is_unique unique,
    opened_at       timestamptz not null,
    opened_by       text        not null,
    currency        text        not null,
    -- The float as counted, and by note and coin: {"1000": 5, "200": 3}.
    float           numeric     not null constraint sessions_float_is_not_negative check (float >= 0),
    counts          jsonb       not null default '{}',
    command_id      uuid        not null references core.commands (id)
);
create index sessions_branch_id_opened_at on till.sessions (branch_id, opened_at);
create index sessions_workstation_id on till.sessions (workstation_id, opened_at);

-- What was counted when a session ended, against what had to be there.
create table till.closings (
    session_id      uuid        primary key references till.sessions (id),
    branch_id       uuid        not null references core.branches (id),
    number          text        not null constraint closings_number_is_unique unique,
    closed_at       timestamptz not null,
    closed_by       text        not null,
    -- By way of paying: {"cash": "12500.00", "card": "3000.00"}.
    expected        jsonb       not null,
    counted         jsonb       not null,
    counts          jsonb       not null default '{}',
    -- Counted less expected, over all ways of paying; what is missing is negative.
    difference      numeric     not null,
    -- What stays in the drawer for the next session.
    left_in_drawer  numeric     not null default 0,
    note            text        not null default '',
    command_id      uuid        not null references core.commands (id),
    entry_id        uuid
);

create table till.cash_moves (
    id              uuid        primary key,
    session_id      uuid        not null references till.sessions (id),
    branch_id       uuid        not null references core.branches (id),
    number          text        not null constraint cash_moves_number_is_unique unique,
    -- Positive was put into the drawer, negative taken out.
    amount          numeric     not null constraint cash_moves_move_something check (amount <> 0 and abs(amount) < 1e12),
    reason          text        not null constraint cash_moves_reason_is_known
                                check (reason in ('bank', 'safe', 'expense', 'other')),
    note            text        not null default '',
    moved_at        timestamptz not null,
    cashier         text        not null,
    command_id      uuid        not null references core.commands (id),
    entry_id        uuid
);
create index cash_moves_session_id on till.cash_moves (session_id);

alter table till.tickets
    drop constraint tickets_total_is_not_negative,
    add column kind         text    not null default 'sale'
                            constraint tickets_kind_is_known check (kind in ('sale', 'refund')),
    add column session_id   uuid    references till.sessions (id),
    add column customer_id  uuid    references parties.parties (id),
    -- What a refund gives back of.
    add column original_id  uuid    references till.tickets (id),
    -- Given away on the lines together; totals are after it.
    add column discount     numeric not null default 0,
    add column stamp        numeric not null default 0,
    -- What cash rounding added to what had to be paid.
    add column rounding     numeric not null default 0,
    -- What the goods had cost, with the sign of the sale.
    add column cost         numeric not null default 0,
    add constraint tickets_sign_follows_kind check (case kind when 'sale' then total >= 0 else total <= 0 end),
    add constraint tickets_refund_gives_back_of_a_sale check ((kind = 'refund') = (original_id is not null));
create index tickets_session_id on till.tickets (session_id);
create index tickets_original_id on till.tickets (original_id) where original_id is not null;
create index tickets_customer_id on till.tickets (customer_id) where customer_id is not null;

alter table till.ticket_lines
    drop constraint ticket_lines_quantity_is_positive,
    drop column tax_rate,
    -- [{"code": "TVA19", "rate": "0.19", "after": []}], as reckoned on the day.
    add column taxes            jsonb   not null default '[]',
    add column net              numeric not null default 0,
    add column discount         numeric not null default 0,
    add column cost             numeric not null default 0,
    add column pack_id          uuid    references catalog.packs (id),
    add column original_line_id uuid    references till.ticket_lines (id),
    add constraint ticket_lines_quantity_is_something check (quantity <> 0);
create index ticket_lines_original_line_id on till.ticket_lines (original_line_id) where original_line_id is not null;

alter table till.payments
    drop constraint payments_pkey,
    drop constraint payments_method_is_known,
    drop constraint payments_amount_is_not_negative,
    drop constraint payments_tendered_covers_amount_and_change,
    add column line_no   integer not null default 1,
    add column reference text    not null default '',
    alter column tendered set default 0,
    alter column change set default 0,
    add constraint payments_pkey primary key (ticket_id, line_no),
    add constraint payments_method_is_known check (method in ('cash', 'card', 'cheque', 'account')),
    add constraint payments_tendered_covers_amount_and_change
        check (case when method = 'cash' and amount > 0 then tendered = amount + change and change >= 0
                    else tendered = 0 and change = 0 end);
