-- Financial statements: what their tables allow, how a pack brings them, how a company designs its own.

call core.share('accounting.statements'::regclass);
call core.share('accounting.statement_lines'::regclass);
call core.keep_audit('accounting.statements', 'code');
call core.keep_audit('accounting.statement_lines', 'statement');
grant select on accounting.statements, accounting.statement_lines to accounting_app;
call core.permit('accounting.statement.edit', '{accountant}');

create or replace function accounting.write_statement_lines(wanted text, lines jsonb) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
begin
    delete from accounting.statement_lines l where l.statement = wanted;
    insert into accounting.statement_lines (statement, place, code, kind, side, first, second, name, name_ar)
    select wanted, l.place, l.line ->> 'code', l.line ->> 'kind', coalesce(l.line ->> 'side', ''),
           coalesce(l.line ->> 'first', ''), coalesce(l.line ->> 'second', ''), l.line ->> 'name',
           coalesce(l.line ->> 'name_ar', '')
      from jsonb_array_elements(lines) with ordinality as l (line, place);
end $$;

-- The statements of the law follow the pack; those of the company stay.
create or replace function accounting.load_statements(statements jsonb, lines jsonb) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    loaded text;
begin
    for loaded in
        insert into accounting.statements as s (code, basis, columns, balances_with, name, name_ar, legal_ref, doubt)
        select g.code, g.basis, g.columns, nullif(g.balances_with, ''), g.name, g.name_ar, g.legal_ref, g.doubt
          from jsonb_to_recordset(statements) as g (code text, basis text, columns text, balances_with text, name text,
                                                    name_ar text, legal_ref text, doubt text)
        on conflict (code) do update
           set basis = excluded.basis, columns = excluded.columns, balances_with = excluded.balances_with,
               name = excluded.name, name_ar = excluded.name_ar, legal_ref = excluded.legal_ref, doubt = excluded.doubt
         where not s.is_own
        returning s.code
    loop
        perform accounting.write_statement_lines(loaded, (
            select coalesce(jsonb_agg(l order by place), '[]')
              from jsonb_array_elements(lines) with ordinality as e (l, place) where l ->> 'statement' = loaded));
    end loop;
end $$;

create or replace function accounting.save_statement_v1(statement jsonb, seen bigint default null) returns bigint
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    known accounting.statements;
    kept bigint;
begin
    perform core.require('accounting.statement.edit');
    select * into known from accounting.statements s where s.code = statement ->> 'code' for no key update;
    if known.code is not null and not known.is_own then
        perform core.refuse('accounting.statement_of_law', jsonb_build_object('name', known.name));
    elsif known.version is distinct from seen then
        perform core.refuse('core.stale_record');
    end if;
    insert into accounting.statements as s (code, basis, columns, name, name_ar, is_own, is_active)
    values (statement ->> 'code', statement ->> 'basis', statement ->> 'columns', statement ->> 'name',
            coalesce(statement ->> 'name_ar', ''), true, coalesce((statement ->> 'is_active')::boolean, true))
    on conflict (code) do update
       set basis = excluded.basis, columns = excluded.columns, name = excluded.name, name_ar = excluded.name_ar,
           is_active = excluded.is_active, version = s.version + 1
    returning s.version into kept;
    perform accounting.write_statement_lines(statement ->> 'code', statement -> 'lines');
    return kept;
end $$;
comment on function accounting.save_statement_v1(jsonb, bigint) is
    'Keeps a statement of the company''s own design: {code, basis, columns, name, name_ar?, is_active?, lines: [{code, kind, '
    'side, first, second, name, name_ar}]}; `seen` is the version the user saw, null makes a new one.';
grant execute on function accounting.save_statement_v1(jsonb, bigint) to accounting_app;
