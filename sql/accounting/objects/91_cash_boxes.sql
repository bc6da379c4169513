-- Petty cash: who sees it, what stays as it was written, and that its entries go only with it.

do $$
begin
    call core.keep_to_branch('accounting.cash_boxes');
    call core.keep_audit('accounting.cash_boxes');
    -- What the law lets pay in cash counts what all branches paid; each command looks at the branch by itself.
    call core.keep_to_owner('accounting.cash_vouchers');
    call core.keep_to_branch('accounting.cash_counts');
    call core.append_only('accounting.cash_counts');
end $$;
comment on table accounting.cash_vouchers is 'no-audit: append-only, with its entry; undone once, by whom and when';
comment on table accounting.cash_counts is 'no-audit: append-only, with author and command';
create policy readers on accounting.cash_vouchers for select to accounting_app
    using (branch_id = any ((select core.branches())::uuid[]));
create or replace trigger vouchers_stay before update or delete on accounting.cash_vouchers for each row
    execute function accounting.check_undone_once();
create or replace trigger vouchers_never_emptied before truncate on accounting.cash_vouchers for each statement
    execute function core.forbid();
grant select on accounting.cash_boxes, accounting.cash_vouchers, accounting.cash_counts to accounting_app;
call core.permit('accounting.cash.spend', '{accountant,manager}');
call core.permit('accounting.cash.edit', '{accountant}');
call core.offer_attachments('accounting.cash_voucher', 'accounting.ledger.view', 'accounting.cash.spend');

-- The entry of a voucher goes only with it, that of a count never: the next count mends it.
create or replace function accounting.check_voucher_is_told() returns trigger
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
    if exists (select from accounting.cash_vouchers v where v.entry_id = new.reverses_id and v.undone_at is null
                union all
               select from accounting.cash_counts c where c.entry_id = new.reverses_id) then
        perform core.refuse('accounting.entry_of_register', jsonb_build_object(
            'number', (select e.number from accounting.entries e where e.id = new.reverses_id)));
    end if;
    return null;
end $$;
drop trigger if exists vouchers_are_undone_where_made on accounting.entries;
create constraint trigger vouchers_are_undone_where_made after insert on accounting.entries
    deferrable initially deferred for each row when (new.reverses_id is not null)
    execute function accounting.check_voucher_is_told();
