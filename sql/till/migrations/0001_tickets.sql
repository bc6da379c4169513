-- Tickets: what was sold at a till, for how much, and how it was paid.
-- Locks nothing that exists; refers to core, catalog.products and the ledger by id.

create table till.tickets (
    id              uuid        primary key,
    branch_id       uuid        not null references core.branches (id),
    workstation_id  uuid        not null references core.workstations (id),
    number          text        not null constraint tickets_number_is_unique unique,
    sold_at         timestamptz not null,
    recorded_at     timestamptz not null default now(),
    cashier         text        not null,
    currency        text        not null,
    total           numeric     not null constraint tickets_total_is_not_negative check (total >= 0),
    net             numeric     not null,
    tax             numeric     not null,
    command_id      uuid        not null references core.commands (id),
    entry_id        uuid,
    constraint tickets_net_and_tax_make_the_total check (net + tax = total)
);
create index tickets_branch_id_sold_at on till.tickets (branch_id, sold_at);

create table till.ticket_lines (
    id              uuid        primary key,
    ticket_id       uuid        not null references till.tickets (id),
    branch_id       uuid        not null,
    line_no         integer     not null,
    product_id      uuid        not null references catalog.products (id),
    quantity        numeric     not null constraint ticket_lines_quantity_is_positive check (quantity > 0),
    unit_price      numeric     not null constraint ticket_lines_price_is_not_negative check (unit_price >= 0),
    tax_code        text        not null,
    tax_rate        numeric     not null,
    total           numeric     not null,
    unique (ticket_id, line_no)
);
create index ticket_lines_product_id on till.ticket_lines (product_id);

create table till.payments (
    ticket_id       uuid        not null references till.tickets (id),
    branch_id       uuid        not null,
    method          text        not null constraint payments_method_is_known check (method in ('cash')),
    amount          numeric     not null constraint payments_amount_is_not_negative check (amount >= 0),
    tendered        numeric     not null,
    change          numeric     not null,
    primary key (ticket_id, method),
    constraint payments_tendered_covers_amount_and_change check (tendered = amount + change and change >= 0)
);
