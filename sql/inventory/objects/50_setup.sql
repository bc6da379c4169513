-- A branch sells from a warehouse; run when a branch is opened, granted to nobody.
-- runs as: superuser

create or replace function inventory.add_warehouses() returns void
    language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
    insert into inventory.warehouses (id, branch_id, code, name, name_ar, is_default)
    select gen_random_uuid(), b.id, b.code, b.name, b.name_ar, true
      from core.branches b
     where not exists (select from inventory.warehouses w where w.branch_id = b.id)
$$;
revoke all on function inventory.add_warehouses() from public;
comment on function inventory.add_warehouses() is 'Gives each branch without a warehouse its first one.';
