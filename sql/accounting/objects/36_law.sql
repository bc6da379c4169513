-- What the law says on a day, and how the accountant changes it: a new value ends the one before.

create or replace function accounting.law_v1(kind text, code text, day date) returns jsonb
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
begin
    return (select v.value from accounting.law_values v
             where v.kind = law_v1.kind and v.code = law_v1.code and v.valid_from <= day
               and (v.valid_to is null or v.valid_to >= day));
end $$;
comment on function accounting.law_v1(text, text, date) is 'The value of the law on a day; null if it says nothing.';
grant execute on function accounting.law_v1(text, text, date) to accounting_app, till_owner, sales_owner;

-- The twin of modules/accounting/stamps.py: a test asks both the same.
create or replace function accounting.stamp_v1(rule jsonb, whole numeric, cash numeric) returns numeric
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
declare
    bracket jsonb;
    top numeric;
    below numeric := 0;
    duty numeric := 0;
begin
    if rule ->> 'type' = 'amount' then
        return case when whole <> 0 then (rule ->> 'amount')::numeric else 0 end;
    elsif rule is null or cash <= coalesce((rule ->> 'free_up_to')::numeric, 0) then
        return 0;
    elsif rule ->> 'type' = 'part' then
        return round(cash * (rule ->> 'rate')::numeric, core.decimals());
    end if;
    for place in 0 .. jsonb_array_length(rule -> 'brackets') - 1 loop
        bracket := rule -> 'brackets' -> place;
        top := least(coalesce((bracket ->> 'up_to')::numeric, cash), cash);
        if (rule ->> 'progressive')::boolean then
            duty := duty + ceil((top - below) / (rule ->> 'slice')::numeric) * (bracket ->> 'per_slice')::numeric;
        else
            duty := ceil(cash / (rule ->> 'slice')::numeric) * (bracket ->> 'per_slice')::numeric;
        end if;
        exit when top = cash;
        below := top;
    end loop;
    return round(greatest(duty, (rule ->> 'minimum')::numeric), core.decimals());
end $$;
comment on function accounting.stamp_v1(jsonb, numeric, numeric) is
    'Stamp duty by a law of kind `stamp`: of the whole amount, and what of it is paid in cash.';
grant execute on function accounting.stamp_v1(jsonb, numeric, numeric) to till_owner, sales_owner;

create or replace function accounting.require_source(legal_ref text) returns void
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
    perform core.require('accounting.law.edit');
    if coalesce(btrim(legal_ref), '') = '' then
        perform core.refuse('accounting.source_missing', '{"field": "legal_ref"}');
    end if;
end $$;

create or replace function accounting.save_tax_v1(draft jsonb) returns bigint
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    given accounting.taxes := jsonb_populate_record(null::accounting.taxes, draft);
    new_version bigint;
begin
    perform core.require('accounting.law.edit');
    if given.version is null then
        insert into accounting.taxes (code, name, name_ar, kind, base_taxes, article, is_active)
        values (given.code, given.name, coalesce(given.name_ar, ''), coalesce(given.kind, 'vat'),
                coalesce(given.base_taxes, '{}'), coalesce(given.article, ''), coalesce(given.is_active, true));
        return 1;
    end if;
    update accounting.taxes t
       set name = given.name, name_ar = coalesce(given.name_ar, ''), kind = given.kind, base_taxes = given.base_taxes,
           article = coalesce(given.article, ''), is_active = given.is_active, version = t.version + 1
     where t.code = given.code and t.version = given.version
    returning t.version into new_version;
    if new_version is null then
        perform core.refuse('core.stale_record');
    end if;
    return new_version;
end $$;
comment on function accounting.save_tax_v1(jsonb) is
    'Creates (without version) or changes (with the version read) a tax; its rates have dates of their own.';

create or replace function accounting.save_tax_rate_v1(draft jsonb) returns bigint
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    given accounting.tax_rates := jsonb_populate_record(null::accounting.tax_rates, draft);
    new_version bigint;
begin
    perform accounting.require_source(given.legal_ref);
    if given.version is null then
        update accounting.tax_rates r set valid_to = given.valid_from - 1, version = r.version + 1
         where r.tax_code = given.tax_code and r.valid_to is null and r.valid_from < given.valid_from;
        insert into accounting.tax_rates (tax_code, valid_from, valid_to, rate, legal_ref, doubt)
        values (given.tax_code, given.valid_from, given.valid_to, given.rate, given.legal_ref,
                coalesce(given.doubt, ''));
        return 1;
    end if;
    update accounting.tax_rates r
       set valid_to = given.valid_to, rate = given.rate, legal_ref = given.legal_ref,
           doubt = coalesce(given.doubt, ''), version = r.version + 1
     where r.tax_code = given.tax_code and r.valid_from = given.valid_from and r.version = given.version
    returning r.version into new_version;
    if new_version is null then
        perform core.refuse('core.stale_record');
    end if;
    return new_version;
end $$;
comment on function accounting.save_tax_rate_v1(jsonb) is
    'Without version, a rate from a day on, which ends the one that was open; with it, corrects or ends one.';

create or replace function accounting.save_law_value_v1(draft jsonb) returns bigint
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    given accounting.law_values := jsonb_populate_record(null::accounting.law_values, draft);
    new_version bigint;
begin
    perform accounting.require_source(given.legal_ref);
    if given.version is null then
        update accounting.law_values v set valid_to = given.valid_from - 1, version = v.version + 1
         where v.kind = given.kind and v.code = given.code and v.valid_to is null and v.valid_from < given.valid_from;
        insert into accounting.law_values (id, kind, code, valid_from, valid_to, value, legal_ref, doubt)
        values (given.id, given.kind, given.code, given.valid_from, given.valid_to, given.value, given.legal_ref,
                coalesce(given.doubt, ''));
        return 1;
    end if;
    update accounting.law_values v
       set valid_to = given.valid_to, value = given.value, legal_ref = given.legal_ref,
           doubt = coalesce(given.doubt, ''), version = v.version + 1
     where v.id = given.id and v.version = given.version
    returning v.version into new_version;
    if new_version is null then
        perform core.refuse('core.stale_record');
    end if;
    return new_version;
end $$;
comment on function accounting.save_law_value_v1(jsonb) is
    'Without version, a value from a day on, which ends the one that was open; with it, corrects or ends one.';

grant execute on function accounting.save_tax_v1(jsonb), accounting.save_tax_rate_v1(jsonb),
    accounting.save_law_value_v1(jsonb) to accounting_app;
