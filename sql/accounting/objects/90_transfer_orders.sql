-- Transfer orders given to the bank: numbered, booked and matched at once; cancelled with a reason while the bank has not moved.

create or replace function accounting.hold_transfer_order(wanted uuid) returns accounting.transfer_orders
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    held accounting.transfer_orders;
begin
    select * into held from accounting.transfer_orders o
     where o.id = wanted and o.branch_id = any (core.branches()) for no key update;
    if held.id is null then
        perform core.refuse('core.not_found');
    end if;
    return held;
end $$;

-- The beneficiaries as they are now; who has no bank account cannot be paid.
create or replace function accounting.fill_payees(given accounting.transfer_orders) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    homeless text;
begin
    select n.name into homeless
      from accounting.transfer_order_lines t
      join accounting.party_names n on n.party_id = t.party_id
      left join accounting.payees p on p.party_id = t.party_id and (p.rib <> '' or p.iban <> '')
     where t.order_id = given.id and p.party_id is null
     order by t.line_no limit 1;
    if found then
        perform core.refuse('accounting.payee_missing', jsonb_build_object('supplier', homeless));
    end if;
    update accounting.transfer_order_lines t
       set payee = coalesce(nullif(p.holder, ''), n.name), bank = p.bank, rib = p.rib, iban = p.iban, bic = p.bic
      from accounting.payees p join accounting.party_names n on n.party_id = p.party_id
     where t.order_id = given.id and p.party_id = t.party_id;
end $$;

-- A debit for each line; the bank is credited once, or once for each beneficiary.
create or replace function accounting.transfer_entry_lines(given accounting.transfer_orders, bank accounting.bank_accounts)
    returns jsonb language sql stable set search_path = pg_catalog, pg_temp
as $$
    select (select jsonb_agg(jsonb_build_object(
                       'account', coalesce(a.code, accounting.role_account('supplier_advances', '')), 'party_id', t.party_id,
                       'debit', t.amount::text, 'label', t.reason, 'due_on', given.dated_on) order by t.line_no)
              from accounting.transfer_order_lines t
              left join accounting.entry_lines l on l.entry_id = t.entry_id and l.line_no = t.entry_line
              left join accounting.accounts a on a.id = l.account_id
             where t.order_id = given.id)
        || (select jsonb_agg(jsonb_build_object('account', a.code, 'credit', c.amount::text, 'label', c.payee) order by c.first)
              from (select sum(t.amount) as amount, min(t.line_no) as first,
                           case when given.is_batch then '' else min(t.payee) end as payee
                      from accounting.transfer_order_lines t where t.order_id = given.id
                     group by case when given.is_batch then null else t.party_id end) c
             cross join accounting.accounts a
             where a.id = bank.account_id)
$$;

create or replace function accounting.book_transfers(command core.commands, given accounting.transfer_orders,
                                                     bank accounting.bank_accounts) returns jsonb
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    entry accounting.entries;
    lines jsonb := accounting.transfer_entry_lines(given, bank);
begin
    perform accounting.check_journal(bank.journal);
    perform accounting.check_lines(lines);
    entry.id := given.entry_id;
    entry.branch_id := given.branch_id;
    entry.journal := bank.journal;
    entry.dated_on := given.dated_on;
    entry.period_id := accounting.check_day(given.dated_on, command.actor_id);
    entry.label := given.number;
    entry.document := jsonb_build_object('module', 'accounting', 'kind', 'transfer_order', 'id', given.id,
                                         'number', given.number);
    entry.command_id := command.id;
    entry.posted_by := command.actor_login;
    return accounting.write_entry(entry, lines);
end $$;

-- Each debit settles the line that it pays. Whoever else pays one at this moment has waited, and finds it paid.
create or replace function accounting.match_transfers(command core.commands, given accounting.transfer_orders) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    pairs accounting.match_pair[];
begin
    perform accounting.hold_letters(k.account_id, k.party_id)
       from (select distinct l.account_id, l.party_id
               from accounting.transfer_order_lines t
               join accounting.entry_lines l on l.entry_id = t.entry_id and l.line_no = t.entry_line
              where t.order_id = given.id order by 1, 2) k;
    perform accounting.check_transfer_lines(given);
    pairs := array(select row(p.account_id, p.party_id, given.entry_id, t.line_no, given.branch_id, t.entry_id, t.entry_line,
                              given.branch_id, t.amount, greatest(given.dated_on, p.dated_on), t.line_no::text, 'document',
                              given.number)::accounting.match_pair
                     from accounting.transfer_order_lines t
                     join accounting.payable_lines(given.branch_id) p on p.entry_id = t.entry_id and p.line_no = t.entry_line
                    where t.order_id = given.id);
    if cardinality(pairs) > 0 then
        perform accounting.write_matches(pairs, command, given.id);
    end if;
end $$;

create or replace function accounting.transfer_answer(given accounting.transfer_orders) returns jsonb
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object('result', jsonb_build_object(
        'order_id', given.id, 'number', given.number, 'state', given.state, 'entry_id', given.entry_id,
        'entry', (select e.number from accounting.entries e where e.id = given.entry_id)))
$$;

-- The next number of the branch and year; orders of a branch come one after the other, so that there is no gap.
create or replace function accounting.numbered_transfer(given accounting.transfer_orders) returns accounting.transfer_orders
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
begin
    perform pg_advisory_xact_lock(hashtextextended('accounting.transfer_orders' || given.branch_id, 0));
    given.year := extract(year from given.dated_on);
    given.sequence := 1 + (select count(*) from accounting.transfer_orders o
                            where o.branch_id = given.branch_id and o.year = given.year);
    given.number := format('OV-%s-%s-%s', (select b.code from core.branches b where b.id = given.branch_id), given.year,
                           lpad(given.sequence::text, greatest(6, length(given.sequence::text)), '0'));
    return given;
