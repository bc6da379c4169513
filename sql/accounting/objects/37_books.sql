-- Journals and cost centres: kept by the accountant.

create or replace function accounting.save_journal_v1(journal jsonb) returns void
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    known accounting.journals;
begin
    perform core.require('accounting.journal.edit');
    select * into known from accounting.journals j where j.code = journal ->> 'code' for no key update;
    if coalesce((journal ->> 'is_new')::boolean, false) and known.code is not null then
        perform core.refuse('accounting.journal_code_taken', jsonb_build_object('journal', known.code));
    elsif not coalesce(known.is_manual, true) and not (journal ->> 'is_active')::boolean then
        perform core.refuse('accounting.journal_reserved', jsonb_build_object('journal', known.code));
    elsif known.code is null and coalesce(journal ->> 'code', '') !~ '^[A-Z0-9]{2,6}$' then
        perform core.refuse('accounting.journal_code_unplain');
    end if;
    insert into accounting.journals as j (code, name, name_ar, is_manual, is_active)
    values (journal ->> 'code', journal ->> 'name', coalesce(journal ->> 'name_ar', ''), true,
            (journal ->> 'is_active')::boolean)
    on conflict (code) do update
       set name = excluded.name, name_ar = excluded.name_ar, is_active = excluded.is_active;
end $$;
comment on function accounting.save_journal_v1(jsonb) is
    'Keeps {code, name, name_ar?, is_active, is_new?}; who writes in a journal never changes.';

create or replace function accounting.save_cost_centre_v1(centre jsonb) returns bigint
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    seen bigint := coalesce((centre ->> 'version')::bigint, 0);
    kept bigint;
begin
    perform core.require('accounting.journal.edit');
    insert into accounting.cost_centres as c (code, name, name_ar, is_active)
    values (centre ->> 'code', centre ->> 'name', coalesce(centre ->> 'name_ar', ''), (centre ->> 'is_active')::boolean)
    on conflict (code) do update
       set name = excluded.name, name_ar = excluded.name_ar, is_active = excluded.is_active, version = c.version + 1
     where c.version = seen
    returning c.version into kept;
    if kept is null or (kept = 1 and seen > 0) then
        perform core.refuse('core.stale_record');
    end if;
    return kept;
end $$;
comment on function accounting.save_cost_centre_v1(jsonb) is 'Keeps {code, version?, name, name_ar?, is_active}.';
grant execute on function accounting.save_journal_v1(jsonb), accounting.save_cost_centre_v1(jsonb) to accounting_app;
