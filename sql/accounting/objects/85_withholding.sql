-- Withholding tax: a certificate is made once, by the law of its day, with its entry; it is undone with it.

call core.keep_to_branch('accounting.withholdings');
comment on table accounting.withholdings is 'no-audit: append-only, with its entry; undone once, by whom and when';
-- It stays as it was made; a number that is still to come comes once.
create or replace function accounting.keep_withholding() returns trigger
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    may_change text[] := case when tg_op = 'UPDATE' and old.number = '' and old.undone_at is null and btrim(new.number) <> ''
                              then '{number}' else '{undone_at,undone_by}' end::text[];
begin
    if tg_op = 'DELETE' or old.undone_at is not null or new.undone_at is null and may_change <> '{number}'
       or to_jsonb(new) - may_change <> to_jsonb(old) - may_change then
        perform core.refuse('core.append_only', '{"relation": "accounting.withholdings"}');
    end if;
    return new;
end $$;
create or replace trigger withholdings_stay before update or delete on accounting.withholdings for each row
    execute function accounting.keep_withholding();
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

drop function if exists accounting.withholding_typed(jsonb);

-- A certificate as it was typed; each refusal names the field that is wrong.
create or replace function accounting.withholding_typed(payload jsonb, may_come boolean default false)
    returns accounting.withholdings
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
                  when made.side = 'received' and made.number = '' and not may_come then 'number'
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

-- What was kept back settles the invoice that it was kept back of.
create or replace function accounting.settle_by_withholding(command core.commands, made accounting.withholdings, invoice uuid)
    returns void language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    left_over numeric := (select abs(sum(o.open)) from accounting.open_lines o
                           where o.entry_id = invoice and o.party_id = made.party_id and o.branch_id = made.branch_id);
begin
    if coalesce(left_over, 0) < made.amount then
        perform core.refuse('accounting.withholding_settles_more', jsonb_build_object(
            'field', 'amount', 'document', made.document, 'open', coalesce(left_over, 0)::text));
    end if;
    perform accounting.match_documents_v1(jsonb_build_object(
        'debit_entry', case made.side when 'issued' then made.entry_id else invoice end,
        'credit_entry', case made.side when 'issued' then invoice else made.entry_id end,
        'amount', made.amount::text, 'by', command.actor_login, 'command_id', command.id));
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
    if payload ->> 'settles' is not null then
        perform accounting.settle_by_withholding(command, made, (payload ->> 'settles')::uuid);
    end if;
    return jsonb_build_object('result', jsonb_build_object('id', made.id, 'number', made.number, 'amount', made.amount::text,
                                                           'entry_id', made.entry_id, 'entry', posted ->> 'number'));
end $$;
comment on function accounting.withhold_v1(core.commands, jsonb) is
    'Handler: {id?, branch_id?, side: issued | received, number (of one received), party_id, party_tax_id?, document, '
    'document_on, dated_on, kind, total (with tax, without stamp), vat, amount, attestation?, attested_until?, settles? (the entry '
    'of the invoice that it was kept back of)}.';

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
    elsif exists (select from accounting.entries e where e.id = known.entry_id and e.document ->> 'kind' = 'payment') then
        perform core.refuse('accounting.withholding_of_payment', jsonb_build_object('number', (
            select e.document ->> 'number' from accounting.entries e where e.id = known.entry_id)));
    end if;
    update accounting.withholdings w set undone_at = now(), undone_by = command.actor_login where w.id = known.id;
    return accounting.reverse_entry_v1(command, jsonb_build_object('entry_id', known.entry_id));
end $$;
comment on function accounting.undo_withholding_v1(core.commands, jsonb) is
    'Handler: {id}: reverses the entry of a certificate, on its day or the first open one; its number stays used.';

-- What a customer keeps back of a payment: its entry is the payment's own.
create or replace function accounting.certify_payment_v1(payload jsonb) returns uuid
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    made accounting.withholdings := accounting.withholding_reckoned(accounting.withholding_typed(
        payload || '{"side": "received"}', true));
begin
    if exists (select from accounting.withholdings w
                where w.side = 'received' and w.party_id = made.party_id and w.document = made.document
                  and w.kind = made.kind and w.undone_at is null) then
        perform core.refuse('accounting.withholding_of_document', jsonb_build_object('document', made.document));
    end if;
    made.entry_id := (payload ->> 'entry_id')::uuid;
    made.made_by := payload ->> 'by';
    made.made_at := now();
    made.command_id := (payload ->> 'command_id')::uuid;
    insert into accounting.withholdings select made.*;
    return made.id;
