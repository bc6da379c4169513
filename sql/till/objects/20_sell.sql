-- till.sell_v1: a sale has happened. Ticket, payments, goods and ledger in one transaction.

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

-- The payments of a ticket by way of paying, as accounting.post_v1 takes them.
create or replace function till.paid_amounts(payments jsonb) returns jsonb
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
    return (
    select coalesce(jsonb_agg(jsonb_build_object('amount', p.method, 'value', p.amount)), '[]')
      from (select p.method, sum(p.amount) as amount
              from jsonb_to_recordset(payments) as p (method text, amount numeric) group by p.method) p);
end $$;

-- The figures of a ticket as accounting.post_v1 takes them: what the goods are without taxes.
create or replace function till.net_of(figures jsonb) returns numeric
    language plpgsql immutable set search_path = pg_catalog, pg_temp
as $$
begin
    return (select sum((f ->> 'value')::numeric) from jsonb_array_elements(figures) f where f ->> 'amount' = 'net');
end $$;

-- And what each tax is, as reports per rate want it.
create or replace function till.taxes_of(figures jsonb) returns jsonb
    language plpgsql immutable set search_path = pg_catalog, pg_temp
as $$
begin
    return (
    select coalesce(jsonb_agg(jsonb_build_object('code', f ->> 'qualifier', 'rate', f -> 'rate', 'base', f -> 'base',
                                                 'amount', f -> 'value')), '[]')
      from jsonb_array_elements(figures) f where f ->> 'amount' = 'tax');
end $$;

create or replace function till.write_ticket(ticket till.tickets, lines jsonb, payments jsonb, costs jsonb) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    decimals integer := core.decimals();
begin
    insert into till.tickets select ticket.*;
    insert into till.ticket_lines (id, ticket_id, branch_id, line_no, product_id, pack_id, factor, quantity, unit_price,
                                   discount, tax_code, taxes, total, net, cost, original_line_id)
    select l.id, ticket.id, ticket.branch_id, row_number() over (), l.product_id, l.pack_id, coalesce(l.factor, 1),
           l.quantity, l.unit_price, l.discount, l.tax_code, l.taxes, l.amount, l.net,
           coalesce(round(c.cost * l.until / l.whole, decimals) - round(c.cost * (l.until - l.units) / l.whole, decimals), 0),
           l.original_line_id
      -- What a product had cost is shared among its lines by their units, to the last centime.
      from (select u.*, sum(u.units) over (partition by u.product_id) as whole,
                   sum(u.units) over (partition by u.product_id order by u.id) as until
              from (select r.*, r.quantity * coalesce(r.factor, 1) as units
                      from jsonb_to_recordset(lines)
                           as r (id uuid, product_id uuid, pack_id uuid, factor numeric, quantity numeric,
                                 unit_price numeric, discount numeric, tax_code text, taxes jsonb, amount numeric,
                                 net numeric, original_line_id uuid)) u) l
      left join jsonb_to_recordset(costs) as c (product_id uuid, cost numeric) on c.product_id = l.product_id;
    insert into till.payments (ticket_id, branch_id, line_no, method, amount, tendered, change, reference)
    select ticket.id, ticket.branch_id, row_number() over (), p.method, p.amount, coalesce(p.tendered, 0),
           coalesce(p.change, 0), left(coalesce(p.reference, ''), 100)
      from jsonb_to_recordset(payments)
           as p (method text, amount numeric, tendered numeric, change numeric, reference text);
end $$;

-- A ticket as its payload and its figures say it, before it is booked.
create or replace function till.ticket_of(command core.commands, payload jsonb, kind text, session uuid, net numeric,
                                          figures jsonb)
    returns till.tickets language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    ticket till.tickets;
begin
    ticket.id := (payload ->> 'ticket_id')::uuid;
    ticket.branch_id := command.branch_id;
    ticket.workstation_id := command.workstation_id;
    ticket.number := payload ->> 'number';
    ticket.sold_at := command.happened_at;
    ticket.cashier := command.actor_login;
    ticket.currency := payload ->> 'currency';
    ticket.kind := kind;
    ticket.session_id := session;
    ticket.customer_id := (payload ->> 'customer_id')::uuid;
    ticket.total := (payload ->> 'total')::numeric;
    ticket.discount := (payload ->> 'discount')::numeric;
    ticket.stamp := (payload ->> 'stamp')::numeric;
    ticket.rounding := (payload ->> 'rounding')::numeric;
    ticket.net := net;
    ticket.tax := ticket.total - net;
    ticket.taxes := till.taxes_of(figures);
    ticket.recorded_at := now();
    ticket.command_id := command.id;
    return ticket;
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
        'amounts', figures || till.paid_amounts(payload -> 'payments') || jsonb_build_array(
            jsonb_build_object('amount', 'stamp', 'value', payload -> 'stamp'),
            jsonb_build_object('amount', 'rounding', 'value', payload -> 'rounding'),
            jsonb_build_object('amount', 'cost', 'value', cost))));
end $$;

create or replace function till.sell_v1(command core.commands, payload jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    document jsonb := jsonb_build_object('module', 'till', 'kind', 'ticket', 'id', payload -> 'ticket_id',
                                         'number', payload -> 'number');
    earlier text := till.number_before(payload ->> 'number');
    lines jsonb;
    net numeric;
    figures jsonb;
    day record;
    session record;
    issued jsonb;
    posted jsonb;
    ticket till.tickets;
    flags jsonb;
begin
    perform till.check_series(command, payload ->> 'number');
    net := till.check_figures(payload, 1);
    lines := till.with_factors(payload -> 'lines');
    figures := accounting.tax_amounts_v1(lines, true);
    if net is distinct from till.net_of(figures) then
        perform till.refuse_figures(payload, 'net');
    end if;
    day := till.day_of(command);
    session := till.session_of(command, payload);
    flags := day.flags || session.flags
             || till.gap(payload ->> 'number', earlier is null or exists (
                    select from till.tickets t where t.number = earlier))
             || till.differences(payload, day.day) || till.excesses(command, payload, day.day);
    issued := inventory.issue_v1(jsonb_build_object(
        'branch_id', command.branch_id, 'kind', 'sale', 'document', document, 'command_id', command.id,
        'at', command.happened_at, 'is_fact', true, 'lines', till.stock_lines(lines)));
    posted := till.book(command, payload, document, figures, (issued ->> 'cost')::numeric, day.day);
    ticket := till.ticket_of(command, payload, 'sale', session.session_id, net, figures);
    ticket.cost := (issued ->> 'cost')::numeric;
    ticket.entry_id := (posted ->> 'entry_id')::uuid;
    perform till.write_ticket(ticket, lines, payload -> 'payments', issued -> 'costs');
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
