-- What the list of transfers and the windows over it show.

-- What a till has taken out "to the bank" and nobody has received yet: its own entry has put it on the way.
create or replace view accounting.till_transfers with (security_invoker = true) as
    select e.id, e.branch_id, coalesce(e.document ->> 'number', e.number) as number,
           (select c.account_id from accounting.entry_lines c where c.entry_id = e.id and c.credit > 0 limit 1) as account_id,
           l.account_id as transit_id, l.dated_on, l.debit as amount, e.label as reason, e.posted_by as sent_by,
           e.posted_at as sent_at, e.command_id
      from accounting.entry_lines l
      join accounting.entries e on e.id = l.entry_id
     where l.account_id in (select k.account_id from accounting.role_accounts k where k.role = 'cash_reason')
       and l.label = 'bank' and l.debit > 0
       and e.document ->> 'module' = 'till' and e.document ->> 'kind' = 'cash_move'
       and not exists (select from accounting.entries b where b.reverses_id = e.id);
comment on view accounting.till_transfers is 'Cash that tills have sent to the bank, received or not.';

create or replace view accounting.internal_transfer_list with (security_invoker = true) as
    with transfers as (
        select t.id, t.branch_id, t.to_branch_id, t.number, t.state, t.account_id,
               coalesce(t.received_account_id, t.to_account_id) as to_account_id, t.dated_on, t.amount, t.reference, t.reason,
               t.sent_by, t.received_on, t.received, t.received_by, t.difference_id, t.note, t.entry_id, t.receipt_id,
               coalesce(t.received_on, t.returned_on) as ended_on, t.sequence is null as is_of_till
          from accounting.internal_transfers t
         union all
        select t.id, t.branch_id, t.branch_id, t.number, 'waiting', t.account_id, null, t.dated_on, t.amount, '', t.reason,
               t.sent_by, null, null, null, null, '', t.id, null, null, true
          from accounting.till_transfers t
         where not exists (select from accounting.internal_transfers k where k.id = t.id))
    select t.id, t.number, t.state, t.branch_id, b.code as branch, b.name as branch_name, b.name_ar as branch_name_ar,
           t.to_branch_id, o.code as to_branch, o.name as to_branch_name, o.name_ar as to_branch_name_ar,
           a.code as account, coalesce(x.code, '') as to_account, t.dated_on, t.amount, t.reference, t.reason, t.sent_by,
           t.received_on, t.received, coalesce(t.received_by, '') as received_by, coalesce(d.code, '') as difference_account,
           t.note, t.ended_on, coalesce(t.ended_on, core.local_date(now())) - t.dated_on as days,
           t.branch_id = any ((select core.branches())::uuid[]) as is_ours,
           t.to_branch_id = any ((select core.branches())::uuid[]) as is_to_us, t.is_of_till,
           coalesce(e.number, r.number, '') as entry, (select c.currency from core.company c) as currency
      from transfers t
      join core.branches b on b.id = t.branch_id
      join core.branches o on o.id = t.to_branch_id
      join accounting.accounts a on a.id = t.account_id
      left join accounting.accounts x on x.id = t.to_account_id
      left join accounting.accounts d on d.id = t.difference_id
      left join accounting.entries e on e.id = t.entry_id
      left join accounting.entries r on r.id = t.receipt_id;
comment on view accounting.internal_transfer_list is
    'Transfers sent or received by the branches of the login, with the cash that tills have sent to the bank; `days` on the way.';
grant select on accounting.till_transfers, accounting.internal_transfer_list to accounting_app;

-- All that the windows of sending and receiving offer, in one answer.
create or replace function accounting.transfer_choices_v1() returns jsonb
    language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'currency', (select c.currency from core.company c),
        'difference', accounting.role_account('cash_difference', ''),
        'branches', (select jsonb_agg(jsonb_build_object('id', b.id, 'name', b.name, 'name_ar', b.name_ar,
                                          'is_ours', b.id = any (core.branches())) order by b.code)
                       from core.branches b),
        'places', (select coalesce(jsonb_agg(jsonb_build_object('branch_id', b.id, 'code', p.code, 'name', p.name,
                                       'name_ar', p.name_ar, 'kind', p.kind) order by b.code, p.kind, p.code), '[]')
                     from unnest(core.branches()) u (id)
                     join core.branches b on b.id = u.id
                    cross join lateral accounting.money_places(b.id) p))
     where (select core.may('accounting.transfer.move'))
$$;
comment on function accounting.transfer_choices_v1() is
    'Every branch, where the branches of the login keep money, and the account of differences; null without the right.';
grant execute on function accounting.transfer_choices_v1() to accounting_app;
