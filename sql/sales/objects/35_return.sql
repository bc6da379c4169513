-- Credit notes: each figure is the difference between all that came back until now and all that had before, so that
-- returns in any number of parts add up to the invoice, to the last centime.

-- What of each line of an invoice came back before now: how many, what money, and with how many the goods.
create or replace function sales.returned_before(original uuid)
    returns table (line_id uuid, quantity numeric, with_goods numeric)
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select l.original_line_id, -sum(l.quantity), coalesce(-sum(l.quantity) filter (where l.goods_back), 0)
      from sales.invoices i
      join sales.invoice_lines l on l.invoice_id = i.id
     where i.original_id = original and i.state = 'posted'
     group by l.original_line_id
$$;

-- The lines that come back as their invoice had them: pack and taxes are the old ones, amounts follow.
create or replace function sales.of_original(invoice sales.invoices, lines jsonb) returns jsonb
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    original sales.invoices;
    decimals integer := core.decimals();
    found jsonb;
    wrong text;
begin
    -- Two credit notes of one invoice come one after the other.
    perform from sales.open_items o where o.id = invoice.original_id for no key update;
    select * into original from sales.invoices i
     where i.id = invoice.original_id and i.kind = 'invoice' and i.state = 'posted' and i.branch_id = invoice.branch_id;
    if original.id is null or original.includes_tax <> invoice.includes_tax
       or original.customer_id is distinct from invoice.customer_id and not exists (
            select from parties.parties p where p.id = original.customer_id and p.merged_into = invoice.customer_id) then
        perform core.refuse('sales.original_unknown');
    elsif original.dated_on > invoice.dated_on then
        perform core.refuse('sales.date_out_of_order', jsonb_build_object(
            'date', to_char(invoice.dated_on, 'DD/MM/YYYY'), 'last', to_char(original.dated_on, 'DD/MM/YYYY')));
    end if;
    select jsonb_agg(l || jsonb_build_object('factor', o.factor, 'pack_id', o.pack_id, 'tax_code', o.tax_code,
                              'taxes', o.taxes, 'suspended_tax', o.suspended_tax, 'cost', case
                              when (l ->> 'goods_back')::boolean then
                                  round(o.cost * coalesce(b.with_goods, 0) / o.quantity, decimals)
                                  - round(o.cost * (coalesce(b.with_goods, 0) - q.quantity) / o.quantity, decimals)
                              else 0 end) order by place),
           case when bool_or((o.product_id = (l ->> 'product_id')::uuid) is not true)
                     or count(distinct o.id) < count(*) then 'original'
                when bool_or(coalesce(b.quantity, 0) - q.quantity > o.quantity) then 'quantity'
                when bool_or((l ->> 'amount')::numeric is distinct from
                             round(o.amount * coalesce(b.quantity, 0) / o.quantity, decimals)
                             - round(o.amount * (coalesce(b.quantity, 0) - q.quantity) / o.quantity, decimals)) then 'amount'
                end
      into found, wrong
      from jsonb_array_elements(lines) with ordinality as e (l, place)
     cross join lateral (select (l ->> 'quantity')::numeric as quantity) q
      left join sales.invoice_lines o on o.id = (l ->> 'original_line_id')::uuid and o.invoice_id = original.id
      left join sales.returned_before(original.id) b on b.line_id = o.id;
    if wrong = 'quantity' then
        perform core.refuse('sales.more_than_sold', jsonb_build_object('number', original.number));
    elsif wrong is not null then
        perform sales.refuse_figures(wrong);
    end if;
    return found;
end $$;

-- Goods that come back, worth what they had cost; without an invoice nobody knows what that was.
create or replace function sales.receive_goods(command core.commands, invoice sales.invoices, document jsonb, lines jsonb)
    returns jsonb language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    goods jsonb;
    received jsonb := '{"value": "0"}';
begin
    select jsonb_agg(jsonb_build_object('product_id', l.product_id, 'quantity', -l.quantity * coalesce(l.factor, 1),
                                        'value', -l.cost))
      into goods
      from jsonb_to_recordset(lines) as l (product_id uuid, quantity numeric, factor numeric, cost numeric,
                                           goods_back boolean)
     where l.goods_back;
    if goods is not null then
        if invoice.original_id is null then
            perform core.refuse('sales.goods_need_original');
        end if;
        received := inventory.receive_v1(jsonb_build_object(
            'branch_id', invoice.branch_id, 'kind', 'return', 'document', document, 'command_id', command.id,
            'at', command.happened_at, 'lines', goods));
    end if;
    return jsonb_build_object('lines', lines, 'cost', -(received ->> 'value')::numeric, 'flags', '[]'::jsonb);
end $$;
