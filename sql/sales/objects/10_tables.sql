-- What each table of sales allows to whom: reading in one's branches; only the owner's functions write.

do $$
declare name text;
begin
    foreach name in array array['invoices', 'invoice_lines', 'series', 'payments', 'write_offs', 'allocations',
                                'open_items'] loop
        call core.keep_to_branch(('sales.' || name)::regclass);
    end loop;
    foreach name in array array['payments', 'write_offs', 'allocations'] loop
        call core.append_only(('sales.' || name)::regclass);
        execute format('comment on table sales.%I is %L', name, 'no-audit: append-only, with their command');
    end loop;
    call core.keep_audit('sales.invoices');
end $$;
comment on table sales.invoice_lines is 'no-audit: replaced with their draft, fixed with their posted document';
comment on table sales.series is 'no-audit: a counter; the documents are the record';
comment on table sales.open_items is 'no-audit: derived from documents and allocations in their transaction';

-- Posted is posted: only how often it was printed is still counted. A draft is discarded, never deleted.
create or replace function sales.keep_posted() returns trigger
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    may_change constant text[] := '{printed,words}';
begin
    if tg_op = 'UPDATE' then
        if old.state = 'draft' or (new.printed >= old.printed
                                   and to_jsonb(new) - may_change = to_jsonb(old) - may_change) then
            return new;
        end if;
    end if;
    perform core.refuse('core.append_only', '{"relation": "sales.invoices"}');
    return null;
end $$;
create or replace trigger keep_posted before update or delete on sales.invoices
    for each row execute function sales.keep_posted();

-- Lines come to a draft or with their document, leave with a draft only, and are never changed in between.
create or replace function sales.keep_posted_lines() returns trigger
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
begin
    if exists (select from (select distinct invoice_id from changed) c
                where not exists (select from sales.invoices i
                                   where i.id = c.invoice_id
                                     and (i.state = 'draft' or tg_op = 'INSERT' and i.posted_at = now()))) then
        perform core.refuse('core.append_only', '{"relation": "sales.invoice_lines"}');
    end if;
    return null;
end $$;
create or replace trigger lines_come_to_drafts after insert on sales.invoice_lines
    referencing new table as changed for each statement execute function sales.keep_posted_lines();
create or replace trigger lines_leave_drafts after delete on sales.invoice_lines
    referencing old table as changed for each statement execute function sales.keep_posted_lines();
create or replace trigger lines_never_change before update on sales.invoice_lines
    for each row execute function core.forbid();

do $$
declare name text;
begin
    foreach name in array array['invoices', 'invoice_lines', 'series', 'open_items'] loop
        execute format('create or replace trigger never_emptied before truncate on sales.%I '
                       'for each statement execute function core.forbid()', name);
    end loop;
end $$;

call core.permit('sales.invoice.view', '{accountant,manager,cashier,clerk}');
call core.permit('sales.invoice.edit', '{accountant,manager}');
call core.permit('sales.invoice.post', '{accountant,manager}');
call core.permit('sales.credit.approve', '{manager}');
call core.permit('sales.payment.view', '{accountant,manager,cashier}');
call core.permit('sales.payment.receive', '{accountant,manager,cashier}');
call core.permit('sales.payment.allocate', '{accountant,manager}');
call core.permit('sales.debt.write_off', '{accountant}');
call core.permit('sales.history.import', '{administrator,accountant,manager}');
call core.offer_attachments('sales.invoice', 'sales.invoice.view', 'sales.invoice.edit');

grant select on all tables in schema sales to sales_app;
grant usage on schema sales to core_owner;
