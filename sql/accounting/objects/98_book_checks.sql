-- Checks of the books: figures that are kept twice must be one. Whatever differs was made by nobody through the program.
--
-- What is counted by branch is checked in the branches of the login; what all branches share, only by who sees all of them.

create or replace function accounting.sees_company() returns boolean
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select not exists (select from core.branches b where b.id <> all ((select core.branches())::uuid[]))
$$;

-- Balances that the worker keeps, against the lines they were summed from.
create or replace function accounting.check_balances(day date) returns setof accounting.book_finding
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    with lines as (
        select l.account_id, l.period_id, l.branch_id, sum(l.debit) as debit, sum(l.credit) as credit
          from accounting.entry_lines l
         where l.xid < (select r.below from accounting.rollup r)
         group by l.account_id, l.period_id, l.branch_id),
    pairs as (
        select account_id, period_id, branch_id, coalesce(l.debit, 0) as debit, coalesce(l.credit, 0) as credit,
               coalesce(b.debit, 0) as kept_debit, coalesce(b.credit, 0) as kept_credit
          from lines l full join accounting.balances b using (account_id, period_id, branch_id))
    select row(x.branch_id, x.account_id, null, to_char(p.starts_on, 'MM/YYYY'),
               case when is_net then x.debit - x.credit else x.debit end,
               case when is_net then x.kept_debit - x.kept_credit else x.kept_debit end)::accounting.book_finding
      from pairs x
      join accounting.periods p on p.id = x.period_id and p.starts_on <= day
     cross join lateral (select x.debit - x.credit <> x.kept_debit - x.kept_credit as is_net) n
     where (x.debit, x.credit) <> (x.kept_debit, x.kept_credit)
$$;

create or replace function accounting.current_account(wanted text, which text default '') returns uuid
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select r.account_id from accounting.account_roles r where r.role = wanted and r.qualifier = which
$$;

-- What each party owes, against the lines that name it.
create or replace function accounting.check_parties() returns setof accounting.book_finding
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select row(null, accounting.current_account(role), party_id, role, coalesce(l.balance, 0),
               coalesce(b.balance, 0))::accounting.book_finding
      from (select l.party_id, a.role, sum(l.debit - l.credit) as balance
              from accounting.entry_lines l join accounting.party_accounts() a using (account_id)
             where l.party_id is not null
             group by l.party_id, a.role) l
      full join accounting.party_balances b using (party_id, role)
     where coalesce(l.balance, 0) <> coalesce(b.balance, 0)
$$;

-- What of each party is not matched, against what it owes: debits and credits are matched alike.
create or replace function accounting.check_open_lines() returns setof accounting.book_finding
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select row(null, accounting.current_account(role), party_id, role, coalesce(b.balance, 0),
               coalesce(o.open, 0))::accounting.book_finding
      from (select o.party_id, a.role, sum(o.open) as open
              from accounting.open_lines o join accounting.party_accounts() a using (account_id)
             where o.party_id is not null
             group by o.party_id, a.role) o
      full join accounting.party_balances b using (party_id, role)
     where coalesce(o.open, 0) <> coalesce(b.balance, 0)
$$;

-- What the goods of a branch are worth, against the accounts of its stock.
create or replace function accounting.check_stock() returns setof accounting.book_finding
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select row(branch_id, accounting.current_account('inventory'), null, '', coalesce(l.balance, 0),
               coalesce(v.value, 0))::accounting.book_finding
      from (select s.branch_id, sum(s.debit - s.credit) as balance
              from accounting.period_sums s
              join accounting.role_accounts k on k.account_id = s.account_id and k.role = 'inventory'
             group by s.branch_id) l
      full join inventory.stock_values_v1() v using (branch_id)
     where coalesce(l.balance, 0) <> coalesce(v.value, 0)
$$;

