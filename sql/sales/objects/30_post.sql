-- sales.book_invoice: a document gets its number, moves its goods and enters the ledger, in one transaction.

-- Who buys: by any id that they ever had, and active where something is asked for.
create or replace function sales.customer_of(invoice sales.invoices, is_fact boolean) returns parties.document_parties
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    customer parties.document_parties;
begin
    select * into customer from parties.document_parties d where d.id = invoice.customer_id;
    if customer.id is null and not (is_fact and invoice.customer_id is null) then
        perform core.refuse('sales.customer_missing');
    elsif not is_fact and not (customer.is_active and customer.is_customer) then
        perform core.refuse('sales.customer_inactive', jsonb_build_object('customer', customer.name));
    end if;
    return customer;
end $$;

create or replace function sales.check_days(invoice sales.invoices) returns void
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
    if invoice.dated_on is null or invoice.dated_on > core.local_date(now()) then
        perform core.refuse('sales.date_in_future', jsonb_build_object(
            'date', coalesce(to_char(invoice.dated_on, 'DD/MM/YYYY'), '')));
    elsif invoice.due_on < invoice.dated_on then
        perform core.refuse('sales.due_before_date');
    end if;
end $$;

-- Net and taxes of a document, as accounting.post_v1 takes them.
create or replace function sales.figures_of(invoice sales.invoices, lines jsonb) returns jsonb
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
    if invoice.original_id is null then
        return accounting.tax_amounts_v1(lines, invoice.includes_tax);
    end if;
    return accounting.returned_amounts_v1(
        (select coalesce(jsonb_agg(jsonb_build_object('tax_code', l.tax_code, 'taxes', l.taxes, 'amount', l.amount)), '[]')
           from sales.invoices i join sales.invoice_lines l on l.invoice_id = i.id
          where i.original_id = invoice.original_id and i.state = 'posted'), lines, invoice.includes_tax);
end $$;

-- What left the shelf cost so much; each line bears its share by its units, to the last centime.
create or replace function sales.with_costs(lines jsonb, costs jsonb) returns jsonb
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    decimals integer := core.decimals();
begin
    return (
    select jsonb_agg(e.l || jsonb_build_object('cost', coalesce(
               round(c.cost * e.until / e.whole, decimals) - round(c.cost * (e.until - e.units) / e.whole, decimals), 0))
               order by e.place)
      from (select u.*, sum(u.units) over (partition by u.product_id) as whole,
                   sum(u.units) over (partition by u.product_id order by u.place) as until
              from (select r.l, r.place, (r.l ->> 'product_id')::uuid as product_id,
                           (r.l ->> 'quantity')::numeric * coalesce((r.l ->> 'factor')::numeric, 1) as units
                      from jsonb_array_elements(lines) with ordinality as r (l, place)) u) e
      left join jsonb_to_recordset(costs) as c (product_id uuid, cost numeric) on c.product_id = e.product_id);
end $$;

-- Goods out of the shelf; lines with what they had cost, the cost of all, and flags.
create or replace function sales.issue_goods(command core.commands, invoice sales.invoices, document jsonb, lines jsonb,
                                             is_fact boolean)
    returns jsonb language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    issued jsonb;
begin
    issued := inventory.issue_v1(jsonb_build_object(
        'branch_id', invoice.branch_id, 'kind', 'sale', 'document', document, 'command_id', command.id,
        'at', command.happened_at, 'is_fact', is_fact, 'lines', (
            select jsonb_agg(jsonb_build_object('product_id', l.product_id, 'quantity', l.quantity * coalesce(l.factor, 1)))
              from jsonb_to_recordset(lines) as l (product_id uuid, quantity numeric, factor numeric))));
    return jsonb_build_object('lines', sales.with_costs(lines, issued -> 'costs'), 'cost', issued -> 'cost',
                              'flags', issued -> 'flags');
end $$;

-- Where the law has the tax due with the payment, it waits on an account of its own.
create or replace function sales.as_due(figures jsonb, day date) returns jsonb
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select case when accounting.tax_waits_v1(day) then (
               select jsonb_agg(case f ->> 'amount' when 'tax' then f || '{"amount": "tax_waiting"}' else f end)
                 from jsonb_array_elements(figures) f)
           else figures end
$$;

-- What was given away and had cost nothing changes no account; everything else is booked.
create or replace function sales.book(command core.commands, invoice sales.invoices, document jsonb, figures jsonb,
                                      is_fact boolean)
    returns jsonb language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
