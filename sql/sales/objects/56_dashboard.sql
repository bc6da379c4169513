-- What was invoiced, and what customers owe, for the dashboard.

drop function if exists sales.figures_v1(date);

create or replace function sales.figures_v1(last_day date, days integer, only_branch uuid) returns jsonb
    language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
               'invoiced', m.total::text, 'invoices', m.invoices, 'credit_notes', m.credit_notes,
               'open', o.open::text, 'overdue', o.overdue::text, 'late', o.late)
      from (select coalesce(sum(i.total), 0) as total, count(*) filter (where i.kind = 'invoice') as invoices,
                   count(*) filter (where i.kind = 'credit_note') as credit_notes
              from sales.invoices i
             where i.state = 'posted' and i.dated_on between last_day - (days - 1) and last_day
               and (only_branch is null or i.branch_id = only_branch)) m
     cross join (
            select coalesce(sum(o.open), 0) as open, coalesce(sum(o.open) filter (where o.due_on < last_day), 0) as overdue,
                   count(*) filter (where o.due_on < last_day) as late
              from sales.open_items o
             where o.kind = 'invoice' and o.open > 0 and (only_branch is null or o.branch_id = only_branch)) o
     where (select core.may('sales.invoice.view'))
$$;
comment on function sales.figures_v1(date, integer, uuid) is
    'What was invoiced in the days that end with one, taxes included and credit notes taken off; what is open and overdue. Null without the right to see invoices.';
grant usage on schema sales to dashboard_owner;
grant execute on function sales.figures_v1(date, integer, uuid) to dashboard_owner;
