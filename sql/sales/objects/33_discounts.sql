-- How much of a price somebody may give away alone.

-- Rounding leaves a few centimes on a line, which of a small amount are more than its rate says.
create or replace function sales.check_discounts(command core.commands, payload jsonb) returns void
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    own numeric := core.user_limit(command.actor_id, 'sales.discount');
    slack numeric := (1 + jsonb_array_length(payload -> 'lines')) * 10.0 ^ -core.decimals();
    given numeric;
begin
    select max(l.discount / (l.discount + l.amount)) * 100 into given
      from jsonb_to_recordset(payload -> 'lines') as l (discount numeric, amount numeric)
     where l.discount <> 0 and abs(l.discount) > abs(l.discount + l.amount) * own / 100 + slack;
    if given is not null then
        perform core.refuse('sales.discount_above_limit', jsonb_build_object(
            'given', trim_scale(round(given, 1))::text, 'limit', trim_scale(own)::text));
    end if;
end $$;
