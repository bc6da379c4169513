-- Behind the deductible boxes of a return: each purchase with what is deducted of it. Their sum is the box.

-- Whether an entry moves cash or a bank account itself: `cash`, `bank` or null.
create or replace function accounting.payment_method(entry uuid) returns text
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select case when bool_or(r.role = 'cash') or bool_or(x.id is not null) then 'cash'
                when bool_or(r.role = 'bank') or bool_or(b.id is not null) then 'bank' end
      from accounting.entry_lines l
      left join accounting.role_accounts r on r.account_id = l.account_id and r.role in ('cash', 'bank')
      left join accounting.bank_accounts b on b.account_id = l.account_id
      left join accounting.cash_boxes x on x.account_id = l.account_id
     where l.entry_id = entry
$$;

-- How and when an entry was settled last, by a day: `cash`, `cheque`, `bill`, `bank`, `offset` or `other`; a cheque or a bill
-- when its last step was taken.
create or replace function accounting.last_payment(entry uuid, day date, out paid_on date, out method text)
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select coalesce((select max(v.dated_on) from accounting.instrument_moves v
                      where v.instrument_id = i.id and v.dated_on <= day), e.dated_on),
           coalesce(i.kind, accounting.payment_method(e.id), case when e.taxes <> '[]' then 'offset' else 'other' end)
      from accounting.matches m
      join accounting.entries e on e.id = case entry when m.debit_entry then m.credit_entry else m.debit_entry end
      left join accounting.instruments i on i.id = case e.document ->> 'kind' when 'instrument'
                                                   then (e.document ->> 'id')::uuid end
     where entry in (m.debit_entry, m.credit_entry) and m.undone_at is null and m.matched_on <= day
       and accounting.receipt_part(e, day) > 0
     order by 1 desc, e.number desc limit 1
$$;

-- What purchases say, and what moved on the accounts of deductible tax besides, by entries that name no tax.
create or replace function accounting.tax_deducted(first_day date, last_day date, declared accounting.tax_returns)
    returns table (entry_id uuid, code text, use text, base numeric, tax numeric)
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    with entries as materialized (select * from accounting.entries_to_declare(first_day, last_day)),
    named as (
        select e.id, t ->> 'qualifier' as code, t ->> 'use' as use, (t ->> 'base')::numeric as base,
               (t ->> 'value')::numeric as tax
          from entries e cross join jsonb_array_elements(e.taxes) t where t ->> 'amount' = 'deductible'),
    moved as (
        select e.id, r.qualifier as use, sum(l.debit - l.credit) as tax
          from entries e
          join accounting.entry_lines l on l.entry_id = e.id
          join (select distinct on (a.account_id) a.* from accounting.account_roles a
                 where a.role in ('tax_collected', 'tax_deductible', 'stamp_collected')
                 order by a.account_id, a.role, a.qualifier) r on r.account_id = l.account_id and r.role = 'tax_deductible'
         group by e.id, r.qualifier)
    select n.id, n.code, n.use, n.base, n.tax from named n
     union all
    select m.id, '', m.use, 0, m.tax - coalesce(n.tax, 0)
      from moved m left join (select x.id, x.use, sum(x.tax) as tax from named x group by x.id, x.use) n using (id, use)
     where m.tax <> coalesce(n.tax, 0)
     union all
    select r.entry_id, r.code, r.use, r.base, r.tax from accounting.tax_releases r
     where r.return_id = declared.id and r.amount = 'deductible_waiting'
     union all
    select r.entry_id, r.code, r.use, r.base, r.tax from accounting.tax_released(first_day, last_day) r
     where declared.id is null and r.amount = 'deductible_waiting'
$$;

create or replace function accounting.tax_deductions_v1(first_day date, last_day date)
    returns table (entry_id uuid, entry text, document jsonb, party_id uuid, party text, party_ar text, number text,
                   invoiced_on date, label text, tax_code text, rate numeric, use text, base numeric, tax numeric, paid_on date,
                   method text, currency text)
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
declare
    declared accounting.tax_returns;
begin
    perform core.require('accounting.ledger.view');
    perform accounting.require_every_branch();
    select * into declared from accounting.tax_returns r where r.starts_on = first_day and r.undone_at is null;
    return query
    select e.id, e.number, e.document, n.party_id, coalesce(n.name, ''), coalesce(n.name_ar, ''),
           coalesce(b.number, nullif(v.receipt, ''), e.document ->> 'number', e.number), coalesce(b.dated_on, e.dated_on), e.label, d.code,
           (select (t ->> 'rate')::numeric from jsonb_array_elements(e.taxes) t
             where t ->> 'qualifier' = d.code and t ->> 'use' = d.use limit 1),
           d.use, d.base, d.tax, coalesce(p.paid_on, case when o.method is not null then e.dated_on end),
           coalesce(p.method, o.method, ''), (select c.currency from core.company c)
      from accounting.tax_deducted(first_day, last_day, declared) d
      join accounting.entries e on e.id = d.entry_id
      left join accounting.purchases b on b.entry_id in (e.id, e.reverses_id)
      left join accounting.cash_vouchers v on v.entry_id in (e.id, e.reverses_id)
      left join accounting.party_names n on n.party_id = coalesce(v.party_id, (
               select l.party_id from accounting.entry_lines l
                where l.entry_id = e.id and l.party_id is not null order by l.line_no limit 1))
     cross join lateral accounting.last_payment(e.id, last_day) p
     cross join lateral (select accounting.payment_method(e.id) as method) o
           -- What came after the return was declared stands in the next one.
     where declared.id is null or pg_visible_in_snapshot(e.xid, declared.snapshot)
     order by e.dated_on, e.number, d.use, d.code;
end $$;
comment on function accounting.tax_deductions_v1(date, date) is
    'What a return deducts, purchase by purchase, as it was declared or as the books are now: base and tax by code and use (`goods`, '
    '`assets`, `other`), in the company''s currency; of what is deducted on payment, the part that was paid, and how it was paid '
    'last. Entries that name no tax stand with their tax alone.';
grant execute on function accounting.tax_deductions_v1(date, date) to accounting_app;
