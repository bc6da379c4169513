-- till.sell_v1: a sale has happened. Ticket, payments, goods and ledger in one transaction.

drop function if exists till.paid_amounts(jsonb), till.write_ticket(till.tickets, jsonb, jsonb, jsonb),
    till.ticket_of(core.commands, jsonb, text, uuid, numeric, jsonb);

-- Lines with what their packs hold. Packs are rare: without one, the lines are as they came.
create or replace function till.with_factors(lines jsonb) returns jsonb
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
    if not jsonb_path_exists(lines, '$[*] ? (@.pack_id != null)') then
        return lines;
    end if;
    return (
    select jsonb_agg(l || jsonb_build_object('factor', coalesce((
               select k.factor from catalog.packs k where k.id = (l ->> 'pack_id')::uuid), 1)))
      from jsonb_array_elements(lines) l);
end $$;

-- What leaves the shelf, in units of the product.
create or replace function till.stock_lines(lines jsonb) returns jsonb
    language plpgsql immutable set search_path = pg_catalog, pg_temp
as $$
begin
    if not jsonb_path_exists(lines, '$[*].factor') then
        return lines;
    end if;
    return (
    select jsonb_agg(jsonb_build_object('product_id', l.product_id, 'quantity', l.quantity * l.factor))
      from jsonb_to_recordset(lines) as l (product_id uuid, factor numeric, quantity numeric));
end $$;

-- The figures of a ticket as accounting.post_v1 takes them: what the goods are without taxes.
create or replace function till.net_of(figures jsonb) returns numeric
    language plpgsql immutable set search_path = pg_catalog, pg_temp
as $$
declare
    net numeric := 0;
begin
    for place in 0 .. jsonb_array_length(figures) - 1 loop
        if figures -> place ->> 'amount' = 'net' then
            net := net + (figures -> place ->> 'value')::numeric;
        end if;
    end loop;
    return net;
end $$;

-- And what each tax is, as reports per rate want it.
create or replace function till.taxes_of(figures jsonb) returns jsonb
    language plpgsql immutable set search_path = pg_catalog, pg_temp
as $$
declare
    figure jsonb;
    taxes jsonb := '[]';
begin
    for place in 0 .. jsonb_array_length(figures) - 1 loop
        figure := figures -> place;
        if figure ->> 'amount' = 'tax' then
            taxes := taxes || jsonb_build_object('code', figure -> 'qualifier', 'rate', figure -> 'rate',
                                                 'base', figure -> 'base', 'amount', figure -> 'value');
        end if;
    end loop;
    return taxes;
end $$;

-- What cash rounding brings, or costs: a ticket's own, and what it comes to when some of it is given back.
create or replace function till.rounding_amounts(before numeric, rounding numeric) returns jsonb
    language plpgsql immutable set search_path = pg_catalog, pg_temp
as $$
begin
    return case when rounding = 0 then '[]' else jsonb_build_array(
        jsonb_build_object('amount', 'rounding_gain',
                           'value', greatest(before + rounding, 0) - greatest(before, 0)),
        jsonb_build_object('amount', 'rounding_loss',
                           'value', greatest(-before - rounding, 0) - greatest(-before, 0))) end;
end $$;

-- The ticket as its payload and its figures say it. `costs` says of how many units of a product what is the cost.
create or replace function till.write_ticket(command core.commands, payload jsonb, kind text, session uuid, original uuid,
                                             figures jsonb, lines jsonb, costs jsonb, cost numeric, entry uuid)
    returns void language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    ticket uuid := payload ->> 'ticket_id';
    branch uuid := command.branch_id;
    total numeric := payload ->> 'total';
    net numeric := till.net_of(figures);
    decimals integer := core.decimals_of(payload ->> 'currency');
begin
    insert into till.tickets (id, branch_id, workstation_id, number, sold_at, cashier, currency, kind, session_id,
                              customer_id, original_id, total, discount, stamp, rounding, net, tax, taxes, cost,
                              command_id, entry_id)
    values (ticket, branch, command.workstation_id, payload ->> 'number', command.happened_at, command.actor_login,
            payload ->> 'currency', write_ticket.kind, session, (payload ->> 'customer_id')::uuid, original, total,
            (payload ->> 'discount')::numeric, (payload ->> 'stamp')::numeric, (payload ->> 'rounding')::numeric, net,
            total - net, till.taxes_of(figures), cost, command.id, entry);
    with paid as (
        insert into till.payments (ticket_id, branch_id, line_no, method, amount, tendered, change, reference)
        select ticket, branch, p.line_no, p.method, p.amount, coalesce(p.tendered, 0), coalesce(p.change, 0),
               left(coalesce(p.reference, ''), 100)
          from rows from (jsonb_to_recordset(payload -> 'payments')
               as (method text, amount numeric, tendered numeric, change numeric, reference text)) with ordinality
               as p (method, amount, tendered, change, reference, line_no))
    insert into till.ticket_lines (id, ticket_id, branch_id, line_no, product_id, pack_id, factor, quantity, unit_price,
                                   discount, tax_code, taxes, total, net, cost, original_line_id)
    select l.id, ticket, branch, l.line_no, l.product_id, l.pack_id, coalesce(l.factor, 1),
           l.quantity, l.unit_price, l.discount, l.tax_code, l.taxes, l.amount, l.net,
           coalesce(round(c.cost * l.until / c.quantity, decimals)
                    - round(c.cost * (l.until - l.quantity * coalesce(l.factor, 1)) / c.quantity, decimals), 0),
           l.original_line_id
      -- What a product had cost is shared among its lines by their units, to the last centime.
      from (select r.*, sum(r.quantity * coalesce(r.factor, 1)) over (partition by r.product_id order by r.line_no) as until
              from rows from (jsonb_to_recordset(lines)
                   as (id uuid, product_id uuid, pack_id uuid, factor numeric, quantity numeric, unit_price numeric,
                       discount numeric, tax_code text, taxes jsonb, amount numeric, net numeric,
                       original_line_id uuid)) with ordinality
                   as r (id, product_id, pack_id, factor, quantity, unit_price, discount, tax_code, taxes, amount, net,
                         original_line_id, line_no)) l
      left join jsonb_to_recordset(costs) as c (product_id uuid, quantity numeric, cost numeric)
             on c.product_id = l.product_id;
