-- What somebody should look at, though it is booked: sold is sold.

drop function if exists till.excesses(core.commands, jsonb, date), till.excesses(core.commands, jsonb),
    till.stamp_difference(jsonb, date);

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

-- The session that something at the till belongs to. A closed one keeps it; another till's never had it.
create or replace function till.session_of(command core.commands, payload jsonb, out session_id uuid, out flags jsonb)
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    is_closed boolean;
begin
    select s.id, exists (select from till.closings c where c.session_id = s.id) into session_id, is_closed
      from till.sessions s
     where s.id = (payload ->> 'session_id')::uuid and s.workstation_id = command.workstation_id;
    flags := case when session_id is not null and not is_closed then '[]'::jsonb
                  else core.flag('till.session_not_open', jsonb_build_object('number', payload ->> 'number')) end;
end $$;

-- The same of a ticket, whose number is of its till's series and follows the one before: all in one look.
create or replace function till.place_of(command core.commands, payload jsonb, out session_id uuid, out flags jsonb)
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    number text := payload ->> 'number';
    earlier text := till.number_before(number);
    place record;
begin
    select w.prefix, s.id as session_id, s.id is not null and c.session_id is null as is_open,
           earlier is null or exists (select from till.tickets t where t.number = earlier) as follows
      into place
      from core.workstations w
      left join till.sessions s on s.id = (payload ->> 'session_id')::uuid and s.workstation_id = w.id
      left join till.closings c on c.session_id = s.id
     where w.id = command.workstation_id;
    if till.is_of_series(number, place.prefix, '') is not true then
        perform till.check_series(command, number);
    end if;
    session_id := place.session_id;
    flags := case when place.is_open then '[]'::jsonb
                  else core.flag('till.session_not_open', jsonb_build_object('number', number)) end
             || case when place.follows then '[]'::jsonb
                     else core.flag('till.number_gap', jsonb_build_object('number', number)) end;
end $$;

-- Whether the customer's price list had this price on the day, for so many.
create or replace function till.is_listed(payload jsonb, line jsonb, day date) returns boolean
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    asked numeric := (line ->> 'unit_price')::numeric;
    bought numeric;
begin
    select sum((l ->> 'quantity')::numeric) into bought
      from jsonb_array_elements(payload -> 'lines') l
     where l -> 'product_id' = line -> 'product_id' and l -> 'pack_id' is not distinct from line -> 'pack_id';
    return exists (
        select from parties.parties c
          join catalog.price_lists k on k.code = c.price_list
          join catalog.prices p on p.price_list = k.code
         where c.id = (payload ->> 'customer_id')::uuid and p.product_id = (line ->> 'product_id')::uuid
           and p.pack_id is not distinct from (line ->> 'pack_id')::uuid and p.min_quantity <= bought
           and p.valid_from <= day and (p.valid_to is null or p.valid_to >= day)
           and abs(asked - case when k.includes_tax then p.price else till.with_taxes(p.price, line -> 'taxes') end)
               <= 10.0 ^ -core.decimals());
end $$;

create or replace function till.with_taxes(net numeric, taxes jsonb) returns numeric
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
    return (
    select net + coalesce(sum((t ->> 'amount')::numeric), 0)
      from jsonb_array_elements(accounting.plan_figures(taxes, net, false) -> 'taxes') t);
end $$;

