-- The auxiliary trial balance: what each partner had, what moved, what each has, on accounts of third parties.

create or replace function accounting.auxiliary_balance_v1(roles text[], prefix text, first_day date, last_day date,
                                                           only_branch uuid default null)
    returns table (party_id uuid, party text, party_ar text, opening_debit numeric, opening_credit numeric, debit numeric,
                   credit numeric, closing_debit numeric, closing_credit numeric, currency text)
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select s.party_id, coalesce(n.name, ''), coalesce(n.name_ar, ''), greatest(s.opening, 0), greatest(-s.opening, 0),
           s.debit, s.credit, greatest(s.opening + s.debit - s.credit, 0), greatest(s.credit - s.debit - s.opening, 0),
           (select c.currency from core.company c)
      from (select l.party_id,
                   coalesce(sum(l.debit - l.credit) filter (where m.is_before), 0) as opening,
                   coalesce(sum(l.debit) filter (where not m.is_before), 0) as debit,
                   coalesce(sum(l.credit) filter (where not m.is_before), 0) as credit
              from accounting.entry_lines l
              join accounting.periods t on t.id = l.period_id
              -- As in the trial balance, so that both agree at the ends of years.
             cross join lateral (select l.dated_on < first_day or (t.kind = 'opening' and t.starts_on = first_day)
                                        as is_before) m
             where l.dated_on <= last_day and (t.kind <> 'closing' or t.ends_on < last_day)
               and (only_branch is null or l.branch_id = only_branch)
               and l.account_id in (
                   select a.id from accounting.accounts a where prefix <> '' and starts_with(a.code, prefix)
                    union all
                   select r.account_id from accounting.account_roles r where prefix = '' and r.role = any (roles))
               and (select core.may('accounting.ledger.view'))
             group by l.party_id) s
      left join accounting.party_names n on n.party_id = s.party_id
     where s.opening <> 0 or s.debit <> 0 or s.credit <> 0
     order by s.party_id is null, n.name, s.party_id
$$;
comment on function accounting.auxiliary_balance_v1(text[], text, date, date, uuid) is
    'Six columns per partner on the accounts that begin so, or else play one of these roles; what names no partner comes last, '
    'so that the sums agree with the trial balance. Company''s currency.';
grant execute on function accounting.auxiliary_balance_v1(text[], text, date, date, uuid) to accounting_app;