end $$;
comment on function accounting.certify_payment_v1(jsonb) is
    'A customer''s certificate with a payment, in its transaction: {branch_id, number (empty: to come), party_id, document, '
    'document_on, dated_on, kind, total, vat, amount, entry_id, by, command_id}.';

create or replace function accounting.undo_certificate_v1(entry uuid, by text) returns void
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    known accounting.withholdings;
begin
    select * into known from accounting.withholdings w where w.entry_id = entry for no key update;
    if known.id is null then
        perform core.refuse('core.not_found');
    elsif known.undone_at is not null then
        perform core.refuse('accounting.withholding_undone', jsonb_build_object('number', known.number));
    end if;
    update accounting.withholdings w set undone_at = now(), undone_by = by where w.id = known.id;
end $$;
comment on function accounting.undo_certificate_v1(uuid, text) is
    'Undoes the certificate of a payment, in the transaction that pays it back.';

create or replace function accounting.name_withholding_v1(wanted uuid, number text) returns void
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    known accounting.withholdings;
    typed text := btrim(coalesce(name_withholding_v1.number, ''));
begin
    perform core.require('accounting.withholding.make');
    select * into known from accounting.withholdings w
     where w.id = wanted and w.branch_id = any (core.branches()) for no key update;
    if known.id is null then
        perform core.refuse('core.not_found');
    elsif typed = '' then
        perform core.refuse('accounting.withholding_incomplete', '{"field": "number"}');
    elsif known.undone_at is not null then
        perform core.refuse('accounting.withholding_undone', jsonb_build_object('number', known.document));
    elsif known.number = typed then
        return;
    elsif known.number <> '' then
        perform core.refuse('accounting.withholding_numbered', jsonb_build_object('number', known.number));
    end if;
    update accounting.withholdings w set number = typed where w.id = wanted;
end $$;
comment on function accounting.name_withholding_v1(uuid, text) is 'A certificate that was to come has come: its number, once.';
grant execute on function accounting.name_withholding_v1(uuid, text) to accounting_app;

-- What a payment of a customer may keep back: kinds of all days, what was kept back last, documents that have a certificate.
create or replace function accounting.withholding_setting_v1(parties uuid[]) returns jsonb
    language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'kinds', (select coalesce(jsonb_agg(jsonb_build_object(
                             'code', v.code, 'valid_from', v.valid_from, 'valid_to', v.valid_to,
                             'name', coalesce(v.value ->> 'name', v.code), 'name_ar', coalesce(v.value ->> 'name_ar', ''),
                             'law', v.value) order by v.code, v.valid_from), '[]')
                    from accounting.law_values v where v.kind = 'withholding'),
        'last', (select coalesce(jsonb_agg(distinct l.kind), '[]')
                   from accounting.withholdings l
                  where l.side = 'received' and l.party_id = any (parties) and l.undone_at is null
                    and l.document = (select w.document from accounting.withholdings w
                                       where w.side = 'received' and w.party_id = any (parties) and w.undone_at is null
                                       order by w.dated_on desc, w.made_at desc limit 1)),
        'documents', (select coalesce(jsonb_agg(distinct w.document), '[]') from accounting.withholdings w
                       where w.side = 'received' and w.party_id = any (parties) and w.undone_at is null))
$$;
comment on function accounting.withholding_setting_v1(uuid[]) is
    'What a payment of a customer may keep back for the state: {kinds, last, documents}.';
grant execute on function accounting.certify_payment_v1(jsonb), accounting.undo_certificate_v1(uuid, text),
    accounting.withholding_setting_v1(uuid[]) to sales_owner;

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
           w.made_by, w.undone_at is not null as is_undone, (select c.currency from core.company c) as currency,
           case when e.document ->> 'kind' = 'payment' then e.document ->> 'id' end as payment_id
      from accounting.withholdings w
      left join accounting.entries e on e.id = w.entry_id
      join core.branches b on b.id = w.branch_id
      join accounting.party_names p on p.party_id = w.party_id
      left join accounting.law_values v on v.kind = 'withholding' and v.code = w.kind and v.valid_from <= w.dated_on
                                       and (v.valid_to is null or v.valid_to >= w.dated_on);
comment on view accounting.withholding_list is 'Certificates of withholding tax with what lists and papers say of each.';
grant select on accounting.withholding_list to accounting_app;
