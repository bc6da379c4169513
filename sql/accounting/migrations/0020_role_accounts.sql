-- Which accounts play a role, or have played one: what was posted on them stays of that role.
-- Locks accounting.account_roles for a moment.

create table accounting.role_accounts (
    role         text not null,
    account_id   uuid not null references accounting.accounts (id),
    primary key (role, account_id)
);
insert into accounting.role_accounts (role, account_id)
select distinct r.role, r.account_id from accounting.account_roles r;

-- Groups of the Tunisian chart take no lines: what they hold stays, what comes goes to an account beneath them.
insert into accounting.accounts (id, code, name, name_ar)
select gen_random_uuid(), '7368', 'Gains de caisse et arrondis', 'أرباح الخزينة والتقريب'
  from core.company c where c.country = 'TN'
on conflict (code) do nothing;
update accounting.account_roles r set account_id = detail.id
  from accounting.accounts whole, accounting.accounts detail, core.company c
 where c.country = 'TN' and whole.id = r.account_id
   and (whole.code, detail.code) in (('37', '371'), ('73', '7368'));
insert into accounting.role_accounts (role, account_id)
select distinct r.role, r.account_id from accounting.account_roles r on conflict do nothing;

-- What a check of the books finds: two figures that should be one.
create type accounting.book_finding as (
    branch_id uuid, account_id uuid, party_id uuid, subject text, ledger numeric, other numeric
);
