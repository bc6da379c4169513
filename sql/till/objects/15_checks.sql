-- What a ticket must be to be booked: figures that follow from its lines, and a number of its own till.

drop function if exists till.are_rates(jsonb[]), till.wrong_payment(jsonb, integer);

-- The figures of a ticket must follow from its lines; what does not add up is parked for a person. A refund has
-- the signs of a sale turned round. Returns what the lines say that they are without taxes; what the taxes may say,
-- accounting knows.
create or replace function till.check_figures(payload jsonb, direction integer) returns numeric
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    own_currency text := (select c.currency from core.company c);
    decimals integer := core.decimals_of(own_currency);
    wrong text;
    net numeric;
begin
    -- Bounds on both sides: PostgreSQL's numeric knows NaN and infinity, and NaN is greater than everything.
    select case when count(*) = 0 then 'lines'
                when bool_or((l.quantity * direction > 0 and l.quantity * direction < 1e9 and scale(l.quantity) <= 6
                              and l.unit_price >= 0 and l.unit_price < 1e12 and scale(l.unit_price) <= 6
                              and l.discount * direction >= 0
                              and l.discount * direction <= round(l.quantity * l.unit_price * direction, decimals)
                              and l.product_id is not null and l.tax_code is not null
                              and jsonb_typeof(l.taxes) = 'array' and scale(l.amount) <= decimals
                              and scale(l.net) <= decimals) is not true) then 'line'
                when direction > 0
                     and bool_or(l.amount is distinct from round(l.quantity * l.unit_price, decimals) - l.discount)
                     then 'line amount'
                when bool_or((l.amount * direction >= 0) is not true) then 'line amount'
                when sum(l.amount) is distinct from (payload ->> 'total')::numeric then 'total'
                when sum(l.discount) is distinct from (payload ->> 'discount')::numeric then 'discount' end,
           sum(l.net)
      into wrong, net
      from jsonb_to_recordset(payload -> 'lines')
           as l (product_id uuid, quantity numeric, unit_price numeric, discount numeric, tax_code text, taxes jsonb,
                 amount numeric, net numeric);
    if wrong is null and payload ->> 'currency' is distinct from own_currency then
        wrong := 'currency';
    end if;
    if wrong is not null then
        perform till.refuse_figures(payload, wrong);
    end if;
    return net;
end $$;

create or replace function till.refuse_figures(payload jsonb, figure text) returns void
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
    perform core.refuse('till.figures_differ', jsonb_build_object('number', payload ->> 'number', 'figure', figure));
end $$;

-- What is paid is what is due. Only cash gives change; who buys on account is named. Returns what is paid by way of
-- paying, as accounting.post_v1 takes it.
create or replace function till.check_payments(payload jsonb, direction integer) returns jsonb
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    due numeric := (payload ->> 'total')::numeric + (payload ->> 'stamp')::numeric + (payload ->> 'rounding')::numeric;
    sum_paid numeric;
    odd boolean;
    paid jsonb;
begin
    select coalesce(sum(m.amount), 0), coalesce(bool_or(m.odd), false),
           coalesce(jsonb_agg(jsonb_build_object('amount', m.method, 'value', m.amount)), '[]')
      into sum_paid, odd, paid
      from (select p.method, sum(p.amount) as amount,
                   bool_or((p.amount * direction > 0 and p.amount * direction < 1e12
                            and p.method in ('cash', 'card', 'cheque', 'account')
                            and (p.method <> 'account' or payload ->> 'customer_id' is not null)
                            and case when p.method = 'cash' and direction > 0
                                     then p.tendered = p.amount + p.change and p.change >= 0
                                     else p.tendered is null and p.change is null end) is not true) as odd
              from jsonb_to_recordset(payload -> 'payments')
                   as p (method text, amount numeric, tendered numeric, change numeric)
             group by p.method) m;
    if ((payload ->> 'stamp')::numeric >= 0 and abs((payload ->> 'rounding')::numeric) < 1000) is not true then
        perform till.refuse_figures(payload, 'stamp');
    elsif odd or sum_paid is distinct from due then
        perform till.refuse_figures(payload, 'payment');
    end if;
    return paid;
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
                      and till.is_of_series(check_series.number, w.prefix, letter)) then
        perform core.refuse('till.foreign_number', jsonb_build_object('number', number));
    end if;
end $$;

create or replace function till.is_of_series(number text, prefix text, letter text) returns boolean
    language plpgsql immutable set search_path = pg_catalog, pg_temp
as $$
begin
    return number ~ ('^' || prefix || '-' || letter || '([0-9]{6}|[1-9][0-9]{6,14})$');
end $$;

-- The number before this one in its series; null before the first.
create or replace function till.number_before(number text) returns text
    language plpgsql immutable set search_path = pg_catalog, pg_temp
as $$
declare
    head text := rtrim(number, '0123456789');
    n bigint := nullif(right(substr(number, length(head) + 1), 15), '')::bigint - 1;
begin
    return case when n > 0 then head || lpad(n::text, greatest(6, length(n::text)), '0') end;
end $$;

-- The series has no hole: `is_there` says whether the number before is booked.
create or replace function till.gap(number text, is_there boolean) returns jsonb
    language plpgsql immutable set search_path = pg_catalog, pg_temp
as $$
begin
    return case when is_there then '[]'::jsonb
                else core.flag('till.number_gap', jsonb_build_object('number', number)) end;
end $$;
