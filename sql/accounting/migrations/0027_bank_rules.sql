-- Rules by which movements of banks are booked, and what was refused of them. Locks accounting.bank_reconciliations while its
-- rows are checked.

create table accounting.bank_rules (
    id               uuid        primary key,
    version          bigint      not null default 1,
    branch_id        uuid        not null references core.branches (id),
    -- Null: of every bank account of the branch.
    bank_account_id  uuid        references accounting.bank_accounts (id),
    -- Folded and sorted; a label must have them all.
    words            text[]      not null constraint bank_rules_have_words check (cardinality(words) > 0),
    direction        text        not null constraint bank_rules_direction_is_known check (direction in ('in', 'out', 'any')),
    amount_from      numeric     constraint bank_rules_amounts_are_not_below_zero check (amount_from >= 0),
    amount_to        numeric     constraint bank_rules_amounts_are_in_order check (amount_to >= coalesce(amount_from, 0)),
    account_id       uuid        not null references accounting.accounts (id),
    tax_code         text        references accounting.taxes (code),
    party_id         uuid        references accounting.party_names (party_id),
    cost_centre      text        references accounting.cost_centres (code),
    -- Empty: what the bank says.
    label            text        not null default '',
    posts_itself     boolean     not null default false,
    is_learned       boolean     not null default false,
    is_active        boolean     not null default true,
    made_by          text        not null,
    made_at          timestamptz not null default now(),
    constraint bank_rules_learned_are_of_one_account check (not is_learned or bank_account_id is not null),
    constraint bank_rules_of_a_branch unique (id, branch_id)
);
create index bank_rules_branch_id on accounting.bank_rules (branch_id);

create table accounting.bank_rule_refusals (
    rule_id      uuid        not null,
    movement_id  uuid        not null references accounting.bank_movements (id),
    branch_id    uuid        not null references core.branches (id),
    refused_by   text        not null,
    refused_at   timestamptz not null default now(),
    command_id   uuid        references core.commands (id),
    primary key (rule_id, movement_id),
    constraint bank_rule_refusals_stay_in_their_branch
        foreign key (rule_id, branch_id) references accounting.bank_rules (id, branch_id)
);
create index bank_rule_refusals_branch_id on accounting.bank_rule_refusals (branch_id);

-- By which rule it was booked, or which one it taught.
alter table accounting.bank_reconciliations add column rule_id uuid;
alter table accounting.bank_reconciliations add constraint bank_reconciliations_rule_is_of_their_branch
    foreign key (rule_id, branch_id) references accounting.bank_rules (id, branch_id);
alter table accounting.bank_reconciliations drop constraint bank_reconciliations_reason_is_known;
alter table accounting.bank_reconciliations add constraint bank_reconciliations_reason_is_known
    check (reason in ('hand', 'reference', 'date', 'booked', 'rule'));
alter table accounting.bank_reconciliations add constraint bank_reconciliations_by_a_rule_name_it
    check (reason <> 'rule' or rule_id is not null);
create index bank_reconciliations_rule_id on accounting.bank_reconciliations (rule_id) where rule_id is not null;
