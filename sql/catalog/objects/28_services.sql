-- Goods and services are sold on accounts of their own.

create or replace function catalog.with_services_v1(figures jsonb, lines jsonb) returns jsonb
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
declare
    services jsonb;
begin
    select jsonb_object_agg(s.tax_code, s.net) into services
      from (select l.tax_code, sum(l.net) as net
              from jsonb_to_recordset(lines) as l (product_id uuid, tax_code text, net numeric)
              join catalog.products p on p.id = l.product_id and p.kind = 'service'
             group by l.tax_code) s;
    if services is null then
        return figures;
    end if;
    return (
    select jsonb_agg(case when f ->> 'amount' = 'net' and services ? (f ->> 'qualifier')
                          then f || jsonb_build_object('value', ((f ->> 'value')::numeric
                                                                 - (services ->> (f ->> 'qualifier'))::numeric)::text)
                          else f end)
           || jsonb_build_object('amount', 'net', 'qualifier', 'service', 'value', (
                  select sum(v.value::numeric)::text from jsonb_each_text(services) v))
      from jsonb_array_elements(figures) f);
end $$;
comment on function catalog.with_services_v1(jsonb, jsonb) is
    'Amounts to post, of lines [{product_id, tax_code, net}], with the net of services apart under the qualifier `service`.';
grant execute on function catalog.with_services_v1(jsonb, jsonb) to till_owner, sales_owner;
