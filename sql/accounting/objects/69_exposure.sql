-- What may be lost with a customer: open, ordered and not yet delivered, and taken but not yet cashed.

-- Received cheques and bills that lay uncashed at the end of a day; none until the tables of instruments are there.
create or replace function accounting.portfolio_of(day date) returns table (party_id uuid, amount numeric)
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
    if to_regclass('accounting.instruments') is null then
        return;
    end if;
    return query
        select i.party_id, sum(i.amount) from accounting.instruments i
         cross join lateral (select m.to_state from accounting.instrument_moves m
                              where m.instrument_id = i.id and m.dated_on <= day order by m.move_no desc limit 1) s
         where i.direction = 'received' and i.party_id is not null
           and s.to_state in ('received', 'deposited', 'discounted')
         group by i.party_id;
end $$;
comment on function accounting.portfolio_of(date) is
    'What of each customer lay in cheques and bills that were not cashed at the end of a day; company''s currency.';

create or replace function accounting.exposure_v1(party uuid)
    returns table (open numeric, undelivered numeric, portfolio numeric, total numeric)
    language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select o.open, 0::numeric, p.portfolio, o.open + p.portfolio
      from (select coalesce(sum(b.balance), 0) as open from accounting.party_balances b
             where b.party_id = party and b.role in ('receivable', 'doubtful', 'customer_advances')) o
     cross join (select coalesce(sum(f.amount), 0) as portfolio from accounting.portfolio_of(current_date) f
                  where f.party_id = party) p
$$;
comment on function accounting.exposure_v1(uuid) is
    'What a customer may cost now, in the company''s currency: `open` in the ledger of all branches, `undelivered` orders (0 '
    'until there are orders), `portfolio` of cheques and bills not cashed, and the `total`.';
grant execute on function accounting.portfolio_of(date), accounting.exposure_v1(uuid) to accounting_app;
grant execute on function accounting.exposure_v1(uuid) to sales_owner;
