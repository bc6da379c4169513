-- till.refund_v1: goods of a ticket came back and money was given for them. Figures are the difference between all
-- that came back until now and all that had before: returns in any number of parts add up to the ticket.

-- Net and taxes of what comes back, as accounting.post_v1 takes them: negative.
create or replace function till.return_figures(original uuid, lines jsonb) returns jsonb
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    plan record;
    was jsonb;
    becomes jsonb;
    place integer;
    found jsonb := '[]';
begin
    for plan in
        select l.tax_code, l.taxes, sum(l.amount) as now,
               coalesce((select sum(r.total) from till.ticket_lines r
                           join till.tickets t on t.id = r.ticket_id
                          where t.original_id = original and r.tax_code = l.tax_code and r.taxes = l.taxes), 0) as before
          from jsonb_to_recordset(lines) as l (tax_code text, taxes jsonb, amount numeric)
         group by l.tax_code, l.taxes order by l.tax_code
    loop
        was := accounting.plan_figures(plan.taxes, plan.before, true);
        becomes := accounting.plan_figures(plan.taxes, plan.before + plan.now, true);
        found := found || jsonb_build_object('amount', 'net', 'qualifier', plan.tax_code,
                                             'value', (becomes ->> 'net')::numeric - (was ->> 'net')::numeric);
        for place in 0 .. jsonb_array_length(was -> 'taxes') - 1 loop
            found := found || jsonb_build_object(
                'amount', 'tax', 'qualifier', was -> 'taxes' -> place ->> 'code', 'rate', was -> 'taxes' -> place -> 'rate',
                'base', (becomes -> 'taxes' -> place ->> 'base')::numeric - (was -> 'taxes' -> place ->> 'base')::numeric,
                'value', (becomes -> 'taxes' -> place ->> 'amount')::numeric
                         - (was -> 'taxes' -> place ->> 'amount')::numeric);
        end loop;
    end loop;
    return found;
end $$;

-- What comes back of each line: in units of the product, with the cost it had left with, and whether it is more, or
-- more money, than the ticket allows.
create or replace function till.returned_goods(lines jsonb)
    returns table (line_id uuid, product_id uuid, factor numeric, quantity numeric, value numeric, is_too_much boolean,
                   is_too_dear boolean)
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select l.id, o.product_id, o.factor, -l.quantity * o.factor,
           round(o.cost * (b.quantity - l.quantity) / o.quantity, core.decimals())
           - round(o.cost * b.quantity / o.quantity, core.decimals()),
           b.quantity - l.quantity > o.quantity,
           -- Another till may have given a part back meanwhile, and rounded it: a centime is no matter.
           abs(round(o.total * l.quantity / o.quantity, core.decimals()) - l.amount) > 10.0 ^ -core.decimals()
      from jsonb_to_recordset(lines) as l (id uuid, original_line_id uuid, quantity numeric, amount numeric)
      join till.ticket_lines o on o.id = l.original_line_id
     cross join lateral (select coalesce(-sum(r.quantity), 0) as quantity
                           from till.ticket_lines r where r.original_line_id = o.id) b
$$;

-- The ticket of which something comes back, held so that two tills give back of it one after the other.
create or replace function till.original_of(command core.commands, payload jsonb) returns till.tickets
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    original till.tickets;
begin
    select * into original from till.tickets t
     where t.id = (payload ->> 'original_ticket_id')::uuid and t.branch_id = command.branch_id and t.kind = 'sale'
       for no key update;
    if original.id is null or exists (
            select from jsonb_to_recordset(payload -> 'lines')
                        as l (original_line_id uuid, product_id uuid, tax_code text, taxes jsonb)
             where not exists (select from till.ticket_lines o
                                where o.id = l.original_line_id and o.ticket_id = original.id
                                  and o.product_id = l.product_id and o.tax_code = l.tax_code and o.taxes = l.taxes)) then
        perform core.refuse('till.original_unknown', jsonb_build_object(
            'number', payload ->> 'number', 'original', coalesce(payload ->> 'original_number', '')));
    end if;
    return original;
end $$;

-- What cash rounding has come to so far: the ticket's, and that of what was given back of it.
create or replace function till.rounding_of(original till.tickets) returns numeric
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
    return original.rounding + coalesce((select sum(t.rounding) from till.tickets t
                                          where t.original_id = original.id), 0);
