-- Purchase invoices: what was typed is reckoned by the taxes of its day, booked once, and taken back as a whole.

call core.keep_to_branch('accounting.purchases');
comment on table accounting.purchases is 'no-audit: append-only, with its entry; undone once, by whom and when';
create or replace trigger purchases_stay before update or delete on accounting.purchases for each row
    execute function accounting.check_undone_once();
create or replace trigger purchases_never_emptied before truncate on accounting.purchases for each statement
    execute function core.forbid();
grant select on accounting.purchases to accounting_app;
call core.permit('accounting.purchase.post', '{accountant}');
call core.offer_attachments('accounting.purchase', 'accounting.ledger.view', 'accounting.purchase.post');

-- The lines of a purchase with the taxes of its day; the place is that of the line on the paper.
create or replace function accounting.purchase_lines(lines jsonb)
    returns table (place integer, account text, label text, cost_centre text, tax_code text, use text, net numeric, taxes jsonb)
    language sql immutable set search_path = pg_catalog, pg_temp
as $$
    select x.place::integer, x.line ->> 'account', coalesce(btrim(x.line ->> 'label'), ''), x.line ->> 'cost_centre',
           x.line ->> 'tax_code', x.line ->> 'use', (x.line ->> 'net')::numeric, x.line -> 'taxes'
      from jsonb_array_elements(lines) with ordinality as x (line, place)
$$;

-- Each tax of a purchase, once for each code and use: VAT is deducted, unless the line is of no use for that; other taxes, such as
-- FODEC, belong to the cost.
create or replace function accounting.purchase_taxes(lines jsonb)
    returns table (tax_code text, use text, code text, rate numeric, base numeric, value numeric, is_deductible boolean)
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select g.tax_code, g.use, t ->> 'code', (t ->> 'rate')::numeric, (t ->> 'base')::numeric, (t ->> 'amount')::numeric,
           g.use <> 'none' and (select k.kind = 'vat' from accounting.taxes k where k.code = t ->> 'code')
      from (select l.tax_code, l.use, l.taxes, sum(l.net) as net from accounting.purchase_lines(lines) l
             group by l.tax_code, l.use, l.taxes) g
     cross join jsonb_array_elements(accounting.plan_figures(g.taxes, g.net, false) -> 'taxes') t
$$;

-- A purchase as it was typed; each refusal names the field that is wrong.
create or replace function accounting.purchase_typed(payload jsonb) returns accounting.purchases
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    made accounting.purchases := jsonb_populate_record(null::accounting.purchases, payload
        - '{net,deductible,cost_tax,entry_id,made_by,made_at,command_id,undone_by,undone_at}'::text[]);
    wrong text;
begin
    made.id := coalesce(made.id, gen_random_uuid());
    made.number := btrim(coalesce(made.number, ''));
    made.label := coalesce(nullif(btrim(made.label), ''), made.number);
    made.due_on := coalesce(made.due_on, made.dated_on);
    made.stamp := coalesce(made.stamp, 0);
    wrong := case when (made.kind in ('invoice', 'credit_note')) is not true then 'kind'
                  when not exists (select from accounting.party_names p where p.party_id = made.party_id) then 'party'
                  when made.number = '' then 'number'
                  when made.dated_on is null then 'dated_on'
                  when (made.booked_on >= made.dated_on) is not true then 'booked_on'
                  when made.due_on < made.dated_on then 'due_on'
                  when accounting.is_amount(made.total) is not true then 'total'
                  when (made.stamp = 0 or accounting.is_amount(made.stamp)) is not true then 'stamp'
                  when jsonb_typeof(made.lines) is distinct from 'array' or made.lines = '[]' then 'lines' end;
    if wrong is not null then
        perform core.refuse('accounting.purchase_incomplete', jsonb_build_object('field', wrong));
    end if;
    return made;
end $$;

-- Its lines with the taxes of the day of the purchase.
create or replace function accounting.purchase_planned(made accounting.purchases) returns jsonb
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    line record;
    plan jsonb;
    planned jsonb := '[]';
begin
    for line in select * from accounting.purchase_lines(made.lines) loop
        plan := accounting.plan_of(line.tax_code, made.dated_on);
        if plan is null then
            perform core.refuse('accounting.purchase_tax_unknown', jsonb_build_object(
                'line', line.place, 'code', coalesce(line.tax_code, ''), 'date', made.dated_on));
        elsif (line.use in ('goods', 'assets', 'none') and accounting.is_amount(abs(line.net))) is not true then
            perform core.refuse('accounting.purchase_line', jsonb_build_object('line', line.place));
        end if;
        planned := planned || ((made.lines -> line.place - 1)
            || jsonb_build_object('net', line.net::text, 'taxes', accounting.plain_taxes(plan)));
    end loop;
    return planned;
end $$;

