-- Assets that are sold or scrapped, and the board of all of them over a year.

-- The lines of an asset that goes: what it is used up until the day, its cost and what was depreciated, what it brought.
-- Where the chart shows value and income apart it has a role for each; elsewhere gain or loss alone is shown.
create or replace function accounting.disposal_lines(asset accounting.assets, wanted accounting.disposals, charge numeric, tax text)
    returns jsonb language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    category accounting.asset_categories;
    is_gross boolean := exists (select from accounting.account_roles r where r.role = 'disposal_value');
    worth numeric := asset.cost - wanted.depreciated;
    lines jsonb := '[]';
begin
    select * into category from accounting.asset_categories c where c.code = asset.category;
    if charge > 0 then
        lines := jsonb_build_array(
            accounting.closing_line(category.charge, charge) || jsonb_build_object('cost_centre', asset.cost_centre),
            accounting.closing_line(category.depreciation, -charge));
    end if;
    if wanted.depreciated > 0 then
        lines := lines || accounting.closing_line(category.depreciation, wanted.depreciated);
    end if;
    lines := lines || accounting.closing_line(category.asset, -asset.cost);
    if wanted.price > 0 then
        lines := lines || (accounting.closing_line(accounting.role_account('disposal_receivable', ''), wanted.price + wanted.tax)
                           || jsonb_build_object('party_id', wanted.party_id));
    end if;
    if wanted.tax > 0 then
        lines := lines || accounting.closing_line(accounting.tax_account(tax), -wanted.tax);
    end if;
    if is_gross and worth > 0 then
        lines := lines || accounting.closing_line(accounting.role_account('disposal_value', ''), worth);
    end if;
    if is_gross and wanted.price > 0 then
        lines := lines || accounting.closing_line(accounting.role_account('disposal_income', ''), -wanted.price);
    elsif not is_gross and worth <> wanted.price then
        lines := lines || accounting.closing_line(accounting.role_account(
            case when worth > wanted.price then 'disposal_loss' else 'disposal_gain' end, ''), worth - wanted.price);
    end if;
    return lines;
end $$;

create or replace function accounting.tax_account(tax text) returns text
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select coalesce((select a.code from accounting.account_roles r join accounting.accounts a on a.id = r.account_id
                      where r.role = 'tax_collected' and r.qualifier = tax),
                    accounting.role_account('tax_collected', ''))
$$;

create or replace function accounting.asset_to_dispose(wanted uuid, day date) returns accounting.assets
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    asset accounting.assets;
    later date;
begin
    select * into asset from accounting.assets a where a.id = wanted for no key update;
    if asset.id is null then
        perform core.refuse('core.not_found');
    elsif asset.disposed_on is not null then
        perform core.refuse('accounting.asset_gone', jsonb_build_object('code', asset.code, 'date', asset.disposed_on));
    elsif day is null or day < asset.acquired_on or day <= asset.taken_over_on then
        perform core.refuse('accounting.disposal_too_early', jsonb_build_object(
            'date', greatest(asset.acquired_on, asset.taken_over_on + 1)));
    end if;
    select max(d.ends_on) into later from accounting.depreciations d
     where d.asset_id = asset.id and d.undone_at is null and d.ends_on > day;
    if later is not null then
        perform core.refuse('accounting.asset_depreciated_later', jsonb_build_object('month', to_char(later, 'MM/YYYY')));
    end if;
    return asset;
end $$;

