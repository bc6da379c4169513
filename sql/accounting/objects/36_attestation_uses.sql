-- What documents use of attestations: the tax is not charged, its base counts, and the ceiling is never passed.

-- The tax that stands in the place of one that is suspended: zero, on what the other taxes leave as its base. The twin of
-- modules/accounting/suspension.py; a test asks both the same.
create or replace function accounting.suspended_code(tax_code text, taxes text[]) returns text
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select s.code
      from accounting.taxes t
      join accounting.taxes s on s.kind = 'suspended' and s.base_taxes = array(
               select b.code from unnest(t.base_taxes) with ordinality as b (code, place)
                where b.code <> all (taxes) order by b.place)
     where t.code = tax_code and t.kind <> 'suspended' and t.code = any (taxes)
     order by s.code limit 1
$$;

-- What of a document is under suspension: the base of the taxes of that kind.
create or replace function accounting.suspended_base(figures jsonb) returns numeric
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select sum((f ->> 'base')::numeric)
      from jsonb_array_elements(figures) f join accounting.taxes t on t.code = f ->> 'qualifier' and t.kind = 'suspended'
     where f ->> 'amount' = 'tax'
$$;

-- Each line stands under the tax that the attestation puts in the place of its own.
create or replace function accounting.check_suspended_lines(known accounting.attestations, lines jsonb) returns void
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    other record;
begin
    select l.tax_code, l.suspended_tax into other
      from (select distinct r.tax_code, coalesce(r.suspended_tax, '') as suspended_tax
              from jsonb_to_recordset(lines) as r (tax_code text, suspended_tax text)) l
      join accounting.taxes t on t.code = l.tax_code
     where (t.kind = 'suspended' or l.suspended_tax <> '')
       and accounting.suspended_code(l.suspended_tax, known.taxes) is distinct from l.tax_code
     limit 1;
    if found then
        perform core.refuse('accounting.attestation_tax', jsonb_build_object(
            'number', known.number, 'tax', coalesce(nullif(other.suspended_tax, ''), other.tax_code)));
    end if;
end $$;

-- Whether it can be used on a day; what is given back, it takes whatever has become of it.
create or replace function accounting.check_attestation(known accounting.attestations, day date) returns void
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
    if known.withdrawn_at is not null then
        perform core.refuse('accounting.attestation_withdrawn', jsonb_build_object('number', known.number));
    elsif day not between known.valid_from and known.valid_to then
        perform core.refuse('accounting.attestation_not_valid', jsonb_build_object(
            'number', known.number, 'first', to_char(known.valid_from, 'DD/MM/YYYY'),
            'last', to_char(known.valid_to, 'DD/MM/YYYY'), 'date', to_char(day, 'DD/MM/YYYY')));
    end if;
end $$;

-- Locked, so that two documents never pass the ceiling together.
create or replace function accounting.take_attestation(known accounting.attestations, amount numeric) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
begin
    if known.used + amount > known.ceiling then
        perform core.refuse('accounting.attestation_exceeded', jsonb_build_object(
            'number', known.number, 'left', (known.ceiling - known.used)::text, 'amount', amount::text));
    elsif known.used + amount < 0 then
        perform core.refuse('accounting.attestation_not_used', jsonb_build_object(
            'number', known.number, 'used', known.used::text, 'amount', (-amount)::text));
    end if;
    update accounting.attestations a set used = a.used + amount, version = a.version + 1 where a.id = known.id;
end $$;

create or replace function accounting.use_attestation_v1(asked jsonb) returns boolean
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    known accounting.attestations;
    amount numeric := accounting.suspended_base(asked -> 'figures');
begin
    if amount is null then
        if jsonb_path_exists(asked -> 'lines', '$[*] ? (@.suspended_tax != null && @.suspended_tax != "")') then
            perform core.refuse('accounting.attestation_needed');
        end if;
        return false;
    end if;
    select * into known from accounting.attestations a where a.id = (asked ->> 'attestation_id')::uuid for no key update;
    if known.id is null then
        perform core.refuse('accounting.attestation_needed');
    elsif known.party_id <> all (array(select jsonb_array_elements_text(asked -> 'parties')::uuid)) then
        perform core.refuse('accounting.attestation_of_another', jsonb_build_object('number', known.number));
    end if;
    if not coalesce((asked ->> 'gives_back')::boolean, false) then
        perform accounting.check_suspended_lines(known, asked -> 'lines');
        if amount >= 0 then
            perform accounting.check_attestation(known, (asked ->> 'on')::date);
        end if;
    end if;
    if amount <> 0 then
        insert into accounting.attestation_uses (document_id, attestation_id, branch_id, document, dated_on, amount, used_by,
                                                 command_id)
        values ((asked -> 'document' ->> 'id')::uuid, known.id, (asked ->> 'branch_id')::uuid, asked -> 'document',
                (asked ->> 'on')::date, amount, asked ->> 'by', (asked ->> 'command_id')::uuid)
        on conflict (document_id) do nothing;
        -- What is posted already, its module refuses to post again.
        if found then
            perform accounting.take_attestation(known, amount);
        end if;
    end if;
    return true;
end $$;
comment on function accounting.use_attestation_v1(jsonb) is
    'A document under suspension, in its transaction: {attestation_id, parties: [id], document: {module, kind, id, number}, '
    'branch_id, on, figures (as tax_amounts_v1 says them), lines: [{tax_code, suspended_tax}], gives_back (of a document that '
    'used it), by, command_id}. Whether anything of it is suspended; what is not allowed is refused.';

-- What an invoice may choose from: what is not withdrawn, of a customer by any id that they ever had.
create or replace function accounting.attestations_of_v1(parties uuid[]) returns jsonb
    language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select coalesce(jsonb_agg(jsonb_build_object(
               'id', a.id, 'number', a.number, 'authority', a.authority, 'valid_from', a.valid_from, 'valid_to', a.valid_to,
               'taxes', a.taxes, 'left', (a.ceiling - a.used)::text) order by a.valid_to, a.number), '[]')
      from accounting.attestations a
     where a.party_id = any (parties) and a.withdrawn_at is null
$$;
comment on function accounting.attestations_of_v1(uuid[]) is
    'Attestations of a customer that are not withdrawn: {id, number, authority, valid_from, valid_to, taxes, left}.';

create or replace function accounting.attestation_words_v1(wanted uuid) returns jsonb
    language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object('number', a.number, 'authority', a.authority, 'date', to_char(a.issued_on, 'DD/MM/YYYY'),
                              'until', to_char(a.valid_to, 'DD/MM/YYYY'))
      from accounting.attestations a where a.id = wanted
$$;
comment on function accounting.attestation_words_v1(uuid) is 'What a paper says of an attestation.';

grant execute on function accounting.use_attestation_v1(jsonb), accounting.attestations_of_v1(uuid[]),
    accounting.attestation_words_v1(uuid) to sales_owner;
