-- Cheques and bills paid in part, and the account on which each stands. Locks accounting.instruments, its moves and
-- accounting.law_values for a moment.

alter table accounting.instruments
    -- What of it was paid before the rest: the rest is what every step moves.
    add column paid numeric not null default 0 constraint instruments_paid_is_a_part check (paid >= 0 and paid < amount),
    -- On which account it stands since its last step; null before there was this column: the one of its role.
    add column account_id uuid;

alter table accounting.instrument_moves
    -- What the step moved, and what of it was paid by the way; negative where a step was taken back.
    add column amount numeric,
    add column paid numeric not null default 0,
    -- On which account it stood before.
    add column account_id uuid;

-- When the bank falls by a cheque that is written is a value of the law; kinds that others add stay as they are.
do $$
declare
    known text := (select pg_get_constraintdef(c.oid) from pg_constraint c
                    where c.conname = 'law_values_kind_is_known' and c.conrelid = 'accounting.law_values'::regclass);
begin
    execute 'alter table accounting.law_values drop constraint law_values_kind_is_known';
    execute 'alter table accounting.law_values add constraint law_values_kind_is_known '
            || replace(known, 'ARRAY[', 'ARRAY[''cheque_issue''::text, ');
end $$;

-- What late payment costs, booked: debit notes to customers who were reminded, and the fine of a quarter for what we pay late.
create table accounting.late_charges (
    id           uuid        primary key,
    branch_id    uuid        not null references core.branches (id),
    kind         text        not null constraint late_charges_kind_is_known check (kind in ('note', 'fine')),
    number       text        not null,
    year         integer,
    sequence     bigint,
    party_id     uuid        references accounting.party_names (party_id),
    reminder_id  uuid        references accounting.reminders (id),
    starts_on    date,
    ends_on      date,
    dated_on     date        not null,
    fee          numeric     not null constraint late_charges_fee_is_no_gift check (fee >= 0),
    rate         numeric     not null constraint late_charges_rate_is_a_part check (rate >= 0 and rate <= 1),
    interest     numeric     not null constraint late_charges_interest_is_no_gift check (interest >= 0),
    -- How the interest was counted, line by line, for the paper.
    lines        jsonb       not null default '[]',
    -- Posted in the same transaction; entries never go.
    entry_id     uuid        not null,
    made_by      text        not null,
    made_at      timestamptz not null default now(),
    command_id   uuid,
    undone_by    text,
    undone_at    timestamptz,
    constraint late_charges_have_no_gap unique (branch_id, year, sequence),
    constraint late_charges_cost_something check (fee + interest > 0),
    constraint late_charges_are_of_a_letter check ((kind = 'note') =
        (reminder_id is not null and party_id is not null and sequence is not null and year is not null)),
    constraint late_charges_are_of_a_quarter check ((kind = 'fine') = (starts_on is not null and ends_on is not null)),
    constraint late_charges_are_undone_by_somebody check ((undone_by is null) = (undone_at is null))
);
create unique index late_charges_one_note on accounting.late_charges (reminder_id)
    where kind = 'note' and undone_at is null;
create unique index late_charges_one_fine on accounting.late_charges (starts_on) where kind = 'fine' and undone_at is null;
create unique index late_charges_entry_id on accounting.late_charges (entry_id);
create index late_charges_branch_id on accounting.late_charges (branch_id, dated_on);
