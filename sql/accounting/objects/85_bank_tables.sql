-- Bank statements: what each table allows to whom, and what holds for every reconciliation, by whatever way it comes.

do $$
declare name text;
begin
    foreach name in array array['bank_statements', 'bank_movements', 'bank_reconciliations', 'bank_reconciled'] loop
        call core.keep_to_branch(('accounting.' || name)::regclass);
    end loop;
    call core.append_only('accounting.bank_statements');
    call core.append_only('accounting.bank_movements');
end $$;
comment on table accounting.bank_statements is 'no-audit: append-only, with author';
comment on table accounting.bank_movements is 'no-audit: append-only, with their statement';
comment on table accounting.bank_reconciliations is 'no-audit: append-only, with author and command; undone once, by whom and when';
comment on table accounting.bank_reconciled is 'no-audit: append-only, with their reconciliation';
grant select on accounting.bank_statements, accounting.bank_movements, accounting.bank_reconciliations,
    accounting.bank_reconciled to accounting_app;
call core.permit('accounting.bank.reconcile', '{accountant}');

-- The lines of the account of the ledger that mirrors a bank account, in its currency. What closes and opens years stands
-- beside the months and is nothing to the bank; differences of rates alone are nothing either.
create or replace view accounting.bank_lines with (security_invoker = true) as
    select b.id as bank_account_id, l.entry_id, l.line_no, l.branch_id, l.dated_on, e.number, e.label, e.document,
           l.label as line_label, l.party_id,
           case when b.currency = c.currency then l.debit - l.credit
                when b.currency = l.currency then sign(l.debit - l.credit) * l.amount else 0 end as amount
      from accounting.bank_accounts b
      join accounting.entry_lines l on l.account_id = b.account_id
      join accounting.periods t on t.id = l.period_id and t.kind = 'month'
      join accounting.entries e on e.id = l.entry_id
     cross join core.company c;
comment on view accounting.bank_lines is 'Lines of the ledger on accounts that mirror bank accounts; positive is received.';
grant select on accounting.bank_lines to accounting_app;

create or replace function accounting.check_reconciled() returns trigger
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
    if exists (select from (select distinct a.reconciliation_id from added a) a
                 left join accounting.bank_reconciliations r on r.id = a.reconciliation_id
                cross join lateral (
                    select count(*) as parts, count(m.id) + count(l.entry_id) as known,
                           coalesce(sum(m.amount), 0) as moved, coalesce(sum(l.amount), 0) as booked
                      from accounting.bank_reconciled p
                      left join accounting.bank_movements m on m.id = p.movement_id and m.bank_account_id = r.bank_account_id
                      left join accounting.bank_lines l on l.entry_id = p.entry_id and l.line_no = p.line_no
                                                       and l.bank_account_id = r.bank_account_id
                     where p.reconciliation_id = a.reconciliation_id) s
                where s.parts < 2 or s.known <> s.parts or s.moved <> s.booked or r.undone_at is not null) then
        perform core.refuse('accounting.bank_mixed');
    end if;
    return null;
end $$;
create or replace trigger reconciled_is_true after insert on accounting.bank_reconciled
    referencing new table as added for each statement execute function accounting.check_reconciled();

-- A reconciliation never changes but for being taken back, once; its parts follow.
create or replace function accounting.check_reconciliation_stays() returns trigger
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
    if tg_op = 'DELETE' or old.undone_at is not null or new.undone_at is null
       or to_jsonb(new) - '{undone_at,undone_by}'::text[] <> to_jsonb(old) - '{undone_at,undone_by}'::text[] then
        perform core.refuse('core.append_only', '{"relation": "accounting.bank_reconciliations"}');
    end if;
    return new;
end $$;
create or replace function accounting.check_part_stays() returns trigger
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
    if tg_op = 'DELETE' or new.stands or to_jsonb(new) - 'stands' <> to_jsonb(old) - 'stands'
       or not exists (select from accounting.bank_reconciliations r
                       where r.id = old.reconciliation_id and r.undone_at is not null) then
        perform core.refuse('core.append_only', '{"relation": "accounting.bank_reconciled"}');
    end if;
    return new;
end $$;
create or replace function accounting.release_parts() returns trigger
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
    update accounting.bank_reconciled p set stands = false where p.reconciliation_id = new.id;
    return null;
end $$;
create or replace trigger reconciliations_stay before update or delete on accounting.bank_reconciliations
    for each row execute function accounting.check_reconciliation_stays();
create or replace trigger reconciliations_release after update on accounting.bank_reconciliations
    for each row execute function accounting.release_parts();
create or replace trigger parts_stay before update or delete on accounting.bank_reconciled
    for each row execute function accounting.check_part_stays();
create or replace trigger never_emptied before truncate on accounting.bank_reconciliations
    for each statement execute function core.forbid();
create or replace trigger never_emptied before truncate on accounting.bank_reconciled
    for each statement execute function core.forbid();