begin
    if invoice.to_pay = 0 and invoice.total = 0 and invoice.cost = 0 and invoice.net = 0 then
        if not is_fact and not exists (select from accounting.periods p
                                        where p.state = 'open' and invoice.dated_on between p.starts_on and p.ends_on) then
            perform core.refuse('accounting.period_closed', jsonb_build_object('date', invoice.dated_on));
        end if;
        return '{"flags": []}';
    end if;
    return accounting.post_v1(jsonb_build_object(
        'id', gen_random_uuid(), 'rule', 'sales.invoice', 'branch_id', invoice.branch_id, 'on', invoice.dated_on,
        'is_fact', is_fact, 'label', invoice.number, 'document', document, 'command_id', command.id,
        'by', command.actor_login, 'currency', invoice.currency, 'party_id', invoice.customer_id,
        'due_on', invoice.due_on,
        'amounts', sales.as_due(figures, invoice.dated_on) || jsonb_build_array(
            jsonb_build_object('amount', 'total', 'value', invoice.to_pay),
            jsonb_build_object('amount', 'stamp', 'value', invoice.stamp),
            jsonb_build_object('amount', 'stamp_borne', 'value', sales.stamp_of(
                invoice.kind, invoice.payment_method, invoice.total, invoice.dated_on, 'seller')),
            jsonb_build_object('amount', 'cost', 'value', invoice.cost))));
end $$;

-- After it is booked, when nobody else can lend to the same customer at the same time.
create or replace function sales.check_credit(invoice sales.invoices, customer parties.document_parties,
                                              is_approved boolean)
    returns void language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    owed numeric;
begin
    if invoice.to_pay <= 0 or invoice.payment_method in ('cash', 'card') or is_approved then
        return;
    end if;
    select e.total into owed from accounting.exposure_v1(invoice.customer_id) e;
    if owed > coalesce(customer.credit_limit, 0) then
        perform core.refuse('sales.credit_exceeded', jsonb_build_object(
            'customer', customer.name, 'owed', owed::text, 'limit', coalesce(customer.credit_limit, 0)::text));
    end if;
end $$;

create or replace function sales.write_posted(invoice sales.invoices, lines jsonb) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
begin
    invoice.state := 'posted';
    invoice.posted_at := now();
    perform sales.write_invoice(invoice);
    perform sales.write_lines(invoice.id, invoice.branch_id, lines);
    insert into sales.open_items (id, kind, branch_id, customer_id, dated_on, due_on, whole, open)
    values (invoice.id, invoice.kind, invoice.branch_id, invoice.customer_id, invoice.dated_on, invoice.due_on,
            abs(invoice.to_pay), abs(invoice.to_pay));
end $$;

-- Net, taxes and what is to be paid, as the lines say them.
create or replace function sales.with_figures(invoice sales.invoices, figures jsonb) returns sales.invoices
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
    invoice.net := sales.sum_of(figures, 'net');
    invoice.tax := sales.sum_of(figures, 'tax');
    invoice.total := invoice.net + invoice.tax;
    invoice.to_pay := invoice.total + invoice.stamp;
    invoice.taxes := sales.taxes_of(figures);
    return invoice;
end $$;

-- Terms say when an invoice is due, where nobody said it: those of the document, else those of the customer.
create or replace function sales.with_terms(invoice sales.invoices, customer parties.document_parties)
    returns sales.invoices language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
    invoice.customer_id := customer.current_id;
    invoice.terms := coalesce(invoice.terms, customer.terms);
    if invoice.due_on is null and invoice.kind = 'invoice' then
        select sales.due_date(invoice.dated_on, t.days, t.end_of_month) into invoice.due_on
          from parties.terms t where t.code = invoice.terms;
    end if;
    invoice.due_on := coalesce(invoice.due_on, invoice.dated_on);
    return invoice;
end $$;

-- The attestation under which a document bears no tax, if any of its lines is suspended; a credit note gives back to that
-- of its invoice.
create or replace function sales.attestation_of(command core.commands, invoice sales.invoices, document jsonb, lines jsonb,
                                                figures jsonb)
    returns uuid language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    wanted uuid := invoice.attestation_id;
begin
    if invoice.original_id is not null then
        select i.attestation_id into wanted from sales.invoices i where i.id = invoice.original_id;
    end if;
    if accounting.use_attestation_v1(jsonb_build_object(
           'attestation_id', wanted, 'document', document, 'branch_id', invoice.branch_id, 'on', invoice.dated_on,
           'figures', figures, 'lines', lines, 'gives_back', invoice.original_id is not null,
           'by', command.actor_login, 'command_id', command.id, 'parties', (
               select coalesce(jsonb_agg(p.id), '[]') from parties.parties p
                where invoice.customer_id in (p.id, p.merged_into)))) then
        return wanted;
    end if;
    return null;
