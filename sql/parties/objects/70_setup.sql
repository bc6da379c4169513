-- parties.load_pack: the regions of a country and its usual terms, as data; run at founding, granted to nobody.

create or replace function parties.load_pack(pack jsonb) returns void
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
    insert into parties.regions (country, code, name, name_ar)
    select coalesce(r.country, pack ->> 'country'), r.code, r.name, coalesce(r.name_ar, '')
      from jsonb_to_recordset(coalesce(pack -> 'regions', '[]'))
           as r (country text, code text, name text, name_ar text)
    on conflict (country, code) do nothing;
    insert into parties.terms (code, name, name_ar, days, end_of_month)
    select t.code, t.name, coalesce(t.name_ar, ''), t.days, coalesce(nullif(t.end_of_month, '')::boolean, false)
      from jsonb_to_recordset(coalesce(pack -> 'terms', '[]'))
           as t (code text, name text, name_ar text, days integer, end_of_month text)
    on conflict (code) do nothing;
end $$;
comment on function parties.load_pack(jsonb) is
    '{country, regions: [{code, name, name_ar}], terms: [{code, name, name_ar, days, end_of_month}]}';
