-- The ledger of an account (grand livre): what it had before, and its lines in the order of their days.

create or replace view accounting.ledger_lines with (security_invoker = true) as
    select l.account_id, l.dated_on, l.xid, e.number, l.line_no, l.entry_id, e.journal, e.label, e.document,
           l.branch_id, b.code as branch, coalesce(p.name, '') as party, coalesce(p.name_ar, '') as party_ar,
           (select coalesce(string_agg(c.code, ' ' order by c.total desc, c.code), '')
              from (select a.code, sum(o.debit + o.credit) as total
                      from accounting.entry_lines o join accounting.accounts a on a.id = o.account_id
                     where o.entry_id = l.entry_id and (o.debit > 0) <> (l.debit > 0)
                     group by a.code) c) as counterparts,
           l.debit, l.credit, t.kind as period_kind, coalesce(m.letter, '') as letter, l.party_id,
           coalesce(l.due_on, l.dated_on) as due_on
      from accounting.entry_lines l
      join accounting.entries e on e.id = l.entry_id
      join accounting.periods t on t.id = l.period_id
      join core.branches b on b.id = l.branch_id
      left join accounting.party_names p on p.party_id = l.party_id
      left join accounting.matched_lines m on m.entry_id = l.entry_id and m.line_no = l.line_no;
comment on view accounting.ledger_lines is 'Lines of entries with what a ledger says about each; read by account and day.';
grant select on accounting.ledger_lines to accounting_app;

-- Whole periods come from the balances, what is left of the month from its lines.
create or replace function accounting.sums_before(account uuid, day date, only_branch uuid)
    returns table (debit numeric, credit numeric)
    language sql stable rows 1 set search_path = pg_catalog, pg_temp
as $$
    select coalesce(sum(s.debit), 0), coalesce(sum(s.credit), 0)
      from (select p.debit, p.credit
              from accounting.period_sums p
              join accounting.periods t on t.id = p.period_id
             where p.account_id = account and t.ends_on < day and (only_branch is null or p.branch_id = only_branch)
             union all
            select l.debit, l.credit
              from accounting.entry_lines l
              join accounting.periods m on m.id = l.period_id and m.kind = 'month'
             where l.account_id = account and l.dated_on < day and (only_branch is null or l.branch_id = only_branch)
               and l.dated_on > (select coalesce(max(t.ends_on), '-infinity') from accounting.periods t
                                  where t.ends_on < day and t.kind = 'month')) s
$$;
grant execute on function accounting.sums_before(uuid, date, uuid) to accounting_app;

create or replace function accounting.ledger_head_v1(account text, first_day date, last_day date, only_branch uuid)
    returns table (account_id uuid, code text, name text, name_ar text, currency text,
                   opening numeric, debit numeric, credit numeric)
    language sql stable rows 1 set search_path = pg_catalog, pg_temp
as $$
    select a.id, a.code, a.name, a.name_ar, (select c.currency from core.company c),
           before.debit - before.credit, until.debit - before.debit - shut.debit,
           until.credit - before.credit - shut.credit
      from accounting.accounts a
     cross join lateral accounting.sums_before(a.id, first_day, only_branch) before
     cross join lateral accounting.sums_before(a.id, last_day + 1, only_branch) until
     -- As in the trial balance: what closes the last day comes after it.
     cross join lateral (select coalesce(sum(s.debit), 0) as debit, coalesce(sum(s.credit), 0) as credit
                           from accounting.period_sums s
                           join accounting.periods t on t.id = s.period_id and t.kind = 'closing' and t.ends_on = last_day
                          where s.account_id = a.id and (only_branch is null or s.branch_id = only_branch)) shut
     where a.code = account and (select core.may('accounting.ledger.view'))
$$;
comment on function accounting.ledger_head_v1(text, date, date, uuid) is
    'What an account had before a day, and what moved until another, in the branches of the login.';
grant execute on function accounting.ledger_head_v1(text, date, date, uuid) to accounting_app;
