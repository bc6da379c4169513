-- accounting.post_entry_v1 and reverse_entry_v1: what a person books, through the gate, as requests.

create or replace function accounting.write_entry(entry accounting.entries, lines jsonb) returns jsonb
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
begin
    entry.number := accounting.next_number(entry.journal, entry.branch_id, extract(year from entry.dated_on)::integer);
    insert into accounting.entries (id, journal, branch_id, period_id, number, dated_on, label, document, command_id,
                                    posted_by, reverses_id, taxes)
    values (entry.id, entry.journal, entry.branch_id, entry.period_id, entry.number, entry.dated_on, entry.label,
            entry.document, entry.command_id, entry.posted_by, entry.reverses_id, coalesce(entry.taxes, '[]'));
    insert into accounting.entry_lines (entry_id, line_no, branch_id, period_id, dated_on, account_id, debit, credit,
                                        currency, rate, amount, label, cost_centre, party_id, due_on)
    select entry.id, l.line_no, entry.branch_id, entry.period_id, entry.dated_on, l.account_id, l.debit, l.credit,
           l.currency, l.rate, l.amount, l.label, l.cost_centre, l.party_id, l.due_on
      from accounting.lines_of(lines) l;
    insert into accounting.party_balances as b (party_id, role, balance)
    select l.party_id, r.role, sum(l.debit - l.credit)
      from accounting.entry_lines l
      join accounting.party_accounts() r on r.account_id = l.account_id
     where l.entry_id = entry.id and l.party_id is not null
     group by l.party_id, r.role order by l.party_id, r.role
    on conflict (party_id, role) do update set balance = b.balance + excluded.balance;
    return jsonb_build_object('entry_id', entry.id, 'number', entry.number, 'dated_on', entry.dated_on);
end $$;

drop function if exists accounting.book_entry(core.commands, jsonb);

-- An entry by hand, checked; the branch is one of whoever sends it. `taxes` is what it says of them, told by nobody outside.
create or replace function accounting.book_entry(command core.commands, wanted jsonb, taxes jsonb default '[]') returns jsonb
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    entry accounting.entries;
    known text;
begin
    entry.id := coalesce((wanted ->> 'id')::uuid, gen_random_uuid());
    entry.branch_id := coalesce((wanted ->> 'branch_id')::uuid, command.branch_id);
    entry.journal := wanted ->> 'journal';
    entry.dated_on := (wanted ->> 'on')::date;
    entry.label := btrim(coalesce(wanted ->> 'label', ''));
    entry.document := coalesce(wanted -> 'document', '{}');
    entry.taxes := taxes;
    entry.command_id := command.id;
    entry.posted_by := command.actor_login;
    if entry.branch_id is null or entry.branch_id <> all (core.branches()) then
        perform core.refuse('core.other_branch');
    end if;
    select e.number into known from accounting.entries e where e.id = entry.id;
    if known is not null then
        perform core.refuse('accounting.entry_posted_already', jsonb_build_object('number', known));
    end if;
    perform accounting.check_journal(entry.journal);
    if entry.label = '' then
        perform core.refuse('accounting.label_missing');
    end if;
    if entry.dated_on is null then
        perform core.refuse('accounting.day_missing');
    end if;
    perform accounting.check_lines(wanted -> 'lines');
    entry.period_id := accounting.check_day(entry.dated_on, command.actor_id);
    return accounting.write_entry(entry, wanted -> 'lines');
end $$;

