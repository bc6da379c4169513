-- What each table of reminders allows to whom.

do $$
declare name text;
begin
    foreach name in array array['reminder_holds', 'reminders', 'reminder_lines'] loop
        call core.keep_to_owner(('accounting.' || name)::regclass);
    end loop;
    call core.share('accounting.reminder_levels');
    call core.keep_audit('accounting.reminder_levels');
    call core.keep_audit('accounting.reminder_holds');
    call core.append_only('accounting.reminders');
    call core.append_only('accounting.reminder_lines');
end $$;
create policy readers on accounting.reminder_holds for select to accounting_app
    using ((select core.may('accounting.ledger.view')));
create policy readers on accounting.reminders for select to accounting_app
    using (branch_id = any ((select core.branches())::uuid[]));
create policy readers on accounting.reminder_lines for select to accounting_app
    using (branch_id = any ((select core.branches())::uuid[]));
comment on table accounting.reminders is 'no-audit: append-only, with author';
comment on table accounting.reminder_lines is 'no-audit: append-only, with their letter';

grant select on accounting.reminder_levels, accounting.reminder_holds, accounting.reminders,
    accounting.reminder_lines to accounting_app;
call core.permit('accounting.reminder.send', '{accountant}');
call core.permit('accounting.reminder.edit', '{accountant}');
