-- Fixed assets: what their tables allow, categories and the register.

call core.share('accounting.asset_categories'::regclass);
call core.keep_audit('accounting.asset_categories', 'code');
call core.keep_audit('accounting.assets');
do $$
declare name text;
begin
    foreach name in array array['assets', 'depreciation_runs', 'depreciations', 'disposals'] loop
        call core.keep_to_branch(('accounting.' || name)::regclass);
    end loop;
    foreach name in array array['depreciation_runs', 'depreciations', 'disposals'] loop
        execute format('comment on table accounting.%I is %L', name,
                       'no-audit: append-only, with its entry; undone once, by whom and when');
        execute format('create or replace trigger %I before update or delete on accounting.%I for each row '
                       'execute function accounting.check_undone_once()', name || '_stay', name);
        execute format('create or replace trigger %I before truncate on accounting.%I for each statement '
                       'execute function core.forbid()', name || '_never_emptied', name);
    end loop;
end $$;
grant select on accounting.asset_categories, accounting.assets, accounting.depreciation_runs, accounting.depreciations,
    accounting.disposals to accounting_app;
call core.permit('accounting.asset.edit', '{accountant}');
call core.permit('accounting.asset.depreciate', '{accountant}');
call core.permit('accounting.asset.dispose', '{accountant}');

create or replace function accounting.load_asset_categories(given jsonb) returns void
    language sql volatile set search_path = pg_catalog, pg_temp
as $$
    insert into accounting.asset_categories (code, name, name_ar, asset, depreciation, charge, method, life_months)
    select c.code, c.name, c.name_ar, c.asset, c.depreciation, c.charge, c.method, c.life_months
      from jsonb_to_recordset(coalesce(given, '[]')) as c (code text, name text, name_ar text, asset text, depreciation text,
                                                          charge text, method text, life_months integer)
    on conflict (code) do nothing
$$;
comment on function accounting.load_asset_categories(jsonb) is 'Categories of fixed assets that are not there yet.';

-- An account that lines may be written on.
create or replace function accounting.check_asset_account(wanted text) returns void
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    found_account accounting.accounts;
begin
    select * into found_account from accounting.accounts a where a.code = wanted;
    if found_account.id is null then
        perform core.refuse('accounting.account_unknown', jsonb_build_object('account', coalesce(wanted, '')));
    elsif accounting.child_of(wanted) is not null then
        perform core.refuse('accounting.account_is_group', jsonb_build_object(
            'account', wanted, 'line', 1, 'child', accounting.child_of(wanted)));
    end if;
end $$;

create or replace function accounting.save_asset_category_v1(draft jsonb, read_version bigint) returns bigint
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    given accounting.asset_categories := jsonb_populate_record(null::accounting.asset_categories, draft);
    new_version bigint;
begin
    perform core.require('accounting.asset.edit');
    perform accounting.check_asset_account(given.asset);
    if given.method <> 'none' then
        perform accounting.check_asset_account(given.depreciation);
        perform accounting.check_asset_account(given.charge);
    end if;
    if read_version is null then
        insert into accounting.asset_categories (code, name, name_ar, asset, depreciation, charge, method, life_months, is_active)
        values (given.code, given.name, coalesce(given.name_ar, ''), given.asset, coalesce(given.depreciation, ''),
                coalesce(given.charge, ''), given.method, given.life_months, coalesce(given.is_active, true));
        return 1;
    end if;
    update accounting.asset_categories c
       set name = given.name, name_ar = coalesce(given.name_ar, ''), asset = given.asset,
           depreciation = coalesce(given.depreciation, ''), charge = coalesce(given.charge, ''), method = given.method,
           life_months = given.life_months, is_active = coalesce(given.is_active, true), version = c.version + 1
     where c.code = given.code and c.version = read_version
    returning c.version into new_version;
    return accounting.saved_version(new_version);
end $$;
comment on function accounting.save_asset_category_v1(jsonb, bigint) is
    'Creates (without version) or changes a category; its assets are depreciated on its accounts from then on.';

-- By how much the law lets a method go faster than straight, on a day.
create or replace function accounting.asset_coefficient(method text, life_months integer, day date) returns numeric
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    rule jsonb;
    found_value numeric := 1;
begin
    if method in ('none', 'linear') then
        return 1;
    end if;
    rule := accounting.law_v1('depreciation', method, day);
    -- By the life: years_4 is for at most four years, `more` for all others.
    found_value := coalesce((rule ->> 'coefficient')::numeric,
                            (select y.value::numeric from jsonb_each_text(rule) y
                              where y.key ~ '^years_[0-9]+$' and life_months <= substr(y.key, 7)::integer * 12
                              order by substr(y.key, 7)::integer limit 1),
                            (rule ->> 'more')::numeric);
    if found_value is null then
        perform core.refuse('accounting.asset_method_unlawful', jsonb_build_object('date', day));
    end if;
    return found_value;
end $$;

-- The day from which it counts: by months from the first of its month, by days from the day itself.
create or replace function accounting.asset_start(method text, day date) returns date
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select case when method = 'declining' or coalesce(accounting.law_v1('depreciation', 'rules', day) ->> 'prorata', 'month') = 'month'
                then date_trunc('month', day)::date else day end
$$;

