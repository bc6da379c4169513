-- Periods: closed by the accountant, opened again with a reason as long as their year is not closed for good.

create or replace function accounting.turn_period(period uuid, wanted_state text, why text) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    changed record;
begin
    perform core.require('accounting.period.manage');
    -- Entries on their way are waited for: they found the period open, and it still is when they land.
    lock table accounting.entries in share row exclusive mode;
    update accounting.periods p set state = wanted_state, reason = why, version = p.version + 1
     where p.id = period and p.kind = 'month'
    returning p.starts_on, p.ends_on into changed;
    if not found then
        perform core.refuse('core.not_found');
    end if;
    perform core.publish_v1(
        case wanted_state when 'closed' then 'accounting.period_closed' else 'accounting.period_reopened' end,
        jsonb_build_object('period_id', period, 'starts_on', changed.starts_on, 'ends_on', changed.ends_on));
end $$;

create or replace function accounting.close_period_v1(period uuid, wanted_state text) returns void
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
    if wanted_state is distinct from 'closed' then
        perform core.refuse('accounting.reason_missing');
    end if;
    perform accounting.turn_period(period, 'closed', '');
end $$;
comment on function accounting.close_period_v1(uuid, text) is 'Closes a period; `closed` is the only state it takes.';

create or replace function accounting.reopen_period_v1(period uuid, why text) returns void
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
    if btrim(coalesce(why, '')) = '' then
        perform core.refuse('accounting.reason_missing');
    end if;
    perform accounting.turn_period(period, 'open', btrim(why));
end $$;
comment on function accounting.reopen_period_v1(uuid, text) is
    'Opens a closed period again and keeps why; one of a year that is closed for good stays closed.';

grant execute on function accounting.close_period_v1(uuid, text), accounting.reopen_period_v1(uuid, text) to accounting_app;
