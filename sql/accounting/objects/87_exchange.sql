-- Lines in a currency: what is open of them, and the gain or loss when they settle each other at different rates.

call core.keep_to_owner('accounting.settlements'::regclass);
create policy readers on accounting.settlements for select to accounting_app
    using (branch_id = any ((select core.branches())::uuid[]) or credit_branch_id = any ((select core.branches())::uuid[]));
comment on table accounting.settlements is 'no-audit: append-only, with author; undone once, by whom and when';
grant select on accounting.settlements to accounting_app;

-- What was settled never changes but for being taken back, once.
create or replace trigger settlements_stay before update or delete on accounting.settlements
    for each row execute function accounting.check_undone_once();
create or replace trigger settlements_never_emptied before truncate on accounting.settlements
    for each statement execute function core.forbid();

-- At the end of a day: what is open in the currency and what that was worth when it was booked, debits positive. What was
-- matched without saying how much of the currency it settles counts in proportion.
create or replace function accounting.open_currency_on(day date)
    returns table (entry_id uuid, line_no integer, branch_id uuid, account_id uuid, party_id uuid, dated_on date, due_on date,
                   number text, document jsonb, label text, currency text, rate numeric, open numeric, value numeric)
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    with settled as (
        select x.entry_id, x.line_no, sum(s.amount) as amount, sum(x.value) as value
          from accounting.settlements s
         cross join lateral (values (s.debit_entry, s.debit_line, s.debit_value),
                                    (s.credit_entry, s.credit_line, s.credit_value)) x (entry_id, line_no, value)
         where s.undone_at is null and s.settled_on <= day
         group by x.entry_id, x.line_no),
    lines as (
        select o.*, l.rate, l.amount - coalesce(s.amount, 0) as rest, abs(o.amount) - coalesce(s.value, 0) as worth
          from accounting.open_lines_on(day) o
          join accounting.entry_lines l using (entry_id, line_no)
          left join settled s using (entry_id, line_no)
         where o.currency <> (select c.currency from core.company c))
    select l.entry_id, l.line_no, l.branch_id, l.account_id, l.party_id, l.dated_on, l.due_on, l.number, l.document, l.label,
           l.currency, l.rate,
           sign(l.open) * case when abs(l.open) = l.worth then l.rest
                               else round(l.rest * abs(l.open) / l.worth, core.decimals_of(l.currency)) end, l.open
      from lines l
$$;
comment on function accounting.open_currency_on(date) is
    'Open lines in another currency at the end of a day: open in the currency, value in the company''s, debits positive.';

create or replace function accounting.open_currency_v1(day date)
    returns table (entry_id uuid, line_no integer, account text, party_id uuid, party text, party_ar text, dated_on date,
                   due_on date, number text, label text, branch text, currency text, rate numeric, open numeric, value numeric,
                   home text)
    language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select o.entry_id, o.line_no, a.code, o.party_id, coalesce(p.name, ''), coalesce(p.name_ar, ''), o.dated_on, o.due_on,
           o.number, o.label, b.code, o.currency, o.rate, o.open, o.value, (select c.currency from core.company c)
      from accounting.open_currency_on(coalesce(day, 'infinity')) o
      join accounting.accounts a on a.id = o.account_id
      join core.branches b on b.id = o.branch_id
      left join accounting.party_names p on p.party_id = o.party_id
     where (select core.may('accounting.ledger.view'))
$$;
comment on function accounting.open_currency_v1(date) is
    'Open lines in other currencies, now or at the end of a day: open in the currency, value in the company''s, debits positive.';
grant execute on function accounting.open_currency_v1(date) to accounting_app;

-- What a part of an open line was worth: all of it for all, else its share; never nothing, never all for a part.
create or replace function accounting.worth_of_part(part numeric, open numeric, value numeric) returns numeric
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    worth numeric := round(abs(value) * part / abs(open), core.decimals());
begin
    if part = abs(open) then
        return abs(value);
    elsif worth <= 0 or worth >= abs(value) then
        perform core.refuse('accounting.settle_too_small', jsonb_build_object('amount', part::text));
    end if;
    return worth;
end $$;

create or replace function accounting.exchange_difference_v1(debit_entry uuid, debit_line integer, credit_entry uuid,
                                                            credit_line integer, part numeric default null)
    returns table (currency text, amount numeric, debit_value numeric, credit_value numeric, difference numeric)
    language plpgsql stable security definer rows 1 set search_path = pg_catalog, pg_temp
as $$
declare
    debit record;
    credit record;
