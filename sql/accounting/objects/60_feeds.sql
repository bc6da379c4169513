-- What the tills keep of the ledger: rates, the law, and what customers owe.

create or replace function accounting.feed_tax_rates(after_xid xid8, after_key text, below xid8, seen pg_snapshot,
                                                     most integer)
    returns setof core.feed_row language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select r.changed_xid, r.key, jsonb_build_object('tax_code', r.tax_code, 'name', r.name, 'name_ar', r.name_ar,
               'valid_from', r.valid_from, 'valid_to', r.valid_to, 'rate', r.rate::text,
               'kind', r.kind, 'base_taxes', array_to_string(r.base_taxes, ' '), 'article', r.article)
      from (select t.*, x.name, x.name_ar, x.kind, x.base_taxes, x.article, t.tax_code || '@' || t.valid_from as key
              from accounting.tax_rates t join accounting.taxes x on x.code = t.tax_code) r
     where r.changed_xid >= after_xid
       and (after_key is null or (r.changed_xid, r.key) > (after_xid, after_key))
       and (below is null or r.changed_xid < below)
       and (seen is null or not pg_visible_in_snapshot(r.changed_xid, seen))
     order by r.changed_xid, r.key
     limit most
$$;
insert into core.feed_sets (name, reader) values ('accounting.tax_rates', 'accounting.feed_tax_rates')
    on conflict (name) do update set reader = excluded.reader;

create or replace function accounting.feed_law_values(after_xid xid8, after_key text, below xid8, seen pg_snapshot,
                                                     most integer)
    returns setof core.feed_row language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select r.changed_xid, r.key, jsonb_build_object('kind', r.kind, 'code', r.code,
               'valid_from', r.valid_from, 'valid_to', r.valid_to, 'value', r.value::text)
      from (select v.*, v.kind || '/' || v.code || '@' || v.valid_from as key from accounting.law_values v) r
     where r.changed_xid >= after_xid
       and (after_key is null or (r.changed_xid, r.key) > (after_xid, after_key))
       and (below is null or r.changed_xid < below)
       and (seen is null or not pg_visible_in_snapshot(r.changed_xid, seen))
     order by r.changed_xid, r.key
     limit most
$$;
insert into core.feed_sets (name, reader) values ('accounting.law_values', 'accounting.feed_law_values')
    on conflict (name) do update set reader = excluded.reader;

create or replace function accounting.feed_party_balances(after_xid xid8, after_key text, below xid8, seen pg_snapshot,
                                                         most integer)
    returns setof core.feed_row language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select r.changed_xid, r.key, jsonb_build_object('party_id', r.party_id, 'balance', r.balance::text)
      from (select v.*, v.party_id::text as key from accounting.party_balances v where v.role = 'receivable') r
     where r.changed_xid >= after_xid
       and (after_key is null or (r.changed_xid, r.key) > (after_xid, after_key))
       and (below is null or r.changed_xid < below)
       and (seen is null or not pg_visible_in_snapshot(r.changed_xid, seen))
     order by r.changed_xid, r.key
     limit most
$$;
insert into core.feed_sets (name, reader) values ('accounting.party_balances', 'accounting.feed_party_balances')
    on conflict (name) do update set reader = excluded.reader;

grant execute on function accounting.feed_tax_rates(xid8, text, xid8, pg_snapshot, integer),
    accounting.feed_law_values(xid8, text, xid8, pg_snapshot, integer),
    accounting.feed_party_balances(xid8, text, xid8, pg_snapshot, integer) to core_owner;
