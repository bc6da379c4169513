-- What the pages of petty cash show: the boxes, what was spent, and the book of one box.

create or replace view accounting.cash_box_list with (security_invoker = true) as
    select b.id, b.version, b.branch_id, o.code as branch, b.code, b.name, b.name_ar, a.code as account, b.custodian,
           b.ceiling, b.is_active,
           (select coalesce(sum(l.debit - l.credit), 0) from accounting.entry_lines l
              join accounting.periods p on p.id = l.period_id and p.kind = 'month'
             where l.account_id = b.account_id) as balance,
           (select coalesce(sum(t.amount), 0) from accounting.internal_transfers t
             where t.to_account_id = b.account_id and t.state = 'waiting') as waiting,
           (select max(c.dated_on) from accounting.cash_counts c where c.box_id = b.id) as counted_on,
           (select c.currency from core.company c) as currency
      from accounting.cash_boxes b
      join core.branches o on o.id = b.branch_id
      join accounting.accounts a on a.id = b.account_id;
comment on view accounting.cash_box_list is 'Cash boxes with what is in each, and what is on its way into it.';

create or replace view accounting.cash_voucher_list with (security_invoker = true) as
    select v.id, v.branch_id, v.number, b.code as box, b.name as box_name, b.name_ar as box_name_ar, b.custodian, v.dated_on,
           v.amount, a.code as account, a.name as account_name, a.name_ar as account_name_ar, coalesce(v.tax_code, '') as tax_code,
           v.net, v.tax, v.label, v.receipt, v.party_id, coalesce(p.name, '') as party, coalesce(p.name_ar, '') as party_ar,
           e.number as entry, v.made_by, v.undone_at is not null as is_undone,
           (select c.currency from core.company c) as currency
      from accounting.cash_vouchers v
      join accounting.cash_boxes b on b.id = v.box_id
      join accounting.accounts a on a.id = v.account_id
      join accounting.entries e on e.id = v.entry_id
      left join accounting.party_names p on p.party_id = v.party_id;
comment on view accounting.cash_voucher_list is 'Small expenses with what lists and vouchers on paper say of each.';
grant select on accounting.cash_box_list, accounting.cash_voucher_list to accounting_app;

-- The book of a box between two days: what it had, each line, receipts of a day before what was spent.
create or replace function accounting.cash_book_v1(wanted uuid, first_day date, last_day date) returns jsonb
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    with box as (select b.* from accounting.cash_boxes b where b.id = wanted),
    lines as (select l.* from accounting.ledger_lines l, box
               where l.account_id = box.account_id and l.period_kind = 'month' and l.dated_on between first_day and last_day)
    select jsonb_build_object(
        'currency', (select c.currency from core.company c),
        'opening', (select coalesce(sum(l.debit - l.credit), 0)::text from accounting.entry_lines l
                      join accounting.periods p on p.id = l.period_id and p.kind = 'month'
                     where l.account_id = box.account_id and coalesce(l.dated_on, p.starts_on) < first_day),
        'rows', (select coalesce(jsonb_agg(jsonb_build_object('dated_on', l.dated_on, 'number', l.number,
                            'kind', coalesce(l.document ->> 'kind', ''),
                            'piece', coalesce(l.document ->> 'number', ''), 'label', l.label, 'counterparts', l.counterparts,
                            'received', l.debit::text, 'spent', l.credit::text)
                            order by l.dated_on, l.debit = 0, l.xid, l.number, l.line_no), '[]')
                   from lines l))
      from box
     where (select core.may('accounting.ledger.view'))
$$;
comment on function accounting.cash_book_v1(uuid, date, date) is
    'The book of a cash box: what it had before, and every line between two days; null of a box that is not seen.';
grant execute on function accounting.cash_book_v1(uuid, date, date) to accounting_app;
