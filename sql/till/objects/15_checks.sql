-- What a ticket must be to be booked, and what somebody should look at though it is booked.

-- A rate is a part of one; PostgreSQL's numeric knows NaN, which is greater than everything.
create or replace function till.are_rates(taxes jsonb) returns boolean
    language plpgsql immutable set search_path = pg_catalog, pg_temp
as $$
begin
    return (select coalesce(bool_and((t ->> 'rate')::numeric >= 0 and (t ->> 'rate')::numeric < 1), true)
              from jsonb_array_elements(taxes) t);
end $$;

-- The figures of a ticket must follow from its lines; what does not add up is parked for a person. A refund has
-- the signs of a sale turned round.
create or replace function till.check_figures(payload jsonb, direction integer) returns void
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    decimals integer := core.decimals();
    wrong text;
begin
    -- Bounds on both sides: PostgreSQL's numeric knows NaN and infinity, and NaN is greater than everything.
    select case when count(*) = 0 then 'lines'
                when bool_or((l.quantity * direction > 0 and l.quantity * direction < 1e9 and scale(l.quantity) <= 6
                              and l.unit_price >= 0 and l.unit_price < 1e12 and scale(l.unit_price) <= 6
                              and l.discount * direction >= 0
                              and l.discount * direction <= round(l.quantity * l.unit_price * direction, decimals)
                              and l.product_id is not null and l.tax_code is not null
                              and jsonb_typeof(l.taxes) = 'array' and till.are_rates(l.taxes) and scale(l.amount) <= decimals) is not true) then 'line'
                when direction > 0
                     and bool_or(l.amount is distinct from round(l.quantity * l.unit_price, decimals) - l.discount)
                     then 'line amount'
                when bool_or((l.amount * direction >= 0) is not true) then 'line amount'
                when sum(l.amount) is distinct from (payload ->> 'total')::numeric then 'total' end
      into wrong
      from jsonb_to_recordset(payload -> 'lines')
           as l (product_id uuid, quantity numeric, unit_price numeric, discount numeric, tax_code text, taxes jsonb,
                 amount numeric);
    wrong := coalesce(wrong, till.wrong_payment(payload, direction));
    if wrong is null and payload ->> 'currency' is distinct from (select c.currency from core.company c) then
        wrong := 'currency';
    end if;
    if wrong is not null then
        perform core.refuse('till.figures_differ', jsonb_build_object('number', payload ->> 'number', 'figure', wrong));
    end if;
end $$;

create or replace function till.wrong_payment(payload jsonb, direction integer) returns text
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    due numeric := (payload ->> 'total')::numeric + (payload ->> 'stamp')::numeric + (payload ->> 'rounding')::numeric;
    paid numeric;
    odd boolean;
begin
    select coalesce(sum(p.amount), 0),
           coalesce(bool_or((p.amount * direction > 0 and p.amount * direction < 1e12
                    and p.method in ('cash', 'card', 'cheque', 'account')
                    and (p.method <> 'account' or payload ->> 'customer_id' is not null)
                    and case when p.method = 'cash' and direction > 0
                             then p.tendered = p.amount + p.change and p.change >= 0
                             else p.tendered is null and p.change is null end) is not true), false)
      into paid, odd
      from jsonb_to_recordset(payload -> 'payments')
           as p (method text, amount numeric, tendered numeric, change numeric);
    if ((payload ->> 'stamp')::numeric >= 0 and abs((payload ->> 'rounding')::numeric) < 1000) is not true then
        return 'stamp';
    end if;
    return case when odd or paid is distinct from due then 'payment' end;
end $$;

