-- till.sell_v1: a sale has happened. Ticket, payment, goods and ledger in one transaction.

-- The figures of the ticket must follow from its lines; what does not add up is parked for a person.
create or replace function till.check_figures(payload jsonb) returns void
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    decimals integer := core.decimals();
    wrong text;
begin
    -- Bounds on both sides: PostgreSQL's numeric knows NaN and infinity, and NaN is greater than everything.
    select case when count(*) = 0 then 'lines'
                when bool_or((l.quantity > 0 and l.quantity < 1e9 and scale(l.quantity) <= 6
                              and l.unit_price >= 0 and l.unit_price < 1e12 and scale(l.unit_price) <= 6
                              and l.tax_rate >= 0 and l.tax_rate < 1 and l.product_id is not null
                              and l.tax_code is not null and scale(l.total) <= decimals) is not true) then 'line'
                when bool_or(l.total is distinct from round(l.quantity * l.unit_price, decimals)) then 'line total'
                when sum(l.total) is distinct from (payload ->> 'total')::numeric then 'total' end
      into wrong
      from jsonb_to_recordset(payload -> 'lines')
           as l (product_id uuid, quantity numeric, unit_price numeric, tax_code text, tax_rate numeric, total numeric);
    if wrong is null and (payload -> 'cash' ->> 'tendered')::numeric - (payload -> 'cash' ->> 'change')::numeric
                         is distinct from (payload ->> 'total')::numeric then
        wrong := 'payment';
    elsif wrong is null and payload ->> 'currency' is distinct from (select c.currency from core.company c) then
        wrong := 'currency';
    end if;
    if wrong is not null then
        perform core.refuse('till.figures_differ', jsonb_build_object('number', payload ->> 'number', 'figure', wrong));
    end if;
end $$;

-- Net and tax per tax code, from the tax-included total of the code: the shelf price is never off by a centime.
create or replace function till.tax_amounts(lines jsonb) returns jsonb
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
    return (
    select jsonb_agg(jsonb_build_object('amount', a.amount, 'qualifier', g.tax_code, 'value', a.value))
      from (select l.tax_code, sum(l.total) as gross, round(sum(l.total) / (1 + l.tax_rate), core.decimals()) as net
              from jsonb_to_recordset(lines) as l (tax_code text, tax_rate numeric, total numeric)
             group by l.tax_code, l.tax_rate) g,
           lateral (values ('net', g.net), ('tax', g.gross - g.net)) as a (amount, value));
end $$;

-- What differs from head office's own data: sold is sold, but somebody should know.
create or replace function till.differences(payload jsonb, sold_on date) returns jsonb
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
    return (
    select coalesce(jsonb_agg(f.flag), '[]')
      from (select distinct on (kind) jsonb_build_object('code', kind, 'details', details) as flag
              from jsonb_to_recordset(payload -> 'lines')
                   as l (product_id uuid, unit_price numeric, tax_code text, tax_rate numeric)
              join catalog.products p on p.id = l.product_id
              left join accounting.tax_rates r on r.tax_code = l.tax_code and r.valid_from <= sold_on
                                              and (r.valid_to is null or r.valid_to >= sold_on)
              cross join lateral (values
                  (case when l.unit_price <> p.price then 'till.price_differs' end,
                   jsonb_build_object('product', p.code, 'sold_at', l.unit_price::text, 'price', p.price::text)),
                  (case when r.rate is distinct from l.tax_rate then 'till.tax_differs' end,
                   jsonb_build_object('product', p.code, 'tax', l.tax_code))) as d (kind, details)
             where kind is not null
             order by kind) f);
end $$;

-- The day of a sale: the workstation's, unless its clock cannot be believed.
create or replace function till.day_of(command core.commands, out day date, out flags jsonb)
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
    if command.happened_at > command.received_at + interval '5 minutes'
       or command.happened_at < command.received_at - interval '40 days' then
        day := core.local_date(command.received_at);
        flags := core.flag('core.clock_doubtful', jsonb_build_object('at', command.happened_at));
    else
        day := core.local_date(command.happened_at);
        flags := '[]';
    end if;
end $$;

create or replace function till.write_ticket(command core.commands, payload jsonb, amounts jsonb, entry uuid)
    returns void language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    ticket uuid := (payload ->> 'ticket_id')::uuid;
    total numeric := (payload ->> 'total')::numeric;
    net numeric := (select sum((a ->> 'value')::numeric) from jsonb_array_elements(amounts) a where a ->> 'amount' = 'net');
