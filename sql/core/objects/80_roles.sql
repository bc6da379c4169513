-- The people of a branch office, and what the core lets them do. Each module adds its own permissions.

insert into core.roles (code, name) values
    ('administrator', 'Administrator'), ('manager', 'Branch manager'), ('accountant', 'Accountant'),
    ('cashier', 'Cashier'), ('clerk', 'Warehouse clerk'), ('buyer', 'Buyer'), ('hr_officer', 'HR officer'),
    ('system', 'Worker')
on conflict (code) do nothing;

-- Permissions and the roles that hold them at first; an administrator may change the latter.
create or replace procedure core.permit(permission text, roles text[])
    language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
    insert into core.permissions (code, module) values (permission, split_part(permission, '.', 1))
        on conflict do nothing;
    if found then
        insert into core.role_permissions select r, permission from unnest(roles) r on conflict do nothing;
    end if;
end $$;

call core.permit('core.user.view', '{administrator,manager}');
call core.permit('core.user.manage', '{administrator}');
call core.permit('core.administrator.appoint', '{administrator}');
call core.permit('core.workstation.enrol', '{administrator,manager}');
call core.permit('core.audit.view', '{administrator}');
call core.permit('core.review.view', '{administrator,manager,accountant}');
call core.permit('core.review.resolve', '{manager,accountant}');
call core.permit('core.signature.verify', '{system}');
call core.permit('core.session.end', '{system}');
call core.permit('core.notification.raise', '{system}');

grant execute on procedure core.permit(text, text[]) to erp_owner;
grant insert, select on core.permissions, core.role_permissions to erp_owner;
