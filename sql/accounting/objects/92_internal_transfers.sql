-- Sending an internal transfer: a request at the gate, with its entry.

-- Where a branch keeps money in the company's currency: its tills, its cash boxes, its accounts at banks.
create or replace function accounting.money_places(branch uuid)
    returns table (account_id uuid, code text, name text, name_ar text, kind text, journal text)
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select a.id, a.code, b.name, b.name_ar, 'bank', b.journal
      from accounting.bank_accounts b
      join accounting.accounts a on a.id = b.account_id and a.is_active
     where b.branch_id = branch and b.is_active and b.currency = (select c.currency from core.company c)
     union all
    select a.id, a.code, b.name, b.name_ar, 'box', 'CA'
      from accounting.cash_boxes b
      join accounting.accounts a on a.id = b.account_id and a.is_active
     where b.branch_id = branch and b.is_active
     union all
    select a.id, a.code, a.name, a.name_ar, r.role, case r.role when 'cash' then 'CA' else 'BQ' end
      from (select distinct k.role, k.account_id from accounting.account_roles k where k.role in ('cash', 'bank')) r
      join accounting.accounts a on a.id = r.account_id and a.is_active
     where not exists (select from accounting.bank_accounts b where b.account_id = a.id)
$$;

create or replace function accounting.money_place(branch uuid, wanted text, out account_id uuid, out code text,
                                                  out kind text, out journal text)
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
    select p.account_id, p.code, p.kind, p.journal into account_id, code, kind, journal
      from accounting.money_places(branch) p where p.code = wanted;
    if account_id is null then
        perform core.refuse('accounting.transfer_place', jsonb_build_object('account', coalesce(wanted, '')));
    end if;
end $$;

-- A cash box is locked before the series of the journal, as by whoever spends from it.
create or replace function accounting.hold_cash_box(account uuid) returns void
    language sql volatile set search_path = pg_catalog, pg_temp
as $$
    select from accounting.cash_boxes b where b.account_id = account for no key update
$$;

-- Within a branch it is on its way between two of its own accounts; between branches one owes it to the other.
create or replace function accounting.transfer_transit(is_within boolean) returns text
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select case when is_within then accounting.role_account('suspense', 'transfer')
                else accounting.role_account('branch_liaison', '') end
$$;

create or replace function accounting.book_transfer(command core.commands, held accounting.internal_transfers, entry uuid,
                                                    branch uuid, journal text, day date, lines jsonb) returns jsonb
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    booked accounting.entries;
begin
    booked.id := entry;
    booked.branch_id := branch;
    booked.journal := journal;
    booked.dated_on := day;
    booked.period_id := accounting.check_day(day, command.actor_id);
    booked.label := concat_ws(' ', held.number, nullif(held.reference, ''), nullif(held.reason, ''));
    booked.document := jsonb_build_object('module', 'accounting', 'kind', 'transfer', 'id', held.id, 'number', held.number);
    booked.command_id := command.id;
    booked.posted_by := command.actor_login;
    perform accounting.check_lines(lines);
    return accounting.write_entry(booked, lines);
end $$;

-- A transfer as it was typed; each refusal names what is wrong.
create or replace function accounting.transfer_typed(command core.commands, payload jsonb) returns accounting.internal_transfers
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    sent accounting.internal_transfers;
    known text;
begin
    sent.id := coalesce((payload ->> 'id')::uuid, gen_random_uuid());
    sent.branch_id := coalesce((payload ->> 'branch_id')::uuid, command.branch_id);
    sent.to_branch_id := coalesce((payload ->> 'to_branch_id')::uuid, sent.branch_id);
    sent.dated_on := (payload ->> 'on')::date;
    sent.amount := (payload ->> 'amount')::numeric;
    sent.reference := left(btrim(coalesce(payload ->> 'reference', '')), 100);
    sent.reason := left(btrim(coalesce(payload ->> 'reason', '')), 200);
    sent.note := '';
    sent.state := 'waiting';
    select t.number into known from accounting.internal_transfers t where t.id = sent.id;
    if known is not null then
        perform core.refuse('accounting.transfer_known', jsonb_build_object('number', known));
    elsif sent.branch_id is null or sent.branch_id <> all (core.branches())
       or not exists (select from core.branches b where b.id = sent.to_branch_id) then
        perform core.refuse('core.other_branch');
    elsif sent.dated_on is null then
        perform core.refuse('accounting.day_missing');
    elsif accounting.is_amount(sent.amount) is not true then
        perform core.refuse('accounting.transfer_amount', '{"field": "amount"}');
    end if;
    return sent;
end $$;

