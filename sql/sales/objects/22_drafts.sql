-- Drafts: kept and discarded. They move neither money nor goods.

create or replace function sales.write_lines(invoice uuid, branch uuid, lines jsonb) returns void
    language sql volatile set search_path = pg_catalog, pg_temp
as $$
    insert into sales.invoice_lines (id, invoice_id, branch_id, line_no, product_id, pack_id, factor, description, quantity,
                                     unit_price, discount_rate, discount, tax_code, taxes, amount, net, cost, goods_back,
                                     original_line_id, suspended_tax)
    select (e.l ->> 'id')::uuid, invoice, branch, e.place, (e.l ->> 'product_id')::uuid, (e.l ->> 'pack_id')::uuid,
           coalesce((e.l ->> 'factor')::numeric, 1), coalesce(e.l ->> 'description', ''), (e.l ->> 'quantity')::numeric,
           (e.l ->> 'unit_price')::numeric, coalesce((e.l ->> 'discount_rate')::numeric, 0),
           coalesce((e.l ->> 'discount')::numeric, 0), e.l ->> 'tax_code', coalesce(e.l -> 'taxes', '[]'),
           coalesce((e.l ->> 'amount')::numeric, 0), coalesce((e.l ->> 'net')::numeric, 0),
           coalesce((e.l ->> 'cost')::numeric, 0), coalesce((e.l ->> 'goods_back')::boolean, false),
           (e.l ->> 'original_line_id')::uuid, coalesce(e.l ->> 'suspended_tax', '')
      from jsonb_array_elements(lines) with ordinality as e (l, place)
$$;

-- A document as its payload says it, not booked yet.
create or replace function sales.invoice_of(payload jsonb, branch uuid) returns sales.invoices
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    invoice sales.invoices := jsonb_populate_record(null::sales.invoices, payload - '{lines,taxes,paper,words}'::text[]);
begin
    invoice.id := coalesce((payload ->> 'invoice_id')::uuid, invoice.id);
    invoice.version := coalesce(invoice.version, 0);
    invoice.state := 'draft';
    invoice.branch_id := branch;
    invoice.number := null;
    invoice.includes_tax := coalesce(invoice.includes_tax, false);
    invoice.payment_method := coalesce(invoice.payment_method, 'account');
    invoice.reference := coalesce(invoice.reference, '');
    invoice.language := coalesce(invoice.language, 'fr');
    invoice.note := coalesce(invoice.note, '');
    invoice.discount := coalesce(invoice.discount, 0);
    invoice.net := coalesce(invoice.net, 0);
    invoice.tax := coalesce(invoice.tax, 0);
    invoice.total := coalesce(invoice.total, 0);
    invoice.stamp := coalesce(invoice.stamp, 0);
    invoice.to_pay := coalesce(invoice.to_pay, 0);
    invoice.cost := 0;
    invoice.taxes := '[]';
    invoice.paper := '{}';
    invoice.metadata := coalesce(invoice.metadata, '{}');
    invoice.printed := 0;
    invoice.posted_at := null;
    invoice.posted_by := null;
    invoice.command_id := null;
    invoice.entry_id := null;
    invoice.import_id := null;
    invoice.changed_at := now();
    return invoice;
end $$;

create or replace function sales.refuse_settled(invoice sales.invoices) returns void
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
    if invoice.state = 'posted' then
        perform core.refuse('sales.already_posted', jsonb_build_object('number', invoice.number));
    elsif invoice.state = 'discarded' then
        perform core.refuse('sales.is_discarded');
    end if;
end $$;

-- The draft that is kept under this id, locked, as it was read and in the same branch, without its lines.
create or replace function sales.take_draft(invoice sales.invoices) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    kept sales.invoices;
begin
    select * into kept from sales.invoices i where i.id = invoice.id for no key update;
    if kept.id is null then
        perform core.refuse('core.not_found');
    end if;
    perform sales.refuse_settled(kept);
    if kept.version <> invoice.version or kept.branch_id <> invoice.branch_id or kept.kind <> invoice.kind then
        perform core.refuse('core.stale_record');
    end if;
    delete from sales.invoice_lines l where l.invoice_id = kept.id;
end $$;

