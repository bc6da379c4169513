-- What may be lost with a customer: open, ordered and not yet delivered, and taken but not yet cashed.

create or replace function accounting.exposure_v1(party uuid)
    returns table (open numeric, undelivered numeric, portfolio numeric, total numeric)
    language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select o.open, 0::numeric, p.portfolio, o.open + p.portfolio
      from (select coalesce(sum(b.balance), 0) as open from accounting.party_balances b
             where b.party_id = party and b.role in ('receivable', 'doubtful', 'customer_advances')) o
     cross join (select coalesce(sum(i.amount), 0) as portfolio from accounting.instruments_at_risk i
                  where i.party_id = party) p
$$;
comment on function accounting.exposure_v1(uuid) is
    'What a customer may cost now, in the company''s currency: `open` in the ledger of all branches, `undelivered` orders (0 '
    'until there are orders), `portfolio` of cheques and bills that no bank has paid yet, and the `total`.';
grant execute on function accounting.exposure_v1(uuid) to accounting_app, sales_owner;
