-- What a step of a cheque or a bill books.

-- The party of a line on an account of single parties: the supplier it was endorsed to, else whoever gave or got it.
drop function if exists accounting.instrument_party(accounting.instruments, text);
create or replace function accounting.instrument_party(held accounting.instruments, state text, code text) returns uuid
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    found_role text := (select p.role from accounting.party_accounts() p join accounting.accounts a on a.id = p.account_id
                         where a.code = instrument_party.code);
    party uuid := case when state = 'endorsed' then held.endorsee_id else held.party_id end;
begin
    if found_role is null then
        return null;
    elsif party is null and found_role <> 'bills_received' then
        perform core.refuse('accounting.instrument_party_missing', jsonb_build_object('number', held.number));
    end if;
    return party;
end $$;

-- What a bank charges is ours, or the customer's when it is billed again.
create or replace function accounting.instrument_fees(held accounting.instruments, day date, fees numeric, fee_tax numeric,
                                                      is_rebilled boolean) returns jsonb
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    paid jsonb := jsonb_build_array(jsonb_build_object(
        'account', accounting.instrument_account(held, 'cashed', day), 'credit', (fees + fee_tax)::text));
    owing text := accounting.instrument_account(held, 'unpaid', day);
begin
    if fees + fee_tax = 0 then
        return '[]';
    elsif is_rebilled then
        return paid || jsonb_build_array(jsonb_build_object(
            'account', owing, 'debit', (fees + fee_tax)::text,
            'party_id', accounting.instrument_party(held, 'unpaid', owing), 'due_on', day));
    end if;
    return paid || (select coalesce(jsonb_agg(jsonb_build_object('account', a.code, 'debit', f.value::text)), '[]')
                      from (values ('', fees), ('tax', fee_tax)) f (qualifier, value)
                      join accounting.account_roles r on r.role = 'bank_fees' and r.qualifier = f.qualifier
                      join accounting.accounts a on a.id = r.account_id
                     where f.value > 0);
end $$;

-- Debit and credit of one step: what is taken to the account of the next state, what the bank paid of it by the way, and both
-- from where it stands. The line of the next state comes first.
drop function if exists accounting.instrument_lines(accounting.instruments, text, text, date, numeric, numeric, boolean);
create or replace function accounting.instrument_lines(held accounting.instruments, aim text, day date, taken numeric,
                                                       by_bank numeric default 0) returns jsonb
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    gives text := case when held.state = 'none' then accounting.instrument_account(held, 'none', day)
                       else accounting.standing_account(held) end;
    takes text := accounting.instrument_account(held, aim, day);
    debit text := case held.direction when 'received' then 'debit' else 'credit' end;
    credit text := case held.direction when 'received' then 'credit' else 'debit' end;
begin
    if gives is not distinct from takes then
        return '[]';
    end if;
    return jsonb_build_array(
               jsonb_build_object('account', takes, 'party_id', accounting.instrument_party(held, aim, takes), debit, taken::text,
                   'due_on', case when aim in ('unpaid', 'returned', 'rejected', 'stopped', 'cancelled') then day
                                  else held.due_on end),
               jsonb_build_object('account', gives, 'party_id', accounting.instrument_party(held, held.state, gives),
                                  credit, (taken + by_bank)::text))
           || case when by_bank = 0 then '[]' else jsonb_build_array(jsonb_build_object(
                  'account', accounting.instrument_account(held, 'cashed', day), debit, by_bank::text)) end;
end $$;

create or replace function accounting.book_instrument(command core.commands, held accounting.instruments, day date,
                                                      lines jsonb) returns uuid
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    entry accounting.entries;
    touched record;
begin
    entry.period_id := accounting.check_day(day, command.actor_id);
    if jsonb_array_length(lines) = 0 then
        return null;
    end if;
    perform accounting.check_lines(lines);
    entry.id := gen_random_uuid();
    entry.branch_id := held.branch_id;
    select lines @> jsonb_build_array(jsonb_build_object('account', accounting.instrument_account(held, 'cashed', day))) as bank,
           (select b.journal from accounting.bank_accounts b where b.id = held.bank_account) as journal into touched;
    entry.journal := case when touched.bank then coalesce(touched.journal, 'BQ') else 'OD' end;
    entry.dated_on := day;
    entry.label := held.number;
    entry.document := jsonb_build_object('module', 'accounting', 'kind', 'instrument', 'id', held.id, 'number', held.number);
    entry.command_id := command.id;
    entry.posted_by := command.actor_login;
    perform accounting.write_entry(entry, lines);
    return entry.id;
end $$;
