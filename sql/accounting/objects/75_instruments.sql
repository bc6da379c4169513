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
           ('received', 'guarantee',  'activate',  'received'),
           ('received', 'guarantee',  'return',    'returned'),
           ('received', 'deposited',  'cash',      'cashed'),
           ('received', 'deposited',  'reject',    'unpaid'),
           ('received', 'discounted', 'cash',      'cashed'),
           ('received', 'discounted', 'reject',    'unpaid'),
           ('received', 'cashed',     'reject',    'unpaid'),
           ('received', 'endorsed',   'reject',    'unpaid'),
           ('received', 'unpaid',     'represent', 'deposited'),
           ('received', 'unpaid',     'return',    'returned'),
           ('received', 'unpaid',     'settle',    'settled'),
           ('received', 'unpaid',     'litigate',  'litigation'),
           ('received', 'litigation', 'settle',    'settled'),
           ('issued',   'issued',     'pay',       'paid'),
           ('issued',   'issued',     'reject',    'rejected'),
           ('issued',   'paid',       'reject',    'rejected')
$$;

-- Which account role holds the amount in each state; where two states share an account, a step books nothing.
create or replace function accounting.instrument_role(direction text, kind text, state text,
                                                      out role text, out qualifier text)
    language sql immutable parallel safe set search_path = pg_catalog, pg_temp
as $$
    select case when direction = 'issued' then
                     case when state in ('none', 'rejected') then 'payable'
                          when state = 'issued' and kind = 'bill' then 'bills_payable' else 'bank' end
                when state = 'received' then case kind when 'bill' then 'bills_received' else 'cheque' end
                when state = 'deposited' then 'instrument_collection'
                when state = 'discounted' then 'instrument_discount'
                when state = 'cashed' then 'bank'
                when state = 'endorsed' then 'payable'
                when state = 'settled' then 'cash'
                when state = 'litigation' then 'doubtful'
                else 'receivable' end,
           case when state in ('deposited', 'discounted') then kind else '' end
$$;

-- Code of the account; where the pack names none, the role itself, so that the refusal says which is missing.
create or replace function accounting.instrument_account(direction text, kind text, state text) returns text
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select coalesce((select a.code from accounting.account_roles r join accounting.accounts a on a.id = r.account_id
                      where r.role = w.role and r.qualifier = w.qualifier), w.role)
      from accounting.instrument_role(direction, kind, state) w
$$;

-- What a customer may still fail to pay: taken, but not cashed. Unpaid ones are debts again, in the ledger.
create or replace view accounting.instruments_at_risk with (security_invoker = true) as
    select i.id, i.branch_id, i.party_id, i.kind, i.number, i.amount, i.currency, i.due_on, i.state
      from accounting.instruments i
     where i.direction = 'received' and i.state in ('received', 'deposited', 'discounted');
grant select on accounting.instruments_at_risk to accounting_app;
