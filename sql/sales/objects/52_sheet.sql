-- One document, or one payment, with all it has.

create or replace function sales.sheet_lines(invoice uuid) returns jsonb
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select coalesce(jsonb_agg(jsonb_build_object(
               'id', l.id, 'line_no', l.line_no, 'product_id', l.product_id, 'pack_id', l.pack_id,
               'factor', l.factor::text, 'code', p.code, 'name', p.name, 'name_ar', p.name_ar, 'unit', p.unit,
               'pack', coalesce(k.name, ''), 'pack_ar', coalesce(k.name_ar, ''), 'description', l.description,
               'quantity', l.quantity::text, 'unit_price', l.unit_price::text, 'discount_rate', l.discount_rate::text,
               'discount', l.discount::text, 'tax_code', l.tax_code, 'taxes', l.taxes, 'amount', l.amount::text,
               'net', l.net::text, 'goods_back', l.goods_back, 'original_line_id', l.original_line_id,
               'returned', (select coalesce(-sum(r.quantity), 0)::text
                              from sales.invoice_lines r join sales.invoices c on c.id = r.invoice_id
                             where r.original_line_id = l.id and c.state = 'posted')) order by l.line_no), '[]')
      from sales.invoice_lines l
      join catalog.products p on p.id = l.product_id
      left join catalog.packs k on k.id = l.pack_id
     where l.invoice_id = invoice
$$;

-- What stands at the other side of a document's or payment's allocations that hold, and debts given up.
create or replace function sales.settled_parts(item uuid) returns jsonb
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select coalesce(jsonb_agg(to_jsonb(s) order by s.made_at, s.number, s.id), '[]')
      from (select a.id, o.kind, o.id as document_id, coalesce(i.number, p.number) as number,
                   coalesce(i.dated_on, p.dated_on) as dated_on, coalesce(p.method, '') as method,
                   a.amount::text as amount, a.made_at, a.made_by
              from sales.allocations a
              join sales.open_items o
                on o.id = case when item in (a.payment_id, a.credit_note_id) then coalesce(a.invoice_id, a.repayment_id)
                               else coalesce(a.payment_id, a.credit_note_id) end
              left join sales.invoices i on i.id = o.id
              left join sales.payments p on p.id = o.id
             where (a.invoice_id = item or a.payment_id = item or a.credit_note_id = item or a.repayment_id = item)
               and a.undoes is null and not exists (select from sales.allocations u where u.undoes = a.id)
            union all
            select w.id, 'write_off', w.invoice_id, '', w.dated_on, '', w.amount::text, w.made_at, w.made_by
              from sales.write_offs w where w.invoice_id = item) s
$$;

create or replace function sales.history_of(item uuid) returns jsonb
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select coalesce(jsonb_agg(to_jsonb(h) order by h.at, h.what, h.number), '[]')
      from (select i.posted_at as at, coalesce(i.posted_by, '') as by, 'posted' as what, i.number,
                   i.to_pay::text as amount
              from sales.invoices i where i.id = item and i.state = 'posted'
            union all
            select c.posted_at, coalesce(c.posted_by, ''), 'credited', c.number, c.to_pay::text
              from sales.invoices c where c.original_id = item and c.state = 'posted'
            union all
            select a.made_at, a.made_by, case when a.undoes is null then 'settled' else 'undone' end,
                   sales.number_of(case when a.invoice_id = item then coalesce(a.payment_id, a.credit_note_id)
                                        else coalesce(a.invoice_id, a.repayment_id) end), a.amount::text
              from sales.allocations a where a.invoice_id = item or a.credit_note_id = item
            union all
            select w.made_at, w.made_by, 'written_off', '', w.amount::text
              from sales.write_offs w where w.invoice_id = item) h
$$;

create or replace function sales.original_invoice(wanted uuid) returns jsonb
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object('id', i.id, 'number', i.number, 'dated_on', i.dated_on, 'includes_tax', i.includes_tax,
                              'lines', sales.sheet_lines(i.id))
      from sales.invoices i where i.id = wanted and i.kind = 'invoice' and i.state = 'posted'
$$;

