-- What a document must be to be posted: figures that follow from its lines. The twin of modules/sales/figures.py.

create or replace function sales.refuse_figures(figure text) returns void
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
    perform core.refuse('sales.figures_differ', jsonb_build_object('figure', figure));
end $$;

create or replace function sales.due_date(dated_on date, days integer, end_of_month boolean) returns date
    language sql immutable set search_path = pg_catalog, pg_temp
as $$
    select case when end_of_month
                then (date_trunc('month', (dated_on + days)::timestamp) + interval '1 month' - interval '1 day')::date
                else dated_on + days end
$$;

-- What the tables would refuse without a word that helps.
create or replace function sales.check_texts(payload jsonb) returns void
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
    if length(payload ->> 'reference') > 100 or length(payload ->> 'note') > 2000
       or exists (select from jsonb_array_elements(payload -> 'lines') l where length(l ->> 'description') > 500) then
        perform core.refuse('sales.text_too_long');
    end if;
end $$;

-- Bounds on both sides: PostgreSQL's numeric knows NaN and infinity, whose scale is unknown.
create or replace function sales.check_lines(document jsonb, direction integer, is_return boolean) returns void
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    decimals integer := core.decimals();
    wrong text;
begin
    select case when count(*) = 0 or count(distinct l.id) < count(*) then 'lines'
                when bool_or((l.product_id is not null and l.tax_code is not null and jsonb_typeof(l.taxes) = 'array'
                              and l.quantity * direction > 0 and l.quantity * direction < 1e9 and scale(l.quantity) <= 6
                              and l.unit_price >= 0 and l.unit_price < 1e12 and scale(l.unit_price) <= 6
                              and l.discount_rate >= 0 and l.discount_rate <= 100 and scale(l.discount_rate) <= 6
                              and scale(l.amount) <= decimals and scale(l.net) <= decimals
                              and l.amount * direction >= 0 and l.gross - l.discount = l.amount) is not true) then 'line'
                -- What comes back was discounted on its invoice: its amount says so.
                when ((document ->> 'discount')::numeric * direction >= 0
                      and (document ->> 'discount')::numeric
                          = case when is_return then 0
                                 else sum(l.discount) - sum(round(l.gross * l.discount_rate / 100, decimals)) end)
                     is not true then 'discount' end
      into wrong
      from (select r.*, round(r.quantity * r.unit_price, decimals) as gross
              from jsonb_to_recordset(document -> 'lines')
                   as r (id uuid, product_id uuid, quantity numeric, unit_price numeric, discount_rate numeric,
                         discount numeric, tax_code text, taxes jsonb, amount numeric, net numeric)) l;
    if wrong is null and document ->> 'currency' is distinct from (select c.currency from core.company c) then
        wrong := 'currency';
    end if;
    if wrong is not null then
        perform sales.refuse_figures(wrong);
    end if;
end $$;

create or replace function sales.sum_of(figures jsonb, wanted text) returns numeric
    language plpgsql immutable set search_path = pg_catalog, pg_temp
as $$
begin
    return (select coalesce(sum((f ->> 'value')::numeric), 0)
              from jsonb_array_elements(figures) f where f ->> 'amount' = wanted);
end $$;

-- What each tax is, as reports per rate and the paper want it.
create or replace function sales.taxes_of(figures jsonb) returns jsonb
    language plpgsql immutable set search_path = pg_catalog, pg_temp
as $$
begin
    return (
    select coalesce(jsonb_agg(jsonb_build_object('code', f ->> 'qualifier', 'rate', f -> 'rate', 'base', f -> 'base',
                                                 'amount', f -> 'value')), '[]')
      from jsonb_array_elements(figures) f where f ->> 'amount' = 'tax');
end $$;

drop function if exists sales.stamp_of(text, text, numeric, date);
drop function if exists sales.payment_stamp(text, numeric, date);

