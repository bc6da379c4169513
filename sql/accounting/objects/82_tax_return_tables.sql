-- Tax returns: what their tables allow, and how a pack brings the form of its country.

call core.share('accounting.tax_returns'::regclass);
call core.share('accounting.tax_return_boxes'::regclass);
call core.keep_audit('accounting.tax_returns');
comment on table accounting.tax_return_boxes is 'no-audit: the form of the country, as its pack has it';
grant select on accounting.tax_returns, accounting.tax_return_boxes to accounting_app;
call core.permit('accounting.tax.declare', '{accountant}');

create or replace function accounting.load_tax_return(boxes jsonb) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
begin
    delete from accounting.tax_return_boxes;
    insert into accounting.tax_return_boxes (place, code, kind, base, tax, name, name_ar, legal_ref, doubt)
    select b.place, b.box ->> 'code', b.box ->> 'kind', b.box ->> 'base', b.box ->> 'tax', b.box ->> 'name',
           b.box ->> 'name_ar', b.box ->> 'legal_ref', b.box ->> 'doubt'
      from jsonb_array_elements(boxes) with ordinality as b (box, place);
end $$;
