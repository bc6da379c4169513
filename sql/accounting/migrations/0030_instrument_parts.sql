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
