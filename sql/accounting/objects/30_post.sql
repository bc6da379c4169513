-- accounting.post_v1: the one way into the ledger.

-- The day and the month a document is booked in. A fact of a closed month goes to the next open day.
create or replace function accounting.booking_day(wanted date, is_fact boolean)
    returns table (period_id uuid, dated_on date, is_moved boolean)
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
    return query
        select p.id, greatest(wanted, p.starts_on), p.starts_on > wanted
          from accounting.periods p
         where p.state = 'open' and p.kind = 'month' and p.ends_on >= wanted and (is_fact or p.starts_on <= wanted)
         order by p.starts_on
         limit 1;
    if not found then
        perform core.refuse('accounting.period_closed', jsonb_build_object('date', wanted));
    end if;
end $$;

create or replace function accounting.next_number(journal text, branch uuid, year integer) returns text
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    place text;
    counted text;
begin
    update accounting.series s set last_number = s.last_number + 1
     where s.journal = next_number.journal and s.branch_id = branch and s.year = next_number.year
    returning s.last_number, (select b.code from core.branches b where b.id = branch) into counted, place;
    if not found then
        insert into accounting.series as s (journal, branch_id, year, last_number) values (journal, branch, year, 1)
        on conflict on constraint series_pkey do update set last_number = s.last_number + 1
        returning s.last_number, (select b.code from core.branches b where b.id = branch) into counted, place;
    end if;
    -- Six digits or as many as it takes: lpad alone would cut the millionth short.
    return format('%s-%s-%s-%s', journal, place, year, lpad(counted, greatest(6, length(counted)), '0'));
end $$;

-- The roles whose accounts hold what single parties owe or are owed: one account for all of them, a name on each line.
create or replace function accounting.party_roles() returns text[]
    language sql immutable parallel safe set search_path = pg_catalog, pg_temp
as $$
    select array['receivable', 'doubtful', 'customer_advances', 'bills_received',
                 'payable', 'supplier_advances', 'bills_payable']
$$;

-- What the party of an entry owes or is owed from now on.
create or replace function accounting.keep_party_balance(entry jsonb) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
begin
    insert into accounting.party_balances as b (party_id, role, balance)
    select (entry ->> 'party_id')::uuid, r.role, sum(case r.side when 'debit' then a.value else -a.value end)
      from jsonb_to_recordset(entry -> 'amounts') as a (amount text, value numeric)
      join accounting.posting_rules r on r.rule = entry ->> 'rule' and r.amount = a.amount
     where r.role = any (accounting.party_roles()) and a.value <> 0
     group by r.role order by r.role
    on conflict (party_id, role) do update set balance = b.balance + excluded.balance;
end $$;

-- What stands under an id already: the same answer to who posts the same again, a refusal to who posts another.
create or replace function accounting.posted_before(known accounting.entries, entry jsonb, book text) returns jsonb
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
    if (known.journal, known.branch_id, known.label, known.document)
           is distinct from (book, (entry ->> 'branch_id')::uuid, entry ->> 'label', entry -> 'document')
       or (select sum(l.amount) from accounting.entry_lines l where l.entry_id = known.id)
          is distinct from (select sum(abs(a.value)) from jsonb_to_recordset(entry -> 'amounts') as a (amount text, value numeric)
                              join accounting.posting_rules r on r.rule = entry ->> 'rule' and r.amount = a.amount) then
        perform core.refuse('accounting.entry_posted_already', jsonb_build_object('number', known.number));
    end if;
    return jsonb_build_object('entry_id', known.id, 'number', known.number, 'dated_on', known.dated_on, 'flags', '[]'::jsonb);
end $$;