-- Figures of a purchase, and what to post of its taxes. The total on the paper counts: a supplier may round otherwise, so what is
-- left, a unit for each line and each tax at most, is tax.
create or replace function accounting.purchase_reckoned(inout made accounting.purchases, out taxes jsonb)
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    unit numeric := 10::numeric ^ -core.decimals();
    sums record;
    rest numeric;
begin
    made.lines := accounting.purchase_planned(made);
    made.net := (select sum(l.net) from accounting.purchase_lines(made.lines) l);
    select coalesce(sum(t.value), 0) as tax, count(*) as number into sums from accounting.purchase_taxes(made.lines) t;
    rest := made.total - made.net - sums.tax - made.stamp;
    if abs(rest) > (jsonb_array_length(made.lines) + sums.number) * unit then
        perform core.refuse('accounting.purchase_total', jsonb_build_object(
            'field', 'total', 'total', (made.total - rest)::text, 'difference', abs(rest)::text));
    end if;
    select coalesce(jsonb_agg(jsonb_build_object(
               'amount', case when t.is_deductible then 'deductible' else 'cost' end, 'qualifier', t.code, 'tax_code', t.tax_code,
               'rate', trim_scale(t.rate)::text, 'base', t.base::text, 'use', t.use,
               'value', (t.value + case when t.place = 1 then rest else 0 end)::text) order by t.place), '[]')
      into taxes
      from (select x.*, row_number() over (order by x.is_deductible desc, abs(x.value) desc, x.code, x.use) as place
              from accounting.purchase_taxes(made.lines) x) t;
    made.deductible := (select coalesce(sum((t ->> 'value')::numeric), 0) from jsonb_array_elements(taxes) t
                         where t ->> 'amount' = 'deductible');
    made.cost_tax := made.total - made.net - made.stamp - made.deductible;
end $$;

-- What each line costs: its price, and its part of the taxes that are not deducted; the largest line takes what is left over.
create or replace function accounting.purchase_costs(lines jsonb, taxes jsonb)
    returns table (place integer, account text, label text, cost_centre text, cost numeric)
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    with costs as (
        select t ->> 'tax_code' as tax_code, t ->> 'use' as use, sum((t ->> 'value')::numeric) as value
          from jsonb_array_elements(taxes) t where t ->> 'amount' = 'cost' group by 1, 2),
    shared as (
        select l.*, coalesce(c.value, 0) as value,
               coalesce(round(c.value * l.net / nullif(sum(l.net) over w, 0), core.decimals()), 0) as part,
               row_number() over (partition by l.tax_code, l.use order by abs(l.net) desc, l.place) as rank
          from accounting.purchase_lines(lines) l left join costs c using (tax_code, use)
        window w as (partition by l.tax_code, l.use))
    select s.place, s.account, s.label, s.cost_centre,
           s.net + s.part + case s.rank when 1 then s.value - sum(s.part) over (partition by s.tax_code, s.use) else 0 end
      from shared s
$$;

-- Accounts and amounts of a purchase, debits positive: costs, taxes, stamp, and what is owed to the supplier.
create or replace function accounting.purchase_entry_lines(made accounting.purchases, taxes jsonb, waits boolean) returns jsonb
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    with sides as (select case made.kind when 'invoice' then 1 else -1 end as sign),
    parts as (
        select 1 as block, c.place, c.account, coalesce(nullif(c.label, ''), made.label) as label, c.cost as amount,
               c.cost_centre, null::uuid as party_id
          from accounting.purchase_costs(made.lines, taxes) c
         union all
        select 2, row_number() over (), accounting.role_account(case when waits then 'tax_deductible_waiting'
                                                                     else 'tax_deductible' end,
                                                                case when waits then '' else t ->> 'use' end),
               t ->> 'qualifier', (t ->> 'value')::numeric, null, null
          from jsonb_array_elements(taxes) t where t ->> 'amount' = 'deductible'
         union all
        select 3, 1, accounting.role_account('stamp_charge', ''), made.label, made.stamp, null, null where made.stamp <> 0
         union all
        select 4, 1, accounting.role_account('payable', ''), made.label, -made.total, null, made.party_id)
    select jsonb_agg(accounting.closing_line(p.account, s.sign * p.amount) || jsonb_build_object('label', p.label,
                         'cost_centre', p.cost_centre, 'party_id', p.party_id,
                         'due_on', case when p.party_id is not null then made.due_on end) order by p.block, p.place)
      from parts p cross join sides s where p.amount <> 0
$$;

-- What the entry says of the taxes: of a credit note they are negative.
create or replace function accounting.purchase_said(made accounting.purchases, taxes jsonb, waits boolean) returns jsonb
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select case made.kind when 'invoice' then s.said else accounting.negated_taxes(s.said) end
      from (select coalesce(jsonb_agg(t - 'tax_code' || jsonb_build_object(
                       'amount', case when waits then 'deductible_waiting' else 'deductible' end)), '[]') as said
              from jsonb_array_elements(taxes) t where t ->> 'amount' = 'deductible') s
$$;