create or replace function accounting.post_entry_v1(command core.commands, payload jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    posted jsonb;
begin
    posted := accounting.book_entry(command, payload - 'document');
    delete from accounting.entry_drafts d where d.id = (posted ->> 'entry_id')::uuid;
    return jsonb_build_object('result', posted);
end $$;
comment on function accounting.post_entry_v1(core.commands, jsonb) is
    'Handler: {id?, branch_id?, journal, on, label, lines: [{account, debit | credit, label?, currency?, rate?, amount?, '
    'cost_centre?, party_id?, due_on?}]}.';
grant execute on function accounting.post_entry_v1(core.commands, jsonb) to core_owner;

-- The mirror of lines, to be booked.
create or replace function accounting.mirror_of(entry uuid) returns jsonb
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select jsonb_agg(jsonb_build_object('account', a.code, 'debit', l.credit::text, 'credit', l.debit::text,
               'currency', l.currency, 'rate', l.rate::text, 'amount', l.amount::text, 'label', l.label,
               'cost_centre', l.cost_centre, 'party_id', l.party_id, 'due_on', l.due_on) order by l.line_no)
      from accounting.entry_lines l
      join accounting.accounts a on a.id = l.account_id
     where l.entry_id = entry
$$;

-- What a reversal takes back of the taxes of a document.
create or replace function accounting.negated_taxes(taxes jsonb) returns jsonb
    language sql immutable set search_path = pg_catalog, pg_temp
as $$
    select coalesce(jsonb_agg(t || jsonb_build_object('base', (-(t ->> 'base')::numeric)::text,
                                                      'value', (-(t ->> 'value')::numeric)::text)), '[]')
      from jsonb_array_elements(taxes) t
$$;

-- Without a wish: the entry's own day if it is open, else the first open one after it.
create or replace function accounting.reversal_day(entry accounting.entries, wanted date, who uuid)
    returns table (period_id uuid, dated_on date)
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
    if wanted < entry.dated_on then
        perform core.refuse('accounting.reversal_too_early', jsonb_build_object('date', entry.dated_on));
    elsif wanted is not null then
        return query select accounting.check_day(wanted, who), wanted;
    else
        return query select b.period_id, b.dated_on
                       from accounting.booking_day(greatest(entry.dated_on, accounting.locked_before(who)), true) b;
    end if;
end $$;

create or replace function accounting.reverse_entry_v1(command core.commands, payload jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    old_entry accounting.entries;
    entry accounting.entries;
    day record;
    known text;
    posted jsonb;
begin
    select * into old_entry from accounting.entries e
     where e.id = (payload ->> 'entry_id')::uuid and e.branch_id = any (core.branches());
    if old_entry.id is null then
        perform core.refuse('core.not_found');
    end if;
    if not exists (select from accounting.periods p where p.id = old_entry.period_id and p.kind = 'month') then
        perform core.refuse('accounting.entry_of_year', jsonb_build_object('number', old_entry.number));
    end if;
    perform accounting.check_journal(old_entry.journal);
    -- The series of its journal is locked, so that two who reverse it at once wait for each other.
    perform from accounting.series s
      where s.journal = old_entry.journal and s.branch_id = old_entry.branch_id order by s.year for no key update;
    select e.number into known from accounting.entries e where e.reverses_id = old_entry.id;
    if known is not null then
        perform core.refuse('accounting.entry_reversed_already', jsonb_build_object('number', known));
    end if;
    select * into day from accounting.reversal_day(old_entry, (payload ->> 'on')::date, command.actor_id);
    entry.id := coalesce((payload ->> 'id')::uuid, gen_random_uuid());
    entry.branch_id := old_entry.branch_id;
    entry.journal := old_entry.journal;
    entry.period_id := day.period_id;
    entry.dated_on := day.dated_on;
    entry.label := coalesce(nullif(btrim(payload ->> 'label'), ''), old_entry.label);
    entry.document := jsonb_build_object('module', 'accounting', 'kind', 'entry', 'id', old_entry.id,
                                         'number', old_entry.number);
    entry.command_id := command.id;
    entry.posted_by := command.actor_login;
    entry.reverses_id := old_entry.id;
    entry.taxes := accounting.negated_taxes(old_entry.taxes);
    posted := accounting.write_entry(entry, accounting.mirror_of(old_entry.id));
    perform accounting.match_reversal(command, old_entry.id, entry.id);
    return jsonb_build_object('result', posted || jsonb_build_object('reverses', old_entry.number, 'is_moved',
        payload ->> 'on' is null and day.dated_on <> old_entry.dated_on));
end $$;
comment on function accounting.reverse_entry_v1(core.commands, jsonb) is
    'Handler: {entry_id, on?, label?}. Without a day: its own if open, else the first open one after it.';
grant execute on function accounting.reverse_entry_v1(core.commands, jsonb) to core_owner;

insert into core.command_types (name, module, permission, is_fact, handler)
values ('accounting.post_entry_v1', 'accounting', 'accounting.entry.post', false, 'accounting.post_entry_v1'),
       ('accounting.reverse_entry_v1', 'accounting', 'accounting.entry.post', false, 'accounting.reverse_entry_v1')
    on conflict (name) do update set permission = excluded.permission, is_fact = excluded.is_fact,
                                     handler = excluded.handler;
