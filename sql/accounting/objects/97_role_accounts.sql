-- Which accounts play a role, or have played one: another posting account changes nothing about what was posted before.
-- runs as: superuser

call core.share('accounting.role_accounts');
comment on table accounting.role_accounts is 'no-audit: derived from account_roles, whose changes are audited';
grant select on accounting.role_accounts to accounting_app;

-- An account that begins to hold what single parties owe brings what stands on it by name already, of every branch.
create or replace function accounting.remember_role() returns trigger
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
    insert into accounting.role_accounts (role, account_id) values (new.role, new.account_id) on conflict do nothing;
    if found and new.role = any (accounting.party_roles()) then
        insert into accounting.party_balances as b (party_id, role, balance)
        select l.party_id, new.role, sum(l.debit - l.credit)
          from accounting.entry_lines l
         where l.account_id = new.account_id and l.party_id is not null
         group by l.party_id
        on conflict (party_id, role) do update set balance = b.balance + excluded.balance;
    end if;
    return null;
end $$;
alter function accounting.remember_role() owner to erp_checker;
revoke all on function accounting.remember_role() from public;
grant select, insert on accounting.role_accounts to erp_checker;
grant select, insert, update on accounting.party_balances to erp_checker;
grant execute on function accounting.party_roles() to erp_checker;

create or replace trigger account_roles_are_remembered after insert or update of account_id on accounting.account_roles
    for each row execute function accounting.remember_role();

-- The role of each account that holds what single parties owe: the one it plays, else the one it played.
create or replace function accounting.party_accounts() returns table (account_id uuid, role text)
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select distinct on (k.account_id) k.account_id, k.role
      from accounting.role_accounts k
      left join accounting.account_roles r on r.role = k.role and r.account_id = k.account_id
     where k.role = any (accounting.party_roles())
     order by k.account_id, r.role is null, k.role
$$;
alter function accounting.party_accounts() owner to accounting_owner;
revoke all on function accounting.party_accounts() from public;