create or replace function accounting.post_v1(entry jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    wanted_rule text := entry ->> 'rule';
    branch uuid := (entry ->> 'branch_id')::uuid;
    new_id uuid := (entry ->> 'id')::uuid;
    book text;
    known accounting.entries;
    day record;
    new_number text;
begin
    select r.journal into book from accounting.posting_rules r where r.rule = wanted_rule limit 1;
    if book is null then
        perform core.refuse('accounting.unknown_rule', jsonb_build_object('rule', wanted_rule));
    elsif branch is null or branch <> all (core.branches()) then
        perform core.refuse('core.other_branch');
    end if;
    select * into known from accounting.entries e where e.id = new_id;
    if known.id is not null then
        return accounting.posted_before(known, entry, book);
    end if;
    select * into day
      from accounting.booking_day((entry ->> 'on')::date, coalesce((entry ->> 'is_fact')::boolean, false));
    new_number := accounting.next_number(book, branch, extract(year from day.dated_on)::integer);
    insert into accounting.entries (id, journal, branch_id, period_id, number, dated_on, label, document, command_id,
                                    posted_by, taxes)
    values (new_id, book, branch, day.period_id, new_number, day.dated_on, entry ->> 'label', entry -> 'document',
            (entry ->> 'command_id')::uuid, coalesce(entry ->> 'by', session_user::text),
            jsonb_path_query_array(entry -> 'amounts', '$[*] ? (@.amount == "tax" || @.amount == "tax_waiting")'));
    insert into accounting.entry_lines (entry_id, line_no, branch_id, period_id, dated_on, account_id, debit, credit,
                                        currency, amount, label, party_id, due_on)
    select new_id, row_number() over (order by r.line_no, a.qualifier), branch, day.period_id, day.dated_on,
           coalesce(exact.account_id, fallback.account_id),
           case when (r.side = 'debit') = (a.value > 0) then abs(a.value) else 0 end,
           case when (r.side = 'debit') = (a.value > 0) then 0 else abs(a.value) end,
           entry ->> 'currency', abs(a.value), coalesce(a.qualifier, ''),
           case when r.role = any (accounting.party_roles()) then (entry ->> 'party_id')::uuid end,
           case when r.role = any (accounting.party_roles()) then (entry ->> 'due_on')::date end
      from jsonb_to_recordset(entry -> 'amounts') as a (amount text, qualifier text, value numeric)
      join accounting.posting_rules r on r.rule = wanted_rule and r.amount = a.amount
      left join accounting.account_roles exact on exact.role = r.role and exact.qualifier = a.qualifier
      left join accounting.account_roles fallback on fallback.role = r.role and fallback.qualifier = ''
     where a.value <> 0;
    if entry ->> 'party_id' is not null then
        perform accounting.keep_party_balance(entry);
    end if;
    return jsonb_build_object('entry_id', new_id, 'number', new_number, 'dated_on', day.dated_on, 'flags',
        case when day.is_moved then core.flag('accounting.period_closed', jsonb_build_object('date', entry ->> 'on'))
             else '[]'::jsonb end);
end $$;
comment on function accounting.post_v1(jsonb) is
    'Posts {id, rule, branch_id, on, label, document, command_id, by, currency, is_fact, party_id?, due_on?, '
    'amounts: [{amount, qualifier, value}]}. Answers {entry_id, number, dated_on, flags}; the same again for the same id.';

grant usage on schema accounting to inventory_owner, till_owner, parties_owner, parties_app, sales_owner;
grant execute on function accounting.post_v1(jsonb) to inventory_owner, till_owner, sales_owner;

-- Told by parties whenever a name is new or another.
create or replace function accounting.name_party_v1(party uuid, name text, name_ar text) returns void
    language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
    insert into accounting.party_names as n (party_id, name, name_ar) values (party, name, coalesce(name_ar, ''))
    on conflict (party_id) do update set name = excluded.name, name_ar = excluded.name_ar
     where (n.name, n.name_ar) is distinct from (excluded.name, excluded.name_ar)
$$;
comment on function accounting.name_party_v1(uuid, text, text) is 'What a party is called in the ledger from now on.';
grant execute on function accounting.name_party_v1(uuid, text, text) to parties_owner;
