-- Warehouses, movements that are only ever added, and what is on hand by them.
-- Locks nothing that exists; refers to core.branches, core.commands and catalog.products.

create table inventory.warehouses (
    id           uuid    primary key,
    version      bigint  not null default 1,
    branch_id    uuid    not null references core.branches (id),
    code         text    not null constraint warehouses_code_is_taken unique,
    name         text    not null,
    name_ar      text    not null default '',
    -- Where the branch sells from.
    is_default   boolean not null default false,
    is_active    boolean not null default true
);
create unique index warehouses_have_one_default on inventory.warehouses (branch_id) where is_default;

create table inventory.stock (
    warehouse_id uuid    not null references inventory.warehouses (id),
    product_id   uuid    not null references catalog.products (id),
    branch_id    uuid    not null references core.branches (id),
    on_hand      numeric not null default 0,
    value        numeric not null default 0,
    -- Set where a fact took more than was there: somebody has to count.
    is_short     boolean not null default false,
    changed_xid  xid8    not null default pg_current_xact_id(),
    primary key (warehouse_id, product_id),
    constraint stock_is_below_zero_only_by_a_fact check (on_hand >= 0 or is_short),
    -- Goods that are missing are worth nothing; see inventory.issue_v1.
    constraint stock_value_is_not_negative check (value >= 0)
) with (fillfactor = 70);
create index stock_changed_xid on inventory.stock (changed_xid);
create index stock_branch_id on inventory.stock (branch_id);
-- Lists go through the products in order and ask for the stock of each.
create index stock_product_id on inventory.stock (product_id, branch_id);

create table inventory.movements (
    id           uuid        primary key default gen_random_uuid(),
    -- The warehouse's branch and the gate's command: written by the functions that move goods, never by hand.
    branch_id    uuid        not null,
    warehouse_id uuid        not null,
    product_id   uuid        not null,
    kind         text        not null constraint movements_kind_is_known
                             check (kind in ('opening', 'sale', 'return', 'receipt', 'adjustment')),
    -- Positive came in, negative went out.
    -- The bounds keep out a numeric that is no number: PostgreSQL says that it is above everything.
    quantity     numeric     not null constraint movements_move_something
                             check (quantity <> 0 and abs(quantity) < 1e12),
    -- What it was worth in the company's currency, with the sign of the quantity.
    value        numeric     not null constraint movements_value_is_an_amount check (abs(value) < 1e15),
    document     jsonb       not null default '{}',
    command_id   uuid,
    moved_at     timestamptz not null,
    recorded_at  timestamptz not null default now(),
    constraint movements_value_follows_quantity check (value = 0 or sign(value) = sign(quantity)),
    -- What moves has its line in the stock; that line names the warehouse and the product.
    constraint movements_move_stock
        foreign key (warehouse_id, product_id) references inventory.stock (warehouse_id, product_id)
);
create index movements_product_id on inventory.movements (product_id, warehouse_id, recorded_at, id);
create index movements_branch_id_recorded_at on inventory.movements (branch_id, recorded_at);
