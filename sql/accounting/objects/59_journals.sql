-- The journals as they are printed: every line of every entry, and what each amounts to by month.

create or replace view accounting.journal_lines with (security_invoker = true) as
    select e.id as entry_id, e.journal, j.name as journal_name, j.name_ar as journal_name_ar, e.number, e.dated_on,
           e.branch_id, b.code as branch, e.label, e.document, l.line_no, a.code as account, a.name, a.name_ar,
           coalesce(p.name, '') as party, coalesce(p.name_ar, '') as party_ar, l.label as line_label, l.debit, l.credit,
           (select c.currency from core.company c) as currency
      from accounting.entries e
      join accounting.journals j on j.code = e.journal
      join core.branches b on b.id = e.branch_id
      join accounting.entry_lines l on l.entry_id = e.id
      join accounting.accounts a on a.id = l.account_id
      left join accounting.party_names p on p.party_id = l.party_id;
comment on view accounting.journal_lines is 'Lines with their entries, as a journal prints them; read by journal and day.';
grant select on accounting.journal_lines to accounting_app;

create or replace function accounting.central_journal_v1(first_day date, last_day date, only_branch uuid default null,
                                                         by_account boolean default true)
    returns table (journal text, journal_name text, journal_name_ar text, month date, account text, name text,
                   name_ar text, entries bigint, debit numeric, credit numeric, currency text)
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select s.journal, j.name, j.name_ar, s.month, coalesce(a.code, ''), coalesce(a.name, ''), coalesce(a.name_ar, ''),
           s.entries, s.debit, s.credit, (select c.currency from core.company c)
      from (select e.journal, date_trunc('month', e.dated_on)::date as month,
                   case when by_account then l.account_id end as account_id, count(distinct e.id) as entries,
                   sum(l.debit) as debit, sum(l.credit) as credit
              from accounting.entries e
              join accounting.entry_lines l on l.entry_id = e.id
             where e.dated_on between first_day and last_day and (only_branch is null or e.branch_id = only_branch)
               and (select core.may('accounting.ledger.view'))
             group by 1, 2, 3) s
      join accounting.journals j on j.code = s.journal
      left join accounting.accounts a on a.id = s.account_id
     order by s.journal, s.month, a.code
$$;
comment on function accounting.central_journal_v1(date, date, uuid, boolean) is
    'What each journal amounts to in each month, by account or in all, in the branches of the login; company''s currency.';
grant execute on function accounting.central_journal_v1(date, date, uuid, boolean) to accounting_app;
