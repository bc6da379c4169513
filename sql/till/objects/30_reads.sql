-- What the ticket list shows, and a ticket as it was handed over.

create or replace view till.ticket_list with (security_invoker = true) as
    select t.id, t.number, t.sold_at, t.cashier, t.currency, t.total, t.net, t.tax, t.branch_id,
           (select count(*) from till.ticket_lines l where l.ticket_id = t.id) as lines
      from till.tickets t;
grant select on till.ticket_list to till_app;

create or replace function till.ticket_v1(wanted uuid) returns jsonb
    language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
               'number', t.number, 'sold_at', t.sold_at, 'cashier', t.cashier, 'currency', t.currency,
               'tendered', p.tendered::text, 'change', p.change::text,
               'lines', (select jsonb_agg(jsonb_build_object(
                                    'product_id', l.product_id, 'name', c.name, 'name_ar', c.name_ar,
                                    'quantity', l.quantity::text, 'unit_price', l.unit_price::text,
                                    'tax_code', l.tax_code, 'tax_rate', l.tax_rate::text, 'total', l.total::text)
                                order by l.line_no)
                           from till.ticket_lines l join catalog.products c on c.id = l.product_id
                          where l.ticket_id = t.id))
      from till.tickets t join till.payments p on p.ticket_id = t.id
     where t.id = wanted and (select core.may('till.ticket.view'))
$$;
comment on function till.ticket_v1(uuid) is 'A ticket of the user''s branches with its lines; null if there is none.';
grant execute on function till.ticket_v1(uuid) to till_app;
