-- inventory.open_stock_v1: what was there when the branch began. A count made is a fact.

create or replace function inventory.open_stock_v1(command core.commands, payload jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    branch uuid := coalesce((payload ->> 'branch_id')::uuid, command.branch_id);
    received jsonb;
    posted jsonb := '{}';
    document jsonb := jsonb_build_object('module', 'inventory', 'kind', 'opening', 'id', command.id);
begin
    if branch <> all (core.branches()) then
        perform core.refuse('core.other_branch');
    end if;
    -- Goods that somebody without the right says were there wait until somebody with the right says so too.
    if not coalesce(core.user_may(command.actor_id, 'inventory.stock.open'), false)
       and not core.may('inventory.stock.open') then
        perform core.refuse('core.not_permitted', '{"permission": "inventory.stock.open"}');
    end if;
    received := inventory.receive_v1(payload || jsonb_build_object(
        'branch_id', branch, 'kind', 'opening', 'document', document, 'command_id', command.id,
        'at', command.happened_at));
    if (received ->> 'value')::numeric > 0 then
        posted := accounting.post_v1(jsonb_build_object(
            'id', gen_random_uuid(), 'rule', 'inventory.opening', 'branch_id', branch,
            'on', core.local_date(command.happened_at), 'label', 'Stock', 'document', document,
            'command_id', command.id, 'by', command.actor_login, 'is_fact', true,
            'currency', (select c.currency from core.company c),
            'amounts', jsonb_build_array(jsonb_build_object('amount', 'value', 'value', received -> 'value'))));
    end if;
    return jsonb_build_object('result', received || jsonb_build_object('entry', posted ->> 'number'),
                              'flags', coalesce(posted -> 'flags', '[]'));
end $$;
comment on function inventory.open_stock_v1(core.commands, jsonb) is
    'Handler: {branch_id?, lines: [{product_id, quantity, unit_cost}]}.';
grant execute on function inventory.open_stock_v1(core.commands, jsonb) to core_owner;

insert into core.command_types (name, module, permission, is_fact, handler)
values ('inventory.open_stock_v1', 'inventory', 'inventory.stock.open', true, 'inventory.open_stock_v1')
    on conflict (name) do update set permission = excluded.permission, is_fact = excluded.is_fact,
                                     handler = excluded.handler;