-- A document as it is from now on: a new one if none was kept. Returns its version.
create or replace function sales.write_invoice(invoice sales.invoices) returns bigint
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    is_new boolean := invoice.version = 0;
begin
    invoice.search := sales.search_text(invoice.number, invoice.customer_id, invoice.reference);
    invoice.version := invoice.version + 1;
    if is_new then
        insert into sales.invoices (id, version, kind, state, branch_id, number, dated_on, due_on, customer_id, original_id,
                                    currency, includes_tax, price_list, terms, payment_method, reference, language, note,
                                    discount, net, tax, total, stamp, to_pay, cost, taxes, paper, posted_at, posted_by,
                                    command_id, entry_id, import_id, attestation_id, metadata, search)
        values (invoice.id, invoice.version, invoice.kind, invoice.state, invoice.branch_id, invoice.number,
                invoice.dated_on, invoice.due_on, invoice.customer_id, invoice.original_id, invoice.currency,
                invoice.includes_tax, invoice.price_list, invoice.terms, invoice.payment_method, invoice.reference,
                invoice.language, invoice.note, invoice.discount, invoice.net, invoice.tax, invoice.total, invoice.stamp,
                invoice.to_pay, invoice.cost, invoice.taxes, invoice.paper, invoice.posted_at, invoice.posted_by,
                invoice.command_id, invoice.entry_id, invoice.import_id, invoice.attestation_id, invoice.metadata,
                invoice.search)
        on conflict (id) do nothing;
        if found then
            return invoice.version;
        end if;
        invoice.version := 0;
        perform sales.take_draft(invoice);
    end if;
    update sales.invoices i
       set version = invoice.version, state = invoice.state, number = invoice.number, dated_on = invoice.dated_on,
           due_on = invoice.due_on, customer_id = invoice.customer_id, original_id = invoice.original_id,
           currency = invoice.currency, includes_tax = invoice.includes_tax, price_list = invoice.price_list,
           terms = invoice.terms, payment_method = invoice.payment_method, reference = invoice.reference,
           language = invoice.language, note = invoice.note, discount = invoice.discount, net = invoice.net,
           tax = invoice.tax, total = invoice.total, stamp = invoice.stamp, to_pay = invoice.to_pay,
           cost = invoice.cost, taxes = invoice.taxes, paper = invoice.paper, posted_at = invoice.posted_at,
           posted_by = invoice.posted_by, command_id = invoice.command_id, entry_id = invoice.entry_id,
           import_id = invoice.import_id, attestation_id = invoice.attestation_id, metadata = invoice.metadata, search = invoice.search,
           changed_at = invoice.changed_at
     where i.id = invoice.id;
    return invoice.version;
end $$;

create or replace function sales.save_invoice_v1(draft jsonb) returns bigint
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    given sales.invoices := sales.invoice_of(draft, (draft ->> 'branch_id')::uuid);
    new_version bigint;
begin
    perform core.require('sales.invoice.edit');
    if (given.branch_id = any (core.branches())) is not true then
        perform core.refuse('core.other_branch');
    end if;
    if given.version > 0 then
        perform sales.take_draft(given);
    end if;
    new_version := sales.write_invoice(given);
    perform sales.write_lines(given.id, given.branch_id, draft -> 'lines');
    return new_version;
end $$;
comment on function sales.save_invoice_v1(jsonb) is
    'Keeps a draft with its lines (version 0 creates it); the new version.';

create or replace function sales.discard_invoice_v1(wanted uuid, seen bigint) returns void
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    kept sales.invoices;
begin
    perform core.require('sales.invoice.edit');
    select * into kept from sales.invoices i where i.id = wanted for no key update;
    if kept.id is null then
        perform core.refuse('core.not_found');
    end if;
    perform sales.refuse_settled(kept);
    if kept.version <> seen then
        perform core.refuse('core.stale_record');
    end if;
    update sales.invoices i set state = 'discarded', version = i.version + 1, changed_at = now() where i.id = wanted;
end $$;
comment on function sales.discard_invoice_v1(uuid, bigint) is 'Throws a draft away, as it was read.';

create or replace function sales.count_print_v1(wanted uuid) returns integer
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    times integer;
begin
    perform core.require('sales.invoice.view');
    update sales.invoices i set printed = i.printed + 1 where i.id = wanted and i.state = 'posted'
    returning i.printed into times;
    if times is null then
        perform core.refuse('core.not_found');
    end if;
    return times;
end $$;
comment on function sales.count_print_v1(uuid) is 'A posted document was put on paper once more; how often until now.';

grant execute on function sales.save_invoice_v1(jsonb), sales.discard_invoice_v1(uuid, bigint),
    sales.count_print_v1(uuid) to sales_app;