begin
    select * into debit from accounting.open_currency_on('infinity') o where o.entry_id = debit_entry and o.line_no = debit_line;
    select * into credit from accounting.open_currency_on('infinity') o where o.entry_id = credit_entry and o.line_no = credit_line;
    if debit.open is null or credit.open is null then
        perform core.refuse('accounting.match_line_unknown');
    elsif (debit.currency, debit.account_id, debit.party_id) is distinct from (credit.currency, credit.account_id, credit.party_id)
       or not (debit.open > 0 and credit.open < 0) then
        perform core.refuse('accounting.settle_mixed');
    end if;
    currency := debit.currency;
    amount := coalesce(part, least(debit.open, -credit.open));
    if not (amount > 0 and amount <= least(debit.open, -credit.open)
            and round(amount, core.decimals_of(debit.currency)) = amount) then
        perform core.refuse('accounting.settle_too_much', jsonb_build_object(
            'amount', amount::text, 'open', least(debit.open, -credit.open)::text, 'currency', debit.currency));
    end if;
    debit_value := accounting.worth_of_part(amount, debit.open, debit.value);
    credit_value := accounting.worth_of_part(amount, credit.open, credit.value);
    difference := credit_value - debit_value;
    return next;
end $$;
comment on function accounting.exchange_difference_v1(uuid, integer, uuid, integer, numeric) is
    'What a debit and a credit of one party in one currency are worth as far as they settle each other (part: in the currency, '
    'else all that both have open), in the company''s; a gain is positive. Changes nothing: accounting.settle_v1 posts it.';
grant execute on function accounting.exchange_difference_v1(uuid, integer, uuid, integer, numeric) to accounting_app;

-- Books the gain or loss on the account of the lines; returns its line, to be matched with the side that was worth more.
create or replace function accounting.post_exchange(command core.commands, settled accounting.settlements, wanted jsonb)
    returns accounting.entries language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    gain numeric := settled.credit_value - settled.debit_value;
    line accounting.entry_lines;
    entry accounting.entries;
    other text;
begin
    select l.* into line from accounting.entry_lines l
     where (l.entry_id, l.line_no) = case when gain > 0 then row(settled.credit_entry, settled.credit_line)
                                          else row(settled.debit_entry, settled.debit_line) end;
    entry.id := gen_random_uuid();
    entry.branch_id := line.branch_id;
    entry.journal := 'OD';
    if wanted ->> 'on' is null then
        select b.period_id, b.dated_on into entry.period_id, entry.dated_on
          from accounting.booking_day(greatest(settled.settled_on, accounting.locked_before(command.actor_id)), true) b;
    else
        entry.dated_on := settled.settled_on;
        entry.period_id := accounting.check_day(entry.dated_on, command.actor_id);
    end if;
    other := accounting.role_account(case when gain > 0 then 'exchange_gain' else 'exchange_loss' end, '');
    entry.label := coalesce(nullif(btrim(wanted ->> 'label'), ''),
                            (select e.label from accounting.entries e where e.id = line.entry_id));
    entry.document := jsonb_build_object('module', 'accounting', 'kind', 'settlement', 'id', settled.id, 'number',
                                         (select e.number from accounting.entries e where e.id = settled.credit_entry));
    entry.command_id := command.id;
    entry.posted_by := command.actor_login;
    perform accounting.write_entry(entry, jsonb_build_array(
        accounting.closing_line((select a.code from accounting.accounts a where a.id = line.account_id), gain)
            || jsonb_build_object('party_id', line.party_id),
        accounting.closing_line(other, -gain)));
    return entry;
end $$;

-- One debit and one credit, as far as `part` of the currency goes.
create or replace function accounting.settle_pair(command core.commands, debit accounting.currency_item,
                                                  credit accounting.currency_item, part numeric, wanted jsonb)
    returns accounting.settlements language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    settled accounting.settlements;
    entry accounting.entries;
    pairs accounting.match_pair[];
    worth record;
    day date := greatest(debit.dated_on, credit.dated_on, (wanted ->> 'on')::date);
begin
    select * into worth from accounting.exchange_difference_v1(debit.entry_id, debit.line_no, credit.entry_id, credit.line_no, part);
    settled := row(gen_random_uuid(), debit.branch_id, credit.branch_id, debit.currency, debit.entry_id, debit.line_no, credit.entry_id,
                   credit.line_no, part, worth.debit_value, worth.credit_value, day, null, command.actor_login, now(), null, null);
    if worth.difference <> 0 then
        entry := accounting.post_exchange(command, settled, wanted);
        settled.entry_id := entry.id;
        settled.settled_on := entry.dated_on;
        pairs := array[case when worth.difference > 0
            then row(debit.account_id, debit.party_id, entry.id, 1, entry.branch_id, credit.entry_id, credit.line_no,
                     credit.branch_id, worth.difference, settled.settled_on, '1', 'document', '')::accounting.match_pair
            else row(debit.account_id, debit.party_id, debit.entry_id, debit.line_no, debit.branch_id, entry.id, 1,
                     entry.branch_id, -worth.difference, settled.settled_on, '1', 'document', '')::accounting.match_pair end];
    end if;
    pairs := pairs || row(debit.account_id, debit.party_id, debit.entry_id, debit.line_no, debit.branch_id, credit.entry_id,
                          credit.line_no, credit.branch_id, least(worth.debit_value, worth.credit_value), settled.settled_on,
                          '1', 'document', '')::accounting.match_pair;
    perform accounting.write_matches(pairs, command, settled.id);
    insert into accounting.settlements select (settled).*;
    return settled;
