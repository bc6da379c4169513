-- Cheques that customers hand over at the till lie in the portfolio from then on; their amount stands on its account already.

create or replace function till.take_cheques(command core.commands, payload jsonb, document jsonb, entry uuid) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    paid record;
    day date := core.local_date(command.happened_at);
begin
    for paid in select p.amount, nullif(btrim(p.reference), '') as reference
                  from jsonb_to_recordset(payload -> 'payments') as p (method text, amount numeric, reference text)
                 where p.method = 'cheque' and p.amount > 0 loop
        perform accounting.receive_instrument_v1(jsonb_build_object(
            'branch_id', command.branch_id, 'kind', 'cheque', 'number', coalesce(paid.reference, document ->> 'number'),
            'amount', paid.amount, 'issued_on', day, 'due_on', day, 'party_id', payload -> 'customer_id',
            'document', document, 'entry_id', entry, 'by', command.actor_login, 'command_id', command.id));
    end loop;
end $$;