begin
    insert into till.tickets (id, branch_id, workstation_id, number, sold_at, cashier, currency, total, net, tax,
                              command_id, entry_id)
    values (ticket, command.branch_id, command.workstation_id, payload ->> 'number', command.happened_at,
            command.actor_login, payload ->> 'currency', total, net, total - net, command.id, entry);
    insert into till.ticket_lines (id, ticket_id, branch_id, line_no, product_id, quantity, unit_price, tax_code,
                                   tax_rate, total)
    select l.id, ticket, command.branch_id, row_number() over (), l.product_id, l.quantity, l.unit_price, l.tax_code,
           l.tax_rate, l.total
      from jsonb_to_recordset(payload -> 'lines')
           as l (id uuid, product_id uuid, quantity numeric, unit_price numeric, tax_code text, tax_rate numeric,
                 total numeric);
    insert into till.payments (ticket_id, branch_id, method, amount, tendered, change)
    values (ticket, command.branch_id, 'cash', total, (payload -> 'cash' ->> 'tendered')::numeric,
            (payload -> 'cash' ->> 'change')::numeric);
end $$;

-- What was given away and had cost nothing changes no account; everything else is booked.
create or replace function till.book(payload jsonb, cost jsonb, entry jsonb) returns jsonb
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
begin
    if (payload ->> 'total')::numeric = 0 and (cost #>> '{}')::numeric = 0 then
        return '{"flags": []}';
    end if;
    return accounting.post_v1(entry);
end $$;

create or replace function till.sell_v1(command core.commands, payload jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    amounts jsonb;
    document jsonb := jsonb_build_object('module', 'till', 'kind', 'ticket', 'id', payload -> 'ticket_id',
                                         'number', payload -> 'number');
    day record;
    issued jsonb;
    posted jsonb;
begin
    if command.workstation_id is null then
        perform core.refuse('till.needs_a_workstation');
    end if;
    perform till.check_figures(payload);
    perform till.check_series(command, payload ->> 'number');
    amounts := till.tax_amounts(payload -> 'lines');
    select * into day from till.day_of(command);
    issued := inventory.issue_v1(jsonb_build_object(
        'branch_id', command.branch_id, 'kind', 'sale', 'document', document, 'command_id', command.id,
        'at', command.happened_at, 'is_fact', true, 'lines', payload -> 'lines'));
    posted := till.book(payload, issued -> 'cost', jsonb_build_object(
        'id', gen_random_uuid(), 'rule', 'till.sale', 'branch_id', command.branch_id, 'on', day.day, 'is_fact', true,
        'label', payload ->> 'number', 'document', document, 'command_id', command.id, 'by', command.actor_login,
        'currency', payload ->> 'currency',
        'amounts', amounts || jsonb_build_array(
            jsonb_build_object('amount', 'cash', 'value', payload -> 'total'),
            jsonb_build_object('amount', 'cost', 'value', issued -> 'cost'))));
    perform till.write_ticket(command, payload, amounts, (posted ->> 'entry_id')::uuid);
    perform core.publish_v1('till.ticket_sold', document || jsonb_build_object('branch_id', command.branch_id));
    return jsonb_build_object(
        'result', jsonb_build_object('ticket_id', payload -> 'ticket_id', 'number', payload -> 'number',
                                     'entry', posted -> 'number'),
        'flags', day.flags || till.check_number(command, payload ->> 'number')
                 || (issued -> 'flags') || (posted -> 'flags') || till.differences(payload, day.day));
end $$;

-- A number of another workstation's series, booked, would stand in the way of the ticket that it belongs to.
create or replace function till.check_series(command core.commands, number text) returns void
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
    if not exists (select from core.workstations w
                    where w.id = command.workstation_id
                      and check_series.number ~ ('^' || w.prefix || '-([0-9]{6}|[1-9][0-9]{6,14})$')) then
        perform core.refuse('till.foreign_number', jsonb_build_object('number', number));
    end if;
end $$;

-- The series has no hole.
create or replace function till.check_number(command core.commands, number text) returns jsonb
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
    return (
    select case
        when before.n > 0
             and not exists (select from till.tickets t where t.number = w.prefix || '-' ||
                             lpad(before.n::text, greatest(6, length(before.n::text)), '0')) then
            core.flag('till.number_gap', jsonb_build_object('number', check_number.number))
        else '[]'::jsonb end
      from core.workstations w,
           lateral (select substring(check_number.number from '-([0-9]{6,15})$')::bigint - 1 as n) before
     where w.id = command.workstation_id);
end $$;

comment on function till.sell_v1(core.commands, jsonb) is
    'Handler: {ticket_id, number, currency, lines: [{id, product_id, quantity, unit_price, tax_code, tax_rate, total}], total, cash: {tendered, change}}.';

grant execute on function till.sell_v1(core.commands, jsonb) to core_owner;
grant usage on schema till to core_owner;

insert into core.command_types (name, module, permission, is_fact, handler)
values ('till.sell_v1', 'till', 'till.ticket.sell', true, 'till.sell_v1')
    on conflict (name) do update set permission = excluded.permission, is_fact = excluded.is_fact,
                                     handler = excluded.handler;
