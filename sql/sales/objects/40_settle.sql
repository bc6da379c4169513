-- What settles what. Open items are locked in key order before anything is changed, and never settled twice.

create or replace function sales.number_of(item uuid) returns text
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
    return coalesce((select i.number from sales.invoices i where i.id = item),
                    (select p.number from sales.payments p where p.id = item), '');
end $$;

create or replace function sales.lock_items(items uuid[]) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
begin
    perform from sales.open_items o where o.id = any (items) order by o.id for no key update;
end $$;

-- The open items that shares name: {payment_id | credit_note_id, invoice_id | repayment_id, amount}.
create or replace function sales.items_of(shares jsonb) returns uuid[]
    language sql immutable set search_path = pg_catalog, pg_temp
as $$
    select array_agg(distinct i.id)
      from jsonb_to_recordset(shares) as s (payment_id uuid, credit_note_id uuid, invoice_id uuid, repayment_id uuid)
     cross join lateral (values (s.payment_id), (s.credit_note_id), (s.invoice_id), (s.repayment_id)) i (id)
     where i.id is not null
$$;

-- Refuses a request; says the same of a fact, which goes on with what is possible.
create or replace function sales.object_to(code text, details jsonb, is_fact boolean) returns jsonb
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
    if not is_fact then
        perform core.refuse(code, details);
    end if;
    return core.flag(code, details);
end $$;

-- Whether two are one customer, by any id that they ever had.
create or replace function sales.is_same_customer(one uuid, other uuid) returns boolean
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
    return one is not distinct from other
           or (select count(distinct coalesce(p.merged_into, p.id)) from parties.parties p where p.id in (one, other)) = 1
              and one is not null and other is not null;
end $$;

create or replace function sales.entry_of(item uuid) returns uuid
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
    return coalesce((select i.entry_id from sales.invoices i where i.id = item),
                    (select p.entry_id from sales.payments p where p.id = item));
end $$;

-- The same in the ledger: the lines of both documents are matched.
create or replace function sales.match_in_ledger(command core.commands, share uuid, source uuid, target uuid, amount numeric)
    returns void language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
begin
    perform accounting.match_documents_v1(jsonb_build_object(
        'id', share, 'debit_entry', sales.entry_of(target), 'credit_entry', sales.entry_of(source), 'amount', amount,
        'by', command.actor_login, 'command_id', command.id));
end $$;

-- Settles as much of one share as is open of both, and says what was too much. Both are locked already.
create or replace function sales.settle_share(command core.commands, share jsonb, is_fact boolean) returns jsonb
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    asked numeric := (share ->> 'amount')::numeric;
    source sales.open_items;
    target sales.open_items;
    given numeric;
    new_id uuid := gen_random_uuid();
begin
    select * into source from sales.open_items o
     where o.id = coalesce(share ->> 'payment_id', share ->> 'credit_note_id')::uuid
       and o.kind = case when share ->> 'payment_id' is null then 'credit_note' else 'payment' end;
    select * into target from sales.open_items o
     where o.id = coalesce(share ->> 'invoice_id', share ->> 'repayment_id')::uuid
       and o.kind = case when share ->> 'invoice_id' is null then 'repayment' else 'invoice' end;
    if source.id is null or target.id is null or not sales.is_same_customer(source.customer_id, target.customer_id) then
        return sales.object_to('sales.document_unknown', '{}', is_fact);
    elsif (asked > 0 and asked < 1e12 and scale(asked) <= core.decimals()) is not true then
        return sales.object_to('sales.amount_impossible', '{}', is_fact);
    end if;
    given := least(asked, source.open, target.open);
    if given > 0 then
        insert into sales.allocations (id, branch_id, payment_id, credit_note_id, invoice_id, repayment_id, amount, made_by,
                                       command_id)
        values (new_id, target.branch_id, case source.kind when 'payment' then source.id end,
                case source.kind when 'credit_note' then source.id end, case target.kind when 'invoice' then target.id end,
                case target.kind when 'repayment' then target.id end, given, command.actor_login, command.id);
        update sales.open_items o set open = o.open - given where o.id in (source.id, target.id);
        perform sales.match_in_ledger(command, new_id, source.id, target.id, given);
    end if;
    if given < asked then
        return sales.object_to('sales.settled_too_much', jsonb_build_object(
            'number', sales.number_of(case when given = target.open then target.id else source.id end),
            'open', given::text, 'amount', asked::text), is_fact);
    end if;
    return '[]';
