-- Daily rates of currencies: kept by people and imports, asked for by whoever writes in a currency.

call core.share('accounting.rates'::regclass);
call core.share('accounting.rate_settings'::regclass);
call core.keep_audit('accounting.rates', 'currency');
call core.keep_audit('accounting.rate_settings', 'only_one');
grant select on accounting.rates, accounting.rate_settings to accounting_app;
call core.permit('accounting.rate.edit', '{accountant}');

-- The last one that is known on a day; the company's own currency is always worth one.
create or replace function accounting.rate_on(wanted text, day date) returns accounting.rates
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    known accounting.rates;
begin
    if wanted = (select c.currency from core.company c) then
        known.currency := wanted;
        known.rated_on := day;
        known.rate := 1;
        known.source := '';
        return known;
    end if;
    select * into known from accounting.rates r where r.currency = wanted and r.rated_on <= day
     order by r.rated_on desc limit 1;
    return known;
end $$;

create or replace function accounting.rates_at_v1(wanted text, day date)
    returns table (currency text, rate numeric, rated_on date, age integer, source text)
    language plpgsql stable security definer rows 1 set search_path = pg_catalog, pg_temp
as $$
declare
    known accounting.rates := accounting.rate_on(wanted, day);
begin
    if known.rate is null then
        perform core.refuse('accounting.rate_missing', jsonb_build_object('currency', coalesce(wanted, ''), 'date', day));
    end if;
    return query select known.currency, known.rate, known.rated_on, day - known.rated_on, known.source;
end $$;
comment on function accounting.rates_at_v1(text, date) is
    'The last rate of a currency known on a day (units of the company''s currency for one), and its age in days; refused if there is none.';
grant execute on function accounting.rates_at_v1(text, date)
    to accounting_app, sales_owner, till_owner, inventory_owner;

-- What is to be kept, in the order of its days, with the rate before each: of the same file or known already.
create or replace function accounting.rates_given(given jsonb)
    returns table (currency text, rated_on date, rate numeric, source text, before numeric)
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    with wanted as (
        select upper(w.currency) as currency, w.rated_on, w.rate, coalesce(btrim(w.source), '') as source
          from jsonb_to_recordset(given) as w (currency text, rated_on date, rate numeric, source text)),
    lagged as (
        select w.*, lag(w.rated_on) over one as day_before, lag(w.rate) over one as rate_before
          from wanted w window one as (partition by w.currency order by w.rated_on))
    select l.currency, l.rated_on, l.rate, l.source,
           case when k.rated_on is null or l.day_before >= k.rated_on then l.rate_before else k.rate end
      from lagged l
      left join lateral (select r.rated_on, r.rate from accounting.rates r
                          where r.currency = l.currency and r.rated_on < l.rated_on
                          order by r.rated_on desc limit 1) k on true
     order by l.currency, l.rated_on
$$;

create or replace function accounting.check_rate(given record) returns void
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
    if given.currency is null or given.currency !~ '^[A-Z]{3}$' then
        perform core.refuse('accounting.rate_currency', jsonb_build_object('currency', coalesce(given.currency, '')));
    elsif given.currency = (select c.currency from core.company c) then
        perform core.refuse('accounting.rate_own_currency', jsonb_build_object('currency', given.currency));
    elsif given.rated_on is null then
        perform core.refuse('accounting.rate_day_missing', jsonb_build_object('currency', given.currency));
    elsif given.rate is null or not (given.rate > 0 and given.rate < 1000000000 and scale(given.rate) <= 8) then
        perform core.refuse('accounting.rate_impossible_value', jsonb_build_object(
            'currency', given.currency, 'date', given.rated_on));
    end if;
end $$;

-- Writes rates of days; one that is there is corrected where `may_change` says so. One that jumps must be confirmed.
create or replace function accounting.save_rates_v1(given jsonb, may_change boolean, is_confirmed boolean) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    each record;
    most numeric := (select s.most_jump from accounting.rate_settings s);
    known numeric;
    created integer := 0;
    changed integer := 0;
begin
    perform core.require('accounting.rate.edit');
    for each in select * from accounting.rates_given(given) loop
        perform accounting.check_rate(each);
        if is_confirmed is not true and abs(each.rate / each.before - 1) * 100 > most then
            perform core.refuse('accounting.rate_jumps', jsonb_build_object(
                'currency', each.currency, 'date', each.rated_on, 'rate', each.rate::text, 'before', each.before::text,
                'percent', round(abs(each.rate / each.before - 1) * 100, 1)::text));
        end if;
        insert into accounting.rates (currency, rated_on, rate, source)
        values (each.currency, each.rated_on, each.rate, each.source) on conflict do nothing;
        if found then
            created := created + 1;
            continue;
        end if;
        select r.rate into known from accounting.rates r
         where r.currency = each.currency and r.rated_on = each.rated_on for no key update;
        if may_change is not true and known <> each.rate then
            perform core.refuse('accounting.rate_known_already', jsonb_build_object(
                'currency', each.currency, 'date', each.rated_on, 'rate', known::text));
        end if;
        update accounting.rates r set rate = each.rate, source = each.source, version = r.version + 1
         where r.currency = each.currency and r.rated_on = each.rated_on
           and (r.rate, r.source) is distinct from (each.rate, each.source);
        changed := changed + found::integer;
    end loop;
    return jsonb_build_object('created', created, 'changed', changed);
end $$;
comment on function accounting.save_rates_v1(jsonb, boolean, boolean) is
    'Keeps [{currency, rated_on, rate, source?}]: may_change corrects what is known, is_confirmed accepts jumps.';

create or replace function accounting.remove_rate_v1(wanted text, day date) returns void
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
    perform core.require('accounting.rate.edit');
    delete from accounting.rates r where r.currency = wanted and r.rated_on = day;
    if not found then
        perform core.refuse('core.not_found');
    end if;
end $$;
comment on function accounting.remove_rate_v1(text, date) is 'Takes the rate of a day away; entries keep theirs.';

create or replace function accounting.set_rate_jump_v1(most numeric, read_version bigint) returns bigint
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    new_version bigint;
begin
    perform core.require('accounting.rate.edit');
    update accounting.rate_settings s set most_jump = most, version = s.version + 1
     where s.version = read_version returning s.version into new_version;
    return accounting.saved_version(new_version);
end $$;
comment on function accounting.set_rate_jump_v1(numeric, bigint) is
    'By how many per cent a rate may differ from the one before without being confirmed; with the version read.';
grant execute on function accounting.save_rates_v1(jsonb, boolean, boolean), accounting.remove_rate_v1(text, date),
    accounting.set_rate_jump_v1(numeric, bigint) to accounting_app;
