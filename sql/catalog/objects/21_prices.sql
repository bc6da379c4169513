-- Price lists and their dated prices. Of one product or pack, one quantity and one day a list has one price.

-- Two rows of one key whose days overlap: refused with the days of both.
create or replace function catalog.refuse_overlap(list text, products uuid[]) returns void
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    clash record;
begin
    select p.code, p.name, a.valid_from, a.valid_to, a.next_from into clash
      from (select l.product_id, l.valid_from, l.valid_to,
                   lead(l.valid_from) over (partition by l.product_id, l.pack_id, l.min_quantity
                                                order by l.valid_from) as next_from
              from catalog.prices l where l.price_list = list and l.product_id = any (products)) a
      join catalog.products p on p.id = a.product_id
     where a.next_from <= coalesce(a.valid_to, 'infinity')
     order by p.code, a.valid_from limit 1;
    if found then
        perform core.refuse('catalog.prices_overlap', jsonb_build_object(
            'field', 'prices', 'code', clash.code, 'name', clash.name, 'list', list, 'from', clash.valid_from,
            'to', clash.valid_to, 'next', clash.next_from));
    end if;
end $$;

-- A price that is valid when a new one begins ends the day before; where the new one has an end, the former goes on.
create or replace function catalog.end_former(list text, given catalog.prices[]) returns bigint
    language sql volatile set search_path = pg_catalog, pg_temp
as $$
    with met as materialized (
        select distinct on (f.id) f.*, g.valid_from as new_from, g.valid_to as new_to
          from unnest(given) g
          join catalog.prices f on f.price_list = list and f.product_id = g.product_id
                               and f.pack_id is not distinct from g.pack_id and f.min_quantity = g.min_quantity
         where f.valid_from < g.valid_from and coalesce(f.valid_to, 'infinity') >= g.valid_from
           and f.id not in (select g2.id from unnest(given) g2)
         order by f.id, g.valid_from),
    ended as (
        update catalog.prices f set valid_to = m.new_from - 1 from met m where f.id = m.id returning f.id),
    resumed as (
        insert into catalog.prices (id, price_list, product_id, pack_id, min_quantity, price, valid_from, valid_to)
        select gen_random_uuid(), list, m.product_id, m.pack_id, m.min_quantity, m.price, m.new_to + 1, m.valid_to
          from met m where m.new_to < coalesce(m.valid_to, 'infinity'))
    select count(*) from ended
$$;

create or replace function catalog.put_prices(list text, given catalog.prices[], ends_former boolean) returns bigint
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    ended bigint := 0;
begin
    -- One after the other: two people may not make one list overlap.
    perform from catalog.price_lists l where l.code = list for no key update;
    if not found then
        perform core.refuse('core.not_found');
    elsif exists (select from unnest(given) g join catalog.packs k on k.id = g.pack_id
                   where k.product_id <> g.product_id) then
        perform core.refuse('core.not_found');
    end if;
    if ends_former then
        ended := catalog.end_former(list, given);
    end if;
    insert into catalog.prices as p (id, price_list, product_id, pack_id, min_quantity, price, valid_from, valid_to)
    select g.id, list, g.product_id, g.pack_id, g.min_quantity, g.price, g.valid_from, g.valid_to
      from unnest(given) g
     order by g.product_id
        on conflict (id) do update
       set product_id = excluded.product_id, pack_id = excluded.pack_id, min_quantity = excluded.min_quantity,
           price = excluded.price, valid_from = excluded.valid_from, valid_to = excluded.valid_to
     where p.price_list = list
       and (p.product_id, p.pack_id, p.min_quantity, p.price, p.valid_from, p.valid_to) is distinct from
           (excluded.product_id, excluded.pack_id, excluded.min_quantity, excluded.price, excluded.valid_from,
            excluded.valid_to);
    perform catalog.refuse_overlap(list, array(select g.product_id from unnest(given) g));
    return ended;
end $$;

create or replace function catalog.save_price_list_v1(draft jsonb) returns bigint
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    given catalog.price_lists := jsonb_populate_record(null::catalog.price_lists, draft);
    was catalog.price_lists;
    new_version bigint;
begin
    perform core.require('catalog.product.edit');
    if given.version is null then
        insert into catalog.price_lists (code, name, name_ar, includes_tax, is_active)
        values (given.code, given.name, coalesce(given.name_ar, ''), coalesce(given.includes_tax, true),
                coalesce(given.is_active, true))
        returning version into new_version;
        return new_version;
    end if;
    select * into was from catalog.price_lists l where l.code = given.code for no key update;
    if was.version is distinct from given.version then
        perform core.refuse('core.stale_record');
    elsif was.includes_tax <> given.includes_tax
          and exists (select from catalog.prices p where p.price_list = was.code) then
        perform core.refuse('catalog.list_has_prices', jsonb_build_object('field', 'includes_tax'));
    end if;
    update catalog.price_lists l
       set name = given.name, name_ar = coalesce(given.name_ar, ''), includes_tax = given.includes_tax,
           is_active = given.is_active, version = l.version + 1
     where l.code = given.code
    returning l.version into new_version;
    return new_version;
