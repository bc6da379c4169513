-- Periods that are closed for good: whoever writes, by whatever way.
-- runs as: superuser

-- Final is final: not even the owner of the table opens such a period again, moves it or takes it away.
create or replace function accounting.check_period_stays() returns trigger
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
begin
    if old.state = 'final' and (tg_op = 'DELETE' or (new.state, new.starts_on, new.ends_on, new.kind)
                                is distinct from (old.state, old.starts_on, old.ends_on, old.kind)) then
        perform core.refuse('accounting.period_final', jsonb_build_object('period', to_char(old.starts_on, 'MM/YYYY')));
    end if;
    return coalesce(new, old);
end $$;
alter function accounting.check_period_stays() owner to erp_checker;
revoke all on function accounting.check_period_stays() from public;
create or replace trigger periods_stay_final before update or delete on accounting.periods
    for each row execute function accounting.check_period_stays();
create or replace trigger periods_never_emptied before truncate on accounting.periods
    for each statement execute function core.forbid();
-- A new month does not open days that are closed for good.
create or replace function accounting.check_period_is_new() returns trigger
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
begin
    if exists (select from accounting.periods p
                where p.state = 'final' and p.id <> new.id and (p.kind = 'month' or p.kind = new.kind)
                  and daterange(p.starts_on, p.ends_on, '[]') && daterange(new.starts_on, new.ends_on, '[]')) then
        perform core.refuse('accounting.period_final', jsonb_build_object('period', to_char(new.starts_on, 'MM/YYYY')));
    end if;
    return new;
end $$;
alter function accounting.check_period_is_new() owner to erp_checker;
revoke all on function accounting.check_period_is_new() from public;
create or replace trigger periods_reopen_nothing before insert or update of starts_on, ends_on on accounting.periods
    for each row execute function accounting.check_period_is_new();
