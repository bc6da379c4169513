-- The auxiliary trial balance and ledger: what each partner had, what moved, what each has, on accounts of third parties.

-- The accounts that begin so, or else play one of these roles.
create or replace function accounting.auxiliary_accounts(roles text[], prefix text) returns setof uuid
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select a.id from accounting.accounts a where prefix <> '' and starts_with(a.code, prefix)
     union
    select r.account_id from accounting.account_roles r where prefix = '' and r.role = any (roles)
$$;

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
               and l.account_id in (select accounting.auxiliary_accounts(roles, prefix))
               and (select core.may('accounting.ledger.view'))
             group by l.party_id) s
      left join accounting.party_names n on n.party_id = s.party_id
     where s.opening <> 0 or s.debit <> 0 or s.credit <> 0
     order by s.party_id is null, n.name, s.party_id
$$;
comment on function accounting.auxiliary_balance_v1(text[], text, date, date, uuid) is
    'Six columns per partner on the accounts that begin so, or else play one of these roles; what names no partner comes last, '
    'so that the sums agree with the trial balance. Company''s currency.';

-- The lines that the trial balance counts as moved, so that both agree.
create or replace function accounting.auxiliary_lines_v1(roles text[], prefix text, first_day date, last_day date,
                                                         only_branch uuid default null, only_party uuid default null)
    returns table (party_id uuid, xid xid8, entry_id uuid, number text, line_no integer, dated_on date, due_on date,
                   account text, journal text, branch text, label text, document jsonb, counterparts text, letter text,
                   debit numeric, credit numeric)
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select l.party_id, l.xid, l.entry_id, l.number, l.line_no, l.dated_on, l.due_on, a.code, l.journal, l.branch, l.label,
           l.document, l.counterparts, l.letter, l.debit, l.credit
      from accounting.ledger_lines l
      join accounting.accounts a on a.id = l.account_id
     where l.dated_on between first_day and last_day
       and (l.period_kind <> 'opening' or l.dated_on > first_day) and (l.period_kind <> 'closing' or l.dated_on < last_day)
       and (only_branch is null or l.branch_id = only_branch) and (only_party is null or l.party_id = only_party)
       and l.account_id in (select accounting.auxiliary_accounts(roles, prefix))
       and (select core.may('accounting.ledger.view'))
$$;
comment on function accounting.auxiliary_lines_v1(text[], text, date, date, uuid, uuid) is
    'What moved for each partner on the same accounts, or for one of them, with the accounts on the other side and the letter '
    'of what it settles with; company''s currency.';
grant execute on function accounting.auxiliary_accounts(text[], text),
    accounting.auxiliary_balance_v1(text[], text, date, date, uuid),
    accounting.auxiliary_lines_v1(text[], text, date, date, uuid, uuid) to accounting_app;
