-- The tax engine in SQL, the twin of modules/accounting/taxes.py: a test asks both the same.
--
-- It runs for each sale, so loops count instead of selecting: a query within plpgsql costs more than all the rest.

-- Taxes as they are compared: rates without trailing zeros, and nothing that no law could say.
create or replace function accounting.plain_taxes(taxes jsonb) returns jsonb
    language plpgsql immutable set search_path = pg_catalog, pg_temp
as $$
declare
    tax jsonb;
    rate numeric;
    seen jsonb := '[]';
    plain jsonb := '[]';
begin
    for place in 0 .. jsonb_array_length(coalesce(taxes, '[]')) - 1 loop
        tax := taxes -> place;
        rate := (tax ->> 'rate')::numeric;
        if (rate >= 0 and rate < 1 and scale(rate) <= 12 and tax ->> 'code' <> '' and not seen ? (tax ->> 'code')
            and coalesce(tax -> 'after', '[]') <@ seen) is not true then
            perform core.refuse('accounting.taxes_unreadable', jsonb_build_object('tax', tax));
        end if;
        seen := seen || (tax -> 'code');
        plain := plain || jsonb_build_object('code', tax -> 'code', 'rate', trim_scale(rate)::text,
                                             'after', coalesce(tax -> 'after', '[]'));
    end loop;
    return plain;
end $$;

-- What each tax amounts to on a net price, rounded half up; not rounded without `decimals`.
create or replace function accounting.charge(taxes jsonb, net numeric, decimals integer) returns jsonb
    language plpgsql immutable set search_path = pg_catalog, pg_temp
as $$
declare
    tax jsonb;
    base numeric;
    amount numeric;
    amounts jsonb := '{}';
    charged jsonb := '[]';
begin
    for place in 0 .. jsonb_array_length(taxes) - 1 loop
        tax := taxes -> place;
        base := net;
        for below in 0 .. jsonb_array_length(coalesce(tax -> 'after', '[]')) - 1 loop
            base := base + (amounts ->> (tax -> 'after' ->> below))::numeric;
        end loop;
        amount := base * (tax ->> 'rate')::numeric;
        if decimals is not null then
            amount := round(amount, decimals);
        end if;
        amounts := amounts || jsonb_build_object(tax ->> 'code', amount);
        charged := charged || jsonb_build_object('code', tax -> 'code', 'rate', tax -> 'rate', 'base', base::text,
                                                 'amount', amount::text);
    end loop;
    return charged;
end $$;

create or replace function accounting.sum_of(charged jsonb) returns numeric
    language plpgsql immutable set search_path = pg_catalog, pg_temp
as $$
declare
    total numeric := 0;
begin
    for place in 0 .. jsonb_array_length(charged) - 1 loop
        total := total + (charged -> place ->> 'amount')::numeric;
    end loop;
    return total;
end $$;

create or replace function accounting.plan_figures(taxes jsonb, amount numeric, includes_tax boolean) returns jsonb
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
declare
    decimals integer := core.decimals();
    last text := (jsonb_array_length(taxes) - 1)::text;
    net numeric := amount;
    charged jsonb;
begin
    if includes_tax then
        -- Forty digits more, so that the quotient is rounded once only. One tax alone is its rate.
        net := round(round(amount, 40) / (1 + case last when '0' then (taxes -> 0 ->> 'rate')::numeric
                                              else accounting.sum_of(accounting.charge(taxes, 1, null)) end), decimals);
    end if;
    charged := accounting.charge(taxes, net, decimals);
    if includes_tax and last <> '-1' then
        -- The last tax takes what is left: the shelf price is never off by a centime.
        charged := jsonb_set(charged, array[last, 'amount'],
                             to_jsonb((amount - net - case last when '0' then 0
                                                      else accounting.sum_of(charged - last::integer) end)::text));
    end if;
    return jsonb_build_object('net', net::text, 'taxes', charged);
end $$;
comment on function accounting.plan_figures(jsonb, numeric, boolean) is
    'Net price and taxes of the summed lines of a plan: {"net", "taxes": [{"code", "rate", "base", "amount"}]}.';

-- Each amount once, by qualifier and rate: what stands in `added` less what stands in `taken`.
create or replace function accounting.merged_amounts(added jsonb, taken jsonb default '[]') returns jsonb
    language plpgsql immutable set search_path = pg_catalog, pg_temp
as $$
begin
    return (
    select coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
                   'amount', a.amount, 'qualifier', a.qualifier, 'rate', a.rate::text, 'base', a.base::text,
                   'value', a.value::text)) order by a.amount, a.qualifier collate "C", a.rate), '[]')
      from (select f.amount, f.qualifier, f.rate, sum(f.sign * f.base) as base, sum(f.sign * f.value) as value
              from (select 1 as sign, t.* from jsonb_to_recordset(added)
                        as t (amount text, qualifier text, rate numeric, base numeric, value numeric)
                     union all
                    select -1, t.* from jsonb_to_recordset(taken)
                        as t (amount text, qualifier text, rate numeric, base numeric, value numeric)) f
             group by f.amount, f.qualifier, f.rate) a);
