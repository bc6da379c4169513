-- accounting.import_statements_v1: the statements of one file, all or nothing; what is known already is left out.

-- A bank account of the caller's branches, locked until the end.
create or replace function accounting.hold_bank(wanted uuid) returns accounting.bank_accounts
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    held accounting.bank_accounts;
begin
    select * into held from accounting.bank_accounts b
     where b.id = wanted and b.branch_id = any (core.branches()) for no key update;
    if held.id is null then
        perform core.refuse('core.not_found');
    end if;
    return held;
end $$;

-- Whether what a file calls its account is another RIB or IBAN than the one that is kept; other numbers say nothing.
create or replace function accounting.is_of_another_bank(bank accounting.bank_accounts, said text) returns text
    language sql immutable set search_path = pg_catalog, pg_temp
as $$
    select k.kept
      from (select upper(regexp_replace(said, '[[:space:].-]', '', 'g')) as told) f
     cross join lateral (select case when f.told ~ '^[A-Z]{2}[0-9]{2}' then bank.iban else bank.rib end as kept) k
     where k.kept <> '' and length(f.told) = length(k.kept) and f.told <> k.kept
$$;

-- What a statement says by itself.
create or replace function accounting.check_statement(bank accounting.bank_accounts, said accounting.bank_statements,
                                                      currency text, lines jsonb) returns void
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    first_on date := (select min(s.opened_on) from accounting.bank_statements s where s.bank_account_id = bank.id);
    known text := (select s.account from accounting.bank_statements s
                    where s.bank_account_id = bank.id and s.account <> '' limit 1);
    other text := accounting.is_of_another_bank(bank, said.account);
    reached numeric := said.opening + (select coalesce(sum((l ->> 'amount')::numeric), 0) from jsonb_array_elements(lines) l);
    latest date := (select max((l ->> 'booked_on')::date) from jsonb_array_elements(lines) l);
begin
    if currency <> '' and currency <> bank.currency then
        perform core.refuse('accounting.statement_currency', jsonb_build_object('currency', currency, 'wanted', bank.currency));
    elsif said.account <> '' and said.account <> coalesce(known, said.account) then
        perform core.refuse('accounting.statement_other_account', jsonb_build_object('account', said.account, 'known', known));
    elsif other is not null then
        perform core.refuse('accounting.statement_other_bank', jsonb_build_object('account', said.account, 'known', other));
    elsif said.closed_on < first_on then
        perform core.refuse('accounting.statement_too_early', jsonb_build_object('date', first_on));
    elsif reached <> said.closing then
        perform core.refuse('accounting.statement_unbalanced', jsonb_build_object(
            'expected', reached::text, 'closing', said.closing::text));
    elsif latest > said.closed_on then
        perform core.refuse('accounting.statement_day', jsonb_build_object('date', latest, 'closed', said.closed_on));
    end if;
end $$;

-- Keeps one statement with its numbered lines; returns how many movements are new.
create or replace function accounting.keep_statement(bank accounting.bank_accounts, said accounting.bank_statements,
                                                     lines jsonb) returns integer
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    is_first boolean := not exists (select from accounting.bank_statements s where s.bank_account_id = bank.id);
    kept uuid;
    added integer;
    reached numeric;
