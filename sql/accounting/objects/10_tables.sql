-- What each table of accounting allows to whom.

do $$
declare name text;
begin
    foreach name in array array['accounts', 'journals', 'periods', 'taxes', 'tax_rates', 'account_roles',
                                'posting_rules', 'rollup', 'law_values', 'party_balances', 'party_names'] loop
        call core.share(('accounting.' || name)::regclass);
    end loop;
    foreach name in array array['series', 'entries', 'entry_lines', 'balances'] loop
        call core.keep_to_branch(('accounting.' || name)::regclass);
    end loop;
    call core.keep_audit('accounting.accounts');
    call core.keep_audit('accounting.periods');
    call core.keep_audit('accounting.journals', 'code');
    call core.keep_audit('accounting.taxes', 'code');
    call core.keep_audit('accounting.tax_rates', 'tax_code');
    call core.keep_audit('accounting.account_roles', 'role');
    call core.keep_audit('accounting.posting_rules', 'rule');
    call core.keep_audit('accounting.law_values');
    call core.append_only('accounting.entries');
    call core.append_only('accounting.entry_lines');
    call core.feed_changes('accounting.taxes');
    call core.feed_changes('accounting.tax_rates');
    call core.feed_changes('accounting.law_values');
    call core.feed_changes('accounting.party_balances');
end $$;

comment on table accounting.series is 'no-audit: a counter; the entries are the record';
comment on table accounting.entries is 'no-audit: append-only, with author and command';
comment on table accounting.entry_lines is 'no-audit: append-only, with their entry';
comment on table accounting.balances is 'no-audit: derived from entry lines';
comment on table accounting.party_balances is 'no-audit: derived from entry lines in their transaction';
comment on table accounting.party_names is 'no-audit: a copy of names whose changes parties audits';
comment on table accounting.rollup is 'no-audit: derived from entry lines';

grant select on all tables in schema accounting to accounting_app;
grant select on accounting.taxes, accounting.tax_rates to catalog_app, catalog_owner, till_owner, sales_owner;
grant select on accounting.law_values to parties_app, parties_owner, till_owner, sales_owner;
grant select on accounting.party_balances to parties_app, parties_owner, till_owner, sales_owner;
grant select on accounting.periods to sales_owner;
grant references on accounting.taxes to catalog_owner;

call core.permit('accounting.ledger.view', '{accountant,manager}');
call core.permit('accounting.ledger.roll', '{system}');
call core.permit('accounting.period.manage', '{accountant}');
call core.permit('accounting.law.view', '{accountant,manager,administrator}');
call core.permit('accounting.law.edit', '{accountant}');
call core.offer_attachments('accounting.entry', 'accounting.ledger.view', 'accounting.entry.post');
