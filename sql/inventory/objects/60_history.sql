-- What the import of a history needs of inventory.

-- Plans that were made for an empty shelf read all of it for each line, once it is full: eight times slower.
create or replace function inventory.analyze_v1() returns void
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
    analyze inventory.stock, inventory.movements;
end $$;
comment on function inventory.analyze_v1() is 'Counts what is on the shelves, for whoever plans how to look there.';
grant execute on function inventory.analyze_v1() to sales_owner;
