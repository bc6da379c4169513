-- Units of measure that a company adds or renames; products refer to the code, which never changes.

create or replace function catalog.save_unit_v1(unit jsonb, is_new boolean) returns void
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
    perform core.require('catalog.product.edit');
    if btrim(coalesce(unit ->> 'name', '')) = '' then
        perform core.refuse('catalog.unit_name_missing', jsonb_build_object('field', 'name'));
    elsif is_new then
        insert into catalog.units (code, name, name_ar)
        values (unit ->> 'code', btrim(unit ->> 'name'), btrim(coalesce(unit ->> 'name_ar', '')));
        return;
    end if;
    update catalog.units u set name = btrim(unit ->> 'name'), name_ar = btrim(coalesce(unit ->> 'name_ar', ''))
     where u.code = unit ->> 'code';
    if not found then
        perform core.refuse('core.not_found');
    end if;
end $$;
comment on function catalog.save_unit_v1(jsonb, boolean) is 'Keeps {code, name, name_ar?}; a new one under a code of its own.';
grant execute on function catalog.save_unit_v1(jsonb, boolean) to catalog_app;
