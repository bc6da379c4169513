-- Withholding tax: a certificate is made once, by the law of its day, with its entry; it is undone with it.

call core.keep_to_branch('accounting.withholdings');
comment on table accounting.withholdings is 'no-audit: append-only, with its entry; undone once, by whom and when';
create or replace trigger withholdings_stay before update or delete on accounting.withholdings for each row
    execute function accounting.check_undone_once();
create or replace trigger withholdings_never_emptied before truncate on accounting.withholdings for each statement
    execute function core.forbid();
grant select on accounting.withholdings to accounting_app;
call core.permit('accounting.withholding.make', '{accountant}');

-- What the law withholds: the twin of modules/accounting/withholding.py; a test asks both the same.
create or replace function accounting.withheld_of(law jsonb, total numeric, vat numeric, is_attested boolean,
                                                  out base numeric, out rate numeric, out amount numeric)
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
    base := case law ->> 'base' when 'vat' then vat when 'net' then total - vat else total end;
    rate := case when is_attested and law ? 'attested' then (law ->> 'attested')::numeric
                 else (law ->> 'rate')::numeric end;
    if total <= coalesce((law ->> 'free_up_to')::numeric, 0) then
        rate := 0;
    end if;
    amount := round(base * rate, core.decimals());
end $$;

-- A certificate as it was typed; each refusal names the field that is wrong.
create or replace function accounting.withholding_typed(payload jsonb) returns accounting.withholdings
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    made accounting.withholdings := jsonb_populate_record(null::accounting.withholdings, payload
        - '{year,sequence,base,rate,entry_id,made_by,made_at,command_id,undone_by,undone_at}'::text[]);
    wrong text;
begin
    made.id := coalesce(made.id, gen_random_uuid());
    made.number := btrim(coalesce(made.number, ''));
    made.document := btrim(coalesce(made.document, ''));
    made.attestation := btrim(coalesce(made.attestation, ''));
    made.party_tax_id := btrim(coalesce(made.party_tax_id, ''));
    made.vat := coalesce(made.vat, 0);
    wrong := case when (made.side in ('issued', 'received')) is not true then 'side'
                  when not exists (select from accounting.party_names p where p.party_id = made.party_id) then 'party'
                  when made.side = 'received' and made.number = '' then 'number'
                  when made.document = '' then 'document'
                  when made.document_on is null then 'document_on'
                  when (made.dated_on >= made.document_on) is not true then 'dated_on'
                  when accounting.is_amount(made.total) is not true then 'total'
                  when (made.vat = 0 or accounting.is_amount(made.vat)) is not true or made.vat >= made.total then 'vat'
                  when (made.attestation = '') <> (made.attested_until is null) then 'attested_until' end;
    if wrong is not null then
        perform core.refuse('accounting.withholding_incomplete', jsonb_build_object('field', wrong));
    end if;
    return made;
end $$;

create or replace function accounting.withholding_reckoned(made accounting.withholdings) returns accounting.withholdings
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    law jsonb := accounting.law_v1('withholding', made.kind, made.dated_on);
    said record;
begin
    if law is null then
        perform core.refuse('accounting.withholding_kind_unknown', jsonb_build_object('field', 'kind', 'date', made.dated_on));
    elsif made.attested_until < made.dated_on and law ? 'attested' then
        perform core.refuse('accounting.attestation_expired', jsonb_build_object(
            'field', 'attested_until', 'number', made.attestation, 'date', made.attested_until));
    end if;
    select * into said from accounting.withheld_of(law, made.total, made.vat, made.attested_until is not null);
    if said.amount = 0 then
        perform core.refuse('accounting.withholding_nothing');
    elsif made.amount is distinct from said.amount then
        perform core.refuse('accounting.withholding_amount', jsonb_build_object(
            'field', 'amount', 'amount', said.amount::text, 'base', said.base::text, 'rate', said.rate::text));
    end if;
    made.base := said.base;
    made.rate := said.rate;
    return made;
end $$;

-- Ours: less is owed to the supplier, and the state is owed it; a customer's: he owes less, and the state owes it us.
create or replace function accounting.book_withholding(command core.commands, made accounting.withholdings) returns jsonb
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    entry accounting.entries;
    is_ours boolean := made.side = 'issued';
    party jsonb := accounting.closing_line(accounting.role_account(
        case when is_ours then 'payable' else 'receivable' end, ''), case when is_ours then made.amount else -made.amount end);
    state jsonb := accounting.closing_line(accounting.role_account(
        case when is_ours then 'withheld' else 'withheld_from_us' end, ''), case when is_ours then -made.amount else made.amount end);
    lines jsonb := jsonb_build_array(party || jsonb_build_object('party_id', made.party_id, 'due_on', made.dated_on), state);
