-- What of accounting every workstation keeps: taxes, the values of the law, and what customers owe.

create or replace function accounting.feed_tax_rates(after_xid xid8, after_key text, below xid8, seen pg_snapshot,
                                                     most integer)
    returns setof core.feed_row language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select r.xid, r.key, jsonb_build_object('tax_code', r.tax_code, 'name', r.name, 'name_ar', r.name_ar,
               'kind', r.kind, 'base_taxes', array_to_string(r.base_taxes, ' '), 'article', r.article,
               'valid_from', r.valid_from, 'valid_to', r.valid_to, 'rate', trim_scale(r.rate)::text)
      from (select t.*, x.name, x.name_ar, x.kind, x.base_taxes, x.article, t.tax_code || '@' || t.valid_from as key,
                   greatest(t.changed_xid, x.changed_xid) as xid
              from accounting.tax_rates t join accounting.taxes x on x.code = t.tax_code) r
     where r.xid >= after_xid
       and (after_key is null or (r.xid, r.key) > (after_xid, after_key))
       and (below is null or r.xid < below)
       and (seen is null or not pg_visible_in_snapshot(r.xid, seen))
     order by r.xid, r.key
     limit most
$$;

create or replace function accounting.feed_law_values(after_xid xid8, after_key text, below xid8, seen pg_snapshot,
                                                      most integer)
    returns setof core.feed_row language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select v.changed_xid, v.id::text, jsonb_build_object('kind', v.kind, 'code', v.code, 'valid_from', v.valid_from,
               'valid_to', v.valid_to, 'value', v.value::text)
      from accounting.law_values v
     where v.changed_xid >= after_xid
       and (after_key is null or (v.changed_xid, v.id::text) > (after_xid, after_key))
       and (below is null or v.changed_xid < below)
       and (seen is null or not pg_visible_in_snapshot(v.changed_xid, seen))
     order by v.changed_xid, v.id::text
     limit most
$$;

create or replace function accounting.feed_party_balances(after_xid xid8, after_key text, below xid8, seen pg_snapshot,
                                                          most integer)
    returns setof core.feed_row language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select b.changed_xid, b.party_id::text, jsonb_build_object('party_id', b.party_id, 'balance', b.balance::text)
      from accounting.party_balances b
     where b.role = 'receivable'
       and b.changed_xid >= after_xid
       and (after_key is null or (b.changed_xid, b.party_id::text) > (after_xid, after_key))
       and (below is null or b.changed_xid < below)
       and (seen is null or not pg_visible_in_snapshot(b.changed_xid, seen))
     order by b.changed_xid, b.party_id::text
     limit most
$$;

insert into core.feed_sets (name, reader)
values ('accounting.tax_rates', 'accounting.feed_tax_rates'),
       ('accounting.law_values', 'accounting.feed_law_values'),
       ('accounting.party_balances', 'accounting.feed_party_balances')
    on conflict (name) do update set reader = excluded.reader;
grant usage on schema accounting to core_owner, catalog_app, catalog_owner;
grant execute on function accounting.feed_tax_rates(xid8, text, xid8, pg_snapshot, integer),
    accounting.feed_law_values(xid8, text, xid8, pg_snapshot, integer),
    accounting.feed_party_balances(xid8, text, xid8, pg_snapshot, integer) to core_owner;
