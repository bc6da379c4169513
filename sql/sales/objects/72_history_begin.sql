-- Beginning and ending the import of a history: the file, its years, its products and customers.

-- The import, held so that two computers do not book the same file at once.
create or replace function sales.running_import(wanted uuid) returns sales.imports
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    found sales.imports;
begin
    perform core.require('sales.history.import');
    select * into found from sales.imports i where i.id = wanted for update;
    if found.id is null or found.state <> 'running' then
        perform core.refuse('sales.import_not_running');
    end if;
    return found;
end $$;

create or replace function sales.refuse_other_options(was sales.imports, draft jsonb) returns void
    language plpgsql immutable set search_path = pg_catalog, pg_temp
as $$
begin
    -- Another version of the program may sort the same rows into other documents.
    if was.branch_id <> (draft ->> 'branch_id')::uuid or was.documents <> (draft ->> 'documents')::integer
       or was.options - 'taxes' <> draft -> 'options' then
        perform core.refuse('sales.import_differs', jsonb_build_object(
            'file', was.file, 'tax_code', was.options ->> 'tax_code', 'rate', was.options ->> 'rate',
            'share', coalesce(was.options ->> 'share', '—')));
    end if;
end $$;

-- What a tax code of zero means on every day of a history, as lines keep it: the file has no taxes.
create or replace function sales.exempt_taxes(wanted text, first_on date, last_on date) returns jsonb
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    first_taxes jsonb;
    last_taxes jsonb;
begin
    select r.taxes into first_taxes from accounting.rates_at_v1(first_on) r where r.tax_code = wanted and r.kind <> 'suspended';
    select r.taxes into last_taxes from accounting.rates_at_v1(last_on) r where r.tax_code = wanted;
    if first_taxes is distinct from last_taxes or first_taxes is null
       or jsonb_path_exists(first_taxes, '$[*] ? (@.rate != "0")') then
        perform core.refuse('sales.tax_not_zero', jsonb_build_object('field', 'tax_code', 'tax', wanted));
    end if;
    return first_taxes;
end $$;

-- {id, branch_id, file, sha256, options, rows, value, documents, first_on, last_on}
create or replace function sales.open_import_v1(draft jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    given sales.imports := jsonb_populate_record(null::sales.imports, draft);
    kept sales.imports;
    first_on date := (draft ->> 'first_on')::date;
    last_on date := (draft ->> 'last_on')::date;
begin
    perform core.require('sales.history.import');
    if given.branch_id <> all (core.branches()) then
        perform core.refuse('core.other_branch');
    end if;
    given.options := given.options || jsonb_build_object(
        'taxes', sales.exempt_taxes(given.options ->> 'tax_code', first_on, last_on));
    perform accounting.open_year(y) from generate_series(extract(year from first_on)::integer,
                                                         extract(year from last_on)::integer) y;
    insert into sales.imports (id, branch_id, file, sha256, options, rows, value, documents, started_by)
    values (given.id, given.branch_id, given.file, given.sha256, given.options, given.rows, given.value,
            given.documents, session_user)
    on conflict (id) do nothing;
    select * into kept from sales.imports i where i.id = given.id;
    perform sales.refuse_other_options(kept, draft);
    return to_jsonb(kept);
end $$;
comment on function sales.open_import_v1(jsonb) is
    'Begins an import, or goes on with one that broke off; opens the years of its documents. How far it is.';

-- Products by their codes, customers by theirs; what is there already stays as it is. {code: id} of both.
create or replace function sales.import_masters_v1(import uuid, products jsonb, customers jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
    perform sales.running_import(import);
    return jsonb_build_object('products', catalog.add_products_v1(products),
                              'customers', parties.add_customers_v1(customers));
end $$;
comment on function sales.import_masters_v1(uuid, jsonb, jsonb) is
    'Creates the products and customers of a file that are not there yet: {products: {code: id}, customers: {code: id}}.';

-- Rows: [{row, number, code, reason, value}]
create or replace function sales.reject_rows_v1(import uuid, rejected jsonb) returns void
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    kept sales.imports := sales.running_import(import);
begin
    with added as (
        insert into sales.import_rejections (import_id, branch_id, row, number, code, reason, value)
        select kept.id, kept.branch_id, r.row, r.number, r.code, r.reason, r.value
          from jsonb_to_recordset(rejected)
               as r (row integer, number text, code text, reason text, value numeric)
        on conflict (import_id, row) do nothing
        returning value)
    update sales.imports i
       set rejected_rows = i.rejected_rows + (select count(*) from added),
           rejected_value = i.rejected_value + (select coalesce(sum(a.value), 0) from added a), changed_at = now()
     where i.id = kept.id;
end $$;
comment on function sales.reject_rows_v1(uuid, jsonb) is 'Notes the rows of a file that are on no document.';

create or replace function sales.finish_import_v1(import uuid) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    kept sales.imports;
begin
    perform sales.running_import(import);
    update sales.imports i set state = 'done', finished_at = now(), changed_at = now() where i.id = import
    returning * into kept;
    return to_jsonb(kept);
end $$;
comment on function sales.finish_import_v1(uuid) is 'Ends an import: every row of the file is booked or rejected.';

-- What the company says of a history: its currency, its taxes of zero on all days of it, and how far it is.
create or replace function sales.history_setting_v1(import uuid, first_on date, last_on date) returns jsonb
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
begin
    perform core.require('sales.history.import');
    return jsonb_build_object(
        'currency', (select c.currency from core.company c),
        'taxes', (select coalesce(jsonb_agg(jsonb_build_object('code', f.tax_code, 'name', f.name, 'name_ar', f.name_ar)
                                            order by f.tax_code), '[]')
                    from accounting.rates_at_v1(first_on) f
                    join accounting.rates_at_v1(last_on) l using (tax_code, taxes)
                   where not jsonb_path_exists(f.taxes, '$[*] ? (@.rate != "0")') and f.kind <> 'suspended'),
        'import', (select to_jsonb(i) from sales.imports i where i.id = import));
end $$;
comment on function sales.history_setting_v1(uuid, date, date) is
    'What the company says of a history of these days: {currency, taxes: [{code, name, name_ar}], import}.';

create or replace function sales.import_reasons_v1(import_id uuid)
    returns table (reason text, rows bigint, value numeric, details jsonb)
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select l.reason, sum(l.rows)::bigint, sum(l.value), (array_agg(l.details order by l.place))[1]
      from (select d.reason, d.rows, d.value, d.details, d.place from sales.import_documents d
             where d.import_id = import_reasons_v1.import_id and d.reason <> ''
             union all
            select r.reason, 1, r.value, '{}', r.row from sales.import_rejections r
             where r.import_id = import_reasons_v1.import_id) l
     group by l.reason order by 2 desc, 1
$$;
comment on function sales.import_reasons_v1(uuid) is 'Why rows of a file are not booked, the most frequent reason first.';

grant execute on function sales.history_setting_v1(uuid, date, date), sales.import_reasons_v1(uuid) to sales_app;
grant execute on function sales.open_import_v1(jsonb), sales.import_masters_v1(uuid, jsonb, jsonb),
    sales.reject_rows_v1(uuid, jsonb), sales.finish_import_v1(uuid) to sales_app;
