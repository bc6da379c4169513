-- The other side of bench_gate.py: the same rows, and not one check.

create schema bare;
create table bare.commands (like core.commands including all);
create table bare.events (like core.events including all);
create table bare.tickets (like till.tickets including all);
create table bare.ticket_lines (like till.ticket_lines including all);
create table bare.payments (like till.payments including all);
create table bare.movements (like inventory.movements including all);
create table bare.stock (like inventory.stock including all);
create table bare.entries (like accounting.entries including all);
create table bare.entry_lines (like accounting.entry_lines including all);
create table bare.series (like accounting.series including all);
create table bare.workstations (like core.workstations including all);
insert into bare.stock select * from inventory.stock;
insert into bare.workstations select * from core.workstations;

create function bare.sell(command uuid, ticket uuid, place uuid, branch uuid, warehouse uuid, period uuid,
                          accounts uuid[], products uuid[], seq bigint, body text)
    returns void language plpgsql as $$
declare
    n bigint;
    entry uuid := gen_random_uuid();
    number text := 'ALG-01-' || lpad(seq::text, 6, '0');
    document jsonb := jsonb_build_object('module', 'till', 'kind', 'ticket', 'id', ticket, 'number', number);
begin
    insert into bare.commands (id, name, body, content_hash, actor_login, workstation_id, branch_id, seq, prev, hash,
                               signature, happened_at, received_from, authenticity, state, result)
    values (command, 'till.sell_v1', body, '\x00', 'amina', place, branch, seq, repeat('0', 64), repeat('0', 64),
            repeat('0', 128), now(), 'ws_alg_01', 'unverified', 'applied',
            jsonb_build_object('ticket_id', ticket, 'number', number, 'entry', 'VC-ALG-2026-000001'));
    update bare.workstations set last_seq = seq, last_hash = repeat('0', 64) where id = place;
    insert into bare.tickets (id, branch_id, workstation_id, number, sold_at, cashier, currency, total, net, tax,
                              command_id, entry_id, session_id, stamp, rounding, cost, taxes)
    values (ticket, branch, place, number, now(), 'amina', 'DZD', 595, 500, 95, command, entry, place, 6, -1, 350,
            '[{"code": "TVA19", "rate": "0.19", "base": "500.00", "amount": "95.00"}]');
    insert into bare.ticket_lines (id, ticket_id, branch_id, line_no, product_id, quantity, unit_price, tax_code,
                                   taxes, total, net, cost)
    select gen_random_uuid(), ticket, branch, row_number() over (), p, 1, 119, 'TVA19',
           '[{"code": "TVA19", "rate": "0.19", "after": []}]', 119, 100, 70
      from unnest(products) p;
    insert into bare.payments (ticket_id, branch_id, line_no, method, amount, tendered, change)
    values (ticket, branch, 1, 'cash', 600, 1000, 400);
    insert into bare.movements (branch_id, warehouse_id, product_id, kind, quantity, value, document, command_id,
                                moved_at)
    select branch, warehouse, p, 'sale', -1, -70, document, command, now() from unnest(products) p;
    -- Its place in the feed is part of the row.
    update bare.stock set on_hand = on_hand - 1, value = value - 70, changed_xid = pg_current_xact_id()
     where warehouse_id = warehouse and product_id = any (products);
    insert into bare.series values ('VC', branch, 2026, 1)
        on conflict (journal, branch_id, year) do update set last_number = bare.series.last_number + 1
        returning last_number into n;
    insert into bare.entries (id, journal, branch_id, period_id, number, dated_on, label, document,
                              command_id, posted_by, taxes)
    values (entry, 'VC', branch, period, 'VC-ALG-2026-' || lpad(n::text, 6, '0'), current_date, number, document,
            command, 'amina', '[{"amount": "tax", "qualifier": "TVA19", "rate": "0.19", "base": "500", "value": "95"}]');
    insert into bare.entry_lines (entry_id, line_no, branch_id, period_id, dated_on, account_id, debit, credit, currency,
                                  amount)
    select entry, o, branch, period, current_date, a, case when o in (1, 5, 6) then 1 else 0 end,
           case when o in (1, 5, 6) then 0 else 1 end, 'DZD', 1
      from unnest(accounts) with ordinality as t (a, o);
    insert into bare.events (topic, payload) values ('till.ticket_sold', document || jsonb_build_object('branch_id', branch));
end $$;
