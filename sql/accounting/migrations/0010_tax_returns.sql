-- What documents say of taxes, and the returns that declare it. Locks accounting.entries for a moment; entries that are
-- there already say nothing of taxes, so a first return begins after them.

-- Of a document: [{qualifier (the code of the tax), rate, base, value}]; what came back is negative.
alter table accounting.entries
    add column taxes jsonb not null default '[]';

create table accounting.tax_returns (
    id           uuid        primary key,
    starts_on    date        not null,
    ends_on      date        not null,
    -- What was declared: {taxes: {code: {base, tax}}, deductible: {qualifier: amount}, stamp, unnamed, credit_before, due}.
    figures      jsonb       not null,
    -- What was posted when it was declared: what comes later belongs to the next return.
    snapshot     pg_snapshot not null default pg_current_snapshot(),
    -- Posted in the same transaction; entries never go.
    entry_id     uuid,
    declared_by  text        not null,
    declared_at  timestamptz not null default now(),
    undone_by    text,
    undone_at    timestamptz,
    constraint tax_returns_are_months check (ends_on >= starts_on),
    constraint tax_returns_are_undone_by_somebody check ((undone_by is null) = (undone_at is null))
);
create unique index tax_returns_starts_on on accounting.tax_returns (starts_on) where undone_at is null;

-- The form of the country: what each box is made of. It comes with the pack.
create table accounting.tax_return_boxes (
    place        integer primary key,
    code         text    not null constraint tax_return_boxes_code_is_taken unique,
    kind         text    not null constraint tax_return_boxes_kind_is_known check (kind in ('head', 'line', 'sum')),
    base         text    not null default '',
    tax          text    not null default '',
    name         text    not null,
    name_ar      text    not null default '',
    legal_ref    text    not null default '',
    doubt        text    not null default ''
);