end $$;

-- The lines that are to settle each other, with how much of each, in the currency; the oldest first.
create or replace function accounting.lines_to_settle(lines jsonb) returns setof accounting.currency_item
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select w.entry_id, w.line_no, o.branch_id, o.account_id, o.party_id, o.dated_on, o.number, o.currency, o.open,
           coalesce(w.amount, abs(o.open))
      from jsonb_to_recordset(lines) as w (entry_id uuid, line_no integer, amount numeric)
      left join accounting.open_currency_on('infinity') o using (entry_id, line_no)
     order by o.due_on, o.dated_on, w.entry_id, w.line_no
$$;

create or replace function accounting.check_settled(lines jsonb) returns void
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    wrong record;
    sides record;
begin
    select count(distinct (l.account_id, l.party_id, l.currency)) as kinds, count(l.currency) < count(*) as is_own,
           count(*) > count(distinct (l.entry_id, l.line_no)) as is_twice, count(distinct sign(l.open)) as sides
      into sides from accounting.lines_to_settle(lines) l;
    if sides.is_own or sides.is_twice or sides.kinds > 1 then
        perform core.refuse('accounting.settle_mixed');
    elsif sides.sides is distinct from 2 then
        perform core.refuse('accounting.match_one_sided');
    end if;
    select * into wrong from accounting.lines_to_settle(lines) l
     where not (l.wanted > 0 and l.wanted <= abs(l.open) and round(l.wanted, core.decimals_of(l.currency)) = l.wanted) limit 1;
    if found then
        perform core.refuse('accounting.settle_too_much', jsonb_build_object(
            'amount', wrong.wanted::text, 'open', abs(wrong.open)::text, 'currency', wrong.currency));
    end if;
end $$;

create or replace function accounting.settle_v1(command core.commands, payload jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    debits accounting.currency_item[];
    credits accounting.currency_item[];
    part numeric;
    settled accounting.settlements;
    gain numeric := 0;
    entries jsonb := '[]';
begin
    -- Numbers are counted before letters are held, as reversals and payments do.
    perform from accounting.series s
      where s.journal = 'OD' and s.branch_id = any (core.branches()) order by s.branch_id, s.year for no key update;
    perform accounting.items_of((select jsonb_agg(l - 'amount') from jsonb_array_elements(payload -> 'lines') l));
    perform accounting.check_settled(payload -> 'lines');
    debits := array(select l from accounting.lines_to_settle(payload -> 'lines') l where l.open > 0);
    credits := array(select l from accounting.lines_to_settle(payload -> 'lines') l where l.open < 0);
    for d in 1 .. cardinality(debits) loop
        for c in 1 .. cardinality(credits) loop
            part := least(debits[d].wanted, credits[c].wanted);
            continue when part = 0;
            settled := accounting.settle_pair(command, debits[d], credits[c], part, payload);
            debits[d].wanted := debits[d].wanted - part;
            credits[c].wanted := credits[c].wanted - part;
            gain := gain + settled.credit_value - settled.debit_value;
            entries := entries || case when settled.entry_id is null then '[]'::jsonb else to_jsonb(settled.entry_id) end;
        end loop;
    end loop;
    return jsonb_build_object('result', jsonb_build_object(
        'letter', accounting.letter_of(settled.debit_entry, settled.debit_line), 'difference', gain::text,
        'entries', entries, 'settlement_id', settled.id));
end $$;
comment on function accounting.settle_v1(core.commands, jsonb) is
    'Handler: {lines: [{entry_id, line_no, amount? (in the currency, else all that is open)}], on?, label?}: lines of one party '
    'in one currency settle each other; what they were worth differently is gain or loss.';
grant execute on function accounting.settle_v1(core.commands, jsonb) to core_owner;

-- Lines that were all agreed in one other currency settle each other in it.
create or replace function accounting.is_in_currency(payload jsonb) returns boolean
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select coalesce(count(distinct l.currency) = 1 and count(l.currency) = count(*) and count(distinct sign(l.amount)) = 2
                    and bool_and(l.currency <> (select c.currency from core.company c))
                    and bool_and(w.amount is null), false) and not coalesce((payload ->> 'write_off')::boolean, false)
      from jsonb_to_recordset(payload -> 'lines') as w (entry_id uuid, line_no integer, amount numeric)
      left join accounting.matching_lines l using (entry_id, line_no)
$$;

insert into core.command_types (name, module, permission, is_fact, handler)
values ('accounting.settle_v1', 'accounting', 'accounting.ledger.match', false, 'accounting.settle_v1')
    on conflict (name) do update set permission = excluded.permission, is_fact = excluded.is_fact,
                                     handler = excluded.handler;
