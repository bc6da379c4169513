-- Saving a product with its packs, barcodes, prices and picture: one round trip, all or nothing.

-- The question comes after the insertion: it also sees a barcode that somebody took this very moment.
create or replace function catalog.refuse_taken(wanted text[], field text) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    taken record;
begin
    select b.barcode, p.code, p.name into taken
      from catalog.barcodes b join catalog.products p on p.id = b.product_id
     where b.barcode = any (wanted)
     order by b.barcode limit 1;
    if found then
        perform core.refuse('catalog.barcode_taken', jsonb_build_object(
            'field', field, 'barcode', taken.barcode, 'code', taken.code, 'name', taken.name));
    end if;
end $$;

-- All barcodes of a product: its own, and those of its packs, which are told by their names.
create or replace function catalog.wanted_barcodes(product uuid, draft jsonb)
    returns table (barcode text, pack_id uuid)
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select b.value, null::uuid from jsonb_array_elements_text(coalesce(draft -> 'barcodes', '[]')) b
    union all
    select b.value, k.id
      from jsonb_array_elements(coalesce(draft -> 'packs', '[]')) d
     cross join lateral jsonb_array_elements_text(coalesce(d -> 'barcodes', '[]')) b
      join catalog.packs k on k.product_id = product and k.name = d ->> 'name'
    union all
    -- Of packs nothing was said: they keep what they have.
    select b.barcode, b.pack_id from catalog.barcodes b
     where not draft ? 'packs' and b.product_id = product and b.pack_id is not null
$$;

create or replace function catalog.set_barcodes(product uuid, draft jsonb) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    twice text;
begin
    select w.barcode into twice from catalog.wanted_barcodes(product, draft) w
     group by w.barcode having count(distinct coalesce(w.pack_id, product)) > 1 limit 1;
    if found then
        perform core.refuse('catalog.barcode_repeated', jsonb_build_object('field', 'packs', 'barcode', twice));
    end if;
    delete from catalog.barcodes b
     where b.product_id = product
       and b.barcode not in (select w.barcode from catalog.wanted_barcodes(product, draft) w);
    insert into catalog.barcodes as b (barcode, product_id, pack_id)
    select distinct w.barcode, product, w.pack_id from catalog.wanted_barcodes(product, draft) w order by 1
        on conflict (barcode) do update set pack_id = excluded.pack_id
         where b.product_id = product and b.pack_id is distinct from excluded.pack_id;
    perform catalog.refuse_taken(array(
        select b.barcode from catalog.barcodes b join catalog.wanted_barcodes(product, draft) w using (barcode)
         where b.product_id <> product and w.pack_id is null), 'barcodes');
    perform catalog.refuse_taken(array(
        select b.barcode from catalog.barcodes b join catalog.wanted_barcodes(product, draft) w using (barcode)
         where b.product_id <> product), 'packs');
end $$;

-- Packs as given are all that are sold; others stay for what was sold in them. A pack that was given up and comes
-- again under its name is the same pack.
create or replace function catalog.set_packs(product uuid, wanted jsonb, keeps_others boolean) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    twice text;
begin
    select d ->> 'name' into twice from jsonb_array_elements(wanted) d group by 1 having count(*) > 1 limit 1;
    if found then
        perform core.refuse('catalog.pack_repeated', jsonb_build_object('field', 'packs', 'name', twice));
    end if;
    update catalog.packs k set is_active = false
     where not keeps_others and k.product_id = product and k.is_active
       and not exists (select from jsonb_array_elements(wanted) d
                        where (d ->> 'id')::uuid = k.id or d ->> 'name' = k.name);
    -- By its id first: a pack may get another name.
    update catalog.packs k set name = d ->> 'name'
      from jsonb_array_elements(wanted) d
     where k.id = (d ->> 'id')::uuid and k.product_id = product and k.name <> d ->> 'name';
    insert into catalog.packs as k (id, product_id, name, name_ar, factor, price, is_active)
    select d.id, product, d.name, coalesce(d.name_ar, ''), d.factor, d.price, coalesce(d.is_active, true)
      from jsonb_to_recordset(wanted) as d (id uuid, name text, name_ar text, factor numeric, price numeric,
                                            is_active boolean)
     order by d.name
        on conflict on constraint packs_are_named_once do update
       set name_ar = case when keeps_others and excluded.name_ar = '' then k.name_ar else excluded.name_ar end,
           factor = excluded.factor, price = excluded.price, is_active = excluded.is_active
     where (k.name_ar, k.factor, k.price, k.is_active) is distinct from
           (excluded.name_ar, excluded.factor, excluded.price, excluded.is_active);
end $$;

create or replace function catalog.write_product(given catalog.products) returns bigint
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    new_version bigint;
begin
    if given.version is null then
        insert into catalog.products (id, code, name, name_ar, unit, tax_code, price, price_net, kind, category_id,
                                      reorder_point, is_active, metadata)
        values (given.id, given.code, given.name, coalesce(given.name_ar, ''), given.unit, given.tax_code, given.price,
                given.price_net, coalesce(given.kind, 'goods'), given.category_id, given.reorder_point,
                coalesce(given.is_active, true), coalesce(given.metadata, '{}'))
        returning version into new_version;
        return new_version;
    end if;
    update catalog.products p
       set code = given.code, name = given.name, name_ar = coalesce(given.name_ar, ''), unit = given.unit,
           tax_code = given.tax_code, price = given.price, price_net = given.price_net,
           kind = coalesce(given.kind, p.kind), category_id = given.category_id, reorder_point = given.reorder_point,
           is_active = given.is_active, metadata = coalesce(given.metadata, p.metadata), version = p.version + 1
     where p.id = given.id and p.version = given.version and p.deleted_at is null
    returning p.version into new_version;
    if new_version is null then
        perform core.refuse('core.stale_record');
    end if;
    return new_version;
end $$;
