-- What a register, a revaluation or a certificate says and what the ledger says stay the same: such an entry is taken back where it was made.
create or replace function accounting.check_reversal_is_told() returns trigger
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
    if exists (select from accounting.depreciation_runs r where r.entry_id = new.reverses_id and r.undone_at is null
                union all
               select from accounting.disposals d where d.entry_id = new.reverses_id and d.undone_at is null
                union all
               select from accounting.revaluations r
                where new.reverses_id in (r.entry_id, r.back_id, r.money_id) and r.undone_at is null
                union all
               select from accounting.withholdings w where w.entry_id = new.reverses_id and w.undone_at is null
                union all
               select from accounting.purchases p where p.entry_id = new.reverses_id and p.undone_at is null
                union all
               select from accounting.transfer_orders o where o.entry_id = new.reverses_id and o.state <> 'cancelled') then
        perform core.refuse('accounting.entry_of_register', jsonb_build_object(
            'number', (select e.number from accounting.entries e where e.id = new.reverses_id)));
    end if;
    return new;
end $$;
create or replace trigger entries_are_taken_back_where_made before insert on accounting.entries
    for each row when (new.reverses_id is not null) execute function accounting.check_reversal_is_told();
