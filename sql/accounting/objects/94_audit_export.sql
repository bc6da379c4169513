-- What an auditor is handed over: every line of a year, as the French file of entries (FEC) names its columns.

create or replace view accounting.audit_lines with (security_invoker = true) as
    select extract(year from e.dated_on)::integer as year, e.journal, j.name as journal_name, e.number, e.dated_on,
           a.code as account, a.name as account_name, l.party_id, coalesce(p.name, '') as party,
           coalesce(nullif(e.document ->> 'number', ''), e.number) as document, e.label, l.label as line_label,
           l.debit, l.credit, e.posted_at, l.amount, l.currency, l.line_no,
           case when l.debit < l.credit then -1 else 1 end as side
      from accounting.entries e
      join accounting.journals j on j.code = e.journal
      join accounting.entry_lines l on l.entry_id = e.id
      join accounting.accounts a on a.id = l.account_id
      left join accounting.party_names p on p.party_id = l.party_id;
comment on view accounting.audit_lines is 'Lines of entries with all that a file for an auditor says of each; read by year.';
grant select on accounting.audit_lines to accounting_app;

-- An entry with its seal, as modules/accounting/sealing.py verifies it.
create or replace view accounting.audit_chain with (security_invoker = true) as
    select extract(year from e.dated_on)::integer as year, e.journal, b.code as branch, e.number, jsonb_build_object(
               'number', e.number, 'journal', e.journal, 'branch', b.code, 'on', to_char(e.dated_on, 'YYYY-MM-DD'),
               'label', e.label, 'document', coalesce(e.document ->> 'number', ''), 'by', e.posted_by,
               'at', to_char(e.posted_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), 'seal', s.hash,
               'lines', (select jsonb_agg(jsonb_build_object(
                             'account', a.code, 'debit', trim_scale(l.debit)::text, 'credit', trim_scale(l.credit)::text,
                             'currency', l.currency, 'amount', trim_scale(l.amount)::text, 'label', l.label,
                             'party', coalesce(l.party_id::text, '')) order by l.line_no)
                           from accounting.entry_lines l join accounting.accounts a on a.id = l.account_id
                          where l.entry_id = e.id)) as content
      from accounting.entries e
      join core.branches b on b.id = e.branch_id
      left join accounting.seals s on s.entry_id = e.id;
comment on view accounting.audit_chain is 'Entries with their seals, for whoever verifies the chain; read by year.';
grant select on accounting.audit_chain to accounting_app;
