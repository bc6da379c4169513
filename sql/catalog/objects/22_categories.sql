-- Categories: a tree that stays one.

-- A category and all below it.
create or replace function catalog.below(category uuid) returns table (id uuid)
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    with recursive found as (
        select c.id from catalog.categories c where c.id = category
        union
        select c.id from catalog.categories c join found f on c.parent_id = f.id)
    select f.id from found f
$$;

create or replace function catalog.check_category(given catalog.categories) returns void
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    other catalog.categories;
begin
    if given.parent_id in (select b.id from catalog.below(given.id) b) then
        perform core.refuse('catalog.category_cycle', jsonb_build_object('field', 'parent_id', 'name', given.name));
    end if;
    select * into other from catalog.categories c where c.id = given.parent_id and not c.is_active;
    if found and given.is_active then
        perform core.refuse('catalog.category_parent_inactive', jsonb_build_object(
            'field', 'parent_id', 'name', other.name));
    end if;
    select * into other from catalog.categories c where c.parent_id = given.id and c.is_active limit 1;
    if found and not given.is_active then
        perform core.refuse('catalog.category_has_others', jsonb_build_object(
            'field', 'is_active', 'name', other.name));
    end if;
end $$;

-- A free code for a new category: CAT-0001.
create or replace function catalog.next_category_code() returns text
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select 'CAT-' || lpad((coalesce(max(substr(c.code, 5)::bigint), 0) + 1)::text, 4, '0')
      from catalog.categories c where c.code ~ '^CAT-[0-9]{1,15}$'
$$;

create or replace function catalog.save_category_v1(draft jsonb) returns bigint
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    given catalog.categories := jsonb_populate_record(null::catalog.categories, draft);
    new_version bigint;
begin
    perform core.require('catalog.product.edit');
    -- One after the other: two people who move two branches could make a circle that neither sees.
    lock table catalog.categories in share row exclusive mode;
    given.is_active := coalesce(given.is_active, true);
    given.code := coalesce(nullif(given.code, ''), catalog.next_category_code());
    perform catalog.check_category(given);
    insert into catalog.categories as c (id, parent_id, code, name, name_ar, is_active)
    values (given.id, given.parent_id, given.code, given.name, coalesce(given.name_ar, ''), given.is_active)
        on conflict (id) do update
       set parent_id = excluded.parent_id, code = excluded.code, name = excluded.name, name_ar = excluded.name_ar,
           is_active = excluded.is_active, version = c.version + 1
     where c.version = given.version
    returning c.version into new_version;
    if new_version is null then
        perform core.refuse('core.stale_record');
    end if;
    return new_version;
end $$;
comment on function catalog.save_category_v1(jsonb) is
    'Creates (without version) or changes (with the version read) a category {id, parent_id, code, name, name_ar, '
    'is_active}; an empty code is the next free one. The new version.';

-- The category that a text means below another (or anywhere): its code, or a name of it; null if none.
create or replace function catalog.category_named(said text, parent uuid) returns uuid
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select c.id from catalog.categories c
     where (parent is null or c.parent_id = parent)
       and (upper(c.code) = upper(said) or core.fold(c.name) = core.fold(said) or core.fold(c.name_ar) = core.fold(said))
     order by upper(c.code) = upper(said) desc, c.is_active desc, c.parent_id is null desc, c.code limit 1
$$;

-- The same for a path such as `Drinks > Juices`; what is missing on it is made.
create or replace function catalog.category_of_path(path text) returns uuid
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    said text;
    place uuid;
    found_id uuid;
begin
    for said in select btrim(s) from string_to_table(path, '>') s where btrim(s) <> '' loop
        found_id := catalog.category_named(said, place);
        if found_id is null then
            lock table catalog.categories in share row exclusive mode;
            found_id := coalesce(catalog.category_named(said, place), gen_random_uuid());
            insert into catalog.categories (id, parent_id, code, name, name_ar)
            values (found_id, place, catalog.next_category_code(), said, case when said ~ '[\u0621-\u064a]' then said else '' end)
                on conflict (id) do nothing;
        end if;
        place := found_id;
    end loop;
    return place;
end $$;

grant execute on function catalog.save_category_v1(jsonb) to catalog_app;