end $$;

create or replace function sales.settle(command core.commands, shares jsonb, is_fact boolean) returns jsonb
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    share jsonb;
    flags jsonb := '[]';
begin
    perform sales.lock_items(sales.items_of(shares));
    for share in select value from jsonb_array_elements(shares) loop
        flags := flags || sales.settle_share(command, share, is_fact);
    end loop;
    return flags;
end $$;

-- Takes an allocation back: the same amount is open again at both sides. Both are locked already.
create or replace function sales.undo_allocation(command core.commands, wanted uuid) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    was sales.allocations;
begin
    select * into was from sales.allocations a where a.id = wanted and a.undoes is null;
    if was.id is null or exists (select from sales.allocations a where a.undoes = wanted) then
        perform core.refuse('sales.already_undone');
    end if;
    insert into sales.allocations (id, branch_id, payment_id, credit_note_id, invoice_id, repayment_id, amount, undoes,
                                   made_by, command_id)
    values (gen_random_uuid(), was.branch_id, was.payment_id, was.credit_note_id, was.invoice_id, was.repayment_id,
            was.amount, was.id, command.actor_login, command.id);
    update sales.open_items o set open = o.open + was.amount
     where o.id in (was.payment_id, was.credit_note_id, was.invoice_id, was.repayment_id);
    perform accounting.unmatch_documents_v1(was.id, command.actor_login);
end $$;

-- A credit note settles what its invoice still owes.
create or replace function sales.settle_original(command core.commands, credit_note uuid, original uuid) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    possible numeric;
begin
    select least(c.open, i.open) into possible
      from sales.open_items c, sales.open_items i where c.id = credit_note and i.id = original;
    if possible > 0 then
        perform sales.settle(command, jsonb_build_array(jsonb_build_object(
            'credit_note_id', credit_note, 'invoice_id', original, 'amount', possible)), true);
    end if;
end $$;

create or replace function sales.allocate_v1(command core.commands, payload jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    shares jsonb := coalesce(payload -> 'allocations', '[]');
    undone uuid[] := array(select u::uuid from jsonb_array_elements_text(coalesce(payload -> 'undo', '[]')) u);
    each_one uuid;
begin
    perform sales.lock_items(sales.items_of(shares) || array(
        select i.id from sales.allocations a
         cross join lateral (values (a.payment_id), (a.credit_note_id), (a.invoice_id), (a.repayment_id)) i (id)
         where a.id = any (undone) and i.id is not null));
    foreach each_one in array undone loop
        perform sales.undo_allocation(command, each_one);
    end loop;
    return jsonb_build_object('result', '{}'::jsonb, 'flags', sales.settle(command, shares, false));
end $$;
comment on function sales.allocate_v1(core.commands, jsonb) is
    'Handler: {allocations: [{payment_id | credit_note_id, invoice_id | repayment_id, amount}], undo: [allocation id]}; takes back first.';

grant execute on function sales.allocate_v1(core.commands, jsonb) to core_owner;
insert into core.command_types (name, module, permission, is_fact, handler)
values ('sales.allocate_v1', 'sales', 'sales.payment.allocate', false, 'sales.allocate_v1')
    on conflict (name) do update set permission = excluded.permission, is_fact = excluded.is_fact,
                                     handler = excluded.handler;

create or replace function sales.open_amount_v1(document uuid) returns numeric
    language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select o.open from sales.open_items o where o.id = document
$$;
comment on function sales.open_amount_v1(uuid) is
    'What is open of a posted document or a payment of the user''s branches: zero or more; null if there is none.';
grant execute on function sales.open_amount_v1(uuid) to sales_app;
