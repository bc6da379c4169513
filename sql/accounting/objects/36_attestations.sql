-- Attestations are kept and withdrawn, and read with what is left of each.

create or replace function accounting.attestation_typed(draft jsonb) returns accounting.attestations
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    given accounting.attestations := jsonb_populate_record(null::accounting.attestations, draft);
    wrong text;
begin
    given.number := btrim(coalesce(given.number, ''));
    given.authority := btrim(coalesce(given.authority, ''));
    given.goods := btrim(coalesce(given.goods, ''));
    given.taxes := array(select distinct t from unnest(given.taxes) t order by t);
    wrong := case when not exists (select from accounting.party_names p where p.party_id = given.party_id) then 'party'
                  when given.number = '' or length(given.number) > 100 then 'number'
                  when given.authority = '' or length(given.authority) > 200 then 'authority'
                  when given.issued_on is null then 'issued_on'
                  when given.valid_from is null then 'valid_from'
                  when (given.valid_to >= given.valid_from) is not true then 'valid_to'
                  when given.ceiling is not null and accounting.is_amount(given.ceiling) is not true then 'ceiling'
                  when length(given.goods) > 500 then 'goods'
                  when cardinality(given.taxes) = 0 or exists (
                       select from unnest(given.taxes) c left join accounting.taxes t on t.code = c
                        where t.code is null or t.kind = 'suspended') then 'taxes' end;
    if wrong is not null then
        perform core.refuse('accounting.attestation_incomplete', jsonb_build_object('field', wrong));
    end if;
    return given;
end $$;

create or replace function accounting.save_attestation_v1(draft jsonb) returns bigint
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    given accounting.attestations;
    known accounting.attestations;
    new_version bigint;
begin
    perform core.require('accounting.attestation.edit');
    given := accounting.attestation_typed(draft);
    if given.version is null then
        insert into accounting.attestations (id, party_id, number, authority, issued_on, valid_from, valid_to, taxes, ceiling,
                                             goods, made_by)
        values (given.id, given.party_id, given.number, given.authority, given.issued_on, given.valid_from, given.valid_to,
                given.taxes, given.ceiling, given.goods, session_user);
        return 1;
    end if;
    select * into known from accounting.attestations a where a.id = given.id for no key update;
    if known.version is distinct from given.version then
        perform core.refuse('core.stale_record');
    elsif given.ceiling < known.used then
        perform core.refuse('accounting.attestation_used_more', jsonb_build_object(
            'field', 'ceiling', 'number', known.number, 'used', known.used::text));
    end if;
    update accounting.attestations a
       set party_id = given.party_id, number = given.number, authority = given.authority, issued_on = given.issued_on,
           valid_from = given.valid_from, valid_to = given.valid_to, taxes = given.taxes, ceiling = given.ceiling,
           goods = given.goods, version = a.version + 1
     where a.id = given.id returning a.version into new_version;
    return new_version;
end $$;
comment on function accounting.save_attestation_v1(jsonb) is
    'Keeps {id, version?, party_id, number, authority, issued_on, valid_from, valid_to, taxes, ceiling?, goods?}; its version.';

create or replace function accounting.withdraw_attestation_v1(wanted uuid, why text) returns void
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    known accounting.attestations;
begin
    perform core.require('accounting.attestation.edit');
    select * into known from accounting.attestations a where a.id = wanted for no key update;
    if known.id is null then
        perform core.refuse('core.not_found');
    elsif coalesce(btrim(why), '') = '' then
        perform core.refuse('accounting.attestation_reason', '{"field": "reason"}');
    end if;
    update accounting.attestations a
       set withdrawn_at = now(), withdrawn_by = session_user, reason = left(btrim(why), 500), version = a.version + 1
     where a.id = wanted;
end $$;
comment on function accounting.withdraw_attestation_v1(uuid, text) is
    'Nothing uses it from now on; what used it stays, and may still be given back.';

create or replace view accounting.attestation_list with (security_invoker = true) as
    select a.id, a.version, a.party_id, p.name as party, p.name_ar as party_ar, a.number, a.authority, a.issued_on,
           a.valid_from, a.valid_to, a.taxes, a.ceiling, a.used, a.ceiling - a.used as "left", a.goods, a.reason,
           coalesce(a.withdrawn_by, '') as withdrawn_by, a.made_by, (select c.currency from core.company c) as currency,
           case when a.withdrawn_at is not null then 'withdrawn'
                when a.valid_to < core.local_date(now()) then 'expired'
                when a.ceiling <= a.used then 'used_up'
                when a.valid_from > core.local_date(now()) then 'coming'
                else 'valid' end as state
      from accounting.attestations a
      join accounting.party_names p on p.party_id = a.party_id;
comment on view accounting.attestation_list is 'Attestations with their state today and what is left of each.';
grant select on accounting.attestation_list to accounting_app;

-- One with the documents of the user''s branches that used it, and the taxes that may be suspended.
create or replace function accounting.attestation_v1(wanted uuid) returns jsonb
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'attestation', (select to_jsonb(a) || jsonb_build_object(
                                   'ceiling', a.ceiling::text, 'used', a.used::text, 'left', a."left"::text)
                          from accounting.attestation_list a where a.id = wanted),
        'uses', (select coalesce(jsonb_agg(jsonb_build_object(
                            'document', u.document, 'dated_on', u.dated_on, 'amount', u.amount::text, 'by', u.used_by)
                            order by u.dated_on desc, u.used_at desc), '[]')
                   from accounting.attestation_uses u where u.attestation_id = wanted),
        'taxes', (select coalesce(jsonb_agg(jsonb_build_object('code', t.code, 'name', t.name, 'name_ar', t.name_ar,
                                                               'kind', t.kind) order by t.kind desc, r.rate desc, t.code), '[]')
                    from accounting.taxes t
                    join accounting.tax_rates r on r.tax_code = t.code and r.valid_from <= core.local_date(now())
                                               and coalesce(r.valid_to, 'infinity') >= core.local_date(now())
                   where t.is_active and t.kind <> 'suspended' and r.rate > 0),
        'currency', (select c.currency from core.company c))
$$;
comment on function accounting.attestation_v1(uuid) is
    'An attestation with what used it in the branches of the login, and what its form offers.';

grant execute on function accounting.save_attestation_v1(jsonb), accounting.withdraw_attestation_v1(uuid, text),
    accounting.attestation_v1(uuid) to accounting_app;