-- The numbers of a journal, branch and year: as many as were counted, each once; the subject is the first that is missing.
create or replace function accounting.check_numbers(day date) returns setof accounting.book_finding
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    with numbers as (
        select e.journal, e.branch_id, extract(year from e.dated_on)::integer as year,
               substring(e.number from '([0-9]+)$')::numeric as number
          from accounting.entries e where extract(year from e.dated_on) <= extract(year from day)),
    placed as (
        select n.*, row_number() over (partition by n.journal, n.branch_id, n.year order by n.number) as place
          from numbers n),
    found as (
        select p.journal, p.branch_id, p.year, count(*) as entries, max(p.number) as last,
               min(p.place) filter (where p.number is distinct from p.place) as gap
          from placed p group by p.journal, p.branch_id, p.year)
    select row(branch_id, null, null, format('%s-%s-%s-%s', journal, b.code, year,
                   lpad(coalesce(f.gap, f.entries + 1, 1)::text, 6, '0')),
               coalesce(f.entries, 0), coalesce(s.last_number, 0))::accounting.book_finding
      from found f
      full join accounting.series s using (journal, branch_id, year)
      join core.branches b on b.id = branch_id
     where year <= extract(year from day)
       and (f.gap is not null or coalesce(f.entries, 0) <> coalesce(s.last_number, 0))
$$;

-- Debits against credits of each entry, of lines that stand where it stands; lines without an entry, and entries without.
create or replace function accounting.check_entries(day date) returns setof accounting.book_finding
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    with sums as (
        select l.entry_id, count(*) as lines,
               count(*) filter (where (l.branch_id, l.period_id, l.dated_on)
                                      is distinct from (e.branch_id, e.period_id, e.dated_on)) as strays,
               sum(l.debit) as debit, sum(l.credit) as credit
          from accounting.entry_lines l left join accounting.entries e on e.id = l.entry_id
         group by l.entry_id)
    select row(coalesce(e.branch_id, l.branch_id), l.account_id, null, coalesce(e.number, s.entry_id::text),
               coalesce(s.debit, 0), coalesce(s.credit, 0))::accounting.book_finding
      from accounting.entries e
      full join sums s on s.entry_id = e.id
      left join lateral (select l.branch_id, l.account_id from accounting.entry_lines l
                          where l.entry_id = s.entry_id
                          order by (l.branch_id, l.period_id, l.dated_on)
                                   is not distinct from (e.branch_id, e.period_id, e.dated_on), l.line_no
                          limit 1) l on true
     where (e.dated_on is null or e.dated_on <= day)
       and (e.id is null or s.entry_id is null or s.lines < 2 or s.strays > 0 or s.debit <> s.credit)
$$;

-- Which accounts hold cheques and bills of each kind, now or before.
create or replace function accounting.instrument_accounts()
    returns table (holding text, account_id uuid, is_first boolean)
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select h.holding, k.account_id, bool_or(h.is_first)
      from (values ('cheque', 'cheque', true), ('cheque', 'instrument_collection', false),
                   ('bill', 'bills_received', true), ('bill', 'instrument_collection', false),
                   ('bill', 'instrument_discount', false), ('issued', 'bills_payable', true),
                   ('issued', 'instruments_issued', true)) h (holding, role, is_first)
      join accounting.role_accounts k on k.role = h.role
     group by h.holding, k.account_id
$$;

