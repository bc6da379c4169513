-- sales.receive_payment_v1: a customer has paid, or was paid back. Money that was taken is never refused.

create or replace function sales.has_withheld(payload jsonb) returns boolean
    language sql immutable set search_path = pg_catalog, pg_temp
as $$
    select coalesce(jsonb_array_length(payload -> 'withheld'), 0) > 0
$$;

create or replace function sales.check_payment(payload jsonb) returns void
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    decimals integer := core.decimals();
    amount numeric := (payload ->> 'amount')::numeric;
    stamp numeric := (payload ->> 'stamp')::numeric;
    wrong text := case
        when ((amount <> 0 or sales.has_withheld(payload)) and abs(amount) < 1e12 and scale(amount) <= decimals)
             is not true then 'amount'
        when amount < 0 and sales.has_withheld(payload) or amount = 0 and stamp <> 0 then 'withheld'
        when (stamp >= 0 and stamp < 1e12 and scale(stamp) <= decimals) is not true then 'stamp'
        when (payload ->> 'method' in ('cash', 'card', 'cheque', 'transfer')) is not true then 'method'
        when payload ->> 'currency' is distinct from (select c.currency from core.company c) then 'currency' end;
begin
    if wrong is not null then
        perform core.refuse('sales.payment_impossible', jsonb_build_object('figure', wrong));
    end if;
end $$;

-- A day that is still to come is the day on which it was told.
create or replace function sales.payment_day(command core.commands, payload jsonb, out day date, out flags jsonb)
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
    day := coalesce((payload ->> 'dated_on')::date, core.local_date(command.received_at));
    flags := '[]';
    if day > core.local_date(command.received_at) then
        flags := core.flag('sales.date_in_future', jsonb_build_object('date', to_char(day, 'DD/MM/YYYY')));
        day := core.local_date(command.received_at);
    end if;
end $$;

-- What it settles, or what is paid back: shares whose other side is this payment.
create or replace function sales.shares_of(payment sales.payments, shares jsonb) returns jsonb
    language plpgsql immutable set search_path = pg_catalog, pg_temp
as $$
begin
    return (
    select coalesce(jsonb_agg(case when payment.amount > 0
                                   then s - '{credit_note_id,repayment_id}'::text[]
                                        || jsonb_build_object('payment_id', payment.id)
                                   else s - '{invoice_id}'::text[] || jsonb_build_object('repayment_id', payment.id) end
                              order by place), '[]')
      from jsonb_array_elements(shares) with ordinality as e (s, place));
end $$;

create or replace function sales.payment_of(command core.commands, payload jsonb, day date) returns sales.payments
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    payment sales.payments;
begin
    payment.id := (payload ->> 'payment_id')::uuid;
    payment.branch_id := sales.branch_of(command, payload);
    select coalesce(p.merged_into, p.id) into payment.customer_id
      from parties.parties p where p.id = (payload ->> 'customer_id')::uuid;
    payment.dated_on := day;
    payment.method := payload ->> 'method';
    payment.amount := (payload ->> 'amount')::numeric;
    payment.stamp := (payload ->> 'stamp')::numeric;
    payment.reference := left(coalesce(payload ->> 'reference', ''), 100);
    payment.note := left(coalesce(payload ->> 'note', ''), 2000);
    payment.currency := payload ->> 'currency';
    payment.received_by := command.actor_login;
    payment.workstation_id := command.workstation_id;
    payment.command_id := command.id;
    if payment.customer_id is null then
        perform core.refuse('sales.customer_missing');
    end if;
    return payment;
end $$;

-- The duty that the seller bears on what is paid in cash of invoices that bear none.
create or replace function sales.payment_stamp_borne(payment sales.payments, shares jsonb) returns numeric
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
    return sales.payment_stamp(payment.method, (
        select coalesce(sum(s.amount), 0)
          from jsonb_to_recordset(shares) as s (invoice_id uuid, amount numeric)
          join sales.invoices i on i.id = s.invoice_id
         where i.stamp = 0 and i.payment_method <> 'cash'), payment.dated_on, 'seller');
end $$;

drop function if exists sales.book_payment(sales.payments);

-- Numbered, booked and written down; all of it open still. `borne` is a duty that is not charged.
create or replace function sales.book_payment(payment sales.payments, borne numeric default 0) returns jsonb
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    posted jsonb;
begin
    payment.number := coalesce(payment.number, sales.next_number('payment', payment.branch_id, payment.dated_on, false));
    posted := accounting.post_v1(jsonb_build_object(
        'id', gen_random_uuid(), 'rule', 'sales.payment', 'branch_id', payment.branch_id, 'on', payment.dated_on,
        'is_fact', true, 'label', payment.number, 'document', jsonb_build_object(
            'module', 'sales', 'kind', 'payment', 'id', payment.id, 'number', payment.number),
        'command_id', payment.command_id, 'by', payment.received_by, 'currency', payment.currency,
        'party_id', payment.customer_id, 'amounts', jsonb_build_array(
            jsonb_build_object('amount', payment.method, 'value', payment.amount + payment.stamp),
            jsonb_build_object('amount', 'paid', 'value', payment.amount),
            jsonb_build_object('amount', 'stamp', 'value', payment.stamp),
            jsonb_build_object('amount', 'stamp_borne', 'value', borne))));
    insert into sales.payments (id, branch_id, number, customer_id, dated_on, method, amount, stamp, reference, note,
                                currency, received_by, workstation_id, command_id, entry_id, import_id, search)
    values (payment.id, payment.branch_id, payment.number, payment.customer_id, payment.dated_on, payment.method,
            payment.amount, payment.stamp, payment.reference, payment.note, payment.currency, payment.received_by,
            payment.workstation_id, payment.command_id, (posted ->> 'entry_id')::uuid, payment.import_id,
            sales.search_text(payment.number, payment.customer_id, payment.reference));
    insert into sales.open_items (id, kind, branch_id, customer_id, dated_on, due_on, whole, open)
    values (payment.id, case when payment.amount > 0 then 'payment' else 'repayment' end, payment.branch_id,
            payment.customer_id, payment.dated_on, payment.dated_on, abs(payment.amount), abs(payment.amount));
    return posted || jsonb_build_object('entry', posted -> 'number', 'number', payment.number);
