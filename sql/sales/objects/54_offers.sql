-- What products cost, how they are taxed and what there is of them, for any number of lines at once.

create or replace function sales.offers_v1(wanted jsonb, price_list text, day date, branch uuid) returns jsonb
    language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    with asked as (
        select a.id::uuid, ''::text as text, null::uuid as pack_id from jsonb_array_elements_text(wanted -> 'ids') a (id)
        union all
        select p.id, c.code, null from jsonb_array_elements_text(wanted -> 'codes') c (code)
          join catalog.products p on p.code in (c.code, upper(c.code))
        union all
        -- A scanner sends a UPC-A as 12 digits, or with a zero in front as 13.
        select b.product_id, c.code, b.pack_id from jsonb_array_elements_text(wanted -> 'codes') c (code)
          join catalog.barcodes b on b.barcode = c.code
                                  or c.code ~ '^[0-9]{12}$' and b.barcode = '0' || c.code
                                  or c.code ~ '^0[0-9]{12}$' and b.barcode = substring(c.code from 2))
    select coalesce(jsonb_agg(jsonb_build_object(
               'id', p.id, 'text', a.text, 'scanned_pack', a.pack_id, 'code', p.code, 'name', p.name,
               'name_ar', p.name_ar, 'unit', p.unit, 'kind', p.kind, 'tax_code', p.tax_code, 'is_active', p.is_active,
               'price', p.price::text, 'price_net', p.price_net::text,
               'on_hand', case when p.kind = 'goods' then coalesce((
                              select s.on_hand from inventory.stock s
                                join inventory.warehouses w on w.id = s.warehouse_id and w.is_default
                               where w.branch_id = branch and s.product_id = p.id), 0)::text end,
               'packs', (select coalesce(jsonb_agg(jsonb_build_object(
                                    'id', k.id, 'name', k.name, 'name_ar', k.name_ar, 'factor', k.factor::text,
                                    'price', k.price::text) order by k.factor, k.name), '[]')
                           from catalog.packs k where k.product_id = p.id and k.is_active),
               'listed', (select coalesce(jsonb_agg(jsonb_build_object(
                                     'pack_id', r.pack_id, 'min_quantity', r.min_quantity::text, 'price', r.price::text,
                                     'valid_from', r.valid_from, 'valid_to', r.valid_to)), '[]')
                            from catalog.prices r
                           where r.product_id = p.id and r.price_list = offers_v1.price_list
                             and r.valid_from <= day and (r.valid_to is null or r.valid_to >= day)),
               'lists_tax', coalesce((select l.includes_tax from catalog.price_lists l
                                       where l.code = offers_v1.price_list), true))), '[]')
      from asked a
      join catalog.products p on p.id = a.id and p.deleted_at is null
     where (select core.may('sales.invoice.view'))
$$;
comment on function sales.offers_v1(jsonb, text, date, uuid) is
    'Products of {ids, codes (or barcodes)} with their prices of a list and a day, packs and stock of a branch.';
grant execute on function sales.offers_v1(jsonb, text, date, uuid) to sales_app;
