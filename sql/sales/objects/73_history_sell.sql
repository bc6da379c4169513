-- Invoices and credit notes of a history: booked as those of today, with the numbers and days that they had.

-- Whoever imports stands for whoever sold; there is no command of the day.
create or replace function sales.history_command(import sales.imports, given jsonb) returns core.commands
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    command core.commands;
begin
    command.branch_id := import.branch_id;
    command.actor_login := session_user;
    command.happened_at := sales.history_moment(given);
    return command;
end $$;

-- The shop's clock was where the company is.
create or replace function sales.history_moment(given jsonb) returns timestamptz
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
    return (given ->> 'at')::timestamp at time zone (select core.zone());
end $$;

-- Each line with what all lines have in common: the tax of zero, and no discount. What comes back of a sale that is
-- known goes back to the shelf at its cost.
create or replace function sales.history_lines(import sales.imports, given jsonb) returns jsonb
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    common jsonb := jsonb_build_object('tax_code', import.options -> 'tax_code', 'taxes', import.options -> 'taxes',
                                       'discount_rate', '0', 'goods_back', given ? 'original_id');
    is_return boolean := given ? 'original_id';
    decimals integer := core.decimals();
begin
    return (
    select jsonb_agg(common || e.l || jsonb_build_object('net', e.l -> 'amount', 'discount', case when is_return then
               round((e.l ->> 'quantity')::numeric * (e.l ->> 'unit_price')::numeric, decimals) - (e.l ->> 'amount')::numeric
               else 0 end) order by e.place)
      from jsonb_array_elements(given -> 'lines') with ordinality as e (l, place));
end $$;

-- Goods that came back of no sale that is known go back to the shelf at what such goods are taken to have cost.
create or replace function sales.receive_unknown(import sales.imports, given jsonb) returns uuid
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    goods jsonb;
    worth numeric;
begin
    select jsonb_agg(jsonb_build_object('product_id', l.product_id, 'quantity', -l.quantity, 'unit_cost', l.unit_cost))
      into goods
      from jsonb_to_recordset(given -> 'lines') as l (product_id uuid, quantity numeric, unit_cost numeric)
     where l.unit_cost is not null;
    if goods is null then
        return null;
    end if;
    worth := (inventory.receive_v1(jsonb_build_object(
        'branch_id', import.branch_id, 'kind', 'return', 'at', sales.history_moment(given),
        'document', sales.history_document(import, given), 'lines', goods)) ->> 'value')::numeric;
    if worth = 0 then
        return null;
    end if;
    return (sales.post_history(import, given, 'sales.invoice', jsonb_build_array(
        jsonb_build_object('amount', 'cost', 'value', -worth))) ->> 'entry_id')::uuid;
end $$;

create or replace function sales.sell_history(import sales.imports, given jsonb) returns jsonb
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    command core.commands := sales.history_command(import, given);
    stamp numeric := sales.stamp_of(given ->> 'kind', 'account', (given ->> 'amount')::numeric, (given ->> 'on')::date);
    booked jsonb;
begin
    booked := sales.book_invoice(command, jsonb_build_object(
        'invoice_id', given -> 'id', 'kind', given -> 'kind', 'branch_id', import.branch_id, 'number', given -> 'number',
        'customer_id', given -> 'customer_id', 'original_id', given -> 'original_id', 'dated_on', given -> 'on',
        'currency', (select c.currency from core.company c), 'language', 'en', 'import_id', import.id,
        'includes_tax', false, 'discount', '0', 'net', given -> 'amount', 'tax', '0', 'total', given -> 'amount', 'stamp', stamp,
        'to_pay', (given ->> 'amount')::numeric + stamp, 'lines', sales.history_lines(import, given)), true);
    if given ? 'original_id' then
        perform sales.settle_original(command, (given ->> 'id')::uuid, (given ->> 'original_id')::uuid);
    end if;
    return jsonb_build_object('amount', given -> 'amount', 'flags', booked -> 'flags',
                              'entry_id', sales.receive_unknown(import, given));
end $$;