end $$;

create or replace function till.return_flags(payload jsonb, goods jsonb, original text) returns jsonb
    language plpgsql immutable set search_path = pg_catalog, pg_temp
as $$
declare
    named jsonb := jsonb_build_object('number', payload ->> 'number', 'original', original);
begin
    return case when jsonb_path_exists(goods, '$[*] ? (@.is_too_much == true)')
                then core.flag('till.more_than_sold', named) else '[]' end
           || case when jsonb_path_exists(goods, '$[*] ? (@.is_too_dear == true)')
                   then core.flag('till.refund_differs', named) else '[]' end;
end $$;

create or replace function till.refund_v1(command core.commands, payload jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    document jsonb := jsonb_build_object('module', 'till', 'kind', 'ticket', 'id', payload -> 'ticket_id',
                                         'number', payload -> 'number');
    original till.tickets;
    paid jsonb;
    figures jsonb;
    goods jsonb;
    day record;
    place record := till.place_of(command, payload);
    received jsonb;
    posted jsonb;
    flags jsonb;
begin
    perform till.check_figures(payload, -1);
    paid := till.check_payments(payload, -1);
    original := till.original_of(command, payload);
    figures := till.return_figures(original.id, payload -> 'lines');
    day := till.day_of(command);
    select jsonb_agg(to_jsonb(g)) into goods from till.returned_goods(payload -> 'lines') g;
    flags := day.flags || place.flags || till.return_flags(payload, goods, original.number);
    received := inventory.receive_v1(jsonb_build_object(
        'branch_id', command.branch_id, 'kind', 'return', 'document', document, 'command_id', command.id,
        'at', command.happened_at, 'lines', goods));
    posted := till.book(command, payload, document,
                        case when (received ->> 'has_services')::boolean
                             then catalog.with_services_v1(figures, payload -> 'lines') else figures end
                        || paid || till.rounding_amounts(till.rounding_of(original),
                                                                 (payload ->> 'rounding')::numeric),
                        -(received ->> 'value')::numeric, day.day);
    perform till.write_ticket(command, payload, 'refund', place.session_id, original.id, figures,
                              till.with_old_factors(payload -> 'lines', goods), till.negative_costs(goods),
                              -(received ->> 'value')::numeric, (posted ->> 'entry_id')::uuid);
    perform core.publish_v1('till.ticket_refunded', document || jsonb_build_object('branch_id', command.branch_id));
    return jsonb_build_object(
        'result', jsonb_build_object('ticket_id', payload -> 'ticket_id', 'number', payload -> 'number',
                                     'entry', posted -> 'number'),
        'flags', flags || (posted -> 'flags'));
end $$;
comment on function till.refund_v1(core.commands, jsonb) is
    'Handler: as till.sell_v1 with negative quantities and amounts, original_ticket_id, and original_line_id on each line.';

-- A pack holds what it held when it was sold.
create or replace function till.with_old_factors(lines jsonb, goods jsonb) returns jsonb
    language plpgsql immutable set search_path = pg_catalog, pg_temp
as $$
begin
    return (
    select jsonb_agg(l || jsonb_build_object('factor', g.factor))
      from jsonb_array_elements(lines) l
      join jsonb_to_recordset(goods) as g (line_id uuid, factor numeric) on g.line_id = (l ->> 'id')::uuid);
end $$;

create or replace function till.negative_costs(goods jsonb) returns jsonb
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
    return (
    select jsonb_agg(jsonb_build_object('product_id', g.product_id, 'quantity', -g.quantity, 'cost', -g.cost))
      from (select g.product_id, sum(g.quantity) as quantity, sum(g.value) as cost
              from jsonb_to_recordset(goods) as g (product_id uuid, quantity numeric, value numeric)
             group by g.product_id) g);
end $$;

grant execute on function till.refund_v1(core.commands, jsonb) to core_owner;

call core.permit('till.ticket.refund', '{cashier,manager}');
insert into core.command_types (name, module, permission, is_fact, handler)
values ('till.refund_v1', 'till', 'till.ticket.refund', true, 'till.refund_v1')
    on conflict (name) do update set permission = excluded.permission, is_fact = excluded.is_fact,
                                     handler = excluded.handler;
