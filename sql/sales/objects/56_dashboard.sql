-- What a manager wants to see of sales on a day, in the branches of the login.

create or replace function sales.figures_v1(day date) returns jsonb
    language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'currency', c.currency, 'invoiced_day', m.day_net::text, 'invoiced_month', m.net::text,
        'margin_month', (m.net - m.cost)::text, 'invoices_day', m.day_invoices, 'invoices_month', m.invoices,
        'drafts', (select count(*) from sales.invoices i where i.state = 'draft'),
        'open', o.open::text, 'overdue', o.overdue::text, 'overdue_count', o.overdue_count, 'advances', o.advances::text,
        'received_month', p.month::text, 'received_day', p.by_method)
      from core.company c
     cross join lateral (
            select coalesce(sum(i.net), 0) as net, coalesce(sum(i.cost), 0) as cost,
                   coalesce(sum(i.net) filter (where i.dated_on = day), 0) as day_net,
                   count(*) filter (where i.kind = 'invoice') as invoices,
                   count(*) filter (where i.kind = 'invoice' and i.dated_on = day) as day_invoices
              from sales.invoices i
             where i.state = 'posted' and i.dated_on between date_trunc('month', day::timestamp)::date and day) m
     cross join lateral (
            select coalesce(sum(o.open) filter (where o.kind = 'invoice'), 0) as open,
                   coalesce(sum(o.open) filter (where o.kind = 'invoice' and o.due_on < day), 0) as overdue,
                   count(*) filter (where o.kind = 'invoice' and o.due_on < day) as overdue_count,
                   coalesce(sum(o.open) filter (where o.kind in ('payment', 'credit_note')), 0) as advances
              from sales.open_items o where o.open > 0) o
     cross join lateral (
            select coalesce(sum(x.month), 0) as month,
                   coalesce(jsonb_object_agg(x.method, x.day::text) filter (where x.day <> 0), '{}') as by_method
              from (select p.method, sum(p.amount) as month,
                           coalesce(sum(p.amount) filter (where p.dated_on = day), 0) as day
                      from sales.payments p
                     where p.dated_on between date_trunc('month', day::timestamp)::date and day
                     group by p.method) x) p
     where (select core.may('sales.invoice.view'))
$$;
comment on function sales.figures_v1(date) is 'Invoices, open amounts and payments of a day and its month.';
grant execute on function sales.figures_v1(date) to sales_app;
