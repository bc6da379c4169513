-- accounting.load_pack: the chart, taxes and rules of a country, as data; run at founding, granted to nobody.

create or replace function accounting.load_pack(pack jsonb) returns void
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
    insert into accounting.accounts (id, code, name, name_ar)
    select gen_random_uuid(), a.code, a.name, a.name_ar
      from jsonb_to_recordset(pack -> 'accounts') as a (code text, name text, name_ar text)
    on conflict (code) do nothing;
    insert into accounting.journals (code, name, name_ar)
    select j.code, j.name, j.name_ar from jsonb_to_recordset(pack -> 'journals') as j (code text, name text, name_ar text)
    on conflict (code) do nothing;
    insert into accounting.taxes (code, name, name_ar, kind, base_taxes, article)
    select distinct on (t.code) t.code, t.name, t.name_ar, coalesce(nullif(t.kind, ''), 'vat'),
           string_to_array(coalesce(t.base_taxes, ''), ' '), coalesce(t.article, '')
      from jsonb_to_recordset(pack -> 'taxes')
           as t (code text, name text, name_ar text, kind text, base_taxes text, article text)
    on conflict (code) do nothing;
    insert into accounting.tax_rates (tax_code, valid_from, valid_to, rate, legal_ref, doubt)
    select t.code, t.valid_from, nullif(t.valid_to, '')::date, t.rate, t.legal_ref, t.doubt
      from jsonb_to_recordset(pack -> 'taxes')
           as t (code text, valid_from date, valid_to text, rate numeric, legal_ref text, doubt text)
    on conflict (tax_code, valid_from) do nothing;
    insert into accounting.law_values (id, kind, code, valid_from, valid_to, value, legal_ref, doubt)
    select gen_random_uuid(), v.kind, v.code, v.valid_from, v.valid_to, v.value, v.legal_ref, coalesce(v.doubt, '')
      from jsonb_to_recordset(pack -> 'law_values')
           as v (kind text, code text, valid_from date, valid_to date, value jsonb, legal_ref text, doubt text)
    on conflict (kind, code, valid_from) do nothing;
    insert into accounting.account_roles (role, qualifier, account_id)
    select r.role, r.qualifier, a.id
      from jsonb_to_recordset(pack -> 'account_roles') as r (role text, qualifier text, account text)
      join accounting.accounts a on a.code = r.account
    on conflict (role, qualifier) do nothing;
    insert into accounting.posting_rules (rule, line_no, journal, side, role, amount)
    select r.rule, r.line_no, r.journal, r.side, r.role, r.amount
      from jsonb_to_recordset(pack -> 'posting_rules')
           as r (rule text, line_no integer, journal text, side text, role text, amount text)
    on conflict (rule, line_no) do nothing;
end $$;

create or replace function accounting.open_year(year integer) returns void
    language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
    insert into accounting.periods (id, starts_on, ends_on)
    select gen_random_uuid(), m::date, (m + interval '1 month' - interval '1 day')::date
      from generate_series(make_date(year, 1, 1), make_date(year, 12, 1), interval '1 month') m
    on conflict (starts_on) do nothing
$$;
comment on function accounting.open_year(integer) is 'Opens the twelve months of a year.';
