-- Taxes on taxes, dated values of the law, who owes what, and an account's lines in the order of their days.
-- Locks accounting.taxes, tax_rates and entry_lines for a moment; the new columns of the lines have no default.

alter table accounting.taxes
    add column kind        text   not null default 'vat'
                           constraint taxes_kind_is_known check (kind in ('vat', 'excise')),
    -- Taxes that are charged with it and belong to its base, in order: FODEC before VAT.
    add column base_taxes  text[] not null default '{}',
    -- The article that an invoice must quote where the rate is zero.
    add column article     text   not null default '',
    add column version     bigint not null default 1,
    add column changed_xid xid8   not null default pg_current_xact_id();

alter table accounting.tax_rates add column version bigint not null default 1;

-- What a law says between two days: stamp duties, identifiers, mentions, holidays, notes and coins.
create table accounting.law_values (
    id           uuid   primary key,
    version      bigint not null default 1,
    kind         text   not null constraint law_values_kind_is_known
                        check (kind in ('stamp', 'cash_rounding', 'denominations', 'identifier', 'mention', 'holiday',
                                        'withholding', 'payment_delay')),
    code         text   not null constraint law_values_code_is_plain check (code ~ '^[A-Za-z0-9_.-]{1,40}$'),
    valid_from   date   not null,
    valid_to     date,
    value        jsonb  not null constraint law_values_value_is_an_object check (jsonb_typeof(value) = 'object'),
    legal_ref    text   not null,
    doubt        text   not null default '',
    changed_xid  xid8   not null default pg_current_xact_id(),
    constraint law_values_begin_once unique (kind, code, valid_from),
    constraint law_values_end_after_they_begin check (valid_to is null or valid_to >= valid_from)
);
create index law_values_changed_xid on accounting.law_values (changed_xid);

-- Whose debt or claim a line is; the party belongs to the module `parties`, which stands above.
alter table accounting.entry_lines add column party_id uuid;
create index entry_lines_party_id on accounting.entry_lines (party_id, account_id) where party_id is not null;

-- The day of its entry, which accounting.check_balanced wants to be the same: a ledger is read by account and day, and
-- within a day in the order of posting.
alter table accounting.entry_lines add column dated_on date;
create index entry_lines_account_id_dated_on on accounting.entry_lines (account_id, dated_on, xid);
drop index accounting.entry_lines_account_id_period_id;

-- What parties are called in a ledger; `parties`, which stands above, tells it through accounting.name_party_v1.
create table accounting.party_names (
    party_id     uuid    primary key,
    name         text    not null,
    name_ar      text    not null default ''
);

-- What each party owes or is owed, kept by accounting.post_v1 in the posting transaction.
create table accounting.party_balances (
    party_id     uuid    not null,
    role         text    not null constraint party_balances_role_is_known check (role in ('receivable', 'payable')),
    -- Debit less credit: what a customer owes us is positive.
    balance      numeric not null default 0,
    changed_xid  xid8    not null default pg_current_xact_id(),
    primary key (party_id, role)
);
create index party_balances_changed_xid on accounting.party_balances (changed_xid);