end $$;

create or replace function accounting.tax_amounts_v1(lines jsonb, includes_tax boolean) returns jsonb
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
declare
    plan record;
    plans integer := 0;
    figures jsonb;
    tax jsonb;
    found jsonb := '[]';
begin
    for plan in
        select p.tax_code, p.taxes, sum(p.amount) as amount
          from (select l.tax_code, accounting.plain_taxes(l.taxes) as taxes, sum(l.amount) as amount
                  from jsonb_to_recordset(lines) as l (tax_code text, taxes jsonb, amount numeric)
                 group by l.tax_code, l.taxes) p
         group by p.tax_code, p.taxes
    loop
        plans := plans + 1;
        figures := accounting.plan_figures(plan.taxes, plan.amount, includes_tax);
        found := found || jsonb_build_object('amount', 'net', 'qualifier', plan.tax_code, 'value', figures -> 'net');
        for place in 0 .. jsonb_array_length(plan.taxes) - 1 loop
            tax := figures -> 'taxes' -> place;
            found := found || jsonb_build_object('amount', 'tax', 'qualifier', tax -> 'code', 'rate', tax -> 'rate',
                                                 'base', tax -> 'base', 'value', tax -> 'amount');
        end loop;
    end loop;
    -- Of one plan, each amount stands there once already.
    return case when plans < 2 then found else accounting.merged_amounts(found) end;
end $$;
comment on function accounting.tax_amounts_v1(jsonb, boolean) is
    'What to post of lines [{tax_code, taxes, amount}]: net of each tax code, each tax at each rate with its base.';

-- Amounts of lines stand as on the documents that give back: negative.
create or replace function accounting.returned_amounts_v1(before jsonb, back jsonb, includes_tax boolean)
    returns jsonb language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
begin
    return accounting.merged_amounts(accounting.tax_amounts_v1(before || back, includes_tax),
                                     accounting.tax_amounts_v1(before, includes_tax));
end $$;
comment on function accounting.returned_amounts_v1(jsonb, jsonb, boolean) is
    'As tax_amounts_v1, for what comes back now, given what had before: all returns add up to the document.';

-- The taxes that a tax code means on a day; null where one of them has no rate.
create or replace function accounting.plan_of(tax_code text, day date) returns jsonb
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
    return (
    select jsonb_agg(jsonb_build_object('code', c.code, 'rate', trim_scale(r.rate)::text,
                                        'after', to_jsonb(c.base_taxes)) order by u.place)
      from accounting.taxes t
     cross join unnest(t.base_taxes || t.code) with ordinality as u (code, place)
      join accounting.taxes c on c.code = u.code
      left join accounting.tax_rates r on r.tax_code = u.code and r.valid_from <= day
                                      and (r.valid_to is null or r.valid_to >= day)
     where t.code = plan_of.tax_code
    having bool_and(r.rate is not null));
end $$;

-- What an amount with tax in it lets deduct, as entries say it: its VAT; other taxes in it belong to the cost.
create or replace function accounting.deducted_in(tax_code text, amount numeric, day date) returns jsonb
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select coalesce(jsonb_agg(jsonb_build_object('amount', 'deductible', 'qualifier', f ->> 'code', 'rate', f ->> 'rate',
                                                 'base', f ->> 'base', 'value', f ->> 'amount', 'use', 'goods')), '[]')
      from jsonb_array_elements(accounting.plan_figures(accounting.plan_of(tax_code, day), amount, true) -> 'taxes') f
      join accounting.taxes t on t.code = f ->> 'code' and t.kind = 'vat'
$$;

create or replace function accounting.taxes_differ(tax_code text, taxes jsonb, day date) returns boolean
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
declare
    plan jsonb := accounting.plan_of(tax_code, day);
begin
    -- Mostly they stand there as the law writes them.
    return taxes is distinct from plan and accounting.plain_taxes(taxes) is distinct from plan;
end $$;
comment on function accounting.taxes_differ(text, jsonb, date) is 'Whether these are not the taxes of that code and day.';

create or replace function accounting.rates_at_v1(day date)
    returns table (tax_code text, name text, name_ar text, kind text, article text, taxes jsonb)
    language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select p.* from (select t.code, t.name, t.name_ar, t.kind, t.article, accounting.plan_of(t.code, day) as taxes
                       from accounting.taxes t) p
     where p.taxes is not null
     order by p.code
$$;
comment on function accounting.rates_at_v1(date) is 'The taxes that each tax code means on a day, as lines keep them.';

grant execute on function accounting.plan_figures(jsonb, numeric, boolean), accounting.tax_amounts_v1(jsonb, boolean),
    accounting.returned_amounts_v1(jsonb, jsonb, boolean), accounting.taxes_differ(text, jsonb, date)
    to till_owner, sales_owner;
grant execute on function accounting.rates_at_v1(date) to accounting_app, catalog_owner, sales_owner;
