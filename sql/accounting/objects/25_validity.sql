-- Dated values: no two of one tax or rule on the same day, and none that a till could not read.

-- Who writes a value of this key next waits, and then sees it.
create or replace function accounting.lock_validity(key text) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
begin
    -- In a snapshot of earlier, what the one before has written would stay unseen.
    if current_setting('transaction_isolation') = 'repeatable read' then
        raise exception using errcode = 'invalid_transaction_state',
            message = 'values of the law are written in read committed or serializable transactions';
    end if;
    perform pg_advisory_xact_lock(hashtextextended('accounting/' || key, 0));
end $$;

create or replace function accounting.refuse_overlap(code text, since date, until date) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
begin
    perform core.refuse('accounting.validity_overlaps', jsonb_build_object(
        'field', 'valid_from', 'code', code, 'since', to_char(since, 'DD/MM/YYYY'),
        'until', coalesce(to_char(until, 'DD/MM/YYYY'), '…')));
end $$;

-- After, not before: what `on conflict do nothing` leaves out overlaps with nothing.
create or replace function accounting.keep_rates_apart() returns trigger
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    other record;
begin
    perform accounting.lock_validity('tax/' || new.tax_code);
    select r.valid_from, r.valid_to into other
      from accounting.tax_rates r
     where r.tax_code = new.tax_code and r.valid_from <> new.valid_from
       and daterange(r.valid_from, r.valid_to, '[]') && daterange(new.valid_from, new.valid_to, '[]')
     order by r.valid_from limit 1;
    if found then
        perform accounting.refuse_overlap(new.tax_code, other.valid_from, other.valid_to);
    end if;
    return null;
end $$;
create or replace trigger keep_apart after insert or update on accounting.tax_rates
    for each row execute function accounting.keep_rates_apart();

create or replace function accounting.keep_laws_apart() returns trigger
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    other record;
begin
    perform accounting.lock_validity(new.kind || '/' || new.code);
    select v.valid_from, v.valid_to into other
      from accounting.law_values v
     where v.kind = new.kind and v.code = new.code and v.id <> new.id
       and daterange(v.valid_from, v.valid_to, '[]') && daterange(new.valid_from, new.valid_to, '[]')
     order by v.valid_from limit 1;
    if found then
        perform accounting.refuse_overlap(new.code, other.valid_from, other.valid_to);
    end if;
    return null;
end $$;
create or replace trigger keep_apart after insert or update on accounting.law_values
    for each row execute function accounting.keep_laws_apart();

create or replace function accounting.is_amount(value jsonb) returns boolean
    language plpgsql immutable set search_path = pg_catalog, pg_temp
as $$
begin
    return coalesce(jsonb_typeof(value) = 'string' and value #>> '{}' ~ '^[0-9]{1,12}([.][0-9]{1,6})?$', false);
end $$;

-- Brackets rise, and the last is open at its end: there is one for every amount.
create or replace function accounting.are_brackets(brackets jsonb) returns boolean
    language plpgsql immutable set search_path = pg_catalog, pg_temp
as $$
declare
    last integer;
    below numeric := 0;
begin
    if jsonb_typeof(brackets) is distinct from 'array' or brackets = '[]' then
        return false;
    end if;
    last := jsonb_array_length(brackets) - 1;
    for place in 0 .. last loop
        if not accounting.is_amount(brackets -> place -> 'per_slice')
           or (place = last) <> (brackets -> place -> 'up_to' is null) then
            return false;
        end if;
        continue when place = last;
        if not accounting.is_amount(brackets -> place -> 'up_to')
           or (brackets -> place ->> 'up_to')::numeric <= below then
            return false;
        end if;
        below := (brackets -> place ->> 'up_to')::numeric;
    end loop;
    return true;
end $$;

create or replace function accounting.is_stamp(value jsonb) returns boolean
    language plpgsql immutable set search_path = pg_catalog, pg_temp
as $$
begin
    return case value ->> 'type'
        when 'amount' then accounting.is_amount(value -> 'amount')
        when 'part' then accounting.is_amount(value -> 'rate') and (value ->> 'rate')::numeric < 1
        when 'brackets' then accounting.is_amount(value -> 'free_up_to') and accounting.is_amount(value -> 'minimum')
                             and accounting.is_amount(value -> 'slice') and (value ->> 'slice')::numeric > 0
                             and accounting.are_brackets(value -> 'brackets')
        else false end;
end $$;

-- What tills and invoices reckon with must have the shape that they read; words only have to be there.
create or replace function accounting.is_readable(kind text, value jsonb) returns boolean
    language plpgsql immutable set search_path = pg_catalog, pg_temp
as $$
begin
    return coalesce(case kind
        when 'stamp' then accounting.is_stamp(value)
        when 'cash_rounding' then accounting.is_amount(value -> 'unit') and (value ->> 'unit')::numeric > 0
        when 'denominations' then
            jsonb_typeof(value -> 'notes') = 'array' and jsonb_typeof(value -> 'coins') = 'array'
            and (select bool_and(accounting.is_amount(d.worth) and (d.worth #>> '{}')::numeric > 0)
                   from jsonb_array_elements((value -> 'notes') || (value -> 'coins')) as d (worth))
        when 'identifier' then value ->> 'name' <> '' and '' ~ coalesce(value ->> 'pattern', '') is not null
        when 'withholding' then
            value ->> 'name' <> '' and value ->> 'base' in ('total', 'net', 'vat')
            and accounting.is_amount(value -> 'rate') and (value ->> 'rate')::numeric <= 1
            and accounting.is_amount(value -> 'free_up_to')
            and (not value ? 'attested'
                 or accounting.is_amount(value -> 'attested') and (value ->> 'attested')::numeric <= 1)
        when 'cash_limit' then
            accounting.is_amount(value -> 'per_day') and (value ->> 'per_day')::numeric > 0
            and (not value ? 'per_month' or accounting.is_amount(value -> 'per_month'))
        when 'mention' then value ->> 'fr' <> '' and value ->> 'ar' <> ''
        when 'holiday' then value ->> 'name' <> '' and value ->> 'on' ~ '^([0-9]{4}-)?[0-9]{2}-[0-9]{2}$'
        else true end, false);
exception when invalid_regular_expression then
    return false;
end $$;

create or replace function accounting.check_readable() returns trigger
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
begin
    if not accounting.is_readable(new.kind, new.value) then
        perform core.refuse('accounting.law_unreadable', jsonb_build_object('field', 'value', 'code', new.code));
    end if;
    return null;
end $$;
create or replace trigger check_readable after insert or update on accounting.law_values
    for each row execute function accounting.check_readable();

-- A tax on taxes names all of them, each after those that belong to its own base. Volatile, to see what was written.
create or replace function accounting.check_base_taxes() returns trigger
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    unclear text;
begin
    select t.code into unclear
      from accounting.taxes t
     cross join unnest(t.base_taxes) with ordinality as b (code, place)
      left join accounting.taxes x on x.code = b.code
     where x.code is null or b.code = t.code or not x.base_taxes <@ t.base_taxes[1 : b.place::integer - 1]
     order by t.code limit 1;
    if found then
        perform core.refuse('accounting.base_taxes_unclear',
                            jsonb_build_object('field', 'base_taxes', 'code', unclear));
    end if;
    return null;
end $$;
create or replace trigger check_base_taxes after insert or update on accounting.taxes
    for each statement execute function accounting.check_base_taxes();