-- What differs from head office's own data.
create or replace function till.differences(payload jsonb, sold_on date) returns jsonb
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
    return (
    select coalesce(jsonb_agg(f.flag), '[]')
      from ((select jsonb_build_object('code', 'till.price_differs', 'details', jsonb_build_object(
                        'product', o.code, 'sold_at', l.line ->> 'unit_price', 'price', o.price::text)) as flag
               from jsonb_array_elements(payload -> 'lines') as l (line)
              -- One look-up by key for each line, however small the table was when this was planned.
              cross join lateral (
                    select p.code, case when l.line ->> 'pack_id' is null then p.price
                                        else coalesce((select coalesce(k.price, p.price * k.factor) from catalog.packs k
                                                        where k.id = (l.line ->> 'pack_id')::uuid), p.price) end as price
                      from catalog.products p where p.id = (l.line ->> 'product_id')::uuid limit 1) o
              where case when (l.line ->> 'unit_price')::numeric <> o.price
                         then not till.is_listed(payload, l.line, sold_on) end
              limit 1)
            union all
            -- Once for each plan, not for each line: a limit keeps the question above the grouping.
            (select jsonb_build_object('code', 'till.tax_differs', 'details', jsonb_build_object(
                        'product', (select p.code from catalog.products p where p.id = l.product_id::uuid),
                        'tax', l.tax_code))
               from (select g.tax_code, g.taxes, min(g.product_id) as product_id
                       from jsonb_to_recordset(payload -> 'lines') as g (product_id text, tax_code text, taxes jsonb)
                      group by g.tax_code, g.taxes limit 1000) l
              where accounting.taxes_differ(l.tax_code, l.taxes, sold_on)
              limit 1)) f);
end $$;

-- Who sold more cheaply, or more on account, than they may alone; before anything of it is booked.
create or replace function till.discount_excess(command core.commands, payload jsonb) returns jsonb
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    own numeric := core.user_limit(command.actor_id, 'till.discount');
    given numeric;
begin
    -- Rounding leaves a few centimes on a line, which of a small amount are more than its rate says.
    select max(l.discount / (l.discount + l.amount)) * 100 into given
      from jsonb_to_recordset(payload -> 'lines') as l (discount numeric, amount numeric)
     where l.discount > (l.discount + l.amount) * own / 100
                        + (1 + jsonb_array_length(payload -> 'lines')) * 10.0 ^ -core.decimals();
    if given is null then
        return '[]';
    end if;
    return core.flag('till.discount_above_limit', jsonb_build_object(
        'number', payload ->> 'number', 'given', trim_scale(round(given, 1))::text, 'limit', own::text));
end $$;

-- The stamp duty on what is paid in cash. Where the seller bears it, the customer is charged none and it is a charge.
create or replace function till.stamp_of(payload jsonb, paid jsonb, sold_on date, out borne numeric, out flags jsonb)
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    rule jsonb := accounting.law_v1('stamp', 'cash', sold_on);
    charged numeric := (payload ->> 'stamp')::numeric;
    cash numeric := (jsonb_path_query_first(paid, '$[*] ? (@.amount == "cash").value') #>> '{}')::numeric;
    duty numeric := accounting.stamp_v1(rule, (payload ->> 'total')::numeric,
                                        coalesce(cash, 0) - charged - (payload ->> 'rounding')::numeric);
begin
    borne := 0;
    if rule ->> 'borne_by' = 'seller' then
        borne := greatest(duty - charged, 0);
        duty := 0;
    end if;
    flags := case when duty = charged then '[]'::jsonb
                  else core.flag('till.stamp_differs', jsonb_build_object(
                      'number', payload ->> 'number', 'charged', charged::text, 'duty', duty::text)) end;
end $$;

create or replace function till.credit_excess(payload jsonb) returns jsonb
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    lent numeric;
    who record;
begin
    select sum(p.amount) into lent
      from jsonb_to_recordset(payload -> 'payments') as p (method text, amount numeric) where p.method = 'account';
    select p.name, coalesce(p.credit_limit, 0) as credit_limit, coalesce(b.balance, 0) + lent as owed into who
      from parties.parties p
      left join accounting.party_balances b on b.party_id = p.id and b.role = 'receivable'
     where p.id = (payload ->> 'customer_id')::uuid;
    return case when who.owed > who.credit_limit then core.flag('till.credit_exceeded', jsonb_build_object(
                    'number', payload ->> 'number', 'customer', who.name, 'owed', who.owed::text,
                    'limit', who.credit_limit::text))
                else '[]'::jsonb end;
end $$;