-- What is sold is sold, but somebody should know what differs from head office's own data.
create or replace function till.differences(payload jsonb, sold_on date) returns jsonb
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
    return (
    select coalesce(jsonb_agg(f.flag), '[]')
      from ((select jsonb_build_object('code', 'till.price_differs', 'details', jsonb_build_object(
                        'product', p.code, 'sold_at', l.unit_price::text,
                        'price', coalesce(k.price, p.price * coalesce(k.factor, 1))::text)) as flag
               from jsonb_to_recordset(payload -> 'lines') as l (product_id uuid, pack_id uuid, unit_price numeric)
               join catalog.products p on p.id = l.product_id
               left join catalog.packs k on k.id = l.pack_id
              where l.unit_price <> coalesce(k.price, p.price * coalesce(k.factor, 1))
                and not exists (select from catalog.prices c
                                 where c.product_id = l.product_id and c.pack_id is not distinct from l.pack_id
                                   and c.price = l.unit_price and c.valid_from <= sold_on
                                   and (c.valid_to is null or c.valid_to >= sold_on))
              limit 1)
            union all
            -- Once for each plan, not for each line.
            (select jsonb_build_object('code', 'till.tax_differs', 'details', jsonb_build_object(
                        'product', (select p.code from catalog.products p where p.id = l.product_id::uuid),
                        'tax', l.tax_code))
               from (select g.tax_code, g.taxes, min(g.product_id) as product_id
                       from jsonb_to_recordset(payload -> 'lines') as g (product_id text, tax_code text, taxes jsonb)
                      group by g.tax_code, g.taxes) l
              where accounting.taxes_differ(l.tax_code, l.taxes, sold_on)
              limit 1)) f);
end $$;

-- Who sold more cheaply, or more on account, than they may alone.
create or replace function till.excesses(command core.commands, payload jsonb, sold_on date) returns jsonb
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    flags jsonb := '[]';
    given numeric;
    own numeric := core.user_limit(command.actor_id, 'till.discount');
    cash numeric;
    duty numeric;
begin
    if (payload ->> 'discount')::numeric <> 0 then
        select max(l.discount / nullif(l.discount + l.amount, 0)) * 100 into given
          from jsonb_to_recordset(payload -> 'lines') as l (discount numeric, amount numeric);
        -- A discount is rounded to a centime, which of a small amount is more than its rate says.
        if given > own + 0.5 then
            flags := flags || core.flag('till.discount_above_limit', jsonb_build_object(
                'number', payload ->> 'number', 'given', round(given, 1)::text, 'limit', own::text));
        end if;
    end if;
    select sum(p.amount) filter (where p.method = 'cash') into cash
      from jsonb_to_recordset(payload -> 'payments') as p (method text, amount numeric);
    duty := accounting.stamp_v1(accounting.law_v1('stamp', 'cash', sold_on), (payload ->> 'total')::numeric,
                coalesce(cash, 0) - (payload ->> 'stamp')::numeric - (payload ->> 'rounding')::numeric);
    if duty <> (payload ->> 'stamp')::numeric then
        flags := flags || core.flag('till.stamp_differs', jsonb_build_object(
            'number', payload ->> 'number', 'charged', payload ->> 'stamp', 'duty', duty::text));
    end if;
    return flags || till.credit_excess(payload);
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
    if lent is null then
        return '[]';
    end if;
    select p.name, p.credit_limit, coalesce(b.balance, 0) as balance into who
      from parties.parties p
      left join accounting.party_balances b on b.party_id = p.id and b.role = 'receivable'
     where p.id = (payload ->> 'customer_id')::uuid;
    if who.balance + lent > coalesce(who.credit_limit, 0) then
        return core.flag('till.credit_exceeded', jsonb_build_object(
            'number', payload ->> 'number', 'customer', who.name, 'owed', (who.balance + lent)::text,
            'limit', coalesce(who.credit_limit, 0)::text));
    end if;
    return '[]';
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

-- A number of another workstation's series, booked, would stand in the way of what it belongs to.
create or replace function till.check_series(command core.commands, number text, letter text default '') returns void
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
    if command.workstation_id is null then
        perform core.refuse('till.needs_a_workstation');
    end if;
    if not exists (select from core.workstations w
                    where w.id = command.workstation_id
                      and check_series.number ~ ('^' || w.prefix || '-' || letter || '([0-9]{6}|[1-9][0-9]{6,14})$')) then
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

-- The session a ticket belongs to; a ticket without its session is booked all the same.
create or replace function till.session_of(command core.commands, wanted uuid, out session_id uuid, out flags jsonb)
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    found record;
begin
    flags := '[]';
    if wanted is null then
        return;
    end if;
    select s.id, s.workstation_id, c.session_id is not null as is_closed into found
      from till.sessions s left join till.closings c on c.session_id = s.id
     where s.id = wanted;
    session_id := found.id;
    if found.id is null or found.workstation_id <> command.workstation_id or found.is_closed then
        flags := core.flag('till.session_not_open', jsonb_build_object('login', command.actor_login));
    end if;
end $$;
