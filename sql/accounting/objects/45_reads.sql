-- What the lists of entries show.

create or replace view accounting.entry_list with (security_invoker = true) as
    select e.id, e.number, e.dated_on, e.journal, j.name as journal_name, j.name_ar as journal_name_ar, e.label,
           coalesce(e.document ->> 'number', '') as document, b.code as branch,
           (select sum(l.debit) from accounting.entry_lines l where l.entry_id = e.id) as total,
           (select c.currency from core.company c) as currency, e.posted_by, e.posted_at
      from accounting.entries e
      join accounting.journals j on j.code = e.journal
      join core.branches b on b.id = e.branch_id;
grant select on accounting.entry_list to accounting_app;

create or replace view accounting.entry_line_list with (security_invoker = true) as
    select l.entry_id, l.line_no, a.code as account, a.name, a.name_ar, l.label, l.debit, l.credit,
           (select c.currency from core.company c) as currency
      from accounting.entry_lines l
      join accounting.accounts a on a.id = l.account_id;
grant select on accounting.entry_line_list to accounting_app;
