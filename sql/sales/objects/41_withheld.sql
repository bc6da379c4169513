-- What a customer keeps back of a payment for the state: it settles like money, with a certificate.

create or replace function sales.vat_of(invoice sales.invoices) returns numeric
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select coalesce(sum((x ->> 'amount')::numeric), 0)
      from jsonb_array_elements(invoice.taxes) x join accounting.taxes t on t.code = x ->> 'code' and t.kind = 'vat'
$$;

-- What is left of an invoice after what came back of it: the law keeps back of that.
create or replace function sales.withholding_base(invoice sales.invoices, out total numeric, out vat numeric)
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select invoice.total + coalesce(sum(c.total), 0), sales.vat_of(invoice) + coalesce(sum(sales.vat_of(c)), 0)
      from sales.invoices c where c.original_id = invoice.id and c.state = 'posted'
$$;

-- One part of a payment: booked as a payment of its own, whose certificate is about the whole invoice.
create or replace function sales.receive_withheld(command core.commands, payment sales.payments, part jsonb) returns jsonb
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    invoice sales.invoices;
    base record;
    booked jsonb;
begin
    select * into invoice from sales.invoices i
     where i.id = (part ->> 'invoice_id')::uuid and i.kind = 'invoice' and i.state = 'posted';
    if invoice.id is null or not sales.is_same_customer(invoice.customer_id, payment.customer_id) then
        perform core.refuse('sales.document_unknown');
    end if;
    payment.id := (part ->> 'payment_id')::uuid;
    payment.number := null;
    payment.method := 'withholding';
    payment.amount := (part ->> 'amount')::numeric;
    payment.stamp := 0;
    payment.reference := left(btrim(coalesce(part ->> 'number', '')), 100);
    if (payment.amount > 0 and payment.amount < 1e12 and scale(payment.amount) <= core.decimals()) is not true then
        perform core.refuse('sales.payment_impossible', '{"figure": "withheld"}');
    end if;
    base := sales.withholding_base(invoice);
    booked := sales.book_payment(payment);
    perform accounting.certify_payment_v1(jsonb_build_object(
        'branch_id', payment.branch_id, 'number', payment.reference, 'party_id', payment.customer_id,
        'document', invoice.number, 'document_on', invoice.dated_on, 'dated_on', payment.dated_on, 'kind', part -> 'kind',
        'total', base.total, 'vat', base.vat, 'amount', payment.amount,
        'entry_id', booked -> 'entry_id', 'by', command.actor_login, 'command_id', command.id));
    return booked || jsonb_build_object('payment_id', payment.id, 'flags', (booked -> 'flags') || sales.settle(
        command, jsonb_build_array(jsonb_build_object(
            'payment_id', payment.id, 'invoice_id', invoice.id, 'amount', payment.amount)), false));
end $$;

create or replace function sales.receive_all_withheld(command core.commands, payment sales.payments, parts jsonb)
    returns jsonb language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    part jsonb;
    received jsonb := '[]';
begin
    for part in select value from jsonb_array_elements(parts) loop
        received := received || sales.receive_withheld(command, payment, part);
    end loop;
    return received;
end $$;

-- Taken back: what it settled is open again, the state owes nothing more, and the certificate is undone.
create or replace function sales.undo_withheld_v1(command core.commands, payload jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    payment sales.payments;
    back sales.payments;
    settled uuid;
    booked jsonb;
begin
    select * into payment from sales.payments p
     where p.id = (payload ->> 'payment_id')::uuid and p.method = 'withholding' and p.amount > 0
       and p.branch_id = any (core.branches());
    if payment.id is null then
        perform core.refuse('core.not_found');
    end if;
    perform accounting.undo_certificate_v1(payment.entry_id, command.actor_login);
    perform sales.lock_items(array(
        select i.id from sales.allocations a cross join lateral (values (a.payment_id), (a.invoice_id)) i (id)
         where a.payment_id = payment.id and i.id is not null) || payment.id);
    for settled in
        select a.id from sales.allocations a
         where a.payment_id = payment.id and a.undoes is null
           and not exists (select from sales.allocations u where u.undoes = a.id)
    loop
        perform sales.undo_allocation(command, settled);
    end loop;
    back := payment;
    back.id := gen_random_uuid();
    back.number := null;
    back.amount := -payment.amount;
    back.dated_on := greatest(payment.dated_on, core.local_date(command.received_at));
    back.received_by := command.actor_login;
    back.workstation_id := command.workstation_id;
    back.command_id := command.id;
    booked := sales.book_payment(back);
    perform sales.settle(command, jsonb_build_array(jsonb_build_object(
        'payment_id', payment.id, 'repayment_id', back.id, 'amount', payment.amount)), false);
    return jsonb_build_object('result', jsonb_build_object('number', booked -> 'number', 'entry', booked -> 'entry'),
                              'flags', booked -> 'flags');
end $$;
comment on function sales.undo_withheld_v1(core.commands, jsonb) is
    'Handler: {payment_id}: takes what a customer had kept back for the state out of the books, with its certificate.';

grant execute on function sales.undo_withheld_v1(core.commands, jsonb) to core_owner;
insert into core.command_types (name, module, permission, is_fact, handler)
values ('sales.undo_withheld_v1', 'sales', 'sales.payment.allocate', false, 'sales.undo_withheld_v1')
    on conflict (name) do update set permission = excluded.permission, is_fact = excluded.is_fact,
                                     handler = excluded.handler;
