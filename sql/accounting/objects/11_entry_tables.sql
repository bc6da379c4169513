-- What each table of entries by hand allows to whom.

do $$
declare name text;
begin
    foreach name in array array['cost_centres', 'role_locks', 'years'] loop
        call core.share(('accounting.' || name)::regclass);
    end loop;
    foreach name in array array['entry_drafts', 'entry_templates'] loop
        call core.keep_to_branch(('accounting.' || name)::regclass);
    end loop;
    call core.keep_audit('accounting.cost_centres', 'code');
    call core.keep_audit('accounting.role_locks', 'role');
    call core.keep_audit('accounting.years', 'year');
    call core.keep_audit('accounting.entry_templates');
end $$;

comment on table accounting.entry_drafts is 'no-audit: not booked yet; what is posted is the record';

grant select on accounting.cost_centres, accounting.role_locks, accounting.years, accounting.entry_drafts,
    accounting.entry_templates to accounting_app;

call core.permit('accounting.entry.post', '{accountant}');
call core.permit('accounting.entry.post_due', '{system}');
call core.permit('accounting.journal.edit', '{accountant}');
call core.permit('accounting.year.close', '{accountant}');
