-- What each table of the catalog allows to whom. Products are shared by all branches.

do $$
declare name text;
begin
    foreach name in array array['units', 'products', 'barcodes'] loop
        call core.share(('catalog.' || name)::regclass);
    end loop;
    call core.keep_audit('catalog.units', 'code');
    call core.keep_audit('catalog.products');
    call core.keep_audit('catalog.barcodes', 'barcode');
    call core.feed_changes('catalog.products');
    call core.feed_changes('catalog.barcodes');
end $$;

call core.permit('catalog.product.view', '{administrator,manager,accountant,cashier,clerk,buyer}');
call core.permit('catalog.product.edit', '{administrator,manager,buyer}');
call core.permit('catalog.product.import', '{administrator,manager,buyer}');

-- A barcode that is taken away leaves the tills.
create or replace function catalog.bury_barcode() returns trigger
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
    insert into core.tombstones (set_name, key) values ('catalog.barcodes', old.barcode);
    return null;
end $$;
create or replace trigger bury after delete on catalog.barcodes for each row execute function catalog.bury_barcode();

-- Reading only: who may update a table may also lock it, and with the products every till of the company.
grant select on catalog.units, catalog.products, catalog.barcodes to catalog_app;
grant usage on schema catalog to inventory_owner, inventory_app, till_owner, core_owner;
grant select on catalog.products, catalog.barcodes to inventory_owner, inventory_app, till_owner;
grant references on catalog.products to inventory_owner, till_owner;
