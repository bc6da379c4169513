-- What an auditor is handed over: every line of a year, as the French file of entries (FEC) names its columns.

-- Since when each group of matched lines has stood as it does: the day of its last match.
create or replace view accounting.settled_groups with (security_invoker = true) as
    select d.account_id, d.party_key, d.letter_no, max(m.matched_on) as settled_on
      from accounting.matches m
      join accounting.matched_lines d on d.entry_id = m.debit_entry and d.line_no = m.debit_line
     where m.undone_at is null
     group by d.account_id, d.party_key, d.letter_no;
comment on view accounting.settled_groups is 'Groups of matched lines with the day of their last match.';
grant select on accounting.settled_groups to accounting_app;

create or replace view accounting.audit_lines with (security_invoker = true) as
    select extract(year from e.dated_on)::integer as year, e.journal, j.name as journal_name, e.number, e.dated_on,
           a.code as account, a.name as account_name, l.party_id, coalesce(p.name, '') as party,
           coalesce(nullif(e.document ->> 'number', ''), e.number) as document, e.label, l.label as line_label,
           l.debit, l.credit, e.posted_at, l.amount, l.currency, l.line_no,
           case when l.debit < l.credit then -1 else 1 end as side, coalesce(k.letter, '') as letter, g.settled_on
      from accounting.entries e
      join accounting.journals j on j.code = e.journal
      join accounting.entry_lines l on l.entry_id = e.id
      join accounting.accounts a on a.id = l.account_id
      left join accounting.party_names p on p.party_id = l.party_id
      -- Only groups that balance, whose letters are capital: an auditor's program adds each of them up.
      left join accounting.matched_lines k on k.entry_id = l.entry_id and k.line_no = l.line_no and k.letter = upper(k.letter)
      left join accounting.settled_groups g on g.account_id = k.account_id and g.party_key = k.party_key
                                           and g.letter_no = k.letter_no;
comment on view accounting.audit_lines is 'Lines of entries with all that a file for an auditor says of each; read by year.';
grant select on accounting.audit_lines to accounting_app;

-- An entry with its seal, as modules/accounting/sealing.py verifies it.
create or replace view accounting.audit_chain with (security_invoker = true) as
    select extract(year from e.dated_on)::integer as year, e.journal, b.code as branch, e.number, jsonb_build_object(
               'number', e.number, 'journal', e.journal, 'branch', b.code, 'on', to_char(e.dated_on, 'YYYY-MM-DD'),
               'period', format('%s %s', p.kind, to_char(p.starts_on, 'YYYY-MM-DD')), 'label', e.label, 'document', e.document::text, 'taxes', e.taxes::text,
               'reverses', coalesce(r.number, ''), 'by', e.posted_by,
               'at', to_char(e.posted_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), 'seal', s.hash,
               'lines', (select jsonb_agg(jsonb_build_object(
                             'account', a.code, 'debit', trim_scale(l.debit)::text, 'credit', trim_scale(l.credit)::text,
                             'currency', l.currency, 'rate', trim_scale(l.rate)::text,
                             'amount', trim_scale(l.amount)::text, 'label', l.label,
                             'cost_centre', coalesce(l.cost_centre, ''),
                             'due_on', coalesce(to_char(l.due_on, 'YYYY-MM-DD'), ''),
                             'party', coalesce(l.party_id::text, '')) order by l.line_no)
                           from accounting.entry_lines l join accounting.accounts a on a.id = l.account_id
                          where l.entry_id = e.id)) as content
      from accounting.entries e
      join core.branches b on b.id = e.branch_id
      join accounting.periods p on p.id = e.period_id
      left join accounting.entries r on r.id = e.reverses_id
      left join accounting.seals s on s.entry_id = e.id;
comment on view accounting.audit_chain is 'Entries with their seals, for whoever verifies the chain; read by year.';
grant select on accounting.audit_chain to accounting_app;

-- The files of a year's entries, and of the documents that they were posted for.
create or replace function accounting.audit_files_v1(wanted_year integer)
    returns table (number text, document text, file_id uuid, name text, size integer, sha256 text, added_by text,
                   added_at timestamptz)
    language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    with entries as (
        select e.id, e.number, e.document from accounting.entries e
         where e.dated_on between make_date(wanted_year, 1, 1) and make_date(wanted_year, 12, 31)
           and e.branch_id = any (core.branches()) and (select core.may('accounting.ledger.view'))),
    files as materialized (select * from core.attachment_list_v1()),
    found as (
        select e.number, e.document, f.* from files f join entries e on e.id = f.subject_id where f.kind = 'accounting.entry'
         union all
        select e.number, e.document, f.* from files f join entries e on e.document ->> 'id' = f.subject_id::text
         where f.kind <> 'accounting.entry')
    select d.number, coalesce(d.document ->> 'number', ''), d.id, d.name, d.size, d.sha256, d.added_by, d.added_at
      from found d order by d.number, d.added_at, d.id
$$;
comment on function accounting.audit_files_v1(integer) is
    'The files that belong to the entries of a year or to their documents, as far as the user may see them.';

create or replace function accounting.audit_file_v1(wanted uuid) returns bytea
    language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select core.attachment_content_v1(wanted) where core.may('accounting.ledger.view')
$$;
comment on function accounting.audit_file_v1(uuid) is 'The content of a file that the user may see; null of others.';
grant execute on function accounting.audit_files_v1(integer), accounting.audit_file_v1(uuid) to accounting_app;
