-- sales.write_off_v1: a debt is given up.

create or replace function sales.write_off_v1(command core.commands, payload jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    invoice sales.invoices;
    still numeric;
    lost numeric := (payload ->> 'amount')::numeric;
    day date := (payload ->> 'dated_on')::date;
    posted jsonb;
begin
    select o.open into still from sales.open_items o
     where o.id = (payload ->> 'invoice_id')::uuid and o.kind = 'invoice' for no key update;
    select * into invoice from sales.invoices i where i.id = (payload ->> 'invoice_id')::uuid;
    if still is null then
        perform core.refuse('sales.document_unknown');
    elsif coalesce(btrim(payload ->> 'reason'), '') = '' or length(payload ->> 'reason') > 500 then
        perform core.refuse('sales.reason_missing');
    elsif (lost > 0 and lost < 1e12 and scale(lost) <= core.decimals()) is not true then
        perform core.refuse('sales.amount_impossible');
    elsif lost > still then
        perform core.refuse('sales.settled_too_much', jsonb_build_object(
            'number', invoice.number, 'open', still::text, 'amount', lost::text));
    elsif (day <= core.local_date(now())) is not true then
        perform core.refuse('sales.date_in_future', jsonb_build_object('date', coalesce(to_char(day, 'DD/MM/YYYY'), '')));
    elsif day < invoice.dated_on then
        perform core.refuse('sales.date_out_of_order', jsonb_build_object(
            'date', to_char(day, 'DD/MM/YYYY'), 'last', to_char(invoice.dated_on, 'DD/MM/YYYY')));
    end if;
    posted := accounting.post_v1(jsonb_build_object(
        'id', gen_random_uuid(), 'rule', 'sales.bad_debt', 'branch_id', invoice.branch_id, 'on', day,
        'label', invoice.number, 'document', jsonb_build_object(
            'module', 'sales', 'kind', 'invoice', 'id', invoice.id, 'number', invoice.number),
        'command_id', command.id, 'by', command.actor_login, 'currency', invoice.currency,
        'party_id', invoice.customer_id,
        'amounts', jsonb_build_array(jsonb_build_object('amount', 'lost', 'value', lost))));
    insert into sales.write_offs (id, branch_id, invoice_id, dated_on, amount, reason, made_by, command_id, entry_id)
    values ((payload ->> 'write_off_id')::uuid, invoice.branch_id, invoice.id, day, lost, btrim(payload ->> 'reason'),
            command.actor_login, command.id, (posted ->> 'entry_id')::uuid);
    update sales.open_items o set open = o.open - lost where o.id = invoice.id;
    perform accounting.match_documents_v1(jsonb_build_object(
        'id', payload -> 'write_off_id', 'debit_entry', invoice.entry_id, 'credit_entry', posted -> 'entry_id',
        'amount', lost, 'by', command.actor_login, 'command_id', command.id));
    return jsonb_build_object('result', jsonb_build_object('write_off_id', payload -> 'write_off_id',
                                                           'entry', posted -> 'number'), 'flags', posted -> 'flags');
end $$;
comment on function sales.write_off_v1(core.commands, jsonb) is
    'Handler: {write_off_id, invoice_id, dated_on, amount, reason}.';

grant execute on function sales.write_off_v1(core.commands, jsonb) to core_owner;
insert into core.command_types (name, module, permission, is_fact, handler)
values ('sales.write_off_v1', 'sales', 'sales.debt.write_off', false, 'sales.write_off_v1')
    on conflict (name) do update set permission = excluded.permission, is_fact = excluded.is_fact,
                                     handler = excluded.handler;
