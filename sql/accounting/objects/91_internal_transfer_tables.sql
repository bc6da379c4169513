-- Internal transfers: who sees them, which steps they may take, and that their entries stay theirs.

do $$
begin
    -- Whoever sends and whoever receives see the transfer; each sees only its own entries.
    call core.keep_to_owner('accounting.internal_transfers');
    call core.keep_audit('accounting.internal_transfers');
end $$;
create policy readers on accounting.internal_transfers for select to accounting_app
    using (branch_id = any ((select core.branches())::uuid[]) or to_branch_id = any ((select core.branches())::uuid[]));
grant select on accounting.internal_transfers to accounting_app;
call core.permit('accounting.transfer.move', '{accountant,manager}');

-- What was sent stays as it was; it is received once, or taken back once; a receipt may be undone.
create or replace function accounting.check_transfer_step() returns trigger
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    told text[] := '{state,received_on,received,received_account_id,difference_id,receipt_id,received_by,received_at,note,
                    returned_on,return_id,returned_by,returned_at}'::text[];
begin
    if tg_op = 'DELETE' or to_jsonb(new) - told <> to_jsonb(old) - told
       or (old.state, new.state) not in (('waiting', 'received'), ('waiting', 'returned'), ('received', 'waiting')) then
        perform core.refuse('core.append_only', jsonb_build_object('relation', tg_table_schema || '.' || tg_table_name));
    end if;
    return new;
end $$;
create or replace trigger transfers_stay before update or delete on accounting.internal_transfers
    for each row execute function accounting.check_transfer_step();
create or replace trigger transfers_never_emptied before truncate on accounting.internal_transfers
    for each statement execute function core.forbid();

-- Each step has its entry: none is received, taken back or undone without one.
create or replace function accounting.check_transfer_is_posted() returns trigger
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
declare
    was text := case when tg_op = 'UPDATE' then old.state else 'new' end;
begin
    if not exists (select from accounting.entries e
                    where case when was = 'new' then e.id = new.entry_id and e.branch_id = new.branch_id
                               when new.state = 'received' then e.id = new.receipt_id and e.branch_id = new.to_branch_id
                               when new.state = 'returned' then e.id = new.return_id and e.reverses_id = new.entry_id
                               else e.reverses_id = old.receipt_id
                                    or e.id = old.receipt_id and e.document ->> 'module' = 'till' end) then
        perform core.refuse('accounting.transfer_not_posted', jsonb_build_object('number', new.number));
    end if;
    return null;
end $$;
drop trigger if exists transfers_are_posted on accounting.internal_transfers;
create constraint trigger transfers_are_posted after insert or update on accounting.internal_transfers
    deferrable initially deferred for each row execute function accounting.check_transfer_is_posted();

-- The entries of a transfer are taken back only with it.
create or replace function accounting.check_transfer_is_told() returns trigger
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
    if exists (select from accounting.internal_transfers t
                where t.entry_id = new.reverses_id and t.return_id is distinct from new.id
                union all
               select from accounting.internal_transfers t where t.receipt_id = new.reverses_id) then
        perform core.refuse('accounting.entry_of_register', jsonb_build_object(
            'number', (select e.number from accounting.entries e where e.id = new.reverses_id)));
    end if;
    return null;
end $$;
drop trigger if exists transfers_are_taken_back_where_made on accounting.entries;
create constraint trigger transfers_are_taken_back_where_made after insert on accounting.entries
    deferrable initially deferred for each row when (new.reverses_id is not null)
    execute function accounting.check_transfer_is_told();
