-- What the lists of entries show.

create or replace view accounting.entry_list with (security_invoker = true) as
    select e.id, e.number, e.dated_on, e.journal, j.name as journal_name, j.name_ar as journal_name_ar, e.label,
           coalesce(e.document ->> 'number', '') as document, b.code as branch,
           (select sum(l.debit) from accounting.entry_lines l where l.entry_id = e.id) as total,
           (select c.currency from core.company c) as currency, e.posted_by, e.posted_at, e.document as source
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

-- Taxes at their rates and all other values of the law, in one shape: a page shows them in one list.
create or replace view accounting.law_list with (security_invoker = true) as
    select 'tax' as kind, r.tax_code as code, r.valid_from, r.valid_to, null::uuid as id, r.version, t.name, t.name_ar,
           jsonb_build_object('rate', trim_scale(r.rate)::text, 'base_taxes', to_jsonb(t.base_taxes),
                              'article', t.article) as value, r.legal_ref, r.doubt
      from accounting.tax_rates r
      join accounting.taxes t on t.code = r.tax_code
     union all
    select v.kind, v.code, v.valid_from, v.valid_to, v.id, v.version, coalesce(v.value ->> 'name', ''),
           coalesce(v.value ->> 'name_ar', ''), v.value, v.legal_ref, v.doubt
      from accounting.law_values v;
grant select on accounting.law_list to accounting_app;