create or replace function accounting.dispose_v1(command core.commands, payload jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    day date := (payload ->> 'on')::date;
    asset accounting.assets := accounting.asset_to_dispose((payload ->> 'asset_id')::uuid, day);
    wanted accounting.disposals;
    tax text := nullif(payload ->> 'tax_code', '');
    rate numeric := 0;
    charge numeric := greatest(accounting.used_up(asset, day) - accounting.depreciated(asset), 0);
    entry accounting.entries;
    posted jsonb;
begin
    wanted.price := coalesce((payload ->> 'price')::numeric, 0);
    wanted.kind := coalesce(payload ->> 'kind', case when wanted.price > 0 then 'sale' else 'scrap' end);
    if wanted.kind not in ('sale', 'scrap') or (wanted.kind = 'sale') <> (wanted.price > 0)
       or (wanted.price <> 0 and not accounting.is_amount(wanted.price)) then
        perform core.refuse('accounting.disposal_price');
    end if;
    if tax is not null and wanted.price > 0 then
        select r.rate into rate from accounting.tax_rates r
         where r.tax_code = tax and r.valid_from <= day and (r.valid_to is null or r.valid_to >= day);
        if rate is null then
            perform core.refuse('accounting.tax_unknown');
        end if;
    end if;
    wanted.tax := round(wanted.price * rate, core.decimals());
    wanted.depreciated := accounting.depreciated(asset) + charge;
    wanted.party_id := (payload ->> 'party_id')::uuid;
    entry.id := gen_random_uuid();
    entry.branch_id := asset.branch_id;
    entry.journal := 'OD';
    entry.dated_on := day;
    entry.period_id := accounting.check_day(day, command.actor_id);
    entry.label := coalesce(nullif(btrim(payload ->> 'label'), ''), asset.code || ' ' || asset.name);
    entry.document := jsonb_build_object('module', 'accounting', 'kind', 'asset', 'id', asset.id, 'number', asset.code);
    entry.command_id := command.id;
    entry.posted_by := command.actor_login;
    if tax is not null and wanted.price > 0 then
        entry.taxes := jsonb_build_array(jsonb_build_object('qualifier', tax, 'rate', rate::text, 'base', wanted.price::text,
                                                            'value', wanted.tax::text));
    end if;
    if charge > 0 then
        insert into accounting.depreciations (id, asset_id, branch_id, ends_on, amount, entry_id)
        values (gen_random_uuid(), asset.id, asset.branch_id, day, charge, entry.id);
    end if;
    insert into accounting.disposals (id, asset_id, branch_id, disposed_on, kind, price, tax, depreciated, party_id, entry_id, posted_by)
    values (gen_random_uuid(), asset.id, asset.branch_id, day, wanted.kind, wanted.price, wanted.tax, wanted.depreciated,
            wanted.party_id, entry.id, command.actor_login);
    update accounting.assets a set disposed_on = day, version = a.version + 1 where a.id = asset.id;
    posted := accounting.write_entry(entry, accounting.disposal_lines(asset, wanted, charge, tax));
    return jsonb_build_object('result', posted || jsonb_build_object(
        'charge', charge::text, 'result', (wanted.price - asset.cost + wanted.depreciated)::text));
end $$;
comment on function accounting.dispose_v1(core.commands, jsonb) is
    'Handler: {asset_id, on, kind: sale | scrap, price? (without tax), tax_code?, party_id?, label?}: depreciates until the day, '
    'takes cost and depreciation out, and books what it brought as the country shows it.';

create or replace function accounting.undo_disposal_v1(command core.commands, payload jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    known accounting.disposals;
begin
    perform from accounting.assets a where a.id = (payload ->> 'asset_id')::uuid for no key update;
    select * into known from accounting.disposals d where d.asset_id = (payload ->> 'asset_id')::uuid and d.undone_at is null;
    if known.id is null then
        perform core.refuse('core.not_found');
    end if;
    perform accounting.check_day(known.disposed_on, command.actor_id);
    update accounting.depreciations d set undone_at = now(), undone_by = command.actor_login
     where d.entry_id = known.entry_id and d.undone_at is null;
    update accounting.disposals d set undone_at = now(), undone_by = command.actor_login where d.id = known.id;
    update accounting.assets a set disposed_on = null, version = a.version + 1 where a.id = known.asset_id;
    perform accounting.reverse_entry_v1(command, jsonb_build_object('entry_id', known.entry_id));
    return jsonb_build_object('result', '{}'::jsonb);
end $$;
comment on function accounting.undo_disposal_v1(core.commands, jsonb) is
    'Handler: {asset_id}: reverses the entry of an asset that went, its month being open.';
grant execute on function accounting.dispose_v1(core.commands, jsonb), accounting.undo_disposal_v1(core.commands, jsonb) to core_owner;
insert into core.command_types (name, module, permission, is_fact, handler)
values ('accounting.dispose_v1', 'accounting', 'accounting.asset.dispose', false, 'accounting.dispose_v1'),
       ('accounting.undo_disposal_v1', 'accounting', 'accounting.asset.dispose', false, 'accounting.undo_disposal_v1')
    on conflict (name) do update set permission = excluded.permission, is_fact = excluded.is_fact,
                                     handler = excluded.handler;

-- Each asset over some days: what it had before, what came, what went.
create or replace function accounting.asset_moves(first_day date, last_day date, only_branch uuid)
    returns table (category text, opening numeric, added numeric, gone numeric, used_before numeric, charged numeric, used_gone numeric)
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select a.category, case when a.acquired_on < first_day then a.cost else 0 end,
           case when a.acquired_on < first_day then 0 else a.cost end,
           case when a.disposed_on <= last_day then a.cost else 0 end,
           a.taken_over + u.before, u.during, case when a.disposed_on <= last_day then a.taken_over + u.before + u.during else 0 end
      from accounting.assets a
     cross join lateral (
            select coalesce(sum(d.amount) filter (where d.ends_on < first_day), 0) as before,
                   coalesce(sum(d.amount) filter (where d.ends_on between first_day and last_day), 0) as during
              from accounting.depreciations d where d.asset_id = a.id and d.undone_at is null) u
     where a.acquired_on <= last_day and (a.disposed_on is null or a.disposed_on >= first_day)
       and (only_branch is null or a.branch_id = only_branch)
$$;

-- What the ledger has on the accounts of the categories, against what the register says of them.
create or replace function accounting.asset_check(last_day date, only_branch uuid)
    returns table (code text, register numeric, ledger numeric)
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    with said as (
        select x.code, sum(x.amount) as register
          from accounting.asset_moves(last_day, last_day, only_branch) m
          join accounting.asset_categories c on c.code = m.category
         cross join lateral (values (c.asset, m.opening + m.added - m.gone),
                                    (c.depreciation, m.used_gone - m.used_before - m.charged)) x (code, amount)
         where x.code <> '' group by x.code)
    select coalesce(s.code, a.code), coalesce(s.register, 0), coalesce(b.debit - b.credit, 0)
      from (select distinct x.code from accounting.asset_categories c cross join lateral (values (c.asset), (c.depreciation)) x (code)
             where x.code <> '') k
      join accounting.accounts a on a.code = k.code
      left join said s on s.code = k.code
     cross join lateral accounting.sums_before(a.id, last_day + 1, only_branch) b
     where s.register <> 0 or b.debit <> b.credit
$$;

create or replace function accounting.asset_board_v1(first_day date, last_day date, only_branch uuid) returns jsonb
    language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'currency', (select c.currency from core.company c),
        'rows', (select coalesce(jsonb_agg(r.row order by r.code), '[]')
                   from (select m.category as code, jsonb_build_object(
                                    'category', m.category, 'name', c.name, 'name_ar', c.name_ar, 'account', c.asset,
                                    'opening', sum(m.opening)::text, 'added', sum(m.added)::text, 'gone', sum(m.gone)::text,
                                    'used_before', sum(m.used_before)::text, 'charged', sum(m.charged)::text,
                                    'used_gone', sum(m.used_gone)::text) as row
                           from accounting.asset_moves(first_day, last_day, only_branch) m
                           join accounting.asset_categories c on c.code = m.category
                          group by m.category, c.name, c.name_ar, c.asset) r),
        'accounts', (select coalesce(jsonb_agg(jsonb_build_object('code', k.code, 'register', k.register::text,
                                                                  'ledger', k.ledger::text) order by k.code), '[]')
                       from accounting.asset_check(last_day, only_branch) k))
     where (select core.may('accounting.ledger.view'))
$$;
comment on function accounting.asset_board_v1(date, date, uuid) is
    'Fixed assets by category between two days: cost before, added, gone; depreciation before, charged, gone; and each account of '
    'theirs against the ledger on the last day (debits positive). Company''s currency.';

create or replace function accounting.asset_list_v1(words text, with_gone boolean)
    returns table (id uuid, version bigint, code text, name text, name_ar text, category text, category_name text,
                   category_name_ar text, branch text, location text, acquired_on date, in_service_on date, cost numeric,
                   depreciated numeric, method text, life_months integer, disposed_on date, currency text)
    language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select a.id, a.version, a.code, a.name, a.name_ar, a.category, c.name, c.name_ar, b.code, a.location, a.acquired_on,
           a.in_service_on, a.cost, accounting.depreciated(a), a.method, a.life_months, a.disposed_on,
           (select k.currency from core.company k)
      from accounting.assets a
      join accounting.asset_categories c on c.code = a.category
      join core.branches b on b.id = a.branch_id
     where (select core.may('accounting.ledger.view')) and (with_gone or a.disposed_on is null)
       and (coalesce(words, '') = '' or strpos(core.fold(concat_ws(' ', a.code, a.name, a.name_ar, c.name, c.name_ar, a.location,
                                                                   a.document)), core.fold(words)) > 0)
     order by a.code
$$;
comment on function accounting.asset_list_v1(text, boolean) is 'The register: cost and what is depreciated of each asset.';

create or replace function accounting.asset_told(wanted uuid) returns jsonb
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select to_jsonb(a) || jsonb_build_object(
               'cost', a.cost::text, 'residual', a.residual::text, 'taken_over', a.taken_over::text,
               'coefficient', a.coefficient::text, 'currency', (select c.currency from core.company c),
               'depreciations', (select coalesce(jsonb_agg(jsonb_build_object(
                    'ends_on', d.ends_on, 'amount', d.amount::text, 'entry', e.number) order by d.ends_on), '[]')
                    from accounting.depreciations d join accounting.entries e on e.id = d.entry_id
                   where d.asset_id = a.id and d.undone_at is null),
               'disposal', (select jsonb_build_object('kind', d.kind, 'price', d.price::text, 'on', d.disposed_on, 'entry', e.number,
                                                      'by', d.posted_by)
                              from accounting.disposals d join accounting.entries e on e.id = d.entry_id
                             where d.asset_id = a.id and d.undone_at is null))
      from accounting.assets a where a.id = wanted
$$;
comment on function accounting.asset_told(uuid) is 'An asset with what was posted of it.';
create or replace function accounting.asset_sheet_v1(wanted uuid) returns jsonb
    language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'asset', accounting.asset_told(wanted), 'currency', (select k.currency from core.company k),
        'categories', (select coalesce(jsonb_agg(to_jsonb(c) order by c.name), '[]') from accounting.asset_categories c
                        where c.is_active),
        'cost_centres', (select coalesce(jsonb_agg(jsonb_build_object('code', c.code, 'name', c.name, 'name_ar', c.name_ar)
                                                   order by c.code), '[]')
                           from accounting.cost_centres c where c.is_active),
        'taxes', (select coalesce(jsonb_agg(jsonb_build_object('code', t.code, 'name', t.name, 'name_ar', t.name_ar)
                                            order by t.code), '[]') from accounting.taxes t where t.is_active),
        'laws', (select coalesce(jsonb_agg(jsonb_build_object('code', v.code, 'valid_from', v.valid_from, 'valid_to', v.valid_to,
                                                              'value', v.value)), '[]')
                   from accounting.law_values v where v.kind = 'depreciation'))
     where (select core.may('accounting.ledger.view'))
$$;
comment on function accounting.asset_sheet_v1(uuid) is
    'An asset, or null, with all that its form offers: categories, cost centres, taxes, and the rules of depreciation.';
grant execute on function accounting.asset_board_v1(date, date, uuid), accounting.asset_list_v1(text, boolean),
    accounting.asset_sheet_v1(uuid) to accounting_app;
