-- What is spent from a cash box, and what a count finds in it.

-- An expense as it was typed; each refusal names the field that is wrong.
create or replace function accounting.voucher_typed(payload jsonb) returns accounting.cash_vouchers
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    made accounting.cash_vouchers;
    wrong text;
begin
    made.id := coalesce((payload ->> 'id')::uuid, gen_random_uuid());
    made.dated_on := (payload ->> 'on')::date;
    made.amount := (payload ->> 'amount')::numeric;
    made.tax_code := nullif(payload ->> 'tax_code', '');
    made.label := left(btrim(coalesce(payload ->> 'label', '')), 200);
    made.receipt := left(btrim(coalesce(payload ->> 'receipt', '')), 60);
    made.party_id := (payload ->> 'party_id')::uuid;
    select a.id into made.account_id from accounting.accounts a where a.code = payload ->> 'account';
    wrong := case when made.dated_on is null then 'on'
                  when accounting.is_amount(made.amount) is not true then 'amount'
                  when made.account_id is null then 'account'
                  when made.label = '' then 'label'
                  when made.party_id is null and made.account_id in (select p.account_id from accounting.party_accounts() p)
                       or made.party_id is not null and not exists (
                           select from accounting.party_names n where n.party_id = made.party_id) then 'party' end;
    if wrong is not null then
        perform core.refuse('accounting.voucher_incomplete', jsonb_build_object('field', wrong));
    elsif exists (select from accounting.cash_vouchers v where v.id = made.id) then
        perform core.refuse('accounting.voucher_known', jsonb_build_object('number',
            (select v.number from accounting.cash_vouchers v where v.id = made.id)));
    end if;
    return made;
end $$;

-- What of the amount is tax that can be deducted; a tax in the base of others is part of the price.
create or replace function accounting.voucher_tax(made accounting.cash_vouchers) returns numeric
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
    if made.tax_code is null then
        return 0;
    elsif accounting.plan_of(made.tax_code, made.dated_on) is null then
        perform core.refuse('accounting.voucher_tax', jsonb_build_object('field', 'tax_code', 'tax', made.tax_code,
                                                                         'date', made.dated_on));
    end if;
    return (select coalesce(sum((t ->> 'value')::numeric), 0)
              from jsonb_array_elements(accounting.deducted_in(made.tax_code, made.amount, made.dated_on)) t);
end $$;

-- Where the law of the day lets only so much be paid in cash to one supplier, who pays more is told.
create or replace function accounting.cash_warnings(made accounting.cash_vouchers) returns jsonb
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    law jsonb := accounting.law_v1('cash_limit', 'purchases', made.dated_on);
    first_day date := date_trunc('month', made.dated_on);
    paid record;
    flags jsonb := '[]';
begin
    if law is null then
        return flags;
    end if;
    select coalesce(sum(v.amount) filter (where v.dated_on = made.dated_on), 0) as day, coalesce(sum(v.amount), 0) as month
      into paid
      from accounting.cash_vouchers v
     where v.undone_at is null and v.dated_on >= first_day and v.dated_on < first_day + interval '1 month'
       and (v.id = made.id or v.party_id = made.party_id);
    if paid.day > (law ->> 'per_day')::numeric then
        flags := flags || core.flag('accounting.cash_above_day', jsonb_build_object('number', made.number,
            'amount', paid.day::text, 'limit', law ->> 'per_day', 'date', made.dated_on));
    end if;
    if paid.month > (law ->> 'per_month')::numeric then
        flags := flags || core.flag('accounting.cash_above_month', jsonb_build_object('number', made.number,
            'amount', paid.month::text, 'limit', law ->> 'per_month'));
    end if;
    return flags;
end $$;

create or replace function accounting.voucher_lines(made accounting.cash_vouchers, box accounting.cash_boxes) returns jsonb
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    expense jsonb := accounting.closing_line((select a.code from accounting.accounts a where a.id = made.account_id), made.net)
                     || jsonb_build_object('label', made.label);
begin
    -- A name on the line only where the account holds what single parties owe: else it would wait for a match.
    if made.account_id in (select p.account_id from accounting.party_accounts() p) then
        expense := expense || jsonb_build_object('party_id', made.party_id, 'due_on', made.dated_on);
    end if;
    return jsonb_build_array(expense)
           || case when made.tax = 0 then '[]'::jsonb
                   else jsonb_build_array(accounting.closing_line(accounting.role_account('tax_deductible', 'goods'), made.tax)) end
           || jsonb_build_array(accounting.closing_line(
                  (select a.code from accounting.accounts a where a.id = box.account_id), -made.amount));
end $$;

