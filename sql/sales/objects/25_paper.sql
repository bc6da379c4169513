-- What the paper says beside the figures, in the words of the day on which it was posted: a reprint says the same.

-- The sentence of a suspension names the attestation; where it has no place for it, behind its end.
create or replace function sales.with_attestation(sentence text, attestation jsonb, fallback text) returns text
    language plpgsql immutable set search_path = pg_catalog, pg_temp
as $$
declare
    said text := case when sentence like '%{number}%' then sentence
                      else concat_ws(' ', nullif(btrim(sentence), ''), fallback) end;
begin
    return replace(replace(replace(said, '{number}', attestation ->> 'number'), '{date}', attestation ->> 'date'),
                   '{authority}', attestation ->> 'authority');
end $$;

create or replace function sales.suspension_mention(value jsonb, attestation uuid) returns jsonb
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    said jsonb := accounting.attestation_words_v1(attestation);
    -- What is not Arabic keeps its order within an Arabic sentence.
    apart jsonb := said || jsonb_build_object('number', U&'\2066' || (said ->> 'number') || U&'\2069',
                                              'date', U&'\2066' || (said ->> 'date') || U&'\2069');
begin
    return jsonb_build_object(
        'fr', sales.with_attestation(value ->> 'fr', said, 'Attestation n° {number} du {date}, {authority}.'),
        'ar', sales.with_attestation(value ->> 'ar', apart, 'الشهادة رقم {number} بتاريخ {date}، {authority}.'),
        'en', sales.with_attestation(value ->> 'en', said, 'Certificate no. {number} of {date}, {authority}.'));
end $$;

create or replace function sales.paper_mentions(invoice sales.invoices) returns jsonb
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
    return (
    select coalesce(jsonb_agg(jsonb_build_object('code', v.code, 'fr', v.value ->> 'fr', 'ar', v.value ->> 'ar',
                                                 'en', coalesce(v.value ->> 'en', ''))
                              || case when v.value ->> 'when' = 'suspended'
                                      then sales.suspension_mention(v.value, invoice.attestation_id) else '{}' end
                              order by v.code), '[]')
      from accounting.law_values v
     where v.kind = 'mention' and v.valid_from <= invoice.dated_on
       and (v.valid_to is null or v.valid_to >= invoice.dated_on)
       and case v.value ->> 'when'
               when 'exempt' then exists (
                    select from jsonb_array_elements(invoice.taxes) x
                      join accounting.taxes t on t.code = x ->> 'code' and t.kind <> 'suspended'
                     where x ->> 'rate' = '0')
               when 'suspended' then invoice.attestation_id is not null
               when 'cash' then invoice.payment_method = 'cash' and invoice.stamp > 0
               when 'credit_note' then invoice.kind = 'credit_note'
               else false end);
end $$;

create or replace function sales.paper_lines(lines jsonb) returns jsonb
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
    return (
    select jsonb_object_agg(l ->> 'id', jsonb_build_object(
               'code', p.code, 'name', p.name, 'name_ar', p.name_ar, 'unit', u.name, 'unit_ar', u.name_ar,
               'pack', coalesce(k.name, ''), 'pack_ar', coalesce(k.name_ar, '')))
      from jsonb_array_elements(lines) l
      join catalog.products p on p.id = (l ->> 'product_id')::uuid
      join catalog.units u on u.code = p.unit
      left join catalog.packs k on k.id = (l ->> 'pack_id')::uuid);
end $$;

create or replace function sales.paper_of(invoice sales.invoices, customer parties.document_parties, lines jsonb)
    returns jsonb language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
    return jsonb_build_object(
        'seller', (select jsonb_build_object('name', c.name, 'name_ar', c.name_ar, 'country', c.country,
                          'identifiers', c.identifiers, 'address', c.address, 'address_ar', c.address_ar,
                          'phone', c.phone, 'branch', b.name, 'branch_ar', b.name_ar)
                     from core.company c, core.branches b where b.id = invoice.branch_id),
        'customer', jsonb_build_object('code', customer.code, 'name', customer.name, 'name_ar', customer.name_ar,
                    'is_company', customer.is_company, 'identifiers', customer.identifiers,
                    'address', customer.address, 'address_ar', customer.address_ar, 'phone', customer.phone,
                    'email', customer.email),
        'identifiers', (select coalesce(jsonb_agg(jsonb_build_object(
                                   'code', v.code, 'name', v.value ->> 'name', 'name_ar', v.value ->> 'name_ar')
                                   order by (v.value ->> 'order')::numeric, v.code), '[]')
                          from accounting.law_values v
                         where v.kind = 'identifier' and v.valid_from <= invoice.dated_on
                           and (v.valid_to is null or v.valid_to >= invoice.dated_on)
                           and coalesce((v.value ->> 'on_invoice')::boolean, true)),
        'terms', (select jsonb_build_object('code', t.code, 'name', t.name, 'name_ar', t.name_ar)
                    from parties.terms t where t.code = invoice.terms),
        'taxes', (select coalesce(jsonb_agg(jsonb_build_object('code', t.code, 'name', t.name, 'name_ar', t.name_ar,
                                                               'article', t.article) order by t.code), '[]')
                    from accounting.taxes t
                   where t.code in (select x ->> 'code' from jsonb_array_elements(invoice.taxes) x)),
        'original', (select jsonb_build_object('number', o.number, 'dated_on', o.dated_on)
                       from sales.invoices o where o.id = invoice.original_id),
        'mentions', sales.paper_mentions(invoice),
        'lines', sales.paper_lines(lines));
end $$;