end $$;

create or replace function sales.book_invoice(command core.commands, payload jsonb, is_fact boolean default false)
    returns jsonb language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    invoice sales.invoices := sales.invoice_of(payload, sales.branch_of(command, payload));
    customer parties.document_parties := sales.customer_of(invoice, is_fact);
    is_invoice boolean := invoice.kind = 'invoice';
    document jsonb;
    lines jsonb;
    figures jsonb;
    goods jsonb;
    posted jsonb;
begin
    invoice := sales.with_terms(invoice, customer);
    perform sales.check_days(invoice);
    perform sales.check_texts(payload);
    perform sales.check_lines(payload, case when is_invoice then 1 else -1 end, invoice.original_id is not null);
    if is_invoice or invoice.original_id is null then
        lines := sales.with_factors(payload -> 'lines');
        perform sales.check_taxes(lines, invoice.dated_on);
    else
        lines := sales.of_original(invoice, payload -> 'lines');
    end if;
    figures := sales.figures_of(invoice, lines);
    invoice := sales.with_figures(invoice, figures);
    perform sales.check_sums(invoice, payload);
    if invoice.version > 0 then
        perform sales.take_draft(invoice);
    end if;
    invoice.number := coalesce(case when is_fact then payload ->> 'number' end,
                               sales.next_number(invoice.kind, invoice.branch_id, invoice.dated_on, not is_fact));
    document := jsonb_build_object('module', 'sales', 'kind', invoice.kind, 'id', invoice.id, 'number', invoice.number);
    invoice.attestation_id := sales.attestation_of(command, invoice, document, lines, figures);
    goods := case when is_invoice then sales.issue_goods(command, invoice, document, lines, is_fact)
                  else sales.receive_goods(command, invoice, document, lines) end;
    invoice.cost := (goods ->> 'cost')::numeric;
    posted := sales.book(command, invoice, document, catalog.with_services_v1(figures, lines), is_fact);
    invoice.posted_by := command.actor_login;
    invoice.command_id := command.id;
    invoice.entry_id := (posted ->> 'entry_id')::uuid;
    invoice.import_id := case when is_fact then (payload ->> 'import_id')::uuid end;
    -- The lines of a history say themselves what was sold.
    invoice.paper := sales.paper_of(invoice, customer, case when invoice.import_id is null then lines else '[]' end);
    perform sales.write_posted(invoice, goods -> 'lines');
    if not is_fact then
        perform sales.check_credit(invoice, customer, coalesce((payload ->> 'approved')::boolean, false)
                                   and core.user_may(command.actor_id, 'sales.credit.approve'));
    end if;
    perform core.publish_v1(case when is_invoice then 'sales.invoice_posted' else 'sales.credit_note_posted' end,
                            document || jsonb_build_object('branch_id', invoice.branch_id));
    return jsonb_build_object(
        'result', jsonb_build_object('invoice_id', invoice.id, 'number', invoice.number, 'entry', posted -> 'number'),
        'flags', (goods -> 'flags') || (posted -> 'flags'));
end $$;
comment on function sales.book_invoice(core.commands, jsonb, boolean) is
    'What post_invoice_v1 and imports do: of a fact, number and import_id may be given, and stock, credit, order of days and customer are not asked for.';

create or replace function sales.post_invoice_v1(command core.commands, payload jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    outcome jsonb := sales.book_invoice(command, payload);
begin
    -- What a credit note gives back was discounted then, and its invoice does not have to be paid any more.
    if payload ->> 'original_id' is null then
        perform sales.check_discounts(command, payload);
    else
        perform sales.settle_original(command, (payload ->> 'invoice_id')::uuid, (payload ->> 'original_id')::uuid);
    end if;
    return outcome;
end $$;
comment on function sales.post_invoice_v1(core.commands, jsonb) is
    'Handler: {invoice_id, version (0 if no draft was kept), kind, branch_id?, customer_id, dated_on, due_on?, original_id?, currency, includes_tax, price_list?, terms?, payment_method, reference, language, note, discount, lines: [{id, product_id, pack_id?, description, quantity, unit_price, discount_rate, discount, tax_code, suspended_tax?, taxes, amount, net, goods_back?, original_line_id?}], total, stamp, to_pay, attestation_id?, approved?}.';

grant execute on function sales.post_invoice_v1(core.commands, jsonb) to core_owner;
insert into core.command_types (name, module, permission, is_fact, handler)
values ('sales.post_invoice_v1', 'sales', 'sales.invoice.post', false, 'sales.post_invoice_v1')
    on conflict (name) do update set permission = excluded.permission, is_fact = excluded.is_fact,
                                     handler = excluded.handler;
