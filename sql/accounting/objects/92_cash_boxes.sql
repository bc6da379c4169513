-- Petty cash: boxes, small expenses, counts. Expenses and counts are requests at the gate, each with its entry.

create or replace function accounting.save_cash_box_v1(box jsonb) returns bigint
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    asked accounting.cash_boxes := jsonb_populate_record(null::accounting.cash_boxes, box);
    seen bigint := coalesce(asked.version, 0);
    known accounting.cash_boxes;
    kept bigint;
begin
    perform core.require('accounting.cash.edit');
    asked.code := upper(btrim(coalesce(asked.code, '')));
    asked.name := btrim(coalesce(asked.name, ''));
    if asked.branch_id is null or asked.branch_id <> all (core.branches()) then
        perform core.refuse('core.other_branch');
    elsif asked.name = '' or asked.code !~ '^[A-Z0-9-]{1,12}$' then
        perform core.refuse('accounting.cash_box_incomplete', jsonb_build_object(
            'field', case when asked.name = '' then 'name' else 'code' end));
    elsif accounting.is_amount(asked.ceiling) is not true then
        perform core.refuse('accounting.cash_box_incomplete', '{"field": "ceiling"}');
    end if;
    select a.id into asked.account_id from accounting.accounts a
     where a.code = box ->> 'account' and a.is_active and a.code like '5%' and accounting.child_of(a.code) is null
       and not exists (select from accounting.account_roles r where r.account_id = a.id)
       and not exists (select from accounting.bank_accounts b where b.account_id = a.id);
    if asked.account_id is null then
        perform core.refuse('accounting.cash_box_account', jsonb_build_object('field', 'account',
                                                                              'account', coalesce(box ->> 'account', '')));
    end if;
    select * into known from accounting.cash_boxes b where b.id = asked.id for no key update;
    if (known.account_id, known.branch_id) is distinct from (asked.account_id, asked.branch_id)
       and exists (select from accounting.cash_vouchers v where v.box_id = asked.id
                    union all select from accounting.internal_transfers t
                               where known.account_id in (t.account_id, t.to_account_id, t.received_account_id)) then
        perform core.refuse('accounting.cash_box_used', jsonb_build_object('field', 'account', 'box', known.code));
    end if;
    insert into accounting.cash_boxes as b (id, branch_id, code, name, name_ar, account_id, custodian, ceiling, is_active)
    values (asked.id, asked.branch_id, asked.code, asked.name, coalesce(asked.name_ar, ''), asked.account_id,
            btrim(coalesce(asked.custodian, '')), asked.ceiling, coalesce(asked.is_active, true))
    on conflict (id) do update
       set code = excluded.code, name = excluded.name, name_ar = excluded.name_ar, branch_id = excluded.branch_id,
           account_id = excluded.account_id, custodian = excluded.custodian, ceiling = excluded.ceiling,
           is_active = excluded.is_active, version = b.version + 1
     where b.version = seen
    returning b.version into kept;
    if kept is null or (kept = 1 and seen > 0) then
        perform core.refuse('core.stale_record');
    end if;
    return kept;
end $$;
comment on function accounting.save_cash_box_v1(jsonb) is
    'Keeps {id, version?, branch_id, code, name, name_ar?, account, custodian?, ceiling, is_active?}; account is a code of its own.';

create or replace function accounting.cash_box_balance(box accounting.cash_boxes, day date) returns numeric
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select coalesce(sum(l.debit - l.credit), 0)
      from accounting.entry_lines l
      join accounting.periods p on p.id = l.period_id and p.kind = 'month'
     where l.account_id = box.account_id and (day is null or coalesce(l.dated_on, p.starts_on) <= day)
$$;

-- Locked, so that nobody else takes from it until the end.
create or replace function accounting.lock_cash_box(wanted uuid) returns accounting.cash_boxes
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    box accounting.cash_boxes;
begin
    select * into box from accounting.cash_boxes b where b.id = wanted and b.branch_id = any (core.branches()) for no key update;
    if box.id is null then
        perform core.refuse('core.not_found');
    elsif not box.is_active then
        perform core.refuse('accounting.cash_box_inactive', jsonb_build_object('box', box.code));
    end if;
    return box;
end $$;

-- What is put into a box fills it up to its ceiling, not above; other accounts have none.
create or replace function accounting.check_box_ceiling(account uuid, amount numeric) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    box accounting.cash_boxes;
    room numeric;
begin
    select * into box from accounting.cash_boxes b where b.account_id = account for no key update;
    if box.id is null then
        return;
    end if;
    room := box.ceiling - accounting.cash_box_balance(box, null);
    if amount > room then
        perform core.refuse('accounting.cash_box_full', jsonb_build_object('field', 'amount',
            'box', box.code, 'ceiling', box.ceiling::text, 'room', greatest(room, 0)::text));
    end if;
end $$;

create or replace function accounting.book_cash(command core.commands, box accounting.cash_boxes, entry uuid, day date,
                                                label text, document jsonb, lines jsonb, taxes jsonb default '[]')
    returns jsonb
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    booked accounting.entries;
begin
    booked.id := entry;
    booked.branch_id := box.branch_id;
    booked.journal := 'CA';
    booked.dated_on := day;
    booked.period_id := accounting.check_day(day, command.actor_id);
    booked.label := label;
    booked.document := document;
    booked.taxes := taxes;
    booked.command_id := command.id;
    booked.posted_by := command.actor_login;
    perform accounting.check_lines(lines);
    return accounting.write_entry(booked, lines);
end $$;
grant execute on function accounting.save_cash_box_v1(jsonb) to accounting_app;
