-- Units of measure that every trading company uses (UN/ECE names shortened); run at founding, granted to nobody.

create or replace function catalog.add_units(units jsonb) returns void
    language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
    insert into catalog.units (code, name, name_ar)
    select u.code, u.name, u.name_ar from jsonb_to_recordset(units) as u (code text, name text, name_ar text)
    on conflict (code) do nothing
$$;
