-- What the lists of drafts, templates, journals, cost centres and years show.

create or replace view accounting.entry_draft_list with (security_invoker = true) as
    select d.id, d.version, d.dated_on, d.journal, j.name as journal_name, j.name_ar as journal_name_ar, d.label,
           b.code as branch,
           (select coalesce(sum((l ->> 'debit')::numeric), 0) from jsonb_array_elements(d.lines) l) as debit,
           (select coalesce(sum((l ->> 'credit')::numeric), 0) from jsonb_array_elements(d.lines) l) as credit,
           (select c.currency from core.company c) as currency, d.saved_by, d.saved_at
      from accounting.entry_drafts d
      join accounting.journals j on j.code = d.journal
      join core.branches b on b.id = d.branch_id;
grant select on accounting.entry_draft_list to accounting_app;

-- The next day is counted from the first one, so that the 31st comes back after February.
create or replace view accounting.entry_template_list with (security_invoker = true) as
    select t.id, t.version, t.name, t.journal, j.name as journal_name, j.name_ar as journal_name_ar, t.label,
           b.code as branch,
           (select coalesce(sum((l ->> 'debit')::numeric), 0) from jsonb_array_elements(t.lines) l) as total,
           (select c.currency from core.company c) as currency, t.every_months, t.times, t.is_automatic, t.is_active,
           case when t.is_active and (t.ends_on is null
                     or t.starts_on + make_interval(months => t.times * t.every_months) <= t.ends_on)
                then (t.starts_on + make_interval(months => t.times * t.every_months))::date end as next_on
      from accounting.entry_templates t
      join accounting.journals j on j.code = t.journal
      join core.branches b on b.id = t.branch_id;
grant select on accounting.entry_template_list to accounting_app;

create or replace view accounting.journal_list with (security_invoker = true) as
    select j.code, j.name, j.name_ar, j.is_manual, j.is_active,
           coalesce((select string_agg(b.code || ' ' || s.year || ': ' || s.last_number, ' · ' order by s.year desc, b.code)
                       from accounting.series s join core.branches b on b.id = s.branch_id
                      where s.journal = j.code), '') as series
      from accounting.journals j;
grant select on accounting.journal_list to accounting_app;
