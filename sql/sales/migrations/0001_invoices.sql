-- Invoices and credit notes, what was paid, and which payment settles which invoice.
-- Locks nothing that exists; refers to core, parties and catalog.

create table sales.invoices (
    id              uuid        primary key,
    version         bigint      not null default 1,
    kind            text        not null constraint invoices_kind_is_known check (kind in ('invoice', 'credit_note')),
    state           text        not null default 'draft'
                                constraint invoices_state_is_known check (state in ('draft', 'posted', 'discarded')),
    branch_id       uuid        not null references core.branches (id),
    number          text        constraint invoices_number_is_unique unique,
    dated_on        date        not null,
    due_on          date,
    -- Nobody is known only where a history was imported without its customers.
    customer_id     uuid        references parties.parties (id),
    -- What a credit note gives back of.
    original_id     uuid        references sales.invoices (id),
    currency        text        not null,
    includes_tax    boolean     not null default false,
    price_list      text        constraint invoices_price_list_is_known references catalog.price_lists (code),
    terms           text        constraint invoices_terms_are_known references parties.terms (code),
    payment_method  text        not null default 'account' constraint invoices_payment_method_is_known
                                check (payment_method in ('cash', 'card', 'cheque', 'transfer', 'account')),
    -- The customer's own, such as a purchase order.
    reference       text        not null default '' constraint invoices_reference_is_short check (length(reference) <= 100),
    language        text        not null default 'fr' constraint invoices_language_is_known
                                check (language in ('ar', 'fr', 'en', 'ar+fr')),
    note            text        not null default '' constraint invoices_note_is_short check (length(note) <= 2000),
    -- Taken off the whole, with the sign of the whole; part of what the lines say of their discounts.
    discount        numeric     not null default 0,
    net             numeric     not null default 0,
    tax             numeric     not null default 0,
    total           numeric     not null default 0,
    -- Stamp duty, on top of the total.
    stamp           numeric     not null default 0,
    to_pay          numeric     not null default 0,
    -- What the goods had cost, with the sign of the document.
    cost            numeric     not null default 0,
    -- [{"code": "TVA19", "rate": "0.19", "base": "100.00", "amount": "19.00"}], as booked.
    taxes           jsonb       not null default '[]',
    -- What the paper said of seller, customer, terms, goods and law: a reprint says the words of its day.
    paper           jsonb       not null default '{}',
    posted_at       timestamptz,
    posted_by       text,
    command_id      uuid        references core.commands (id),
    entry_id        uuid,
    import_id       uuid,
    printed         integer     not null default 0,
    metadata        jsonb       not null default '{}',
    -- Number, customer and reference, as a search compares them; the words as in parties.parties.
    search          text        not null default '',
    words           tsvector    not null generated always as (array_to_tsvector(array_remove(regexp_split_to_array(
                                core.fold(search),
                                '[\u0001-\u002f\u003a-\u0040\u005b-\u005e\u0060\u007b-\u00a9\u00ab-\u00b4\u00b6-\u00bf\u00d7\u00f7'
                                '\u2000-\u206f\u20a0-\u20bf\u2190-\u2bff\u3000-\u3003\u060c\u061b\u061f\u066a-\u066d\u06d4]+'),
                                ''))) stored,
    changed_at      timestamptz not null default now(),
    constraint invoices_posted_are_numbered
        check (case state when 'posted' then (number, posted_at, posted_by) is not null and due_on is not null
                          else number is null end),
    constraint invoices_posted_have_a_customer
        check (state <> 'posted' or customer_id is not null or import_id is not null),
    constraint invoices_are_due_after_their_day check (due_on >= dated_on),
    constraint invoices_net_and_tax_make_the_total check (net + tax = total and total + stamp = to_pay),
    constraint invoices_sign_follows_kind
        check (state <> 'posted' or case kind when 'invoice' then total >= 0 else total <= 0 and to_pay <= 0 end),
    constraint invoices_only_credit_notes_give_back check (original_id is null or kind = 'credit_note')
);
create index invoices_dated_on on sales.invoices (dated_on, id);
create index invoices_customer_id on sales.invoices (customer_id, dated_on) where customer_id is not null;
create index invoices_original_id on sales.invoices (original_id) where original_id is not null;
create index invoices_drafts on sales.invoices (branch_id) where state = 'draft';
create index invoices_import_id on sales.invoices (import_id) where import_id is not null;
create index invoices_words on sales.invoices using gin (words);
create index invoices_metadata on sales.invoices using gin (metadata);

create table sales.invoice_lines (
    id                uuid    primary key,
    invoice_id        uuid    not null references sales.invoices (id),
    branch_id         uuid    not null,
    line_no           integer not null,
    product_id        uuid    not null references catalog.products (id),
    pack_id           uuid    references catalog.packs (id),
    -- Units of the product in one of what was sold.
    factor            numeric not null default 1 constraint invoice_lines_factor_is_positive
                              check (factor > 0 and factor < 1e9),
    description       text    not null default '' constraint invoice_lines_description_is_short
                              check (length(description) <= 500),
    quantity          numeric not null,
    unit_price        numeric not null,
    -- In hundredths: 5 is 5 %.
    discount_rate     numeric not null default 0,
    -- The line's own and its share of the document's.
    discount          numeric not null default 0,
    tax_code          text    not null,
    -- [{"code": "TVA19", "rate": "0.19", "after": []}], as reckoned on the day.
    taxes             jsonb   not null default '[]',
    amount            numeric not null default 0,
    net               numeric not null default 0,
    cost              numeric not null default 0,
    -- Whether what a credit note takes back returns to stock.
    goods_back        boolean not null default false,
    original_line_id  uuid    references sales.invoice_lines (id),
    constraint invoice_lines_stand_in_order unique (invoice_id, line_no)
);
create index invoice_lines_product_id on sales.invoice_lines (product_id);
create index invoice_lines_original_line_id on sales.invoice_lines (original_line_id)
    where original_line_id is not null;

