-- An account that holds something stays in use, and gets none beneath it: whichever branch holds it.
-- runs as: superuser

create or replace function accounting.check_account_is_free() returns trigger
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
declare
    above accounting.accounts;
begin
    -- A new pack may refine an account that is used: who updates the server is no user.
    if (select r.rolsuper from pg_roles r where r.rolname = session_user) then
        return null;
    end if;
    select * into above from accounting.accounts a
     where new.code like a.code || '_%' order by length(a.code) desc limit 1;
    if exists (select from accounting.entry_lines l where l.account_id = above.id)
       and not exists (select from accounting.account_roles r where r.account_id = above.id) then
        perform core.refuse('accounting.account_above_used',
                            jsonb_build_object('field', 'code', 'account', new.code, 'above', above.code));
    end if;
    return null;
end $$;
alter function accounting.check_account_is_free() owner to erp_checker;
revoke all on function accounting.check_account_is_free() from public;

drop trigger if exists accounts_come_beneath_free_ones on accounting.accounts;
create trigger accounts_come_beneath_free_ones after insert on accounting.accounts
    for each row execute function accounting.check_account_is_free();

create or replace function accounting.check_account_is_empty() returns trigger
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
declare
    standing numeric := (select sum(l.debit - l.credit) from accounting.entry_lines l where l.account_id = new.id);
begin
    if standing <> 0 then
        perform core.refuse('accounting.account_not_empty', jsonb_build_object(
            'field', 'is_active', 'account', new.code, 'balance', standing::text,
            'currency', (select c.currency from core.company c)));
    end if;
    return null;
end $$;
alter function accounting.check_account_is_empty() owner to erp_checker;
revoke all on function accounting.check_account_is_empty() from public;

drop trigger if exists accounts_end_empty on accounting.accounts;
create trigger accounts_end_empty after update of is_active on accounting.accounts
    for each row when (old.is_active and not new.is_active) execute function accounting.check_account_is_empty();
grant select on accounting.accounts, accounting.account_roles to erp_checker;