-- The duty of a document that the customer (or the `seller`) bears by the law of the day. A credit note that bears one
-- never leaves the customer owing for what they gave back.
create or replace function sales.stamp_of(kind text, payment_method text, total numeric, day date,
                                          bearer text default 'customer') returns numeric
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    rule jsonb := accounting.law_v1('stamp', 'invoice', day);
    duty numeric;
begin
    if kind = 'credit_note' and not coalesce((rule ->> 'on_credit_notes')::boolean, false) then
        return 0;
    end if;
    if rule is null and payment_method = 'cash' then
        rule := accounting.law_v1('stamp', 'cash', day);
    end if;
    if rule is null or coalesce(rule ->> 'borne_by', 'customer') <> bearer then
        return 0;
    end if;
    duty := accounting.stamp_v1(rule, total, total);
    return case kind when 'invoice' then duty else least(duty, -total) end;
end $$;

-- The duty of a payment in cash: `settled` is what it settles of invoices that bear no duty yet.
create or replace function sales.payment_stamp(method text, settled numeric, day date, bearer text default 'customer')
    returns numeric language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    rule jsonb;
begin
    if method <> 'cash' or settled <= 0 then
        return 0;
    end if;
    rule := accounting.law_v1('stamp', 'cash', day);
    return case when rule is null or coalesce(rule ->> 'borne_by', 'customer') <> bearer then 0
                else accounting.stamp_v1(rule, settled, settled) end;
end $$;

-- What must be right beside the lines: sums, stamp duty and what is to be paid.
create or replace function sales.check_sums(invoice sales.invoices, document jsonb) returns void
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    duty numeric := sales.stamp_of(invoice.kind, invoice.payment_method, invoice.total, invoice.dated_on);
begin
    if invoice.net is distinct from (select sum(l.net) from jsonb_to_recordset(document -> 'lines') as l (net numeric)) then
        perform sales.refuse_figures('net');
    elsif invoice.total is distinct from (document ->> 'total')::numeric then
        perform sales.refuse_figures('total');
    elsif invoice.stamp is distinct from duty then
        perform core.refuse('sales.stamp_differs', jsonb_build_object(
            'charged', coalesce(invoice.stamp::text, ''), 'duty', duty::text));
    elsif invoice.to_pay is distinct from (document ->> 'to_pay')::numeric then
        perform sales.refuse_figures('to_pay');
    end if;
end $$;

-- Taxes are those of the day of the document.
create or replace function sales.check_taxes(lines jsonb, day date) returns void
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    other record;
begin
    -- Once for each plan, not for each line: a limit keeps the question above the grouping.
    select l.tax_code, (select p.code from catalog.products p where p.id = l.product_id::uuid) as product into other
      from (select g.tax_code, g.taxes, min(g.product_id) as product_id
              from jsonb_to_recordset(lines) as g (product_id text, tax_code text, taxes jsonb)
             group by g.tax_code, g.taxes limit 1000) l
     where accounting.taxes_differ(l.tax_code, l.taxes, day)
     limit 1;
    if found then
        perform core.refuse('sales.tax_differs', jsonb_build_object(
            'product', coalesce(other.product, ''), 'tax', other.tax_code));
    end if;
end $$;

-- Lines with what their packs hold; a pack is one of its product.
create or replace function sales.with_factors(lines jsonb) returns jsonb
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    found jsonb;
begin
    if not jsonb_path_exists(lines, '$[*] ? (@.pack_id != null)') then
        return lines;
    end if;
    select jsonb_agg(l || jsonb_build_object('factor', case when l ->> 'pack_id' is null then 1 else (
               select k.factor from catalog.packs k
                where k.id = (l ->> 'pack_id')::uuid and k.product_id = (l ->> 'product_id')::uuid) end) order by place)
      into found
      from jsonb_array_elements(lines) with ordinality as e (l, place);
    if jsonb_path_exists(found, '$[*] ? (@.factor == null)') then
        perform sales.refuse_figures('pack');
    end if;
    return found;
end $$;
