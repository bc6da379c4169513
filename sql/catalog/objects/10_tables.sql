-- What each table of the catalog allows to whom. Products are shared by all branches.

do $$
declare name text;
begin
    foreach name in array array['units', 'products', 'barcodes', 'categories', 'packs', 'price_lists', 'prices',
                                'pictures'] loop
        call core.share(('catalog.' || name)::regclass);
    end loop;
    call core.keep_audit('catalog.units', 'code');
    call core.keep_audit('catalog.products');
    call core.keep_audit('catalog.barcodes', 'barcode');
    call core.keep_audit('catalog.categories');
    call core.keep_audit('catalog.packs');
    call core.keep_audit('catalog.price_lists', 'code');
    call core.keep_audit('catalog.prices');
    call core.feed_changes('catalog.products');
    call core.feed_changes('catalog.categories');
    call core.feed_changes('catalog.packs');
    call core.feed_changes('catalog.price_lists');
    call core.feed_changes('catalog.prices');
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

comment on table catalog.pictures is 'no-audit: a picture, no record';

-- Reading only: who may update a table may also lock it, and with the products every till of the company.
grant select on all tables in schema catalog to catalog_app;
grant usage on schema catalog to inventory_owner, inventory_app, parties_owner, parties_app, till_owner, core_owner,
    sales_owner;
grant select on catalog.products, catalog.barcodes to inventory_owner, inventory_app, till_owner, sales_owner;
grant select on catalog.packs, catalog.prices to till_owner, sales_owner;
grant select on catalog.units to sales_owner;
grant select on catalog.price_lists to parties_owner, parties_app, till_owner, sales_owner;
grant references on catalog.products, catalog.packs, catalog.price_lists
    to inventory_owner, parties_owner, till_owner, sales_owner;
