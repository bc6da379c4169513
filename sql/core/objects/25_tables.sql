-- What each table of the core allows to whom.

do $$
declare name text;
begin
    foreach name in array array['company', 'branches', 'roles', 'permissions', 'role_permissions', 'feed_sets',
                                'command_types', 'subscriptions'] loop
        call core.share(('core.' || name)::regclass);
    end loop;
    foreach name in array array['company', 'branches', 'users', 'signing_keys', 'reviews'] loop
        call core.keep_audit(('core.' || name)::regclass);
    end loop;
    call core.keep_audit('core.role_permissions', 'role');
    call core.keep_audit('core.user_branches', 'user_id');
    call core.keep_audit('core.user_roles', 'user_id');
    call core.append_only('core.audit');
    call core.append_only('core.incidents');
    call core.append_only('core.events');
    call core.append_only('core.tombstones');
    call core.feed_changes('core.users');
end $$;

-- Not for each command: where the chain stands is told by the commands themselves.
create or replace trigger audit after insert or delete or update of branch_id, name, prefix, login, is_active
    on core.workstations for each row execute function core.audit_row('id');

-- A login sees its branches, and only with the right.
do $$
declare name text;
begin
    foreach name in array array['users', 'user_branches', 'user_roles', 'workstations', 'signing_keys', 'audit', 'commands', 'reviews', 'incidents', 'tombstones', 'events', 'notifications',
                                'notifications_read'] loop
        call core.keep_to_owner(('core.' || name)::regclass);
    end loop;
end $$;

create policy readers on core.users for select to core_app using (id = any ((select core.colleagues())::uuid[]));
create policy readers on core.user_branches for select to core_app
    using (user_id = any ((select core.colleagues())::uuid[]));
create policy readers on core.user_roles for select to core_app
    using (user_id = any ((select core.colleagues())::uuid[]));
create policy readers on core.workstations for select to core_app, erp_owner
    using (branch_id = any ((select core.branches())::uuid[]));
-- The owner of a module's rows says which of them left.
drop policy if exists buriers on core.tombstones;
create policy buriers on core.tombstones for insert to erp_owner with check (true);

create policy readers on core.audit for select to core_app using ((select core.may('core.audit.view')));
create policy readers on core.incidents for select to core_app using ((select core.may('core.audit.view')));
create policy readers on core.commands for select to core_app
    using (branch_id = any ((select core.branches())::uuid[]) and (select core.may('core.review.view')));
create policy readers on core.reviews for select to core_app
    using (branch_id = any ((select core.branches())::uuid[]) and (select core.may('core.review.view')));
create policy readers on core.notifications for select to core_app
    using (branch_id = any ((select core.branches())::uuid[])
           and permission = any (array(select rp.permission from core.role_permissions rp
                                         join core.user_roles ur on ur.role = rp.role
                                        where ur.user_id = (select core.me()))));
create policy readers on core.notifications_read for select to core_app using (user_id = (select core.me()));

grant select on core.company, core.branches, core.roles, core.permissions, core.role_permissions, core.users,
    core.user_branches, core.user_roles, core.workstations, core.command_types, core.audit, core.incidents,
    core.commands, core.reviews, core.notifications, core.notifications_read to core_app;
grant select on core.company, core.branches to erp_base;
grant select on core.workstations to erp_owner;
grant references on core.branches, core.users, core.commands, core.workstations to erp_owner;
grant insert, update, select on core.command_types to erp_owner;

comment on table core.company is 'The one company of this database.';
comment on table core.roles is 'no-audit: changed only by migrations';
comment on table core.permissions is 'no-audit: changed only by migrations';
comment on table core.audit is 'no-audit: it is the audit; append-only';
comment on table core.feed_sets is 'no-audit: changed only by migrations';
comment on table core.tombstones is 'no-audit: append-only, follows audited changes';
comment on table core.command_types is 'no-audit: changed only by migrations';
comment on table core.commands is 'no-audit: the body never changes (trigger commands_keep_their_body); it is the record itself';
comment on table core.incidents is 'no-audit: append-only evidence';
comment on table core.events is 'no-audit: append-only';
comment on table core.subscriptions is 'no-audit: changed only by migrations';
comment on table core.notifications is 'no-audit: a hint, no record';
comment on table core.notifications_read is 'no-audit: a hint, no record';

create or replace trigger commands_keep_their_body
    before delete or update of id, name, body, content_hash, actor_login, workstation_id, seq, prev, hash, signature,
                               happened_at
    on core.commands for each row execute function core.forbid();
create or replace trigger never_emptied before truncate on core.commands
    for each statement execute function core.forbid();