-- What can be chosen for a document of a day, and the law of that day.
create or replace function sales.choices(day date) returns jsonb
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'country', c.country, 'currency', c.currency, 'today', day, 'stamps', sales.stamps(day),
        'taxes', (select coalesce(jsonb_agg(jsonb_build_object('code', r.tax_code, 'name', r.name, 'name_ar', r.name_ar,
                                                               'kind', r.kind, 'taxes', r.taxes)), '[]')
                    from accounting.rates_at_v1(day) r),
        'terms', (select coalesce(jsonb_agg(jsonb_build_object('code', t.code, 'name', t.name, 'name_ar', t.name_ar,
                                                               'days', t.days, 'end_of_month', t.end_of_month)
                                            order by t.days, t.code), '[]')
                    from parties.terms t where t.is_active),
        'price_lists', (select coalesce(jsonb_agg(jsonb_build_object('code', l.code, 'name', l.name, 'name_ar', l.name_ar,
                                                                     'includes_tax', l.includes_tax) order by l.code), '[]')
                          from catalog.price_lists l where l.is_active))
      from core.company c
$$;

create or replace function sales.invoice_v1(wanted uuid) returns jsonb
    language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'head', to_jsonb(i) - '{words,search,metadata}'::text[] || jsonb_build_object(
            'number', coalesce(i.number, ''), 'due_on', coalesce(i.due_on, i.dated_on), 'branch', b.code,
            'branch_name', b.name, 'branch_name_ar', b.name_ar, 'original_number', coalesce(o.number, ''),
            'original_dated_on', o.dated_on, 'discount', i.discount::text, 'net', i.net::text, 'tax', i.tax::text,
            'total', i.total::text, 'stamp', i.stamp::text, 'to_pay', i.to_pay::text, 'cost', i.cost::text,
            'open', coalesce((select x.open from sales.open_items x where x.id = i.id), 0)::text,
            'posted_by', coalesce(i.posted_by, ''),
            'attestation', coalesce(accounting.attestation_words_v1(i.attestation_id) ->> 'number', '')),
        'lines', sales.sheet_lines(i.id), 'settled', sales.settled_parts(i.id), 'history', sales.history_of(i.id),
        'customer', sales.customer_v1(i.customer_id), 'original', sales.original_invoice(i.original_id),
        'choices', sales.choices(i.dated_on))
      from sales.invoices i
      join core.branches b on b.id = i.branch_id
      left join sales.invoices o on o.id = i.original_id
     where i.id = wanted and (select core.may('sales.invoice.view'))
$$;
comment on function sales.invoice_v1(uuid) is
    'A document of the user''s branches with all it has and what can be chosen for it; null if there is none.';

create or replace function sales.new_invoice_v1(customer uuid, original uuid, day date) returns jsonb
    language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'head', null, 'lines', '[]'::jsonb, 'settled', '[]'::jsonb, 'history', '[]'::jsonb,
        'customer', sales.customer_v1(coalesce((select i.customer_id from sales.invoices i where i.id = original), customer)),
        'original', sales.original_invoice(original), 'choices', sales.choices(day))
     where (select core.may('sales.invoice.view'))
$$;
comment on function sales.new_invoice_v1(uuid, uuid, date) is
    'What the page of a new document needs, of a credit note with its invoice; as sales.invoice_v1 says it.';

create or replace function sales.payment_v1(wanted uuid) returns jsonb
    language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select to_jsonb(p) - '{words,search}'::text[] || jsonb_build_object(
               'branch', b.code, 'branch_name', b.name, 'branch_name_ar', b.name_ar,
               'seller', (select jsonb_build_object('name', c.name, 'name_ar', c.name_ar, 'address', c.address,
                                 'address_ar', c.address_ar, 'phone', c.phone, 'identifiers', c.identifiers)
                            from core.company c),
               'amount', p.amount::text, 'stamp', p.stamp::text, 'open', o.open::text,
               'customer', sales.customer_v1(p.customer_id), 'settled', sales.settled_parts(p.id))
      from sales.payments p
      join core.branches b on b.id = p.branch_id
      join sales.open_items o on o.id = p.id
     where p.id = wanted and (select core.may('sales.payment.view'))
$$;
comment on function sales.payment_v1(uuid) is
    'A payment of the user''s branches with what it settles; null if there is none.';

grant execute on function sales.invoice_v1(uuid), sales.new_invoice_v1(uuid, uuid, date), sales.payment_v1(uuid)
    to sales_app;
