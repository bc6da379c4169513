-- What of accounting every workstation keeps: taxes, the values of the law, and what customers owe.

call core.offer_feed('accounting.tax_rates', $$
    select r.xid, r.key,
           jsonb_build_object('tax_code', r.tax_code, 'name', r.name, 'name_ar', r.name_ar,
               'kind', r.kind, 'base_taxes', array_to_string(r.base_taxes, ' '), 'article', r.article,
               'valid_from', r.valid_from, 'valid_to', r.valid_to, 'rate', trim_scale(r.rate)::text) as content
      from (select t.*, x.name, x.name_ar, x.kind, x.base_taxes, x.article, t.tax_code || '@' || t.valid_from as key,
                   greatest(t.changed_xid, x.changed_xid) as xid
              from accounting.tax_rates t join accounting.taxes x on x.code = t.tax_code) r
$$);

call core.offer_feed('accounting.law_values', $$
    select v.changed_xid as xid, v.id::text as key,
           jsonb_build_object('kind', v.kind, 'code', v.code, 'valid_from', v.valid_from,
               'valid_to', v.valid_to, 'value', v.value::text) as content
      from accounting.law_values v
$$);

call core.offer_feed('accounting.party_balances', $$
    select b.changed_xid as xid, b.party_id::text as key,
           jsonb_build_object('party_id', b.party_id, 'balance', b.balance::text) as content
      from accounting.party_balances b
     where b.role = 'receivable'
$$);

grant usage on schema accounting to core_owner, catalog_app, catalog_owner;
