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
    name            text        not null constraint products_name_is_said check (btrim(name) <> '' and length(name) <= 200),
    name_ar         text        not null default '' constraint products_name_ar_is_short check (length(name_ar) <= 200),
    unit            text        not null constraint products_unit_is_known references catalog.units (code),
    tax_code        text        not null constraint products_tax_is_known references accounting.taxes (code),
    -- What a customer pays for one unit, taxes included, in the company's currency. PostgreSQL knows a
    -- numeric that is no number, and says that it is above zero: the upper bound keeps it out.
    price           numeric     not null constraint products_price_is_an_amount check (price >= 0 and price < 1e12),
    -- Below this quantity a branch is told; none means never.
    reorder_point   numeric     constraint products_reorder_point_is_a_quantity
                                check (reorder_point >= 0 and reorder_point < 1e12),
    is_active       boolean     not null default true,
    deleted_at      timestamptz,
    metadata        jsonb       not null default '{}',
    -- What a search compares: the words of erp_desktop.core.search.terms, split where Python splits.
    words           tsvector    not null generated always as (array_to_tsvector(array_remove(regexp_split_to_array(
                                core.fold(code || ' ' || name || ' ' || name_ar),
                                '[\u0001-\u002f\u003a-\u0040\u005b-\u005e\u0060\u007b-\u00a9\u00ab-\u00b4\u00b6-\u00bf\u00d7\u00f7'
                                '\u2000-\u206f\u20a0-\u20bf\u2190-\u2bff\u3000-\u3003\u060c\u061b\u061f\u066a-\u066d\u06d4]+'),
                                ''))) stored,
    changed_xid     xid8        not null default pg_current_xact_id(),
    constraint products_deleted_are_inactive check (deleted_at is null or not is_active)
);
create index products_metadata on catalog.products using gin (metadata);
create index products_changed_xid on catalog.products (changed_xid);
create index products_words on catalog.products using gin (words);
-- The orders in which a list can be read from its first page to its last.
create index products_name on catalog.products (name, id);

create table catalog.barcodes (
    barcode         text        primary key
                                constraint barcodes_are_printable check (barcode ~ '^[!-~]{1,48}$'),
    product_id      uuid        not null references catalog.products (id),
    changed_xid     xid8        not null default pg_current_xact_id()
);
create index barcodes_product_id on catalog.barcodes (product_id);
create index barcodes_changed_xid on catalog.barcodes (changed_xid);