create or replace function accounting.send_transfer_v1(command core.commands, payload jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    sent accounting.internal_transfers := accounting.transfer_typed(command, payload);
    place record := accounting.money_place(sent.branch_id, payload ->> 'account');
    transit text := accounting.transfer_transit(sent.branch_id = sent.to_branch_id);
    target text := nullif(payload ->> 'to_account', '');
    goal record;
    posted jsonb;
begin
    perform accounting.hold_cash_box(place.account_id);
    sent.account_id := place.account_id;
    if target is not null or sent.branch_id = sent.to_branch_id then
        goal := accounting.money_place(sent.to_branch_id, target);
        sent.to_account_id := goal.account_id;
    end if;
    if sent.branch_id = sent.to_branch_id and sent.to_account_id = sent.account_id then
        perform core.refuse('accounting.transfer_to_itself', '{"field": "to_account"}');
    end if;
    -- The money fits into the box that it goes to; asked again when it arrives.
    perform accounting.check_box_ceiling(sent.to_account_id, sent.amount);
    select a.id into sent.transit_id from accounting.accounts a where a.code = transit;
    -- One transfer of a branch after the other, so that their numbers have no gap.
    perform pg_advisory_xact_lock(hashtextextended('accounting.internal_transfers' || sent.branch_id, 0));
    sent.year := extract(year from sent.dated_on);
    sent.sequence := 1 + (select count(*) from accounting.internal_transfers t
                           where t.branch_id = sent.branch_id and t.year = sent.year);
    sent.number := format('VI-%s-%s-%s', (select b.code from core.branches b where b.id = sent.branch_id), sent.year,
                          lpad(sent.sequence::text, greatest(6, length(sent.sequence::text)), '0'));
    sent.entry_id := gen_random_uuid();
    sent.sent_by := command.actor_login;
    sent.sent_at := now();
    sent.command_id := command.id;
    insert into accounting.internal_transfers select sent.*;
    posted := accounting.book_transfer(command, sent, sent.entry_id, sent.branch_id, place.journal, sent.dated_on,
        jsonb_build_array(accounting.closing_line(transit, sent.amount), accounting.closing_line(place.code, -sent.amount)));
    if sent.branch_id <> sent.to_branch_id then
        perform core.publish_v1('accounting.transfer_sent', jsonb_build_object('branch_id', sent.to_branch_id,
            'transfer_id', sent.id, 'number', sent.number));
    end if;
    return jsonb_build_object('result', jsonb_build_object('id', sent.id, 'number', sent.number, 'entry_id', sent.entry_id,
                                                           'entry', posted ->> 'number'));
end $$;
comment on function accounting.send_transfer_v1(core.commands, jsonb) is
    'Handler: {id?, branch_id?, on, account, to_branch_id?, to_account? (needed within a branch; else whoever receives says), '
    'amount, reference?, reason?}; accounts are codes.';

-- The transfer, locked until the end; what a till sent is written down as one.
create or replace function accounting.lock_transfer(wanted uuid) returns accounting.internal_transfers
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    held accounting.internal_transfers;
begin
    insert into accounting.internal_transfers
           (id, branch_id, to_branch_id, number, account_id, transit_id, dated_on, amount, entry_id, sent_by, sent_at, command_id)
    select t.id, t.branch_id, t.branch_id, t.number, t.account_id, t.transit_id, t.dated_on, t.amount, t.id, t.sent_by,
           t.sent_at, t.command_id
      from accounting.till_transfers t
     where t.id = wanted and t.branch_id = any (core.branches())
    on conflict do nothing;
    select * into held from accounting.internal_transfers t
     where t.id = wanted and (t.branch_id = any (core.branches()) or t.to_branch_id = any (core.branches()))
       for no key update;
    if held.id is null then
        perform core.refuse('core.not_found');
    end if;
    return held;
end $$;

create or replace function accounting.check_transfer_waits(held accounting.internal_transfers, branch uuid) returns void
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
    if branch <> all (core.branches()) then
        perform core.refuse('accounting.transfer_of_other', jsonb_build_object('number', held.number));
    elsif held.state <> 'waiting' then
        perform core.refuse('accounting.transfer_not_waiting', jsonb_build_object('number', held.number, 'state', held.state));
    end if;
end $$;

-- Both lines on the account of what is on its way are one letter, where both are of one branch.
create or replace function accounting.match_transfer(command core.commands, held accounting.internal_transfers, receipt uuid)
    returns void language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    items accounting.match_item[];
begin
    perform accounting.hold_letters(held.transit_id, null);
    items := array(select row(l.entry_id, l.line_no, l.branch_id, l.account_id, l.party_id, l.dated_on, l.due_on, l.open,
                              E'\n' || held.number)::accounting.match_item
                     from accounting.matching_lines l
                    where l.account_id = held.transit_id and l.entry_id in (held.entry_id, receipt) and l.open <> 0);
    perform accounting.write_matches(accounting.pair_items(items, 'reference'), command, null);
end $$;
