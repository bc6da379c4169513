-- What documents amount to: the twins of modules/accounting/taxes.py, for the gate. Nothing here touches a table
-- but the last two, so that planning costs a sale next to nothing.

-- Net price and taxes of the summed lines of a plan: {"net", "taxes": [{code, rate, base, amount}]}.
-- taxes: [{code, rate, after: [codes]}], in the order of their charging.
create or replace function accounting.plan_figures(taxes jsonb, amount numeric, includes_tax boolean) returns jsonb
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    decimals integer := core.decimals();
    each jsonb;
    other text;
    parts jsonb := '{}';
    charged jsonb := '{}';
    found jsonb := '[]';
    part numeric;
    factor numeric := 1;
    net numeric := amount;
    base numeric;
    tax numeric;
    spent numeric := 0;
begin
    if includes_tax then
        for each in select value from jsonb_array_elements(taxes) loop
            part := 1;
            for other in select jsonb_array_elements_text(each -> 'after') loop
                part := part + (parts ->> other)::numeric;
            end loop;
            part := part * (each ->> 'rate')::numeric;
            parts := parts || jsonb_build_object(each ->> 'code', part);
            factor := factor + part;
        end loop;
        -- Enough digits that the quotient is rounded once only.
        net := round(amount::numeric(60, 30) / factor, decimals);
    end if;
    for each in select value from jsonb_array_elements(taxes) loop
        base := net;
        for other in select jsonb_array_elements_text(each -> 'after') loop
            base := base + (charged ->> other)::numeric;
        end loop;
        tax := round(base * (each ->> 'rate')::numeric, decimals);
        charged := charged || jsonb_build_object(each ->> 'code', tax);
        spent := spent + tax;
        found := found || jsonb_build_object('code', each ->> 'code', 'rate', each -> 'rate', 'base', base::text,
                                             'amount', tax::text);
    end loop;
    if includes_tax and jsonb_array_length(found) > 0 then
        -- The last tax takes what is left: the shelf price is never off by a centime.
        found := jsonb_set(found, '{-1,amount}', to_jsonb((tax + amount - net - spent)::text));
    end if;
    return jsonb_build_object('net', net::text, 'taxes', found);
end $$;
comment on function accounting.plan_figures(jsonb, numeric, boolean) is
    'Net price and taxes of the summed lines of a tax plan; the twin of figures_of.';

-- The amounts that accounting.post_v1 books of lines [{tax_code, taxes, amount}], by tax code and tax.
create or replace function accounting.tax_amounts_v1(lines jsonb, includes_tax boolean) returns jsonb
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
declare
    plan record;
    figures jsonb;
    tax jsonb;
    found jsonb := '[]';
begin
    for plan in select l ->> 'tax_code' as code, l -> 'taxes' as taxes, sum((l ->> 'amount')::numeric) as amount
                  from jsonb_array_elements(lines) l group by 1, 2 order by 1 loop
        figures := accounting.plan_figures(plan.taxes, plan.amount, includes_tax);
        found := found || jsonb_build_object('amount', 'net', 'qualifier', plan.code, 'value', figures -> 'net');
        for tax in select value from jsonb_array_elements(figures -> 'taxes') loop
            found := found || jsonb_build_object('amount', 'tax', 'qualifier', tax ->> 'code', 'rate', tax -> 'rate',
                                                 'base', tax -> 'base', 'value', tax -> 'amount');
        end loop;
    end loop;
    return found;
end $$;
comment on function accounting.tax_amounts_v1(jsonb, boolean) is
    'Net prices and taxes of lines [{tax_code, taxes, amount}], as accounting.post_v1 takes them.';

-- All taxes of each tax code on a day, as lines carry them; a code without a rate that day is missing.
create or replace function accounting.rates_at_v1(day date)
    returns table (tax_code text, taxes jsonb)
    language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select t.code,
           jsonb_agg(jsonb_build_object('code', p.code, 'rate', r.rate::text,
                                        'after', case when p.code = t.code then to_jsonb(t.base_taxes) else '[]' end)
                     order by p.place)
      from accounting.taxes t
     cross join lateral unnest(t.base_taxes || t.code) with ordinality as p (code, place)
      left join accounting.tax_rates r on r.tax_code = p.code and r.valid_from <= day
                                      and (r.valid_to is null or r.valid_to >= day)
     group by t.code
    having count(*) = count(r.rate)
$$;
comment on function accounting.rates_at_v1(date) is 'The tax plan of each tax code on a day.';

-- Whether taxes of a line are not those that the law had on a day.
create or replace function accounting.taxes_differ(code text, taxes jsonb, day date) returns boolean
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
declare
    tax jsonb;
    rate numeric;
begin
    for tax in select value from jsonb_array_elements(taxes) loop
        select r.rate into rate from accounting.tax_rates r
         where r.tax_code = tax ->> 'code' and r.valid_from <= day and (r.valid_to is null or r.valid_to >= day);
        if rate is distinct from (tax ->> 'rate')::numeric then
            return true;
        end if;
    end loop;
    return coalesce(taxes -> -1 ->> 'code', '') <> code;
end $$;
comment on function accounting.taxes_differ(text, jsonb, date) is
    'Whether the taxes of a line are others than those of its tax code on a day.';

create or replace function accounting.law_v1(kind text, code text, day date) returns jsonb
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
begin
    return (
    select v.value from accounting.law_values v
     where v.kind = law_v1.kind and v.code = law_v1.code and v.valid_from <= day
       and (v.valid_to is null or v.valid_to >= day)
     order by v.valid_from desc limit 1);
end $$;
comment on function accounting.law_v1(text, text, date) is 'What the law says of something on a day; null if nothing.';

-- The twin of modules/accounting/stamps.py.
create or replace function accounting.stamp_v1(rule jsonb, whole numeric, cash numeric) returns numeric
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
declare
    bracket jsonb;
begin
    if rule is null or rule ->> 'type' = 'amount' and whole = 0 or rule ->> 'type' <> 'amount' and cash <= 0 then
        return 0;
    elsif rule ->> 'type' = 'amount' then
        return (rule ->> 'amount')::numeric;
    elsif rule ->> 'type' = 'part' then
        return round(cash * (rule ->> 'rate')::numeric, core.decimals());
    elsif whole <= (rule ->> 'free_up_to')::numeric then
        return 0;
    end if;
    for bracket in select value from jsonb_array_elements(rule -> 'brackets') loop
        exit when bracket ->> 'up_to' is null or whole <= (bracket ->> 'up_to')::numeric;
    end loop;
    return round(greatest(ceil(cash / (rule ->> 'slice')::numeric) * (bracket ->> 'per_slice')::numeric,
                          (rule ->> 'minimum')::numeric), core.decimals());
end $$;
comment on function accounting.stamp_v1(jsonb, numeric, numeric) is
    'Stamp duty by a law of kind `stamp`, of the whole amount and what of it is paid in cash.';

grant execute on function accounting.plan_figures(jsonb, numeric, boolean), accounting.tax_amounts_v1(jsonb, boolean),
    accounting.rates_at_v1(date), accounting.taxes_differ(text, jsonb, date), accounting.law_v1(text, text, date),
    accounting.stamp_v1(jsonb, numeric, numeric)
    to till_owner;
grant execute on function accounting.rates_at_v1(date) to catalog_app, catalog_owner;