-- What lies in the portfolio of a branch, against what the entries of its cheques and bills left on the accounts that hold
-- them. Those accounts may hold more, such as card payments on their way.
create or replace function accounting.check_instruments() returns setof accounting.book_finding
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    with kinds as (
        select i.id, i.branch_id, i.amount - i.paid as amount, case i.direction when 'issued' then 'issued' else i.kind end as holding,
               i.direction || ' ' || i.state in ('received received', 'received deposited', 'received discounted',
                                                'issued issued', 'issued handed') as is_held
          from accounting.instruments i
         where i.branch_id = any ((select core.branches())::uuid[]) 
           and (i.direction = 'received' or i.kind = 'bill' or i.account_id in (
                    select k.account_id from accounting.role_accounts k where k.role = 'instruments_issued'))),
    held as (
        select k.branch_id, k.holding, sum(case when k.is_held then k.amount else 0 end) as amount
          from kinds k group by k.branch_id, k.holding),
    -- The entry of a payment or a ticket may move other things too: of it counts only where the cheque came to lie.
    entries as (
        select k.holding, m.entry_id, bool_or(e.document ->> 'kind' in ('instrument', 'entry')) as is_own
          from kinds k
          join accounting.instrument_moves m on m.instrument_id = k.id and m.entry_id is not null
          join accounting.entries e on e.id = m.entry_id
         group by k.holding, m.entry_id),
    counted as (
        select n.holding, n.entry_id, n.is_own from entries n
         union
        select n.holding, r.id, n.is_own from entries n join accounting.entries r on r.reverses_id = n.entry_id),
    sums as (
        select l.branch_id, c.holding, sum(l.debit - l.credit) * case c.holding when 'issued' then -1 else 1 end as amount
          from counted c
          join accounting.instrument_accounts() a on a.holding = c.holding and (a.is_first or c.is_own)
          join accounting.entry_lines l on l.entry_id = c.entry_id and l.account_id = a.account_id
         group by l.branch_id, c.holding)
    select row(h.branch_id, accounting.current_account(case h.holding when 'cheque' then 'cheque'
                   when 'bill' then 'bills_received' else 'bills_payable' end), null, h.holding, coalesce(s.amount, 0),
               h.amount)::accounting.book_finding
      from held h left join sums s using (branch_id, holding)
     where coalesce(s.amount, 0) <> h.amount
$$;

create or replace function accounting.book_findings(wanted text, day date) returns setof accounting.book_finding
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
    case wanted
        when 'balances' then return query select * from accounting.check_balances(day);
        when 'parties' then return query select * from accounting.check_parties();
        when 'open_lines' then return query select * from accounting.check_open_lines();
        when 'stock' then return query select * from accounting.check_stock();
        when 'numbers' then return query select * from accounting.check_numbers(day);
        when 'entries' then return query select * from accounting.check_entries(day);
        when 'instruments' then return query select * from accounting.check_instruments();
    end case;
end $$;

create or replace function accounting.check_books_v1(day date)
    returns table (check_id text, found bigint, branch_id uuid, branch text, account text, party_id uuid, name text,
                   name_ar text, subject text, ledger numeric, other numeric, difference numeric, currency text)
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
declare
    is_whole boolean := accounting.sees_company();
begin
    if not core.may('accounting.ledger.roll') then
        perform core.require('accounting.ledger.view');
    end if;
    return query
        select c.id, case when is_whole or c.is_by_branch then coalesce(f.found, 0) end, f.branch_id,
               coalesce(b.code, ''), coalesce(a.code, ''), f.party_id, coalesce(p.name, ''), coalesce(p.name_ar, ''),
               coalesce(f.subject, ''), f.ledger, f.other, f.ledger - f.other, (select y.currency from core.company y)
          from (values (1, 'balances', true), (2, 'parties', false), (3, 'open_lines', false), (4, 'stock', true),
                       (5, 'numbers', true), (6, 'entries', true), (7, 'instruments', true)) c (place, id, is_by_branch)
          left join lateral (select x.*, count(*) over () as found from accounting.book_findings(c.id, day) x
                              where is_whole or c.is_by_branch
                              order by abs(x.ledger - x.other) desc, x.subject limit 100) f on true
          left join core.branches b on b.id = f.branch_id
          left join accounting.accounts a on a.id = f.account_id
          left join accounting.party_names p on p.party_id = f.party_id
         order by c.place, abs(f.ledger - f.other) desc, f.subject;
end $$;
comment on function accounting.check_books_v1(date) is
    'Each check of the books with what differs, a hundred of each at most: balances, numbers and entries until a day, the '
    'rest as it is now. `found` is how many differ, 0 where all agree, null where only who sees all branches could say.';
grant execute on function accounting.check_books_v1(date) to accounting_app;