create or replace function accounting.spend_cash_v1(command core.commands, payload jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    made accounting.cash_vouchers := accounting.voucher_typed(payload);
    -- One voucher of a box after the other, so that their numbers have no gap.
    box accounting.cash_boxes := accounting.lock_cash_box((payload ->> 'box_id')::uuid);
    posted jsonb;
begin
    made.box_id := box.id;
    made.branch_id := box.branch_id;
    made.tax := accounting.voucher_tax(made);
    made.net := made.amount - made.tax;
    made.year := extract(year from made.dated_on);
    made.sequence := 1 + (select count(*) from accounting.cash_vouchers v where v.box_id = box.id and v.year = made.year);
    made.number := format('PC-%s-%s-%s', box.code, made.year,
                          lpad(made.sequence::text, greatest(6, length(made.sequence::text)), '0'));
    made.entry_id := gen_random_uuid();
    made.made_by := command.actor_login;
    made.made_at := now();
    made.command_id := command.id;
    insert into accounting.cash_vouchers select made.*;
    posted := accounting.book_cash(command, box, made.entry_id, made.dated_on,
        concat_ws(' ', made.number, made.label, nullif(made.receipt, '')),
        jsonb_build_object('module', 'accounting', 'kind', 'cash_voucher', 'id', made.id, 'number', made.number),
        accounting.voucher_lines(made, box),
        case when made.tax = 0 then '[]' else accounting.deducted_in(made.tax_code, made.amount, made.dated_on) end);
    return jsonb_build_object('result', jsonb_build_object('id', made.id, 'number', made.number, 'entry_id', made.entry_id,
        'entry', posted ->> 'number', 'tax', made.tax::text,
        'balance', accounting.cash_box_balance(box, null)::text), 'flags', accounting.cash_warnings(made));
end $$;
comment on function accounting.spend_cash_v1(core.commands, jsonb) is
    'Handler: {id?, box_id, on, amount (with tax), account, tax_code?, label, receipt?, party_id?}.';

create or replace function accounting.undo_voucher_v1(command core.commands, payload jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    known accounting.cash_vouchers;
    back jsonb;
begin
    select * into known from accounting.cash_vouchers v
     where v.id = (payload ->> 'id')::uuid and v.branch_id = any (core.branches()) for no key update;
    if known.id is null then
        perform core.refuse('core.not_found');
    elsif known.undone_at is not null then
        perform core.refuse('accounting.voucher_undone', jsonb_build_object('number', known.number));
    end if;
    perform from accounting.cash_boxes b where b.id = known.box_id for no key update;
    update accounting.cash_vouchers v set undone_at = now(), undone_by = command.actor_login where v.id = known.id;
    back := accounting.take_entry_back(command, known.entry_id);
    return jsonb_build_object('result', jsonb_build_object('number', known.number, 'entry', back ->> 'number'));
end $$;
comment on function accounting.undo_voucher_v1(core.commands, jsonb) is
    'Handler: {id}: reverses the entry of an expense, on its day or the first open one; its number stays used.';

create or replace function accounting.count_typed(payload jsonb) returns accounting.cash_counts
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    made accounting.cash_counts;
begin
    made.id := coalesce((payload ->> 'id')::uuid, gen_random_uuid());
    made.dated_on := (payload ->> 'on')::date;
    made.pieces := coalesce(payload -> 'pieces', '{}');
    made.note := left(btrim(coalesce(payload ->> 'note', '')), 500);
    if made.dated_on is null then
        perform core.refuse('accounting.day_missing');
    elsif exists (select from jsonb_each_text(made.pieces) p
                   where (accounting.is_amount(p.key::numeric) and p.value::numeric >= 0 and p.value::numeric < 1e9
                          and trunc(p.value::numeric) = p.value::numeric) is not true) then
        perform core.refuse('accounting.cash_count_pieces');
    end if;
    select coalesce(sum(p.key::numeric * p.value::numeric), 0) into made.counted from jsonb_each_text(made.pieces) p;
    return made;
end $$;

create or replace function accounting.count_cash_v1(command core.commands, payload jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    made accounting.cash_counts := accounting.count_typed(payload);
    box accounting.cash_boxes := accounting.lock_cash_box((payload ->> 'box_id')::uuid);
    account text := (select a.code from accounting.accounts a where a.id = box.account_id);
    posted jsonb;
    flags jsonb := '[]';
begin
    made.box_id := box.id;
    made.branch_id := box.branch_id;
    made.expected := accounting.cash_box_balance(box, made.dated_on);
    made.made_by := command.actor_login;
    made.made_at := now();
    made.command_id := command.id;
    if made.counted <> made.expected then
        made.entry_id := gen_random_uuid();
        posted := accounting.book_cash(command, box, made.entry_id, made.dated_on, concat_ws(' ', box.code, made.note),
            jsonb_build_object('module', 'accounting', 'kind', 'cash_count', 'id', made.id, 'number', box.code),
            jsonb_build_array(accounting.closing_line(account, made.counted - made.expected),
                accounting.closing_line(accounting.role_account('cash_difference', ''), made.expected - made.counted)));
        flags := core.flag('accounting.cash_count_differs', jsonb_build_object('box', box.code,
            'difference', (made.counted - made.expected)::text, 'date', made.dated_on));
    end if;
    insert into accounting.cash_counts select made.*;
    return jsonb_build_object('result', jsonb_build_object('id', made.id, 'counted', made.counted::text,
        'expected', made.expected::text, 'difference', (made.counted - made.expected)::text,
        'entry', posted ->> 'number'), 'flags', flags);
end $$;
comment on function accounting.count_cash_v1(core.commands, jsonb) is
    'Handler: {id?, box_id, on, pieces: {note or coin: how many}, note?}; what differs is booked to the account of differences.';

grant execute on function accounting.spend_cash_v1(core.commands, jsonb), accounting.undo_voucher_v1(core.commands, jsonb),
    accounting.count_cash_v1(core.commands, jsonb) to core_owner;
insert into core.command_types (name, module, permission, is_fact, handler)
values ('accounting.spend_cash_v1', 'accounting', 'accounting.cash.spend', false, 'accounting.spend_cash_v1'),
       ('accounting.undo_voucher_v1', 'accounting', 'accounting.cash.spend', false, 'accounting.undo_voucher_v1'),
       ('accounting.count_cash_v1', 'accounting', 'accounting.cash.spend', false, 'accounting.count_cash_v1')
    on conflict (name) do update set permission = excluded.permission, is_fact = excluded.is_fact,
                                     handler = excluded.handler;