end $$;

-- A cheque lies in the portfolio from then on; its amount stands on its account already.
create or replace function sales.take_cheque(payment sales.payments, booked jsonb) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
begin
    perform accounting.receive_instrument_v1(jsonb_build_object(
        'branch_id', payment.branch_id, 'kind', 'cheque',
        'number', coalesce(nullif(btrim(payment.reference), ''), booked ->> 'number'), 'amount', payment.amount,
        'issued_on', payment.dated_on, 'due_on', payment.dated_on, 'party_id', payment.customer_id,
        'document', jsonb_build_object('module', 'sales', 'kind', 'payment', 'id', payment.id,
                                       'number', booked -> 'number'),
        'entry_id', booked -> 'entry_id', 'by', payment.received_by, 'command_id', payment.command_id));
end $$;

-- The duty of cash is due on what settles invoices that bear none.
create or replace function sales.payment_stamp_flag(payment sales.payments) returns jsonb
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    settled numeric;
    duty numeric;
begin
    if payment.method <> 'cash' and payment.stamp = 0 then
        return '[]';
    end if;
    select coalesce(sum(a.amount), 0) into settled
      from sales.allocations a join sales.invoices i on i.id = a.invoice_id
     where a.payment_id = payment.id and i.stamp = 0;
    duty := sales.payment_stamp(payment.method, settled, payment.dated_on);
    return case when duty = payment.stamp then '[]'::jsonb
                else core.flag('sales.stamp_differs', jsonb_build_object(
                    'charged', payment.stamp::text, 'duty', duty::text)) end;
end $$;

create or replace function sales.invoices_of(parts jsonb) returns jsonb
    language sql immutable set search_path = pg_catalog, pg_temp
as $$
    select coalesce(jsonb_agg(jsonb_build_object('invoice_id', p -> 'invoice_id')), '[]') from jsonb_array_elements(parts) p
$$;

create or replace function sales.receive_payment_v1(command core.commands, payload jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    day record;
    payment sales.payments;
    shares jsonb := coalesce(payload -> 'allocations', '[]');
    parts jsonb := coalesce(payload -> 'withheld', '[]');
    withheld jsonb;
    booked jsonb;
    flags jsonb := '[]';
begin
    perform sales.check_payment(payload);
    day := sales.payment_day(command, payload);
    payment := sales.payment_of(command, payload, day.day);
    perform sales.lock_items(sales.items_of(shares || sales.invoices_of(parts)));
    -- Money first: what is kept back is never more than it leaves open.
    if payment.amount <> 0 then
        booked := sales.book_payment(payment, sales.payment_stamp_borne(payment, shares));
        if payment.method = 'cheque' and payment.amount > 0 then
            perform sales.take_cheque(payment, booked);
        end if;
        flags := (booked -> 'flags') || sales.settle(command, sales.shares_of(payment, shares), true);
        -- By itself, to see what was settled.
        flags := flags || sales.payment_stamp_flag(payment);
    end if;
    withheld := sales.receive_all_withheld(command, payment, parts);
    booked := coalesce(booked, withheld -> 0);
    payment.id := coalesce((booked ->> 'payment_id')::uuid, payment.id);
    perform core.publish_v1('sales.payment_received', jsonb_build_object(
        'module', 'sales', 'kind', 'payment', 'id', payment.id, 'number', booked -> 'number',
        'branch_id', payment.branch_id));
    return jsonb_build_object(
        'result', jsonb_build_object('payment_id', payment.id, 'number', booked -> 'number', 'entry', booked -> 'entry',
                                     'withheld', jsonb_path_query_array(withheld, '$[*].number')),
        'flags', day.flags || flags || jsonb_path_query_array(withheld, '$[*].flags[*]'));
end $$;
comment on function sales.receive_payment_v1(core.commands, jsonb) is
    'Handler: {payment_id, branch_id?, customer_id, dated_on, method, amount (negative: paid back), stamp, reference, note, currency, allocations: [{invoice_id, amount}], of what is paid back [{payment_id | credit_note_id, amount}], withheld: [{payment_id, invoice_id, amount, kind, number (empty: to come)}]}; with what is withheld, amount may be zero.';

grant execute on function sales.receive_payment_v1(core.commands, jsonb) to core_owner;
insert into core.command_types (name, module, permission, is_fact, handler)
values ('sales.receive_payment_v1', 'sales', 'sales.payment.receive', true, 'sales.receive_payment_v1')
    on conflict (name) do update set permission = excluded.permission, is_fact = excluded.is_fact,
                                     handler = excluded.handler;
