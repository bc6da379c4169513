-- Categories, packs, price lists, services and pictures.
-- Locks catalog.products and catalog.barcodes for a moment.

create table catalog.categories (
    id           uuid    primary key,
    version      bigint  not null default 1,
    parent_id    uuid    references catalog.categories (id),
    code         text    not null constraint categories_code_is_taken unique
                         constraint categories_code_is_said check (btrim(code) = code and code <> '' and length(code) <= 40),
    name         text    not null constraint categories_name_is_said check (btrim(name) <> ''),
    name_ar      text    not null default '',
    is_active    boolean not null default true,
    changed_xid  xid8    not null default pg_current_xact_id(),
    constraint categories_are_not_their_own_parent check (parent_id <> id)
);
create index categories_parent_id on catalog.categories (parent_id);
create index categories_changed_xid on catalog.categories (changed_xid);

alter table catalog.products
    add column category_id uuid    references catalog.categories (id),
    -- Services have no stock.
    add column kind        text    not null default 'goods'
                           constraint products_kind_is_known check (kind in ('goods', 'service')),
    -- The price without taxes, for those who buy to sell; none means: follows from the price.
    add column price_net   numeric constraint products_price_net_is_an_amount
                           check (price_net >= 0 and price_net < 1e12);
create index products_category_id on catalog.products (category_id);

-- A carton of twelve: sold as one, counted in stock as twelve.
create table catalog.packs (
    id           uuid    primary key,
    product_id   uuid    not null references catalog.products (id),
    name         text    not null constraint packs_name_is_said check (btrim(name) <> ''),
    name_ar      text    not null default '',
    -- How many units of the product are in it.
    factor       numeric not null constraint packs_hold_something check (factor > 0 and factor < 1e9),
    -- What a pack costs, taxes included; none means as many units as are in it.
    price        numeric constraint packs_price_is_an_amount check (price >= 0 and price < 1e12),
    is_active    boolean not null default true,
    changed_xid  xid8    not null default pg_current_xact_id(),
    constraint packs_are_named_once unique (product_id, name)
);
create index packs_changed_xid on catalog.packs (changed_xid);

alter table catalog.barcodes add column pack_id uuid references catalog.packs (id);
create index barcodes_pack_id on catalog.barcodes (pack_id);

create table catalog.price_lists (
    code           text    primary key constraint price_lists_code_is_plain check (code ~ '^[A-Z0-9_-]{1,20}$'),
    version        bigint  not null default 1,
    name           text    not null constraint price_lists_name_is_said check (btrim(name) <> ''),
    name_ar        text    not null default '',
    -- Whether its prices include taxes.
    includes_tax   boolean not null default true,
    is_active      boolean not null default true,
    changed_xid    xid8    not null default pg_current_xact_id()
);
create index price_lists_changed_xid on catalog.price_lists (changed_xid);

create table catalog.prices (
    id             uuid    primary key,
    price_list     text    not null constraint prices_list_is_known references catalog.price_lists (code),
    product_id     uuid    not null references catalog.products (id),
    pack_id        uuid    references catalog.packs (id),
    -- From so many (units, or packs where it is a pack's price) on.
    min_quantity   numeric not null default 1 constraint prices_quantity_is_positive
                           check (min_quantity > 0 and min_quantity < 1e9),
    price          numeric not null constraint prices_price_is_an_amount check (price >= 0 and price < 1e12),
    valid_from     date    not null,
    valid_to       date,
    changed_xid    xid8    not null default pg_current_xact_id(),
    constraint prices_begin_once unique nulls not distinct (price_list, product_id, pack_id, min_quantity, valid_from),
    constraint prices_end_after_they_begin check (valid_to is null or valid_to >= valid_from)
);
create index prices_product_id on catalog.prices (product_id);
create index prices_changed_xid on catalog.prices (changed_xid);

create table catalog.pictures (
    product_id   uuid  primary key references catalog.products (id),
    -- Scaled by the program: a list of products must not carry photographs.
    content      bytea not null constraint pictures_are_small check (octet_length(content) <= 262144),
    media_type   text  not null constraint pictures_are_png_or_jpeg check (media_type in ('image/png', 'image/jpeg'))
);