end $$;

-- What was given away and had cost nothing changes no account; everything else is booked.
create or replace function till.book(command core.commands, payload jsonb, document jsonb, figures jsonb, cost numeric,
                                     day date)
    returns jsonb language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
begin
    if cost = 0 and (payload ->> 'total')::numeric = 0 and (payload ->> 'stamp')::numeric = 0
       and (payload ->> 'rounding')::numeric = 0 then
        return '{"flags": []}';
    end if;
    return accounting.post_v1(jsonb_build_object(
        'id', gen_random_uuid(), 'rule', 'till.sale', 'branch_id', command.branch_id, 'on', day, 'is_fact', true,
        'label', payload ->> 'number', 'document', document, 'command_id', command.id, 'by', command.actor_login,
        'currency', payload ->> 'currency', 'party_id', payload ->> 'customer_id',
        'amounts', figures || jsonb_build_array(
            jsonb_build_object('amount', 'stamp', 'value', payload -> 'stamp'),
            jsonb_build_object('amount', 'cost', 'value', cost))));
end $$;

create or replace function till.sell_v1(command core.commands, payload jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    document jsonb := jsonb_build_object('module', 'till', 'kind', 'ticket', 'id', payload -> 'ticket_id',
                                         'number', payload -> 'number');
    lines jsonb;
    net numeric;
    paid jsonb;
    figures jsonb;
    day record;
    place record := till.place_of(command, payload);
    stamp record;
    issued jsonb;
    posted jsonb;
    flags jsonb;
begin
    net := till.check_figures(payload, 1);
    paid := till.check_payments(payload, 1);
    lines := till.with_factors(payload -> 'lines');
    figures := accounting.tax_amounts_v1(lines, true);
    if net is distinct from till.net_of(figures) then
        perform till.refuse_figures(payload, 'net');
    end if;
    day := till.day_of(command);
    stamp := till.stamp_of(payload, paid, day.day);
    flags := day.flags || place.flags || till.differences(payload, day.day) || stamp.flags
             || case when (payload ->> 'discount')::numeric = 0 then '[]'::jsonb
                     else till.discount_excess(command, payload) end
             || case when payload -> 'payments' @> '[{"method": "account"}]' then till.credit_excess(payload)
                     else '[]' end;
    issued := inventory.issue_v1(jsonb_build_object(
        'branch_id', command.branch_id, 'kind', 'sale', 'document', document, 'command_id', command.id,
        'at', command.happened_at, 'is_fact', true, 'lines', till.stock_lines(lines)));
    posted := till.book(command, payload, document,
                        case when (issued ->> 'has_services')::boolean then catalog.with_services_v1(figures, lines)
                             else figures end
                        || paid || till.rounding_amounts(0, (payload ->> 'rounding')::numeric)
                        || jsonb_build_object('amount', 'stamp_borne', 'value', stamp.borne),
                        (issued ->> 'cost')::numeric, day.day);
    perform till.write_ticket(command, payload, 'sale', place.session_id, null, figures, lines, issued -> 'costs',
                              (issued ->> 'cost')::numeric, (posted ->> 'entry_id')::uuid);
    if payload -> 'payments' @> '[{"method": "cheque"}]' then
        perform till.take_cheques(command, payload, document, (posted ->> 'entry_id')::uuid);
    end if;
    perform core.publish_v1('till.ticket_sold', document || jsonb_build_object('branch_id', command.branch_id));
    return jsonb_build_object(
        'result', jsonb_build_object('ticket_id', payload -> 'ticket_id', 'number', payload -> 'number',
                                     'entry', posted -> 'number'),
        'flags', flags || (issued -> 'flags') || (posted -> 'flags'));
end $$;
comment on function till.sell_v1(core.commands, jsonb) is
    'Handler: {ticket_id, number, session_id, customer_id?, currency, lines: [{id, product_id, pack_id?, quantity, unit_price, discount, tax_code, taxes, amount, net}], discount, total, stamp, rounding, payments: [{method, amount, tendered?, change?, reference?}]}.';

grant execute on function till.sell_v1(core.commands, jsonb) to core_owner;
grant usage on schema till to core_owner;

insert into core.command_types (name, module, permission, is_fact, handler)
values ('till.sell_v1', 'till', 'till.ticket.sell', true, 'till.sell_v1')
    on conflict (name) do update set permission = excluded.permission, is_fact = excluded.is_fact,
                                     handler = excluded.handler;
