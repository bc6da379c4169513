-- Products, their barcodes and units.
-- Locks nothing that exists; refers to accounting.taxes.

create table catalog.units (
    code         text primary key constraint units_code_is_short check (code ~ '^[A-Z0-9]{1,6}$'),
    name         text not null,
    name_ar      text not null default ''
);

create table catalog.products (
    id              uuid        primary key,
    version         bigint      not null default 1,
    code            text        not null constraint products_code_is_taken unique
                                constraint products_code_is_said check (btrim(code) = code and code <> '' and length(code) <= 40),
    name            text        not null constraint products_name_is_said check (btrim(name) <> ''),
    name_ar         text        not null default '',
    unit            text        not null references catalog.units (code),
    tax_code        text        not null references accounting.taxes (code),
    -- What a customer pays for one unit, taxes included, in the company's currency.
    price           numeric     not null constraint products_price_is_not_negative check (price >= 0),
    -- Below this quantity a branch is told; none means never.
    reorder_point   numeric     constraint products_reorder_point_is_not_negative check (reorder_point >= 0),
    is_active       boolean     not null default true,
    deleted_at      timestamptz,
    metadata        jsonb       not null default '{}',
    search          text        not null generated always as (core.fold(code || ' ' || name || ' ' || name_ar)) stored,
    changed_xid     xid8        not null default pg_current_xact_id(),
    constraint products_deleted_are_inactive check (deleted_at is null or not is_active)
);
create index products_metadata on catalog.products using gin (metadata);
create index products_changed_xid on catalog.products (changed_xid);

create table catalog.barcodes (
    barcode         text        primary key
                                constraint barcodes_are_printable check (barcode ~ '^[!-~]{1,48}$'),
    product_id      uuid        not null references catalog.products (id),
    changed_xid     xid8        not null default pg_current_xact_id()
);
create index barcodes_product_id on catalog.barcodes (product_id);
create index barcodes_changed_xid on catalog.barcodes (changed_xid);
