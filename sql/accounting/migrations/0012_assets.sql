-- Fixed assets: the register, what was depreciated of each, and what went. Locks accounting.law_values for a moment.

alter table accounting.law_values drop constraint law_values_kind_is_known;
alter table accounting.law_values add constraint law_values_kind_is_known
    check (kind in ('stamp', 'cash_rounding', 'denominations', 'identifier', 'mention', 'holiday', 'withholding', 'payment_delay',
                    'depreciation'));

create table accounting.asset_categories (
    code         text    primary key constraint asset_categories_code_is_plain check (code ~ '^[A-Z0-9_-]{1,20}$'),
    version      bigint  not null default 1,
    name         text    not null,
    name_ar      text    not null default '',
    -- Codes of accounts; what is never depreciated has the first alone.
    asset        text    not null,
    depreciation text    not null default '',
    charge       text    not null default '',
    -- What an asset of the category has unless it says otherwise.
    method       text    not null,
    life_months  integer not null default 0,
    is_active    boolean not null default true,
    constraint asset_categories_method_is_known
        check (method in ('none', 'linear', 'declining', 'two_shifts', 'three_shifts')),
    constraint asset_categories_have_a_life check ((method = 'none') = (life_months = 0) and life_months between 0 and 1200)
);

create table accounting.assets (
    id            uuid    primary key,
    version       bigint  not null default 1,
    code          text    not null constraint assets_code_is_taken unique
                          constraint assets_code_is_plain check (code ~ '^[^[:space:]]{1,30}$'),
    name          text    not null,
    name_ar       text    not null default '',
    category      text    not null references accounting.asset_categories (code),
    branch_id     uuid    not null references core.branches (id),
    location      text    not null default '',
    cost_centre   text    references accounting.cost_centres (code),
    acquired_on   date    not null,
    in_service_on date    not null,
    -- In the company's currency.
    cost          numeric not null constraint assets_cost_something check (cost > 0 and cost < 1000000000000000),
    residual      numeric not null default 0,
    method        text    not null,
    life_months   integer not null,
    -- Of the law on the day of service, which counts from `starts_on`.
    coefficient   numeric not null default 1,
    starts_on     date    not null,
    -- What another program had depreciated, and until when.
    taken_over    numeric not null default 0,
    taken_over_on date,
    -- Where it came from: the supplier's invoice, the entry.
    document      text    not null default '',
    entry_id      uuid,
    disposed_on   date,
    metadata      jsonb   not null default '{}',
    constraint assets_method_is_known check (method in ('none', 'linear', 'declining', 'two_shifts', 'three_shifts')),
    constraint assets_have_a_life check ((method = 'none') = (life_months = 0) and life_months between 0 and 1200),
    constraint assets_keep_a_part check (residual >= 0 and residual < cost),
    constraint assets_serve_after_they_come check (in_service_on >= acquired_on),
    constraint assets_are_taken_over_in_part
        check (taken_over >= 0 and taken_over <= cost - residual and (taken_over_on is not null or taken_over = 0))
);
create index assets_branch_id on accounting.assets (branch_id);
create index assets_metadata on accounting.assets using gin (metadata);

-- One for each month-end and branch that stands.
create table accounting.depreciation_runs (
    id           uuid        primary key,
    branch_id    uuid        not null,
    ends_on      date        not null,
    entry_id     uuid        not null,
    posted_by    text        not null,
    posted_at    timestamptz not null default now(),
    undone_by    text,
    undone_at    timestamptz,
    constraint depreciation_runs_are_undone_by_somebody check ((undone_by is null) = (undone_at is null))
);
create unique index depreciation_runs_month on accounting.depreciation_runs (branch_id, ends_on) where undone_at is null;

-- An asset is depreciated once until a day.
create table accounting.depreciations (
    id           uuid        primary key,
    asset_id     uuid        not null references accounting.assets (id),
    branch_id    uuid        not null,
    ends_on      date        not null,
    amount       numeric     not null constraint depreciations_are_something check (amount > 0),
    entry_id     uuid        not null,
    -- None: it went on that day.
    run_id       uuid        references accounting.depreciation_runs (id),
    undone_by    text,
    undone_at    timestamptz,
    constraint depreciations_are_undone_by_somebody check ((undone_by is null) = (undone_at is null))
);
create unique index depreciations_day on accounting.depreciations (asset_id, ends_on) where undone_at is null;
create index depreciations_run_id on accounting.depreciations (run_id);

create table accounting.disposals (
    id           uuid        primary key,
    asset_id     uuid        not null references accounting.assets (id),
    branch_id    uuid        not null,
    disposed_on  date        not null,
    kind         text        not null constraint disposals_kind_is_known check (kind in ('sale', 'scrap')),
    price        numeric     not null default 0 constraint disposals_price_is_not_negative check (price >= 0),
    tax          numeric     not null default 0,
    depreciated  numeric     not null,
    party_id     uuid,
    entry_id     uuid        not null,
    posted_by    text        not null,
    posted_at    timestamptz not null default now(),
    undone_by    text,
    undone_at    timestamptz,
    constraint disposals_are_undone_by_somebody check ((undone_by is null) = (undone_at is null))
);
create unique index disposals_asset_id on accounting.disposals (asset_id) where undone_at is null;