begin
    insert into accounting.bank_statements (id, bank_account_id, branch_id, account, opened_on, opening, closed_on, closing,
                                            source, file_name, imported_by)
    values (gen_random_uuid(), bank.id, bank.branch_id, said.account, said.opened_on, said.opening, said.closed_on,
            said.closing, said.source, said.file_name, session_user)
    on conflict on constraint bank_statements_are_kept_once do nothing
    returning id into kept;
    if kept is null then
        select s.id into kept from accounting.bank_statements s
         where (s.bank_account_id, s.opened_on, s.closed_on, s.opening, s.closing)
             = (bank.id, said.opened_on, said.closed_on, said.opening, said.closing);
    end if;
    if is_first and said.opening <> 0 then
        insert into accounting.bank_movements (id, statement_id, bank_account_id, branch_id, is_opening, booked_on, valued_on,
                                               amount, occurrence)
        values (gen_random_uuid(), kept, bank.id, bank.branch_id, true, said.opened_on, said.opened_on, said.opening, 1);
    end if;
    insert into accounting.bank_movements (id, statement_id, bank_account_id, branch_id, booked_on, valued_on, amount,
                                           reference, label, occurrence)
    select gen_random_uuid(), kept, bank.id, bank.branch_id, l.booked_on, coalesce(l.valued_on, l.booked_on), l.amount,
           coalesce(l.reference, ''), coalesce(l.label, ''), l.occurrence
      from jsonb_to_recordset(lines) as l (booked_on date, valued_on date, amount numeric, reference text, label text,
                                           occurrence integer)
     where l.amount <> 0
    on conflict on constraint bank_movements_are_taken_once do nothing;
    get diagnostics added = row_count;
    select coalesce(sum(m.amount), 0) into reached from accounting.bank_movements m
     where m.bank_account_id = bank.id and m.booked_on <= said.closed_on;
    if added > 0 and reached <> said.closing then
        perform core.refuse('accounting.statement_gap', jsonb_build_object(
            'date', said.closed_on, 'expected', reached::text, 'closing', said.closing::text));
    end if;
    return added;
end $$;

-- The equals of a whole file are counted: same day, amount and reference.
create or replace function accounting.number_equals(statements jsonb) returns jsonb
    language sql immutable set search_path = pg_catalog, pg_temp
as $$
    with lines as (
        select s.no as statement_no, l.no as line_no, l.line,
               row_number() over (partition by (l.line ->> 'booked_on')::date, (l.line ->> 'amount')::numeric,
                                               coalesce(l.line ->> 'reference', '') order by s.no, l.no) as occurrence
          from jsonb_array_elements(statements) with ordinality as s (said, no)
         cross join jsonb_array_elements(s.said -> 'lines') with ordinality as l (line, no))
    select jsonb_agg(s.said || jsonb_build_object('lines', coalesce((
               select jsonb_agg(l.line || jsonb_build_object('occurrence', l.occurrence) order by l.line_no)
                 from lines l where l.statement_no = s.no), '[]')) order by s.said ->> 'closed_on', s.no)
      from jsonb_array_elements(statements) with ordinality as s (said, no)
$$;

create or replace function accounting.import_statements_v1(bank uuid, statements jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    held accounting.bank_accounts;
    told jsonb;
    said accounting.bank_statements;
    added integer := 0;
    asked integer := (select coalesce(sum(jsonb_array_length(s -> 'lines')), 0) from jsonb_array_elements(statements) s);
begin
    perform core.require('accounting.bank.reconcile');
    held := accounting.hold_bank(bank);
    for told in select s from jsonb_array_elements(accounting.number_equals(statements)) with ordinality as s (s, no)
                 order by s.no loop
        said := jsonb_populate_record(null::accounting.bank_statements, told - 'lines');
        said.account := coalesce(said.account, '');
        said.file_name := coalesce(said.file_name, '');
        perform accounting.check_statement(held, said, coalesce(told ->> 'currency', ''), told -> 'lines');
        added := added + accounting.keep_statement(held, said, told -> 'lines');
    end loop;
    return jsonb_build_object('added', added, 'known', asked - added);
end $$;
comment on function accounting.import_statements_v1(uuid, jsonb) is
    'Takes the statements of one file for a bank account: [{account?, currency?, opened_on, opening, closed_on, closing, source, '
    'file_name?, lines: [{booked_on, valued_on?, amount, reference?, label?}]}]; returns how many movements are new or known.';
grant execute on function accounting.import_statements_v1(uuid, jsonb) to accounting_app;