create or replace function accounting.check_asset(given accounting.assets) returns void
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    category accounting.asset_categories;
begin
    select * into category from accounting.asset_categories c where c.code = given.category;
    if category.code is null or not category.is_active then
        perform core.refuse('accounting.asset_category_unknown', jsonb_build_object('category', coalesce(given.category, '')));
    elsif given.method <> 'none' and category.depreciation = '' then
        perform core.refuse('accounting.asset_category_lasting', jsonb_build_object('category', category.name));
    elsif given.branch_id is null or given.branch_id <> all (core.branches()) then
        perform core.refuse('core.other_branch');
    elsif not accounting.is_amount(given.cost) or round(given.residual, core.decimals()) <> given.residual
          or round(given.taken_over, core.decimals()) <> given.taken_over then
        perform core.refuse('accounting.asset_amounts');
    elsif given.taken_over_on is not null and given.taken_over_on < given.in_service_on then
        perform core.refuse('accounting.asset_taken_over_early');
    elsif given.cost_centre is not null and not exists (
            select from accounting.cost_centres c where c.code = given.cost_centre and c.is_active) then
        perform core.refuse('accounting.cost_centre_unknown', jsonb_build_object('code', given.cost_centre));
    end if;
end $$;

-- What it is worth in the books follows from these; once it stands there they stay.
create or replace function accounting.check_asset_in_books(old_asset accounting.assets, given accounting.assets) returns void
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
    if (old_asset.category, old_asset.branch_id, old_asset.acquired_on, old_asset.in_service_on, old_asset.cost, old_asset.residual,
        old_asset.method, old_asset.life_months, old_asset.taken_over, old_asset.taken_over_on)
       is distinct from
       (given.category, given.branch_id, given.acquired_on, given.in_service_on, given.cost, given.residual,
        given.method, given.life_months, given.taken_over, given.taken_over_on)
       and exists (select from accounting.depreciations d where d.asset_id = old_asset.id and d.undone_at is null
                    union all
                   select from accounting.disposals d where d.asset_id = old_asset.id and d.undone_at is null) then
        perform core.refuse('accounting.asset_in_books', jsonb_build_object('code', old_asset.code));
    end if;
end $$;

create or replace function accounting.asset_of(draft jsonb) returns accounting.assets
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    given accounting.assets := jsonb_populate_record(null::accounting.assets, draft);
begin
    given.code := btrim(given.code);
    given.name := btrim(given.name);
    given.name_ar := coalesce(btrim(given.name_ar), '');
    given.location := coalesce(btrim(given.location), '');
    given.document := coalesce(btrim(given.document), '');
    given.cost_centre := nullif(given.cost_centre, '');
    given.residual := coalesce(given.residual, 0);
    given.taken_over := coalesce(given.taken_over, 0);
    given.life_months := coalesce(given.life_months, 0);
    given.in_service_on := coalesce(given.in_service_on, given.acquired_on);
    given.metadata := coalesce(given.metadata, '{}');
    perform accounting.check_asset(given);
    given.coefficient := accounting.asset_coefficient(given.method, given.life_months, given.in_service_on);
    given.starts_on := accounting.asset_start(given.method, given.in_service_on);
    return given;
end $$;

create or replace function accounting.save_asset_v1(draft jsonb, read_version bigint) returns bigint
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    given accounting.assets;
    old_asset accounting.assets;
begin
    perform core.require('accounting.asset.edit');
    given := accounting.asset_of(draft);
    given.version := coalesce(read_version, 0) + 1;
    if read_version is null then
        insert into accounting.assets select (given).*;
        return given.version;
    end if;
    select * into old_asset from accounting.assets a where a.id = given.id for no key update;
    if old_asset.version is distinct from read_version then
        perform core.refuse('core.stale_record');
    end if;
    perform accounting.check_asset_in_books(old_asset, given);
    if old_asset.disposed_on is not null then
        perform core.refuse('accounting.asset_gone', jsonb_build_object('code', old_asset.code, 'date', old_asset.disposed_on));
    end if;
    update accounting.assets a
       set (version, code, name, name_ar, category, branch_id, location, cost_centre, acquired_on, in_service_on, cost, residual,
            method, life_months, coefficient, starts_on, taken_over, taken_over_on, document, entry_id, metadata)
           = (given.version, given.code, given.name, given.name_ar, given.category, given.branch_id, given.location,
              given.cost_centre, given.acquired_on, given.in_service_on, given.cost, given.residual, given.method,
              given.life_months, given.coefficient, given.starts_on, given.taken_over, given.taken_over_on, given.document,
              given.entry_id, given.metadata)
     where a.id = given.id;
    return given.version;
end $$;
comment on function accounting.save_asset_v1(jsonb, bigint) is
    'Creates (without version) or changes an asset; what its value follows from stays once it stands in the books.';

-- A register that another program kept, each code once; may_change writes over assets that stand in no books yet.
create or replace function accounting.import_assets_v1(drafts jsonb, may_change boolean) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    draft jsonb;
    known accounting.assets;
    created integer := 0;
    changed integer := 0;
begin
    perform core.require('accounting.asset.edit');
    for draft in select d from jsonb_array_elements(drafts) d order by d ->> 'code' loop
        select * into known from accounting.assets a where a.code = draft ->> 'code' for no key update;
        if known.id is null then
            perform accounting.save_asset_v1(draft || jsonb_build_object('id', gen_random_uuid()), null);
            created := created + 1;
        elsif may_change is true then
            perform accounting.save_asset_v1(to_jsonb(known) || draft || jsonb_build_object('id', known.id), known.version);
            changed := changed + 1;
        else
            perform core.refuse('accounting.asset_code_taken', jsonb_build_object('code', known.code));
        end if;
    end loop;
    return jsonb_build_object('created', created, 'changed', changed);
end $$;
comment on function accounting.import_assets_v1(jsonb, boolean) is 'Writes assets by code, all or none.';

grant execute on function accounting.save_asset_category_v1(jsonb, bigint), accounting.save_asset_v1(jsonb, bigint),
    accounting.import_assets_v1(jsonb, boolean) to accounting_app;
