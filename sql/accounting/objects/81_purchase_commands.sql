-- accounting.post_purchase_v1 and undo_purchase_v1: a purchase invoice is booked once, and taken back with its entry.

create or replace function accounting.book_purchase(command core.commands, made accounting.purchases, taxes jsonb) returns jsonb
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    entry accounting.entries;
    waits boolean := coalesce(accounting.law_v1('tax_point', 'purchases', made.booked_on) ->> 'due' = 'payment', false);
    lines jsonb := accounting.purchase_entry_lines(made, taxes, waits);
begin
    entry.id := made.entry_id;
    entry.branch_id := made.branch_id;
    entry.journal := 'AC';
    entry.dated_on := made.booked_on;
    entry.period_id := accounting.check_day(made.booked_on, command.actor_id);
    entry.label := made.label;
    entry.document := jsonb_build_object('module', 'accounting', 'kind', 'purchase', 'id', made.id, 'number', made.number);
    entry.command_id := command.id;
    entry.posted_by := command.actor_login;
    entry.taxes := accounting.purchase_said(made, taxes, waits);
    perform accounting.check_lines(lines);
    return accounting.write_entry(entry, lines);
end $$;

create or replace function accounting.post_purchase_v1(command core.commands, payload jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    made accounting.purchases := accounting.purchase_typed(payload);
    known accounting.purchases;
    reckoned record;
    posted jsonb;
begin
    made.branch_id := coalesce(made.branch_id, command.branch_id);
    if made.branch_id is null or made.branch_id <> all (core.branches()) then
        perform core.refuse('core.other_branch');
    end if;
    -- An answer that was lost on the way is given again.
    select * into known from accounting.purchases b where b.id = made.id;
    if (known.party_id, known.kind, known.number, known.total) = (made.party_id, made.kind, made.number, made.total) then
        return jsonb_build_object('result', jsonb_build_object('id', known.id, 'entry_id', known.entry_id, 'number',
            (select e.number from accounting.entries e where e.id = known.entry_id)));
    end if;
    select * into reckoned from accounting.purchase_reckoned(made);
    made := reckoned.made;
    made.entry_id := gen_random_uuid();
    made.made_by := command.actor_login;
    made.made_at := now();
    made.command_id := command.id;
    insert into accounting.purchases select made.*;
    posted := accounting.book_purchase(command, made, reckoned.taxes);
    return jsonb_build_object('result', jsonb_build_object('id', made.id, 'entry_id', made.entry_id,
                                                           'number', posted ->> 'number'));
end $$;
comment on function accounting.post_purchase_v1(core.commands, jsonb) is
    'Handler: {id?, branch_id?, kind: invoice | credit_note, party_id, number, dated_on, booked_on, due_on?, label?, stamp?, '
    'total (as on the paper), lines: [{account, net, tax_code, use: goods | assets | none, label?, cost_centre?}]}.';

create or replace function accounting.undo_purchase_v1(command core.commands, payload jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    known accounting.purchases;
    settled text;
    day record;
begin
    select * into known from accounting.purchases b
     where b.id = (payload ->> 'id')::uuid and b.branch_id = any (core.branches()) for no key update;
    if known.id is null then
        perform core.refuse('core.not_found');
    elsif known.undone_at is not null then
        perform core.refuse('accounting.purchase_undone', jsonb_build_object('number', known.number));
    end if;
    select e.number into settled
      from accounting.matches m
      join accounting.entries e on e.id = case known.entry_id when m.debit_entry then m.credit_entry else m.debit_entry end
     where known.entry_id in (m.debit_entry, m.credit_entry) and m.undone_at is null limit 1;
    if settled is not null then
        perform core.refuse('accounting.purchase_settled', jsonb_build_object('number', known.number, 'entry', settled));
    end if;
    select * into day
      from accounting.reversal_day((select e from accounting.entries e where e.id = known.entry_id), null, command.actor_id);
    update accounting.purchases b set undone_at = now(), undone_by = command.actor_login where b.id = known.id;
    return jsonb_build_object('result', accounting.reverse_document_v1(jsonb_build_object(
        'entry_id', known.entry_id, 'on', day.dated_on, 'by', command.actor_login, 'command_id', command.id)));
end $$;
comment on function accounting.undo_purchase_v1(core.commands, jsonb) is
    'Handler: {id}: reverses the entry of a purchase that nothing settles, on its day or the first open one.';

grant execute on function accounting.post_purchase_v1(core.commands, jsonb), accounting.undo_purchase_v1(core.commands, jsonb)
    to core_owner;
insert into core.command_types (name, module, permission, is_fact, handler)
values ('accounting.post_purchase_v1', 'accounting', 'accounting.purchase.post', false, 'accounting.post_purchase_v1'),
       ('accounting.undo_purchase_v1', 'accounting', 'accounting.purchase.post', false, 'accounting.undo_purchase_v1')
    on conflict (name) do update set permission = excluded.permission, is_fact = excluded.is_fact,
                                     handler = excluded.handler;

-- What lists and the page of a purchase say of it; `open` is what is still owed, zero of one that was taken back.
create or replace view accounting.purchase_list with (security_invoker = true) as
    select b.id, b.branch_id, c.code as branch, b.kind, b.party_id, p.name, p.name_ar, b.number, b.dated_on, b.booked_on,
           b.due_on, b.label, b.lines, b.net, b.deductible, b.cost_tax, b.stamp, b.total, b.entry_id, e.number as entry,
           b.made_by, b.made_at, b.undone_at is not null as is_undone,
           case when b.undone_at is null
                then coalesce((select -sum(o.open) from accounting.open_lines o
                                where o.entry_id = b.entry_id and o.party_id = b.party_id), 0) else 0 end as open,
           (select y.currency from core.company y) as currency
      from accounting.purchases b
      join core.branches c on c.id = b.branch_id
      join accounting.party_names p on p.party_id = b.party_id
      join accounting.entries e on e.id = b.entry_id;
comment on view accounting.purchase_list is 'Purchase invoices with what lists and pages say of each.';
grant select on accounting.purchase_list to accounting_app;
