-- Statements as they are designed: one with its lines, and the chart that its formulas speak of.

create or replace function accounting.statement_design_v1(wanted text) returns jsonb
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'accounts', (select jsonb_object_agg(a.code, jsonb_build_array(a.name, a.name_ar)) from accounting.accounts a
                      where length(a.code) > 1),
        'statement', (select to_jsonb(s) from accounting.statements s where s.code = wanted),
        'lines', (select coalesce(jsonb_agg(jsonb_build_object('code', l.code, 'kind', l.kind, 'name', l.name,
                             'name_ar', l.name_ar, 'side', l.side, 'first', l.first, 'second', l.second) order by l.place), '[]')
                    from accounting.statement_lines l where l.statement = wanted))
     where (select core.may('accounting.ledger.view'))
$$;
comment on function accounting.statement_design_v1(text) is
    'A statement with its lines, none where there is none, and the names of all accounts.';
grant execute on function accounting.statement_design_v1(text) to accounting_app;