end $$;

create or replace function accounting.order_transfers_v1(command core.commands, payload jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    given accounting.transfer_orders;
    bank accounting.bank_accounts;
begin
    -- What is typed is kept first, unless it was given already.
    if payload ? 'draft' and not exists (select from accounting.transfer_orders o
                                          where o.id = (payload ->> 'order_id')::uuid and o.state <> 'draft') then
        perform accounting.keep_transfer_order(payload -> 'draft' || jsonb_build_object('id', payload -> 'order_id'),
                                               command.actor_login);
    end if;
    given := accounting.hold_transfer_order((payload ->> 'order_id')::uuid);
    if given.state = 'ordered' then
        return accounting.transfer_answer(given);
    elsif given.state = 'cancelled' then
        perform core.refuse('accounting.transfer_order_cancelled', jsonb_build_object('number', given.number));
    elsif given.version <> coalesce((payload ->> 'version')::bigint, given.version) then
        perform core.refuse('core.stale_record');
    elsif not exists (select from accounting.transfer_order_lines t where t.order_id = given.id) then
        perform core.refuse('accounting.transfer_order_empty');
    end if;
    bank := accounting.hold_payer(given.branch_id, given.bank_account_id);
    perform accounting.fill_payees(given);
    -- What is wrong is said before anything is counted; it is looked at again when nobody else can pay.
    perform accounting.check_transfer_lines(given);
    given := accounting.numbered_transfer(given);
    given.entry_id := gen_random_uuid();
    perform accounting.book_transfers(command, given, bank);
    perform accounting.match_transfers(command, given);
    update accounting.transfer_orders o
       set state = 'ordered', number = given.number, year = given.year, sequence = given.sequence,
           entry_id = given.entry_id, ordered_by = command.actor_login, ordered_at = now(), command_id = command.id,
           version = o.version + 1,
           payer = jsonb_build_object('code', bank.code, 'name', bank.name, 'bank', bank.bank, 'rib', bank.rib,
                                      'iban', bank.iban)
     where o.id = given.id
    returning o.* into given;
    return accounting.transfer_answer(given);
end $$;
comment on function accounting.order_transfers_v1(core.commands, jsonb) is
    'Handler: {order_id, version?, draft? (as save_transfer_order_v1, kept first)}: gives an order to the bank; it is numbered, '
    'posted, and its lines are matched. The same answer again for one that was given.';

-- What an entry did at the bank is nothing to the bank once it is reversed: both sides settle each other.
create or replace function accounting.clear_transfer(command core.commands, bank accounting.bank_accounts, entry uuid,
                                                     reversal uuid) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
begin
    perform accounting.reconcile_bank(command, bank, (
        select jsonb_agg(jsonb_build_object('entry_id', l.entry_id, 'line_no', l.line_no) order by l.entry_id, l.line_no)
          from accounting.bank_lines l
         where l.bank_account_id = bank.id and l.entry_id in (entry, reversal)), 'hand', null);
end $$;

create or replace function accounting.cancel_transfers_v1(command core.commands, payload jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    given accounting.transfer_orders := accounting.hold_transfer_order((payload ->> 'order_id')::uuid);
    why text := btrim(coalesce(payload ->> 'reason', ''));
    bank accounting.bank_accounts;
    reversed jsonb;
begin
    if given.state <> 'ordered' then
        perform core.refuse('accounting.transfer_order_not_given', jsonb_build_object('number', coalesce(given.number, '')));
    elsif why = '' then
        perform core.refuse('accounting.transfer_reason_missing', '{"field": "reason"}');
    end if;
    select * into bank from accounting.bank_accounts b where b.id = given.bank_account_id for no key update;
    if exists (select from accounting.bank_reconciled p where p.entry_id = given.entry_id and p.stands) then
        perform core.refuse('accounting.transfer_order_taken', jsonb_build_object('number', given.number));
    end if;
    update accounting.transfer_orders o
       set state = 'cancelled', cancelled_by = command.actor_login, cancelled_at = now(), cancel_reason = left(why, 500)
     where o.id = given.id
    returning o.* into given;
    reversed := accounting.reverse_entry_v1(command, jsonb_build_object(
        'entry_id', given.entry_id, 'on', given.dated_on, 'label', given.number || ' ' || why)) -> 'result';
    perform accounting.clear_transfer(command, bank, given.entry_id, (reversed ->> 'entry_id')::uuid);
    return accounting.transfer_answer(given);
end $$;
comment on function accounting.cancel_transfers_v1(core.commands, jsonb) is
    'Handler: {order_id, reason}: only while its period is open and the bank has not taken it; what it paid is open again.';

grant execute on function accounting.order_transfers_v1(core.commands, jsonb),
    accounting.cancel_transfers_v1(core.commands, jsonb) to core_owner;
insert into core.command_types (name, module, permission, is_fact, handler)
values ('accounting.order_transfers_v1', 'accounting', 'accounting.transfer.make', false, 'accounting.order_transfers_v1'),
       ('accounting.cancel_transfers_v1', 'accounting', 'accounting.transfer.make', false, 'accounting.cancel_transfers_v1')
    on conflict (name) do update set permission = excluded.permission, is_fact = excluded.is_fact,
                                     handler = excluded.handler;
