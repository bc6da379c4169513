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

drop function if exists accounting.is_receipt(accounting.entries, date);
drop function if exists accounting.was_cashed(accounting.instruments, date);

-- What of a cheque or a bill was money by a day: all once the bank paid it or it was endorsed; else the parts that were
-- paid; of one that came back, all but what is open of its debt.
create or replace function accounting.cashed_of(instrument accounting.instruments, day date) returns numeric
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select coalesce((
        select case when m.to_state in ('cashed', 'endorsed', 'settled', 'recovered', 'paid') then (instrument).amount
                    when m.to_state in ('unpaid', 'litigation', 'returned', 'rejected', 'stopped', 'cancelled')
                         and d.open is not null
                        then (instrument).amount - d.open
                    else m.paid end
          from (select x.to_state, sum(x.paid) over () as paid from accounting.instrument_moves x
                 where x.instrument_id = (instrument).id and x.dated_on <= day order by x.move_no desc limit 1) m
          left join lateral (
                select l.debit + l.credit - coalesce((
                           select sum(k.amount) from accounting.matches k
                            where (l.entry_id, l.line_no) in ((k.debit_entry, k.debit_line), (k.credit_entry, k.credit_line))
                              and k.undone_at is null and k.matched_on <= day), 0) as open
                  from accounting.entry_lines l
                 where l.entry_id = accounting.reopened_by((instrument).id, day) and l.party_id is not null
                   and case (instrument).direction when 'received' then l.debit else l.credit end > 0
                 order by l.line_no limit 1) d on true), 0)
$$;

-- Which part of what an entry settles was paid by a day: of a bad debt none, of a cheque what was cashed.
create or replace function accounting.receipt_part(entry accounting.entries, day date) returns numeric
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select case when exists (select from accounting.entry_lines l
                               join accounting.account_roles r on r.account_id = l.account_id and r.role = 'bad_debt'
                              where l.entry_id = (entry).id) then 0
                else coalesce((
                    select sum(accounting.cashed_of(i, day)) / sum(i.amount) from accounting.instruments i
                     where i.id in (select o.id from accounting.instruments o
                                     where o.document ->> 'id' = (entry).document ->> 'id'
                                     union all
                                    select case (entry).document ->> 'kind'
                                           when 'instrument' then ((entry).document ->> 'id')::uuid end)), 1) end
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
        select s.id, sum(s.amount * p.part) as amount
          from settled s join accounting.entries o on o.id = s.other
         cross join lateral (select accounting.receipt_part(o, day) as part offset 0) p
         where p.part > 0 group by s.id)
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
