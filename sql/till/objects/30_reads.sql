-- What the ticket list shows.

create or replace view till.ticket_list with (security_invoker = true) as
    select t.id, t.number, t.sold_at, t.cashier, t.currency, t.total, t.net, t.tax, t.branch_id,
           (select count(*) from till.ticket_lines l where l.ticket_id = t.id) as lines
      from till.tickets t;
grant select on till.ticket_list to till_app;
