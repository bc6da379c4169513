-- What the lists show, and tickets and sessions as they were.

create or replace view till.ticket_list with (security_invoker = true) as
    select t.id, t.number, t.sold_at, t.cashier, t.currency, t.total, t.net, t.tax, t.branch_id,
           (select count(*) from till.ticket_lines l where l.ticket_id = t.id) as lines,
           t.kind, coalesce(c.name, '') as customer, coalesce(c.name_ar, '') as customer_ar,
           (select string_agg(distinct p.method, ' ' order by p.method) from till.payments p where p.ticket_id = t.id) as methods,
           exists (select from till.tickets r where r.original_id = t.id) as is_returned, t.session_id
      from till.tickets t
      left join parties.parties c on c.id = t.customer_id;
grant select on till.ticket_list to till_app;

create or replace view till.session_list with (security_invoker = true) as
    select s.id, s.number, regexp_replace(s.number, '-S[0-9]+$', '') as workstation, b.code as branch, s.opened_at, s.opened_by, s.float, s.currency,
           c.closed_at, coalesce(c.closed_by, '') as closed_by, c.difference,
           (select count(*) from till.tickets t where t.session_id = s.id) as tickets,
           (select coalesce(sum(t.total), 0) from till.tickets t where t.session_id = s.id) as total, s.branch_id
      from till.sessions s
      join core.branches b on b.id = s.branch_id
      left join till.closings c on c.session_id = s.id;
grant select on till.session_list to till_app;

create or replace function till.ticket_v1(wanted uuid) returns jsonb
    language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
               'id', t.id, 'number', t.number, 'sold_at', t.sold_at, 'cashier', t.cashier, 'currency', t.currency,
               'kind', t.kind, 'customer_id', t.customer_id, 'customer', coalesce(c.name, ''),
               'customer_ar', coalesce(c.name_ar, ''), 'discount', t.discount::text, 'stamp', t.stamp::text,
               'rounding', t.rounding::text,
               'original_number', coalesce((select o.number from till.tickets o where o.id = t.original_id), ''),
               'payments', (select coalesce(jsonb_agg(jsonb_build_object(
                                       'method', p.method, 'amount', p.amount::text, 'tendered', p.tendered::text,
                                       'change', p.change::text, 'reference', p.reference) order by p.line_no), '[]')
                              from till.payments p where p.ticket_id = t.id),
               'lines', (select jsonb_agg(jsonb_build_object(
                                    'id', l.id, 'product_id', l.product_id, 'pack_id', l.pack_id, 'name', p.name,
                                    'name_ar', p.name_ar, 'unit', p.unit, 'pack', coalesce(k.name, ''),
                                    'pack_ar', coalesce(k.name_ar, ''), 'quantity', l.quantity::text,
                                    'unit_price', l.unit_price::text, 'discount', l.discount::text,
                                    'factor', l.factor::text, 'tax_code', l.tax_code, 'taxes', l.taxes,
                                    'amount', l.total::text, 'net', l.net::text,
                                    'returned', (select coalesce(-sum(r.quantity), 0)::text
                                                   from till.ticket_lines r where r.original_line_id = l.id))
                                order by l.line_no)
                           from till.ticket_lines l
                           join catalog.products p on p.id = l.product_id
                           left join catalog.packs k on k.id = l.pack_id
                          where l.ticket_id = t.id))
      from till.tickets t left join parties.parties c on c.id = t.customer_id
     where t.id = wanted and (select core.may('till.ticket.view'))
$$;
comment on function till.ticket_v1(uuid) is 'A ticket of the user''s branches with all it has; null if there is none.';

create or replace function till.ticket_numbered_v1(wanted text) returns jsonb
    language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select till.ticket_v1((select t.id from till.tickets t where t.number = wanted))
$$;
comment on function till.ticket_numbered_v1(text) is 'A ticket by its number; null if there is none.';

-- What a session sold at each tax and rate, refunds taken off.
create or replace function till.session_taxes(session uuid) returns jsonb
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select coalesce(jsonb_agg(jsonb_build_object(
               'code', x.code, 'name', coalesce(n.name, x.code), 'name_ar', coalesce(n.name_ar, ''),
               'rate', trim_scale(x.rate)::text, 'base', x.base::text, 'amount', x.amount::text)
               order by x.code, x.rate), '[]')
      from (select a.code, a.rate, sum(a.base) as base, sum(a.amount) as amount
              from till.tickets t
             cross join jsonb_to_recordset(t.taxes) as a (code text, rate numeric, base numeric, amount numeric)
             where t.session_id = session
             group by a.code, a.rate) x
      left join accounting.taxes n on n.code = x.code
$$;

-- X while it is open, Z when it is closed: everything that the paper says.
create or replace function till.session_report_v1(session uuid) returns jsonb
    language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
               'number', s.number, 'opened_at', s.opened_at, 'opened_by', s.opened_by, 'currency', s.currency,
               'float', s.float::text, 'closed_at', c.closed_at, 'closed_by', coalesce(c.closed_by, ''),
               'note', coalesce(c.note, ''), 'left_in_drawer', c.left_in_drawer::text,
               'expected', coalesce(c.expected, till.expected(s.id)), 'counted', c.counted, 'counts', c.counts,
               'sales', f.sales, 'refunds', f.refunds, 'sold', f.sold::text, 'refunded', f.refunded::text,
               'discount', f.discount::text, 'stamp', f.stamp::text, 'rounding', f.rounding::text,
               'net', f.net::text, 'tax', f.tax::text, 'first_number', f.first_number, 'last_number', f.last_number,
               'taxes', till.session_taxes(s.id),
               'payments', (select coalesce(jsonb_object_agg(p.method, p.amount::text), '{}')
                              from (select p.method, sum(p.amount) as amount
                                      from till.tickets t join till.payments p on p.ticket_id = t.id
                                     where t.session_id = s.id group by p.method) p),
               'moves', (select coalesce(jsonb_agg(jsonb_build_object(
                                    'number', m.number, 'amount', m.amount::text, 'reason', m.reason, 'note', m.note,
                                    'at', m.moved_at) order by m.moved_at), '[]')
                           from till.cash_moves m where m.session_id = s.id))
      from till.sessions s
      left join till.closings c on c.session_id = s.id
     cross join lateral (
            select count(*) filter (where t.kind = 'sale') as sales, count(*) filter (where t.kind = 'refund') as refunds,
                   coalesce(sum(t.total) filter (where t.kind = 'sale'), 0) as sold,
                   coalesce(sum(t.total) filter (where t.kind = 'refund'), 0) as refunded,
                   coalesce(sum(t.discount), 0) as discount, coalesce(sum(t.stamp), 0) as stamp,
                   coalesce(sum(t.rounding), 0) as rounding, coalesce(sum(t.net), 0) as net, coalesce(sum(t.tax), 0) as tax,
                   coalesce(min(t.number), '') as first_number, coalesce(max(t.number), '') as last_number
              from till.tickets t where t.session_id = s.id) f
     where s.id = session and (select core.may('till.session.view'))
$$;
comment on function till.session_report_v1(uuid) is 'All figures of a cash session; null if there is none.';

grant execute on function till.ticket_v1(uuid), till.ticket_numbered_v1(text), till.session_report_v1(uuid) to till_app;