end $$;
comment on function catalog.save_price_list_v1(jsonb) is
    'Creates (without version) or changes (with the version read) a price list {code, name, name_ar, includes_tax, '
    'is_active}; the new version. Whether taxes are included cannot change once there are prices.';

create or replace function catalog.save_prices_v1(list text, rows jsonb, removed jsonb default '[]',
                                                  ends_former boolean default true) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    ended bigint;
begin
    perform core.require('catalog.product.edit');
    delete from catalog.prices p
     where p.price_list = list and p.id in (select r.value::uuid from jsonb_array_elements_text(removed) r);
    ended := catalog.put_prices(list, array(
        select r from jsonb_populate_recordset(null::catalog.prices, rows) r), ends_former);
    return jsonb_build_object('saved', jsonb_array_length(rows), 'ended', ended);
end $$;
comment on function catalog.save_prices_v1(text, jsonb, jsonb, boolean) is
    'Writes prices [{id, product_id, pack_id, min_quantity, price, valid_from, valid_to}] of one list and takes those '
    'away whose ids are `removed`. With ends_former, a price that is valid when a new one begins ends the day before '
    'and goes on after it; other overlaps are refused. {"saved", "ended"}.';

-- What an amount with taxes is of one without, for each tax code that has rates on a day.
create or replace function catalog.tax_factors(day date) returns table (tax_code text, factor numeric)
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    plan record;
    tax jsonb;
    parts jsonb;
    part numeric;
begin
    for plan in select r.tax_code, r.taxes from accounting.rates_at_v1(day) r loop
        tax_code := plan.tax_code;
        factor := 1;
        parts := '{}';
        for tax in select value from jsonb_array_elements(plan.taxes) loop
            select (tax ->> 'rate')::numeric * (1 + coalesce(sum((parts ->> b.value)::numeric), 0)) into part
              from jsonb_array_elements_text(tax -> 'after') b;
            parts := parts || jsonb_build_object(tax ->> 'code', part);
            factor := factor + part;
        end loop;
        return next;
    end loop;
end $$;

-- The prices that a copy begins with: those of another list, or the products' own.
create or replace function catalog.prices_to_copy(source text, target catalog.price_lists, day date)
    returns table (product_id uuid, pack_id uuid, min_quantity numeric, price numeric)
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select p.product_id, p.pack_id, p.min_quantity, p.price
      from catalog.prices p
     where p.price_list = source and p.valid_from <= day and coalesce(p.valid_to, 'infinity') >= day
    union all
    select p.id, null, 1, case when (target).includes_tax then p.price
                               else coalesce(p.price_net, p.price::numeric(60, 30) / f.factor) end
      from catalog.products p
      left join catalog.tax_factors(day) f on f.tax_code = p.tax_code
     where source is null and p.is_active and p.price > 0
       and ((target).includes_tax or coalesce(p.price_net, f.factor) is not null)
$$;

create or replace function catalog.copy_prices_v1(source text, target text, percent numeric, step numeric,
                                                  valid_from date, valid_to date default null) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    list catalog.price_lists;
    given catalog.prices[];
    ended bigint;
begin
    perform core.require('catalog.product.edit');
    select * into list from catalog.price_lists l where l.code = target for no key update;
    if exists (select from catalog.price_lists l where l.code = source and l.includes_tax <> list.includes_tax) then
        perform core.refuse('catalog.lists_differ', jsonb_build_object('source', source, 'target', target));
    elsif percent <= -100 or step <= 0 then
        perform core.refuse('catalog.copy_impossible');
    end if;
    given := array(
        select row(gen_random_uuid(), target, c.product_id, c.pack_id, c.min_quantity,
                   -- Rounding makes nothing free.
                   case when c.price = 0 then 0 else round(greatest(step,
                       round(c.price * (1 + percent / 100) / step) * step), core.decimals()) end,
                   copy_prices_v1.valid_from, copy_prices_v1.valid_to, pg_current_xact_id())::catalog.prices
          from catalog.prices_to_copy(source, list, copy_prices_v1.valid_from) c);
    -- What begins the same day is what this copy replaces.
    delete from catalog.prices p using unnest(given) g
     where p.price_list = target and p.product_id = g.product_id and p.pack_id is not distinct from g.pack_id
       and p.min_quantity = g.min_quantity and p.valid_from = g.valid_from;
    ended := catalog.put_prices(target, given, true);
    return jsonb_build_object('saved', cardinality(given), 'ended', ended);
end $$;
comment on function catalog.copy_prices_v1(text, text, numeric, numeric, date, date) is
    'Copies the prices of a list that are valid on a day, or the products'' own prices where source is null, into '
    'another list: changed by so many percent, rounded half up to a multiple of `step`. {"saved", "ended"}.';

grant execute on function catalog.save_price_list_v1(jsonb), catalog.save_prices_v1(text, jsonb, jsonb, boolean),
    catalog.copy_prices_v1(text, text, numeric, numeric, date, date) to catalog_app;
