-- What each table of matching allows to whom. The owner's functions see every line of a letter; people, their branches.

do $$
declare name text;
begin
    foreach name in array array['matches', 'matched_lines', 'match_letters'] loop
        execute format('alter table accounting.%I enable row level security, force row level security', name);
        execute format('drop policy if exists owner on accounting.%I', name);
        execute format('drop policy if exists readers on accounting.%I', name);
        execute format('create policy owner on accounting.%I to accounting_owner using (true) with check (true)', name);
    end loop;
    call core.share('accounting.matching_settings');
    call core.keep_audit('accounting.matching_settings', 'only_one');
end $$;

create policy readers on accounting.matches for select to accounting_app
    using (branch_id = any ((select core.branches())::uuid[]) or credit_branch_id = any ((select core.branches())::uuid[]));
create policy readers on accounting.matched_lines for select to accounting_app
    using (branch_id = any ((select core.branches())::uuid[]));

comment on table accounting.matches is 'no-audit: append-only, with author and command; undone once, by whom and when';
comment on table accounting.matched_lines is 'no-audit: derived from matches in their transaction';
comment on table accounting.match_letters is 'no-audit: a counter; the matches are the record';

grant select on accounting.matches, accounting.matched_lines, accounting.match_letters,
    accounting.matching_settings to accounting_app;

call core.permit('accounting.ledger.match', '{accountant}');
call core.permit('accounting.ledger.write_off', '{accountant}');
call core.permit('accounting.tolerance.edit', '{accountant}');
