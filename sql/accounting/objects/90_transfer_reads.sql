-- What lists, forms, letters and files of transfer orders show.

create or replace view accounting.payee_list with (security_invoker = true) as
    select n.party_id, n.name, n.name_ar, coalesce(p.version, 0) as version, coalesce(p.holder, '') as holder,
           coalesce(p.bank, '') as bank, coalesce(p.rib, '') as rib, coalesce(p.iban, '') as iban,
           coalesce(p.bic, '') as bic, coalesce(p.changed_by, '') as changed_by, p.changed_at
      from accounting.party_names n
      left join accounting.payees p on p.party_id = n.party_id
     where p.party_id is not null
        or exists (select from accounting.party_balances b
                    where b.party_id = n.party_id and b.role = any (accounting.side_roles('supplier')));
comment on view accounting.payee_list is 'Suppliers of the books, and all others who have a bank account, with it.';

create or replace view accounting.transfer_order_list with (security_invoker = true) as
    select o.id, o.version, o.branch_id, b.code as branch, coalesce(o.number, '') as number, o.dated_on, o.is_batch,
           case when o.state = 'ordered' and exists (
                     select from accounting.bank_reconciled r where r.entry_id = o.entry_id and r.stands)
                then 'taken' else o.state end as state,
           o.bank_account_id, k.code as bank, coalesce(t.payees, 0) as payees, coalesce(t.total, 0) as total,
           (select c.currency from core.company c) as currency, o.payer, o.entry_id, coalesce(e.number, '') as entry,
           o.drafted_by, o.drafted_at, coalesce(o.ordered_by, '') as ordered_by, o.ordered_at,
           coalesce(o.cancelled_by, '') as cancelled_by, o.cancelled_at, o.cancel_reason
      from accounting.transfer_orders o
      join core.branches b on b.id = o.branch_id
      join accounting.bank_accounts k on k.id = o.bank_account_id
      left join accounting.entries e on e.id = o.entry_id
      left join lateral (select count(distinct l.party_id) as payees, sum(l.amount) as total
                           from accounting.transfer_order_lines l where l.order_id = o.id) t on true;
comment on view accounting.transfer_order_list is
    'Transfer orders with what lists say of each; the state is `taken` once the bank''s movement is reconciled.';

-- The beneficiary of a draft is as he is now, that of an order as he was.
create or replace view accounting.transfer_line_list with (security_invoker = true) as
    select t.order_id, t.line_no, t.party_id, n.name, n.name_ar, t.entry_id, t.entry_line,
           coalesce(nullif(e.document ->> 'number', ''), e.number, '') as document, coalesce(l.due_on, l.dated_on) as due_on,
           case when o.state = 'draft' then -x.open end as open, t.amount, t.reason,
           case when o.state = 'draft' then coalesce(nullif(p.holder, ''), n.name) else t.payee end as payee,
           case when o.state = 'draft' then coalesce(p.bank, '') else t.bank end as bank,
           case when o.state = 'draft' then coalesce(p.rib, '') else t.rib end as rib,
           case when o.state = 'draft' then coalesce(p.iban, '') else t.iban end as iban,
           case when o.state = 'draft' then coalesce(p.bic, '') else t.bic end as bic
      from accounting.transfer_order_lines t
      join accounting.transfer_orders o on o.id = t.order_id
      join accounting.party_names n on n.party_id = t.party_id
      left join accounting.payees p on p.party_id = t.party_id
      left join accounting.entries e on e.id = t.entry_id
      left join accounting.entry_lines l on l.entry_id = t.entry_id and l.line_no = t.entry_line
      left join accounting.matching_lines x on x.entry_id = t.entry_id and x.line_no = t.entry_line and o.state = 'draft';
comment on view accounting.transfer_line_list is 'What transfer orders pay, to whom and where.';
grant select on accounting.payee_list, accounting.transfer_order_list, accounting.transfer_line_list to accounting_app;

create or replace function accounting.transfer_proposals_v1(branch uuid, until date, leaving uuid default null)
    returns table (party_id uuid, name text, name_ar text, entry_id uuid, entry_line integer, document text, reason text,
                   dated_on date, due_on date, open numeric, drafted numeric, unsettled numeric, rib text, iban text,
                   bank text)
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select p.party_id, n.name, n.name_ar, p.entry_id, p.line_no, coalesce(nullif(p.document, ''), p.number),
           coalesce(nullif(p.document, ''), p.label),
           p.dated_on, p.due_on, p.open, coalesce(d.amount, 0), coalesce(c.amount, 0), coalesce(y.rib, ''), coalesce(y.iban, ''),
           coalesce(y.bank, '')
      from accounting.payable_lines(branch) p
      join accounting.party_names n on n.party_id = p.party_id
      left join accounting.payees y on y.party_id = p.party_id
      left join lateral (select sum(t.amount) as amount
                           from accounting.transfer_order_lines t
                           join accounting.transfer_orders o on o.id = t.order_id and o.state = 'draft'
                          where t.entry_id = p.entry_id and t.entry_line = p.line_no
                            and o.id is distinct from leaving) d on true
      left join (select o.party_id, sum(o.open) as amount
                   from accounting.open_lines o
                  where o.branch_id = branch and o.open > 0 and o.account_id in (
                        select r.account_id from accounting.account_roles r where r.role = any (accounting.side_roles('supplier')))
                  group by o.party_id) c on c.party_id = p.party_id
     where p.due_on <= until and p.open > coalesce(d.amount, 0) and (select core.may('accounting.ledger.view'))
     order by n.name, p.due_on, p.dated_on, p.number, p.line_no
$$;
comment on function accounting.transfer_proposals_v1(uuid, date, uuid) is
    'Open lines of a branch''s suppliers due until a day; what other drafts pay already (drafted) is left out, and of each '
    'supplier is said what credit notes and advances settle nothing yet (unsettled).';
grant execute on function accounting.payable_lines(uuid), accounting.transfer_proposals_v1(uuid, date, uuid) to accounting_app;
