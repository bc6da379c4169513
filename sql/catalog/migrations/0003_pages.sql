-- What people type into the pages of categories, packs and price lists: limits, and names for what they may hurt.
-- Locks categories, products, packs, price_lists and prices for a moment; the new checks read the rows that are there.

alter table catalog.categories rename constraint categories_parent_id_fkey to categories_parent_is_known;
alter table catalog.categories
    drop constraint categories_name_is_said,
    add constraint categories_name_is_said check (btrim(name) <> '' and length(name) <= 200),
    add constraint categories_name_ar_is_short check (length(name_ar) <= 200);

alter table catalog.products rename constraint products_category_id_fkey to products_category_is_known;

alter table catalog.packs
    drop constraint packs_name_is_said,
    add constraint packs_name_is_said check (btrim(name) <> '' and length(name) <= 60),
    add constraint packs_name_ar_is_short check (length(name_ar) <= 60);

alter table catalog.price_lists rename constraint price_lists_pkey to price_lists_code_is_taken;
alter table catalog.price_lists
    drop constraint price_lists_name_is_said,
    add constraint price_lists_name_is_said check (btrim(name) <> '' and length(name) <= 200),
    add constraint price_lists_name_ar_is_short check (length(name_ar) <= 200);

alter table catalog.prices rename constraint prices_product_id_fkey to prices_product_is_known;
alter table catalog.prices rename constraint prices_pack_id_fkey to prices_pack_is_known;
