-- A cash box holds what was put into it: never less than nothing on any day, whoever posts and by whatever way.
-- runs as: superuser

create or replace function accounting.check_boxes_hold() returns trigger
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    box record;
    least record;
begin
    -- Without boxes this costs one look at an empty table.
    if not exists (select from accounting.cash_boxes) then
        return null;
    end if;
    for box in
        select b.id, b.code, b.account_id, b.branch_id, bool_or(l.branch_id <> b.branch_id) as is_of_other,
               min(l.dated_on) filter (where l.credit > 0) as first_day
          from added l
          join accounting.cash_boxes b on b.account_id = l.account_id
          join accounting.periods p on p.id = l.period_id and p.kind = 'month'
         group by b.id order by b.id
    loop
        if box.is_of_other then
            perform core.refuse('accounting.cash_box_of_other', jsonb_build_object('box', box.code));
        end if;
        continue when box.first_day is null;
        -- Whoever takes from it waits for the others who do.
        perform from accounting.cash_boxes b where b.id = box.id for no key update;
        select d.day, d.balance into least
          from (select coalesce(l.dated_on, p.starts_on) as day,
                       sum(sum(l.debit - l.credit)) over (order by coalesce(l.dated_on, p.starts_on)) as balance
                  from accounting.entry_lines l
                  join accounting.periods p on p.id = l.period_id and p.kind = 'month'
                 where l.account_id = box.account_id
                 group by 1) d
         where d.day >= box.first_day
         order by d.balance, d.day limit 1;
        if least.balance < 0 then
            perform core.refuse('accounting.cash_box_empty', jsonb_build_object(
                'box', box.code, 'missing', (-least.balance)::text, 'date', least.day));
        end if;
    end loop;
    return null;
end $$;
alter function accounting.check_boxes_hold() owner to erp_checker;
revoke all on function accounting.check_boxes_hold() from public;
grant select, update (version) on accounting.cash_boxes to erp_checker;
create or replace trigger boxes_hold after insert on accounting.entry_lines
    referencing new table as added for each statement execute function accounting.check_boxes_hold();
