-- accounting.load_pack: the chart, taxes and rules of a country, as data; run at founding and after each update, granted
-- to nobody. It adds what is missing: what the accountant has entered or changed stays as it is.

create or replace function accounting.load_chart(pack jsonb) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
begin
    insert into accounting.accounts (id, code, name, name_ar)
    select gen_random_uuid(), a.code, a.name, a.name_ar
      from jsonb_to_recordset(pack -> 'accounts') as a (code text, name text, name_ar text)
    on conflict (code) do nothing;
    insert into accounting.journals (code, name, name_ar, is_manual)
    select j.code, j.name, j.name_ar, coalesce(j.is_manual::boolean, false)
      from jsonb_to_recordset(pack -> 'journals') as j (code text, name text, name_ar text, is_manual text)
    on conflict (code) do nothing;
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
comment on function accounting.load_chart(jsonb) is 'Accounts, journals, roles and posting rules that are not there yet.';

-- A rate of the pack ends when the pack says so, unless it was changed; a new one comes where nothing else is valid.
create or replace function accounting.load_taxes(taxes jsonb) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
begin
    insert into accounting.taxes (code, name, name_ar, kind, base_taxes, article)
    select distinct on (t.code) t.code, t.name, t.name_ar, coalesce(nullif(t.kind, ''), 'vat'),
           string_to_array(coalesce(t.base_taxes, ''), ' '), coalesce(t.article, '')
      from jsonb_to_recordset(taxes)
           as t (code text, name text, name_ar text, kind text, base_taxes text, article text)
    on conflict (code) do nothing;
    update accounting.tax_rates r
       set valid_to = t.valid_to::date, version = r.version + 1
      from jsonb_to_recordset(taxes) as t (code text, valid_from date, valid_to text)
     where r.tax_code = t.code and r.valid_from = t.valid_from and r.version = 1 and r.valid_to is null
       and t.valid_to <> '';
    insert into accounting.tax_rates (tax_code, valid_from, valid_to, rate, legal_ref, doubt)
    select t.code, t.valid_from, nullif(t.valid_to, '')::date, t.rate, t.legal_ref, t.doubt
      from jsonb_to_recordset(taxes)
           as t (code text, valid_from date, valid_to text, rate numeric, legal_ref text, doubt text)
     where not exists (select from accounting.tax_rates r
                        where r.tax_code = t.code and daterange(r.valid_from, r.valid_to, '[]')
                                                      && daterange(t.valid_from, nullif(t.valid_to, '')::date, '[]'));
end $$;
comment on function accounting.load_taxes(jsonb) is 'Taxes and dated rates that are not there yet.';

create or replace function accounting.load_law(law jsonb) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
begin
    update accounting.law_values v
       set valid_to = w.valid_to, version = v.version + 1
      from jsonb_to_recordset(law) as w (kind text, code text, valid_from date, valid_to date)
     where v.kind = w.kind and v.code = w.code and v.valid_from = w.valid_from and v.version = 1
       and v.valid_to is null and w.valid_to is not null;
    insert into accounting.law_values (id, kind, code, valid_from, valid_to, value, legal_ref, doubt)
    select gen_random_uuid(), w.kind, w.code, w.valid_from, w.valid_to, w.value, w.legal_ref, coalesce(w.doubt, '')
      from jsonb_to_recordset(law)
           as w (kind text, code text, valid_from date, valid_to date, value jsonb, legal_ref text, doubt text)
     where not exists (select from accounting.law_values v
                        where v.kind = w.kind and v.code = w.code
                          and daterange(v.valid_from, v.valid_to, '[]') && daterange(w.valid_from, w.valid_to, '[]'));
end $$;
comment on function accounting.load_law(jsonb) is 'Dated values of the law that are not there yet.';

create or replace function accounting.load_pack(pack jsonb) returns void
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
    perform accounting.load_chart(pack);
    perform accounting.load_taxes(pack -> 'taxes');
    perform accounting.load_law(pack -> 'law_values');
    perform accounting.load_statements(pack -> 'statements', pack -> 'statement_lines');
    perform accounting.load_tax_return(pack -> 'tax_return');
end $$;
comment on function accounting.load_pack(jsonb) is 'What a country pack brings to the ledger; may be run again.';

create or replace function accounting.open_year(year integer) returns void
    language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
    insert into accounting.periods (id, starts_on, ends_on)
    select gen_random_uuid(), m::date, (m + interval '1 month' - interval '1 day')::date
      from generate_series(make_date(year, 1, 1), make_date(year, 12, 1), interval '1 month') m
    on conflict (starts_on, kind) do nothing
$$;
comment on function accounting.open_year(integer) is 'Opens the twelve months of a year.';
