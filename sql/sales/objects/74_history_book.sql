-- sales.import_documents_v1: documents of a history become what they would have been, had we been there.

-- How a document of a history is called in stock and ledger, where each opens its own pages.
create or replace function sales.history_document(import sales.imports, given jsonb) returns jsonb
    language sql immutable set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object('module', case when given ->> 'kind' in ('opening', 'adjustment') then 'inventory'
                                             else 'sales' end, 'kind', given -> 'kind', 'id', given -> 'id',
                              'number', given -> 'number', 'import_id', import.id)
$$;

create or replace function sales.post_history(import sales.imports, given jsonb, rule text, amounts jsonb)
    returns jsonb language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
begin
    return accounting.post_v1(jsonb_build_object(
        'id', gen_random_uuid(), 'rule', rule, 'branch_id', import.branch_id, 'on', given -> 'on', 'is_fact', true,
        'label', given ->> 'number', 'document', sales.history_document(import, given), 'by', session_user,
        'currency', (select c.currency from core.company c), 'party_id', given -> 'customer_id', 'amounts', amounts));
end $$;

-- Goods that come in or go out: what was there before the first day, what was found, what was lost.
create or replace function sales.move_history(import sales.imports, given jsonb) returns jsonb
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    move jsonb := jsonb_build_object('branch_id', import.branch_id, 'kind', given -> 'kind',
                                     'at', sales.history_moment(given), 'is_fact', true,
                                     'document', sales.history_document(import, given));
    worth numeric := 0;
    moved jsonb := '{"flags": []}';
    posted jsonb := '{}';
begin
    if given ? 'in' then
        worth := (inventory.receive_v1(move || jsonb_build_object('lines', given -> 'in')) ->> 'value')::numeric;
    end if;
    if given ? 'out' then
        moved := inventory.issue_v1(move || jsonb_build_object('lines', given -> 'out'));
        worth := worth - (moved ->> 'cost')::numeric;
    end if;
    if worth <> 0 then
        posted := sales.post_history(import, given, 'inventory.' || (given ->> 'kind'), jsonb_build_array(
            jsonb_build_object('amount', 'value', 'value', worth)));
    end if;
    return jsonb_build_object('entry_id', posted -> 'entry_id', 'amount', 0, 'flags', moved -> 'flags');
end $$;

create or replace function sales.give_up_history(import sales.imports, given jsonb) returns jsonb
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    posted jsonb;
begin
    posted := sales.post_history(import, given, 'sales.bad_debt', jsonb_build_array(
        jsonb_build_object('amount', 'lost', 'value', -(given ->> 'amount')::numeric)));
    return jsonb_build_object('entry_id', posted -> 'entry_id', 'amount', given -> 'amount', 'flags', '[]'::jsonb);
end $$;

create or replace function sales.book_history(import sales.imports, given jsonb) returns jsonb
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
begin
    return case given ->> 'kind'
        when 'bad_debt' then sales.give_up_history(import, given)
        when 'invoice' then sales.sell_history(import, given)
        when 'credit_note' then sales.sell_history(import, given)
        else sales.move_history(import, given) end;
end $$;

-- One document, or why it cannot be booked; nothing of it is left then.
create or replace function sales.try_history(import sales.imports, given jsonb) returns jsonb
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    code text;
    details text;
    taken text;
begin
    return sales.book_history(import, given);
exception
    when sqlstate 'ERP01' then
        get stacked diagnostics code = message_text, details = pg_exception_detail;
        return jsonb_build_object('reason', code, 'details', details::jsonb, 'amount', 0, 'flags', '[]'::jsonb);
    when unique_violation then
        get stacked diagnostics taken = constraint_name;
        if taken <> 'invoices_number_is_unique' then
            raise;
        end if;
        return jsonb_build_object('reason', 'sales.number_taken', 'amount', 0, 'flags', '[]'::jsonb);
end $$;

create or replace function sales.note_document(import sales.imports, given jsonb, booked jsonb) returns void
    language sql volatile set search_path = pg_catalog, pg_temp
as $$
    insert into sales.import_documents (id, import_id, branch_id, place, kind, number, dated_on, rows, value, amount,
                                        entry_id, reason, details)
    values ((given ->> 'id')::uuid, import.id, import.branch_id, (given ->> 'place')::integer, given ->> 'kind',
            given ->> 'number', (given ->> 'on')::date, (given ->> 'rows')::integer, (given ->> 'value')::numeric,
            (booked ->> 'amount')::numeric, (booked ->> 'entry_id')::uuid, coalesce(booked ->> 'reason', ''),
            case when booked -> 'flags' = '[]' then coalesce(booked -> 'details', '{}')
                 else jsonb_build_object('flags', booked -> 'flags') end)
$$;

-- What a batch came to, added to what the import has come to.
create or replace function sales.count_documents(import sales.imports, places int4range) returns jsonb
    language sql volatile set search_path = pg_catalog, pg_temp
as $$
    with batch as (
        select count(*) as done,
               coalesce(sum(d.rows) filter (where d.reason = ''), 0) as rows,
               coalesce(sum(d.value) filter (where d.reason = ''), 0) as value,
               coalesce(sum(d.amount), 0) as amount,
               coalesce(sum(d.rows) filter (where d.reason <> ''), 0) as lost_rows,
               coalesce(sum(d.value) filter (where d.reason <> ''), 0) as lost_value
          from sales.import_documents d where d.import_id = import.id and d.place <@ places)
    update sales.imports i
       set done = i.done + b.done, booked_rows = i.booked_rows + b.rows, booked_value = i.booked_value + b.value,
           booked_amount = i.booked_amount + b.amount, rejected_rows = i.rejected_rows + b.lost_rows,
           rejected_value = i.rejected_value + b.lost_value, changed_at = now()
      from batch b where i.id = import.id
    returning to_jsonb(i)
$$;

-- Documents in the order of their places: what is before the next place was booked by an earlier call.
create or replace function sales.import_documents_v1(import uuid, documents jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    kept sales.imports := sales.running_import(import);
    next_place integer := kept.done;
    given jsonb;
begin
    for given in select d from jsonb_array_elements(documents) d loop
        continue when (given ->> 'place')::integer < next_place;
        if (given ->> 'place')::integer <> next_place then
            perform core.refuse('sales.import_not_running');
        end if;
        perform sales.note_document(kept, given, sales.try_history(kept, given));
        next_place := next_place + 1;
    end loop;
    if kept.done = 0 then
        perform inventory.analyze_v1();
    end if;
    return sales.count_documents(kept, int4range(kept.done, next_place));
end $$;
comment on function sales.import_documents_v1(uuid, jsonb) is
    'Books documents [{id, place, kind, number, on, at, rows, value, …}] of an import that were not booked yet; how far it is.';
grant execute on function sales.import_documents_v1(uuid, jsonb) to sales_app;
