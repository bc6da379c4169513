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
    if was.branch_id <> (draft ->> 'branch_id')::uuid or was.options <> draft -> 'options' then
        perform core.refuse('sales.import_differs', jsonb_build_object(
            'file', was.file, 'tax_code', was.options ->> 'tax_code', 'rate', was.options ->> 'rate',
            'share', coalesce(was.options ->> 'share', '—')));
    end if;
end $$;

-- {id, branch_id, file, sha256, options, rows, value, documents, first_on, last_on}
create or replace function sales.open_import_v1(draft jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    given sales.imports := jsonb_populate_record(null::sales.imports, draft);
    kept sales.imports;
begin
    perform core.require('sales.history.import');
    if given.branch_id <> all (core.branches()) then
        perform core.refuse('core.other_branch');
    end if;
    perform accounting.open_year(y) from generate_series(extract(year from (draft ->> 'first_on')::date)::integer,
                                                         extract(year from (draft ->> 'last_on')::date)::integer) y;
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

grant execute on function sales.open_import_v1(jsonb), sales.import_masters_v1(uuid, jsonb, jsonb),
    sales.reject_rows_v1(uuid, jsonb), sales.finish_import_v1(uuid) to sales_app;