-- Gapless, and in the order of their days: counted up inside the posting function.
create table sales.series (
    kind            text        not null constraint series_kind_is_known
                                check (kind in ('invoice', 'credit_note', 'payment')),
    branch_id       uuid        not null references core.branches (id),
    year            integer     not null,
    last_number     bigint      not null default 0,
    last_on         date        not null,
    primary key (kind, branch_id, year)
);

create table sales.payments (
    id              uuid        primary key,
    branch_id       uuid        not null references core.branches (id),
    number          text        not null constraint payments_number_is_unique unique,
    customer_id     uuid        references parties.parties (id),
    dated_on        date        not null,
    method          text        not null constraint payments_method_is_known
                                check (method in ('cash', 'card', 'cheque', 'transfer')),
    -- What it settles; what was paid back is negative. The stamp duty of cash comes on top.
    amount          numeric     not null constraint payments_move_something check (amount <> 0 and abs(amount) < 1e12),
    stamp           numeric     not null default 0 constraint payments_stamp_is_not_negative
                                check (stamp >= 0 and stamp < 1e12),
    reference       text        not null default '' constraint payments_reference_is_short check (length(reference) <= 100),
    note            text        not null default '' constraint payments_note_is_short check (length(note) <= 2000),
    currency        text        not null,
    received_by     text        not null,
    recorded_at     timestamptz not null default now(),
    workstation_id  uuid        references core.workstations (id),
    command_id      uuid        references core.commands (id),
    entry_id        uuid,
    import_id       uuid,
    search          text        not null default '',
    words           tsvector    not null generated always as (array_to_tsvector(array_remove(regexp_split_to_array(
                                core.fold(search),
                                '[\u0001-\u002f\u003a-\u0040\u005b-\u005e\u0060\u007b-\u00a9\u00ab-\u00b4\u00b6-\u00bf\u00d7\u00f7'
                                '\u2000-\u206f\u20a0-\u20bf\u2190-\u2bff\u3000-\u3003\u060c\u061b\u061f\u066a-\u066d\u06d4]+'),
                                ''))) stored,
    constraint payments_have_a_customer check (customer_id is not null or import_id is not null)
);
create index payments_dated_on on sales.payments (dated_on, id);
create index payments_customer_id on sales.payments (customer_id, dated_on) where customer_id is not null;
create index payments_import_id on sales.payments (import_id) where import_id is not null;
create index payments_words on sales.payments using gin (words);

-- A debt that is given up; it lowers what is open of its invoice.
create table sales.write_offs (
    id              uuid        primary key,
    branch_id       uuid        not null references core.branches (id),
    invoice_id      uuid        not null references sales.invoices (id),
    dated_on        date        not null,
    amount          numeric     not null constraint write_offs_give_up_something check (amount > 0 and amount < 1e12),
    reason          text        not null constraint write_offs_reason_is_said
                                check (btrim(reason) <> '' and length(reason) <= 500),
    made_at         timestamptz not null default now(),
    made_by         text        not null,
    command_id      uuid        references core.commands (id),
    entry_id        uuid
);
create index write_offs_invoice_id on sales.write_offs (invoice_id);

-- What settles what: a payment or a credit note settles an invoice, or is paid back by a negative payment.
create table sales.allocations (
    id              uuid        primary key,
    branch_id       uuid        not null references core.branches (id),
    payment_id      uuid        references sales.payments (id),
    credit_note_id  uuid        references sales.invoices (id),
    invoice_id      uuid        references sales.invoices (id),
    repayment_id    uuid        references sales.payments (id),
    amount          numeric     not null constraint allocations_settle_something check (amount > 0 and amount < 1e12),
    -- The allocation that this one takes back; its amount is the same.
    undoes          uuid        constraint allocations_are_undone_once unique references sales.allocations (id),
    made_at         timestamptz not null default now(),
    made_by         text        not null,
    command_id      uuid        references core.commands (id),
    constraint allocations_have_one_source check (num_nonnulls(payment_id, credit_note_id) = 1),
    constraint allocations_have_one_target check (num_nonnulls(invoice_id, repayment_id) = 1)
);
create index allocations_invoice_id on sales.allocations (invoice_id) where invoice_id is not null;
create index allocations_payment_id on sales.allocations (payment_id) where payment_id is not null;
create index allocations_credit_note_id on sales.allocations (credit_note_id) where credit_note_id is not null;
create index allocations_repayment_id on sales.allocations (repayment_id) where repayment_id is not null;

-- What is still open of each posted document and payment, zero or more, kept in the transaction that changes it. Its
-- rows are what allocations lock, in key order.
create table sales.open_items (
    -- Of the invoice, credit note or payment.
    id              uuid        primary key,
    kind            text        not null constraint open_items_kind_is_known
                                check (kind in ('invoice', 'credit_note', 'payment', 'repayment')),
    branch_id       uuid        not null references core.branches (id),
    customer_id     uuid        references parties.parties (id),
    dated_on        date        not null,
    due_on          date        not null,
    whole           numeric     not null,
    open            numeric     not null,
    constraint open_items_are_never_settled_twice check (open >= 0 and open <= whole)
);
create index open_items_customer_id on sales.open_items (customer_id, due_on) where open > 0;
create index open_items_due_on on sales.open_items (due_on) where open > 0;
