-- Purchase invoices, and the tax on them that is deducted as it is paid. Locks accounting.tax_releases and accounting.entries
-- for a moment.

-- What was typed of a purchase and what it came to, in the company's currency; the plan of each line as it was on its day.
create table accounting.purchases (
    id          uuid        primary key,
    branch_id   uuid        not null references core.branches (id),
    kind        text        not null constraint purchases_kind_is_known check (kind in ('invoice', 'credit_note')),
    party_id    uuid        not null references accounting.party_names (party_id),
    number      text        not null constraint purchases_number_is_there check (btrim(number) <> ''),
    dated_on    date        not null,
    booked_on   date        not null,
    due_on      date        not null,
    label       text        not null,
    lines       jsonb       not null,
    net         numeric     not null,
    deductible  numeric     not null,
    cost_tax    numeric     not null,
    stamp       numeric     not null,
    total       numeric     not null,
    -- Posted in the same transaction; entries never go.
    entry_id    uuid        not null,
    made_by     text        not null,
    made_at     timestamptz not null default now(),
    command_id  uuid,
    undone_by   text,
    undone_at   timestamptz,
    constraint purchases_add_up check (net + deductible + cost_tax + stamp = total and total > 0),
    constraint purchases_are_booked_after_they_are_written check (booked_on >= dated_on),
    constraint purchases_are_undone_by_somebody check ((undone_by is null) = (undone_at is null))
);
create unique index purchases_are_booked_once on accounting.purchases (party_id, kind, upper(number)) where undone_at is null;
create unique index purchases_entry_id on accounting.purchases (entry_id);
create index purchases_branch_id on accounting.purchases (branch_id, booked_on);

-- Whether what became due was collected or deducted, and for which use.
alter table accounting.tax_releases add column amount text not null default 'tax_waiting';
alter table accounting.tax_releases add column use text not null default '';
alter table accounting.tax_releases drop constraint tax_releases_pkey;
alter table accounting.tax_releases add constraint tax_releases_pkey primary key (return_id, entry_id, amount, code, use);
alter table accounting.tax_releases alter column amount drop default;
alter table accounting.tax_releases alter column use drop default;
create index entries_taxes_to_deduct on accounting.entries (dated_on) where taxes @> '[{"amount": "deductible_waiting"}]';

-- They return more now.
drop function if exists accounting.tax_due_by(date);
drop function if exists accounting.tax_released(date, date);
