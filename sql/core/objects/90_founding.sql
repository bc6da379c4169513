-- What `erp-desktop init` does once, as a superuser; granted to nobody.

create or replace function core.found_company(draft jsonb) returns uuid
    language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
    insert into core.company (id, name, name_ar, country, currency, identifiers, address, address_ar, phone)
    select c.id, c.name, coalesce(c.name_ar, ''), c.country, c.currency, coalesce(c.identifiers, '{}'),
           coalesce(c.address, ''), coalesce(c.address_ar, ''), coalesce(c.phone, '')
      from jsonb_populate_record(null::core.company, draft) c
    returning id
$$;

create or replace function core.open_branch(draft jsonb) returns uuid
    language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
    insert into core.branches (id, code, name, name_ar)
    select b.id, b.code, b.name, coalesce(b.name_ar, '') from jsonb_populate_record(null::core.branches, draft) b
    returning id
$$;

-- The first administrator and the worker are there before anybody could appoint them.
create or replace function core.appoint(draft jsonb, role text) returns uuid
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    who core.users := jsonb_populate_record(null::core.users, draft);
begin
    insert into core.users (id, login, name, name_ar, language, home_branch_id, sees_all_branches, is_system)
    values (who.id, who.login, who.name, coalesce(who.name_ar, ''), coalesce(who.language, 'fr'), who.home_branch_id,
            true, role = 'system');
    insert into core.user_roles values (who.id, role);
    insert into core.user_branches select who.id, who.home_branch_id where who.home_branch_id is not null;
    return who.id;
end $$;
