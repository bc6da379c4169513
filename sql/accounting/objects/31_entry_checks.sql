-- What an entry by hand must be before it is booked; each refusal names its cure.

-- The first account beneath one; codes are digits, and a colon comes after them.
create or replace function accounting.account_beneath(wanted text) returns text
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select c.code from accounting.accounts c
     where c.code ~>~ wanted and c.code ~<~ (wanted || ':')
     order by c.code using ~<~
     limit 1
$$;

-- Accounts beneath it take the lines; one that the posting rules use takes lines itself.
create or replace function accounting.child_of(wanted text) returns text
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select accounting.account_beneath(wanted)
     where not exists (select from accounting.account_roles r join accounting.accounts a on a.id = r.account_id
                        where a.code = wanted)
$$;

create or replace function accounting.lines_of(lines jsonb)
    returns table (line_no integer, account text, account_id uuid, is_active boolean, debit numeric, credit numeric,
                   currency text, rate numeric, amount numeric, label text, cost_centre text, party_id uuid,
                   due_on date)
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select l.line_no::integer, l.line ->> 'account', a.id, a.is_active,
           coalesce((l.line ->> 'debit')::numeric, 0), coalesce((l.line ->> 'credit')::numeric, 0),
           coalesce(nullif(l.line ->> 'currency', ''), c.currency), coalesce((l.line ->> 'rate')::numeric, 1),
           coalesce((l.line ->> 'amount')::numeric,
                    coalesce((l.line ->> 'debit')::numeric, 0) + coalesce((l.line ->> 'credit')::numeric, 0)),
           coalesce(l.line ->> 'label', ''), nullif(l.line ->> 'cost_centre', ''), (l.line ->> 'party_id')::uuid,
           (l.line ->> 'due_on')::date
      from jsonb_array_elements(lines) with ordinality as l (line, line_no)
     cross join core.company c
      left join accounting.accounts a on a.code = l.line ->> 'account'
$$;

-- An amount that can be kept: above zero, in whole units of the company's currency.
create or replace function accounting.is_amount(value numeric) returns boolean
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select value > 0 and value < 1000000000000000 and round(value, core.decimals()) = value
$$;

create or replace function accounting.check_line(line record) returns void
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    company text := (select c.currency from core.company c);
    place jsonb := jsonb_build_object('line', line.line_no, 'account', line.account);
    value numeric := line.debit + line.credit;
begin
    if line.account_id is null then
        perform core.refuse('accounting.account_unknown', jsonb_build_object('account', coalesce(line.account, '')));
    elsif not line.is_active then
        perform core.refuse('accounting.account_inactive', place);
    elsif accounting.child_of(line.account) is not null then
        perform core.refuse('accounting.account_is_group', place || jsonb_build_object('child', accounting.child_of(line.account)));
    elsif (line.debit = 0) = (line.credit = 0) or not accounting.is_amount(value) then
        perform core.refuse('accounting.line_amount', place);
    elsif line.currency !~ '^[A-Z]{3}$' or not (line.rate > 0 and line.rate < 1000000000 and line.amount > 0)
       or round(line.amount * line.rate, core.decimals()) <> value
       or (line.currency = company and (line.rate, line.amount) is distinct from (1::numeric, value)) then
        perform core.refuse('accounting.line_rate', place || jsonb_build_object('currency', line.currency));
    elsif line.cost_centre is not null and not exists (
            select from accounting.cost_centres c where c.code = line.cost_centre and c.is_active) then
        perform core.refuse('accounting.cost_centre_unknown', jsonb_build_object('code', line.cost_centre));
    elsif line.party_id is not null and not exists (
            select from accounting.party_names p where p.party_id = line.party_id) then
        perform core.refuse('accounting.party_unknown', place);
    end if;
end $$;

create or replace function accounting.check_lines(lines jsonb) returns void
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    line record;
    sums record;
begin
    if jsonb_typeof(lines) is distinct from 'array' or jsonb_array_length(lines) < 2 then
        perform core.refuse('accounting.entry_empty');
    end if;
    for line in select * from accounting.lines_of(lines) l order by l.line_no loop
        perform accounting.check_line(line);
    end loop;
    select sum(l.debit) as debit, sum(l.credit) as credit into sums from accounting.lines_of(lines) l;
    if sums.debit <> sums.credit then
        perform core.refuse('accounting.entry_unbalanced', jsonb_build_object(
            'debit', sums.debit::text, 'credit', sums.credit::text, 'difference', abs(sums.debit - sums.credit)::text));
    end if;
end $$;

-- Where a person may write.
create or replace function accounting.check_journal(book text) returns void
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    found_book accounting.journals;
begin
    select * into found_book from accounting.journals j where j.code = book;
    if found_book.code is null or not found_book.is_active then
        perform core.refuse('accounting.journal_unknown', jsonb_build_object('journal', coalesce(book, '')));
    elsif not found_book.is_manual then
        perform core.refuse('accounting.journal_reserved', jsonb_build_object('journal', book));
    end if;
end $$;

-- The day as it is, where the period is open and not locked for who asks; never another day.
create or replace function accounting.check_day(wanted date, who uuid) returns uuid
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    found_period uuid;
    until date := accounting.locked_before(who);
begin
    select b.period_id into found_period from accounting.booking_day(wanted, false) b;
    if wanted < until then
        perform core.refuse('accounting.period_locked', jsonb_build_object('date', wanted, 'until', until));
    end if;
    return found_period;
end $$;
