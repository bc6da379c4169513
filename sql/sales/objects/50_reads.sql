-- What the lists show.

-- `open` is null where nothing was posted: a condition on it finds open items by their index.
create or replace view sales.invoice_list with (security_invoker = true) as
    select i.id, i.version, i.kind, i.state, coalesce(i.number, '') as number, i.dated_on,
           coalesce(i.due_on, i.dated_on) as due_on, i.customer_id, coalesce(c.code, '') as customer_code,
           coalesce(c.name, '') as customer, coalesce(c.name_ar, '') as customer_ar, i.reference, i.total, i.to_pay,
           o.open, i.currency, i.branch_id, b.code as branch, i.printed, i.words, i.original_id
      from sales.invoices i
      join core.branches b on b.id = i.branch_id
      left join parties.parties c on c.id = i.customer_id
      left join sales.open_items o on o.id = i.id;

create or replace view sales.payment_list with (security_invoker = true) as
    select p.id, p.number, p.dated_on, p.customer_id, coalesce(c.code, '') as customer_code,
           coalesce(c.name, '') as customer, coalesce(c.name_ar, '') as customer_ar, p.method, p.reference, p.amount,
           p.stamp, o.open, p.currency, p.branch_id, b.code as branch, p.received_by, p.words
      from sales.payments p
      join sales.open_items o on o.id = p.id
      join core.branches b on b.id = p.branch_id
      left join parties.parties c on c.id = p.customer_id;

create or replace view sales.open_invoices with (security_invoker = true) as
    select o.id, i.number, o.branch_id, o.customer_id, o.dated_on, o.due_on, o.whole, o.open, i.currency
      from sales.open_items o join sales.invoices i on i.id = o.id
     where o.kind = 'invoice' and o.open > 0;
comment on view sales.open_invoices is 'Posted invoices that are not settled, with what is open of each.';

grant select on sales.invoice_list, sales.payment_list, sales.open_invoices to sales_app;

create or replace function sales.invoice_counts_v1(today date) returns jsonb
    language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
               'drafts', (select count(*) from sales.invoices i where i.state = 'draft'),
               'open', o.open, 'overdue', o.overdue, 'invoices', d.invoices, 'credit_notes', d.credit_notes)
      from (select count(*) as open, count(*) filter (where o.due_on < today) as overdue
              from sales.open_items o where o.kind = 'invoice' and o.open > 0) o,
           (select count(*) filter (where o.kind = 'invoice') as invoices,
                   count(*) filter (where o.kind = 'credit_note') as credit_notes from sales.open_items o) d
     where (select core.may('sales.invoice.view'))
$$;
comment on function sales.invoice_counts_v1(date) is 'How many documents there are of each kind, in the branches of the login.';

create or replace function sales.customer_v1(party uuid) returns jsonb
    language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
               'id', d.current_id, 'code', d.code, 'name', d.name, 'name_ar', d.name_ar, 'is_company', d.is_company,
               'is_active', d.is_active and d.is_customer, 'phone', d.phone, 'address', d.address,
               'address_ar', d.address_ar, 'identifiers', d.identifiers, 'document_language', d.document_language,
               'price_list', d.price_list,
               'lists_tax', coalesce((select l.includes_tax from catalog.price_lists l where l.code = d.price_list), false),
               'terms', d.terms, 'terms_days', d.terms_days, 'terms_end_of_month', d.terms_end_of_month,
               'credit_limit', d.credit_limit::text,
               'balance', coalesce((select sum(b.balance) from accounting.party_balances b
                                     where b.role = 'receivable' and b.party_id in (
                                           select m.id from parties.parties m
                                            where m.id = d.current_id or m.merged_into = d.current_id)), 0)::text,
               'attestations', accounting.attestations_of_v1(array(
                   select m.id from parties.parties m where d.current_id in (m.id, m.merged_into))))
      from parties.document_parties d
     where d.id = party and (select core.may('sales.invoice.view') or core.may('sales.payment.view'))
$$;
comment on function sales.customer_v1(uuid) is 'What a document must know of a customer; null if there is none.';

create or replace function sales.stamps(day date) returns jsonb
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object('invoice', accounting.law_v1('stamp', 'invoice', day),
                              'cash', accounting.law_v1('stamp', 'cash', day))
$$;

create or replace function sales.open_items_v1(customer uuid, today date) returns jsonb
    language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
               'customer', sales.customer_v1(customer),
               'items', (select coalesce(jsonb_agg(jsonb_build_object(
                                    'id', o.id, 'kind', o.kind, 'number', coalesce(i.number, p.number),
                                    'dated_on', o.dated_on, 'due_on', o.due_on,
                                    'reference', coalesce(i.reference, p.reference), 'whole', o.whole::text,
                                    'open', o.open::text, 'bears_stamp', coalesce(i.stamp, p.stamp) > 0,
                                    'total', w.total::text, 'vat', w.vat::text,
                                    'branch_id', o.branch_id, 'branch', b.code)
                                    order by o.due_on, o.dated_on, coalesce(i.number, p.number)), '[]')
                           from sales.open_items o
                           join core.branches b on b.id = o.branch_id
                           left join sales.invoices i on i.id = o.id
                           left join sales.payments p on p.id = o.id
                           left join lateral sales.withholding_base(i) w on o.kind = 'invoice'
                          where o.open > 0 and o.customer_id in (
                                select m.id from parties.parties k
                                  join parties.parties m on m.id = coalesce(k.merged_into, k.id)
                                                         or m.merged_into = coalesce(k.merged_into, k.id)
                                 where k.id = customer)),
               'currency', c.currency, 'stamps', sales.stamps(today),
               'withholding', accounting.withholding_setting_v1(array(
                   select m.id from parties.parties k
                     join parties.parties m on coalesce(k.merged_into, k.id) in (m.id, m.merged_into)
                    where k.id = customer)))
      from core.company c
     where (select core.may('sales.payment.view'))
$$;
comment on function sales.open_items_v1(uuid, date) is
    'What is open of a customer in the branches of the login, oldest first; the customer is null if there is none.';

grant execute on function sales.invoice_counts_v1(date), sales.customer_v1(uuid), sales.open_items_v1(uuid, date)
    to sales_app;
