-- The chart as a company keeps it: accounts added, renamed, taken out of use; which account plays which role.

-- A new account needs a class above it; `check_account_is_free` looks at what is between.
create or replace function accounting.check_new_account(wanted text) returns void
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
    if coalesce(wanted, '') !~ '^[0-9]{1,12}$' then
        perform core.refuse('accounting.account_code_unplain', jsonb_build_object('field', 'code'));
    elsif length(wanted) > 1 and not exists (select from accounting.accounts a where wanted like a.code || '_%') then
        perform core.refuse('accounting.account_without_class',
                            jsonb_build_object('field', 'code', 'account', wanted, 'class', left(wanted, 1)));
    end if;
end $$;

-- An account goes out of use when nothing posts to it by itself; `check_account_is_empty` asks what it holds.
create or replace function accounting.check_account_ends(known accounting.accounts) returns void
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    played text := (select min(r.role) from accounting.account_roles r where r.account_id = known.id);
begin
    if played is not null then
        perform core.refuse('accounting.account_plays_role',
                            jsonb_build_object('field', 'is_active', 'account', known.code, 'role', played));
    end if;
end $$;

-- Keeps one account; what a file does not say stays as it is.
create or replace function accounting.write_account(known accounting.accounts, account jsonb) returns bigint
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    kept bigint;
begin
    if known.id is null then
        perform accounting.check_new_account(account ->> 'code');
    elsif known.is_active and not coalesce((account ->> 'is_active')::boolean, true) then
        perform accounting.check_account_ends(known);
    end if;
    if btrim(coalesce(account ->> 'name', known.name, '')) = '' then
        perform core.refuse('accounting.account_name_missing', jsonb_build_object('field', 'name'));
    end if;
    insert into accounting.accounts as a (id, code, name, name_ar, is_active, metadata)
    values (coalesce(known.id, gen_random_uuid()), account ->> 'code', btrim(coalesce(account ->> 'name', known.name)),
            btrim(coalesce(account ->> 'name_ar', known.name_ar, '')),
            coalesce((account ->> 'is_active')::boolean, known.is_active, true),
            coalesce(account -> 'metadata', known.metadata, '{}'))
    on conflict (code) do update
       set name = excluded.name, name_ar = excluded.name_ar, is_active = excluded.is_active,
           metadata = excluded.metadata, version = a.version + 1
    returning a.version into kept;
    return kept;
end $$;

create or replace function accounting.save_account_v1(account jsonb, seen bigint default null) returns bigint
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    known accounting.accounts;
begin
    perform core.require('accounting.chart.edit');
    select * into known from accounting.accounts a where a.code = account ->> 'code' for no key update;
    if known.id is not null and seen is null then
        perform core.refuse('accounting.account_code_taken',
                            jsonb_build_object('field', 'code', 'account', known.code));
    elsif known.version is distinct from seen then
        perform core.refuse('core.stale_record');
    end if;
    return accounting.write_account(known, account);
end $$;
comment on function accounting.save_account_v1(jsonb, bigint) is
    'Keeps {code, name, name_ar?, is_active?, metadata?}; `seen` is the version the user saw, null makes a new account.';

create or replace function accounting.import_accounts_v1(rows jsonb, may_change boolean) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    account jsonb;
    known accounting.accounts;
    changed integer := 0;
begin
    perform core.require('accounting.chart.edit');
    for account in select r from jsonb_array_elements(rows) r order by r ->> 'code' loop
        select * into known from accounting.accounts a where a.code = account ->> 'code' for no key update;
        if known.id is not null and not may_change then
            perform core.refuse('accounting.account_code_taken', jsonb_build_object('account', known.code));
        end if;
        perform accounting.write_account(known, account);
        changed := changed + (known.id is not null)::integer;
    end loop;
    return jsonb_build_object('created', jsonb_array_length(rows) - changed, 'changed', changed);
end $$;
comment on function accounting.import_accounts_v1(jsonb, boolean) is
    'Writes one chunk of an import, rows as save_account_v1 takes them; the caller owns the transaction.';

-- An account that sums up others takes no role from now on, whatever role it carries already: documents would post where
-- nobody looks. A pack may bring a role on an account that it divides further, but none on a class or a group.
create or replace function accounting.check_role_account() returns trigger
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    chosen text := (select a.code from accounting.accounts a where a.id = new.account_id);
    beneath text := accounting.account_beneath(chosen);
begin
    if beneath is not null then
        perform core.refuse('accounting.role_account_is_group', jsonb_build_object('account', chosen, 'child', beneath));
    end if;
    return new;
end $$;
create or replace trigger account_roles_take_lines before update of account_id on accounting.account_roles
    for each row execute function accounting.check_role_account();

-- What single parties owe is kept by role: an account that held it for one role cannot hold it for another.
create or replace function accounting.check_role_holds_one(wanted_role text, chosen accounting.accounts) returns void
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    held text := (select min(k.role) from accounting.role_accounts k
                   where k.account_id = chosen.id and k.role <> wanted_role and k.role = any (accounting.party_roles()));
begin
    if held is not null and wanted_role = any (accounting.party_roles()) then
        perform core.refuse('accounting.role_account_of_others',
                            jsonb_build_object('account', chosen.code, 'role', held));
    end if;
end $$;

-- Which account documents post to from now on; entries that stand do not move.
create or replace function accounting.save_account_role_v1(wanted_role text, wanted_qualifier text, account text)
    returns void language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    chosen accounting.accounts;
begin
    perform core.require('accounting.chart.edit');
    select * into chosen from accounting.accounts a where a.code = account;
    if chosen.id is null then
        perform core.refuse('accounting.account_unknown', jsonb_build_object('account', coalesce(account, '')));
    elsif not chosen.is_active then
        perform core.refuse('accounting.role_account_inactive', jsonb_build_object('account', chosen.code));
    end if;
    perform accounting.check_role_holds_one(wanted_role, chosen);
    update accounting.account_roles r set account_id = chosen.id
     where r.role = wanted_role and r.qualifier = wanted_qualifier;
    if not found then
        perform core.refuse('core.not_found');
    end if;
end $$;
comment on function accounting.save_account_role_v1(text, text, text) is
    'Lets another account, by its code, play a role that is known.';

grant execute on function accounting.save_account_v1(jsonb, bigint), accounting.import_accounts_v1(jsonb, boolean),
    accounting.save_account_role_v1(text, text, text) to accounting_app;
call core.permit('accounting.chart.edit', '{accountant}');
