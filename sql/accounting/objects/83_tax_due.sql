-- Tax that is due, or may be deducted, as it is paid (ma: CGI art. 95 and 101): what waits, what of it was paid by a day, what
-- a return releases.

create or replace function accounting.tax_waits_v1(day date) returns boolean
    language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select coalesce(accounting.law_v1('tax_point', 'sales', day) ->> 'due' = 'payment', false)
       and exists (select from accounting.posting_rules r where r.rule = 'sales.invoice' and r.role = 'tax_waiting')
$$;
comment on function accounting.tax_waits_v1(date) is
    'Whether the tax of an invoice of that day waits for its payment: law of kind `tax_point`, and a rule to book it.';
grant execute on function accounting.tax_waits_v1(date) to accounting_app, sales_owner;

-- A cheque or bill is money once the bank paid it, or once it was endorsed; one that came back, once its debt is settled.
create or replace function accounting.was_cashed(instrument accounting.instruments, day date) returns boolean
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select coalesce((
        select m.to_state in ('cashed', 'endorsed', 'settled', 'paid')
               or m.to_state = 'unpaid' and not exists (
                   select from accounting.open_lines_on(day) o
                    where o.entry_id = m.entry_id and o.party_id = (instrument).party_id)
          from accounting.instrument_moves m
         where m.instrument_id = (instrument).id and m.dated_on <= day
         order by m.move_no desc limit 1), false)
$$;

-- Whether what an entry settles was paid by a day: a bad debt never is, a cheque when it is cashed.
create or replace function accounting.is_receipt(entry accounting.entries, day date) returns boolean
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select not exists (select from accounting.entry_lines l
                         join accounting.account_roles r on r.account_id = l.account_id and r.role = 'bad_debt'
                        where l.entry_id = (entry).id)
       and not exists (select from accounting.instruments i
                        where i.document ->> 'id' = (entry).document ->> 'id' and not accounting.was_cashed(i, day))
       and not exists (select from accounting.instruments i
                        where (entry).document ->> 'kind' = 'instrument' and i.id = ((entry).document ->> 'id')::uuid
                          and not accounting.was_cashed(i, day))
$$;

-- How much of each document whose tax waits was paid by a day, of how much.
create or replace function accounting.paid_by(day date)
    returns table (entry_id uuid, branch_id uuid, taxes jsonb, paid numeric, whole numeric)
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    with waiting as (
        select e.id, e.branch_id, e.taxes from accounting.entries e
         where (e.taxes @> '[{"amount": "tax_waiting"}]' or e.taxes @> '[{"amount": "deductible_waiting"}]')
           and e.dated_on <= day),
    owed as (
        select w.id, sum(l.debit + l.credit) as amount
          from waiting w join accounting.entry_lines l on l.entry_id = w.id and l.party_id is not null group by w.id),
    settled as (
        select w.id, m.credit_entry as other, m.amount from waiting w join accounting.matches m on m.debit_entry = w.id
         where m.undone_at is null and m.matched_on <= day
         union all
        select w.id, m.debit_entry, m.amount from waiting w join accounting.matches m on m.credit_entry = w.id
         where m.undone_at is null and m.matched_on <= day),
    paid as (
        select s.id, sum(s.amount) as amount
          from settled s join accounting.entries o on o.id = s.other
         where accounting.is_receipt(o, day) group by s.id)
    select w.id, w.branch_id, w.taxes, p.amount, o.amount
      from waiting w join owed o using (id) join paid p using (id)
$$;

-- What was due by a day, from the beginning: in the part that was paid, so that the last payment closes it to the centime.
create or replace function accounting.tax_due_by(day date)
    returns table (entry_id uuid, branch_id uuid, amount text, code text, use text, base numeric, tax numeric)
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select p.entry_id, p.branch_id, t ->> 'amount', t ->> 'qualifier', coalesce(t ->> 'use', ''),
           round((t ->> 'base')::numeric * p.paid / p.whole, core.decimals()),
           round((t ->> 'value')::numeric * p.paid / p.whole, core.decimals())
      from accounting.paid_by(day) p cross join jsonb_array_elements(p.taxes) t
     where t ->> 'amount' in ('tax_waiting', 'deductible_waiting') and p.whole > 0
$$;

-- What became due between two days, document by document; where the month before was declared, what it and those before it
-- have not released yet. What was paid before the first return was declared elsewhere.
create or replace function accounting.tax_released(first_day date, last_day date)
    returns table (entry_id uuid, branch_id uuid, amount text, code text, use text, base numeric, tax numeric)
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    with chain as (
        select min(r.starts_on) as begun_on from accounting.tax_returns r
         where r.undone_at is null and r.starts_on < first_day having bool_or(r.ends_on = first_day - 1)),
    parts as (
        select d.* from accounting.tax_due_by(last_day) d
         union all
        select d.entry_id, d.branch_id, d.amount, d.code, d.use, -d.base, -d.tax
          from accounting.tax_due_by(coalesce((select c.begun_on from chain c), first_day) - 1) d
         union all
        select x.entry_id, x.branch_id, x.amount, x.code, x.use, -x.base, -x.tax
          from accounting.tax_releases x
          join accounting.tax_returns r on r.id = x.return_id and r.undone_at is null and r.starts_on < first_day
         where exists (select from chain))
    select p.entry_id, p.branch_id, p.amount, p.code, p.use, sum(p.base), sum(p.tax) from parts p
     group by p.entry_id, p.branch_id, p.amount, p.code, p.use
    having sum(p.base) <> 0 or sum(p.tax) <> 0
$$;
