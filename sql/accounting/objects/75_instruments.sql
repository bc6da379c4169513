-- Cheques and bills: who sees them, which steps they may take, and where each state stands in the ledger.

do $$
declare name text;
begin
    foreach name in array array['deposit_slips', 'instrument_moves'] loop
        call core.keep_to_branch(('accounting.' || name)::regclass);
    end loop;
    -- A customer's risk counts the cheques of all branches; each command looks at the branch by itself.
    call core.keep_to_owner('accounting.instruments');
    call core.keep_audit('accounting.instruments');
    call core.append_only('accounting.deposit_slips');
    call core.append_only('accounting.instrument_moves');
end $$;
comment on table accounting.deposit_slips is 'no-audit: append-only, with author and command';
comment on table accounting.instrument_moves is 'no-audit: append-only, with author and command';
create policy readers on accounting.instruments for select to accounting_app
    using (branch_id = any ((select core.branches())::uuid[]));
grant select on accounting.deposit_slips, accounting.instruments, accounting.instrument_moves to accounting_app;
call core.permit('accounting.instrument.move', '{accountant}');

-- The allowed transitions: this table and no other.
create or replace function accounting.instrument_steps()
    returns table (direction text, from_state text, verb text, to_state text)
    language sql immutable parallel safe set search_path = pg_catalog, pg_temp
as $$
    values ('received', 'received',   'endorse',   'endorsed'),
           ('received', 'received',   'deposit',   'deposited'),
           ('received', 'received',   'discount',  'discounted'),
           ('received', 'received',   'return',    'returned'),
           ('received', 'received',   'settle',    'settled'),
           ('received', 'received',   'recover',   'recovered'),
           ('received', 'guarantee',  'activate',  'received'),
           ('received', 'guarantee',  'return',    'returned'),
           ('received', 'deposited',  'cash',      'cashed'),
           ('received', 'deposited',  'reject',    'unpaid'),
           ('received', 'deposited',  'withdraw',  'received'),
           ('received', 'discounted', 'cash',      'cashed'),
           ('received', 'discounted', 'reject',    'unpaid'),
           ('received', 'cashed',     'reject',    'unpaid'),
           ('received', 'endorsed',   'reject',    'unpaid'),
           ('received', 'unpaid',     'represent', 'deposited'),
           ('received', 'unpaid',     'return',    'returned'),
           ('received', 'unpaid',     'settle',    'settled'),
           ('received', 'unpaid',     'recover',   'recovered'),
           ('received', 'unpaid',     'litigate',  'litigation'),
           ('received', 'litigation', 'settle',    'settled'),
           ('received', 'litigation', 'recover',   'recovered'),
           ('issued',   'issued',     'hand',      'handed'),
           ('issued',   'issued',     'pay',       'paid'),
           ('issued',   'issued',     'reject',    'rejected'),
           ('issued',   'issued',     'stop',      'stopped'),
           ('issued',   'issued',     'cancel',    'cancelled'),
           ('issued',   'handed',     'pay',       'paid'),
           ('issued',   'handed',     'reject',    'rejected'),
           ('issued',   'handed',     'stop',      'stopped'),
           ('issued',   'handed',     'cancel',    'cancelled'),
           ('issued',   'paid',       'reject',    'rejected'),
           ('issued',   'rejected',   'represent', 'handed'),
           ('issued',   'rejected',   'settle',    'settled'),
           ('issued',   'rejected',   'recover',   'recovered'),
           ('issued',   'rejected',   'cancel',    'cancelled'),
           ('issued',   'stopped',    'release',   'handed'),
           ('issued',   'stopped',    'settle',    'settled'),
           ('issued',   'stopped',    'recover',   'recovered'),
           ('issued',   'stopped',    'cancel',    'cancelled')
$$;

-- What holds what we wrote until the bank pays it. A cheque is money for who writes it, so that the bank falls at once; law
-- of kind `cheque_issue` may let it fall when the bank pays instead.
create or replace function accounting.issued_role(kind text, day date) returns text
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select case when kind = 'bill' then 'bills_payable'
                when accounting.law_v1('cheque_issue', 'bank', day) ->> 'debit' = 'paid' then 'instruments_issued'
                else 'bank' end
$$;

drop function if exists accounting.instrument_role(text, text, text);
drop function if exists accounting.instrument_account(text, text, text);

-- Which account role holds the amount in each state; where two states share an account, a step books nothing.
create or replace function accounting.instrument_role(direction text, kind text, state text, day date,
                                                      out role text, out qualifier text)
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select case when state in ('issued', 'handed') then accounting.issued_role(kind, day)
                when state in ('cashed', 'paid', 'recovered') then 'bank'
                when state = 'settled' then 'cash'
                when direction = 'issued' then 'payable'
                when state = 'received' then case kind when 'bill' then 'bills_received' else 'cheque' end
                when state = 'deposited' then 'instrument_collection'
                when state = 'discounted' then 'instrument_discount'
                when state = 'endorsed' then 'payable'
                when state = 'litigation' then 'doubtful'
                else 'receivable' end,
           case when state in ('deposited', 'discounted') then kind else '' end
$$;

-- Code of the account; where the pack names none, the role itself, so that the refusal says which is missing. A bank account
-- that is named takes the place of the one that plays the role.
create or replace function accounting.instrument_account(held accounting.instruments, state text, day date) returns text
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select coalesce((select a.code from accounting.bank_accounts b join accounting.accounts a on a.id = b.account_id
                      where b.id = (held).bank_account and w.role = 'bank'),
                    (select a.code from accounting.account_roles r join accounting.accounts a on a.id = r.account_id
                      where r.role = w.role and r.qualifier = w.qualifier), w.role)
      from accounting.instrument_role((held).direction, (held).kind, state, day) w
$$;

-- Where it stands: what the last step said, whatever plays that role by now. What was written before this was kept had
-- gone to the bank at once.
create or replace function accounting.standing_account(held accounting.instruments) returns text
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select coalesce((select a.code from accounting.accounts a where a.id = (held).account_id),
                    accounting.instrument_account(held, (held).state, '-infinity'))
$$;

-- What a customer may still fail to pay: taken, but not cashed. Unpaid ones are debts again, in the ledger.
create or replace view accounting.instruments_at_risk with (security_invoker = true) as
    select i.id, i.branch_id, i.party_id, i.kind, i.number, i.amount - i.paid as amount, i.currency, i.due_on, i.state
      from accounting.instruments i
     where i.direction = 'received' and i.state in ('received', 'deposited', 'discounted');
grant select on accounting.instruments_at_risk to accounting_app;
