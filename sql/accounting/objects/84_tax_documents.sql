-- Behind the boxes of a return: each document with what it says of a tax. Their sum is the box.

create or replace function accounting.tax_documents_v1(first_day date, last_day date, codes text[])
    returns table (entry_id uuid, number text, dated_on date, document jsonb, party text, party_ar text, tax_code text,
                   base numeric, tax numeric, currency text)
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
declare
    declared accounting.tax_returns;
begin
    perform core.require('accounting.ledger.view');
    perform accounting.require_every_branch();
    select * into declared from accounting.tax_returns r where r.starts_on = first_day and r.undone_at is null;
    return query
    with parts as (
        select d.id as entry_id, t ->> 'qualifier' as code, (t ->> 'base')::numeric as base, (t ->> 'value')::numeric as tax
          from accounting.entries_to_declare(first_day, last_day) d
         cross join jsonb_array_elements(d.taxes) t
         where t ->> 'amount' = 'tax'
         union all
        select r.entry_id, r.code, r.base, r.tax from accounting.tax_releases r
          where r.return_id = declared.id and r.amount = 'tax_waiting'
         union all
        select r.entry_id, r.code, r.base, r.tax from accounting.tax_released(first_day, last_day) r
          where declared.id is null and r.amount = 'tax_waiting')
    select e.id, e.number, e.dated_on, e.document, coalesce(n.name, ''), coalesce(n.name_ar, ''), p.code, sum(p.base),
           sum(p.tax), (select c.currency from core.company c)
      from parts p
      join accounting.entries e on e.id = p.entry_id
      left join accounting.party_names n on n.party_id = (
               select l.party_id from accounting.entry_lines l
                where l.entry_id = e.id and l.party_id is not null order by l.line_no limit 1)
     where p.code = any (codes)
           -- What came after the return was declared stands in the next one.
       and (declared.id is null or pg_visible_in_snapshot(e.xid, declared.snapshot))
     group by e.id, n.name, n.name_ar, p.code
    having sum(p.base) <> 0 or sum(p.tax) <> 0
     order by e.dated_on, e.number, p.code;
end $$;
comment on function accounting.tax_documents_v1(date, date, text[]) is
    'The documents behind some taxes of a return, as it was declared or as the books are now: base and tax of each, in the '
    'company''s currency; of what is due on payment, the part that was paid.';
grant execute on function accounting.tax_documents_v1(date, date, text[]) to accounting_app;