begin
    entry.id := made.entry_id;
    entry.branch_id := made.branch_id;
    entry.journal := 'OD';
    entry.dated_on := made.dated_on;
    entry.period_id := accounting.check_day(made.dated_on, command.actor_id);
    entry.label := made.number || ' ' || made.document;
    entry.document := jsonb_build_object('module', 'accounting', 'kind', 'withholding', 'id', made.id, 'number', made.number);
    entry.command_id := command.id;
    entry.posted_by := command.actor_login;
    perform accounting.check_lines(lines);
    return accounting.write_entry(entry, lines);
end $$;

create or replace function accounting.withhold_v1(command core.commands, payload jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    made accounting.withholdings := accounting.withholding_typed(payload);
    posted jsonb;
begin
    made.branch_id := coalesce(made.branch_id, command.branch_id);
    if made.branch_id is null or made.branch_id <> all (core.branches()) then
        perform core.refuse('core.other_branch');
    end if;
    made := accounting.withholding_reckoned(made);
    if made.side = 'issued' then
        -- One certificate of a branch after the other, so that their numbers have no gap.
        perform pg_advisory_xact_lock(hashtextextended('accounting.withholdings' || made.branch_id, 0));
        made.year := extract(year from made.dated_on);
        made.sequence := 1 + (select count(*) from accounting.withholdings w
                               where w.branch_id = made.branch_id and w.year = made.year);
        made.number := format('RS-%s-%s-%s', (select b.code from core.branches b where b.id = made.branch_id), made.year,
                              lpad(made.sequence::text, greatest(6, length(made.sequence::text)), '0'));
    end if;
    made.entry_id := gen_random_uuid();
    made.made_by := command.actor_login;
    made.made_at := now();
    made.command_id := command.id;
    insert into accounting.withholdings select made.*;
    posted := accounting.book_withholding(command, made);
    return jsonb_build_object('result', jsonb_build_object('id', made.id, 'number', made.number, 'amount', made.amount::text,
                                                           'entry_id', made.entry_id, 'entry', posted ->> 'number'));
end $$;
comment on function accounting.withhold_v1(core.commands, jsonb) is
    'Handler: {id?, branch_id?, side: issued | received, number (of one received), party_id, party_tax_id?, document, '
    'document_on, dated_on, kind, total (with tax, without stamp), vat, amount, attestation?, attested_until?}.';

create or replace function accounting.undo_withholding_v1(command core.commands, payload jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    known accounting.withholdings;
begin
    select * into known from accounting.withholdings w
     where w.id = (payload ->> 'id')::uuid and w.branch_id = any (core.branches()) for no key update;
    if known.id is null then
        perform core.refuse('core.not_found');
    elsif known.undone_at is not null then
        perform core.refuse('accounting.withholding_undone', jsonb_build_object('number', known.number));
    end if;
    update accounting.withholdings w set undone_at = now(), undone_by = command.actor_login where w.id = known.id;
    return accounting.reverse_entry_v1(command, jsonb_build_object('entry_id', known.entry_id));
end $$;
comment on function accounting.undo_withholding_v1(core.commands, jsonb) is
    'Handler: {id}: reverses the entry of a certificate, on its day or the first open one; its number stays used.';

grant execute on function accounting.withhold_v1(core.commands, jsonb),
    accounting.undo_withholding_v1(core.commands, jsonb) to core_owner;
insert into core.command_types (name, module, permission, is_fact, handler)
values ('accounting.withhold_v1', 'accounting', 'accounting.withholding.make', false, 'accounting.withhold_v1'),
       ('accounting.undo_withholding_v1', 'accounting', 'accounting.withholding.make', false, 'accounting.undo_withholding_v1')
    on conflict (name) do update set permission = excluded.permission, is_fact = excluded.is_fact,
                                     handler = excluded.handler;

create or replace view accounting.withholding_list with (security_invoker = true) as
    select w.id, w.branch_id, b.code as branch, w.side, w.number, w.party_id, p.name, p.name_ar, w.party_tax_id, w.document,
           w.document_on, w.dated_on, w.kind, coalesce(v.value ->> 'name', w.kind) as kind_name,
           coalesce(v.value ->> 'name_ar', w.kind) as kind_name_ar, coalesce(v.value ->> 'base', '') as kind_base,
           coalesce(v.legal_ref, '') as legal_ref, w.total, w.vat, w.base, w.rate, w.amount, w.attestation, w.attested_until,
           w.made_by, w.undone_at is not null as is_undone, (select c.currency from core.company c) as currency
      from accounting.withholdings w
      join core.branches b on b.id = w.branch_id
      join accounting.party_names p on p.party_id = w.party_id
      left join accounting.law_values v on v.kind = 'withholding' and v.code = w.kind and v.valid_from <= w.dated_on
                                       and (v.valid_to is null or v.valid_to >= w.dated_on);
comment on view accounting.withholding_list is 'Certificates of withholding tax with what lists and papers say of each.';
grant select on accounting.withholding_list to accounting_app;
