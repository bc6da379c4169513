-- Templates: entries that come again. A person posts what is due; only a template that says so is posted by the worker.

create or replace function accounting.save_template_v1(template jsonb) returns bigint
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    seen bigint := coalesce((template ->> 'version')::bigint, 0);
    kept bigint;
begin
    perform accounting.check_draft(template);
    if btrim(coalesce(template ->> 'name', '')) = '' then
        perform core.refuse('accounting.template_name_missing');
    end if;
    -- What nobody looks at before it is booked must be whole.
    if coalesce((template ->> 'is_automatic')::boolean, false) then
        if template ->> 'every_months' is null then
            perform core.refuse('accounting.interval_missing');
        end if;
        perform accounting.check_lines(template -> 'lines');
    end if;
    insert into accounting.entry_templates as t (id, branch_id, name, journal, label, lines, every_months, starts_on,
                                                 ends_on, is_automatic, is_active)
    values ((template ->> 'id')::uuid, (template ->> 'branch_id')::uuid, btrim(template ->> 'name'),
            template ->> 'journal', coalesce(template ->> 'label', ''), template -> 'lines',
            (template ->> 'every_months')::integer, (template ->> 'starts_on')::date, (template ->> 'ends_on')::date,
            coalesce((template ->> 'is_automatic')::boolean, false), coalesce((template ->> 'is_active')::boolean, true))
    on conflict (id) do update
       set version = t.version + 1, branch_id = excluded.branch_id, name = excluded.name, journal = excluded.journal,
           label = excluded.label, lines = excluded.lines, every_months = excluded.every_months,
           -- Another rhythm counts afresh from its first day.
           times = case when (t.every_months, t.starts_on) is not distinct from (excluded.every_months, excluded.starts_on)
                        then t.times else 0 end,
           starts_on = excluded.starts_on, ends_on = excluded.ends_on, is_automatic = excluded.is_automatic,
           is_active = excluded.is_active
     where t.version = seen
    returning t.version into kept;
    if kept is null or (kept = 1 and seen > 0) then
        perform core.refuse('core.stale_record');
    end if;
    return kept;
end $$;
comment on function accounting.save_template_v1(jsonb) is
    'Keeps {id, version?, branch_id, name, journal, label?, lines, every_months?, starts_on?, ends_on?, is_automatic?, is_active?}.';
grant execute on function accounting.save_template_v1(jsonb) to accounting_app;

-- The day on which a template falls due; none if it does not come any more.
create or replace function accounting.due_day(t accounting.entry_templates) returns date
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select d.day
      from (select (t.starts_on + make_interval(months => t.times * t.every_months))::date as day) d
     where t.is_active and (t.ends_on is null or d.day <= t.ends_on)
$$;

-- Books a template on the day it is due, or on another one, and counts it.
create or replace function accounting.book_due(command core.commands, t accounting.entry_templates, on_day date)
    returns jsonb language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    posted jsonb;
begin
    posted := accounting.book_entry(command, jsonb_build_object(
        'branch_id', t.branch_id, 'journal', t.journal, 'on', on_day, 'lines', t.lines,
        'label', coalesce(nullif(t.label, ''), t.name)));
    update accounting.entry_templates x set times = x.times + 1 where x.id = t.id;
    return posted;
end $$;

create or replace function accounting.post_due_v1(command core.commands, payload jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    t accounting.entry_templates;
    day date;
begin
    select * into t from accounting.entry_templates x
     where x.id = (payload ->> 'template_id')::uuid and x.branch_id = any (core.branches()) for no key update;
    if t.id is null then
        perform core.refuse('core.not_found');
    end if;
    day := accounting.due_day(t);
    -- Two who see the same day due post it once.
    if day is null or day is distinct from (payload ->> 'due')::date then
        perform core.refuse('accounting.not_due', jsonb_build_object('name', t.name));
    elsif day > core.local_date(now()) then
        perform core.refuse('accounting.due_later', jsonb_build_object('name', t.name, 'date', day));
    end if;
    return jsonb_build_object('result', accounting.book_due(command, t, coalesce((payload ->> 'on')::date, day)));
end $$;
comment on function accounting.post_due_v1(core.commands, jsonb) is
    'Handler: {template_id, due, on?}: books what is due on a day, once.';
grant execute on function accounting.post_due_v1(core.commands, jsonb) to core_owner;

insert into core.command_types (name, module, permission, is_fact, handler)
values ('accounting.post_due_v1', 'accounting', 'accounting.entry.post', false, 'accounting.post_due_v1')
    on conflict (name) do update set permission = excluded.permission, is_fact = excluded.is_fact,
                                     handler = excluded.handler;

-- The worker, once a day: what says that it needs nobody. What is refused stays due, and a person sees it.
create or replace function accounting.post_automatic_v1() returns integer
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    t accounting.entry_templates;
    author core.commands;
    posted integer := 0;
    is_stuck boolean;
begin
    perform core.require('accounting.entry.post_due');
    author.actor_login := session_user;
    author.actor_id := core.me();
    for t in select * from accounting.entry_templates x
              where x.is_automatic and accounting.due_day(x) <= core.local_date(now())
              order by x.id for no key update skip locked loop
        is_stuck := false;
        while not is_stuck and accounting.due_day(t) <= core.local_date(now()) loop
            begin
                perform accounting.book_due(author, t, accounting.due_day(t));
                posted := posted + 1;
                t.times := t.times + 1;
            exception when sqlstate 'ERP01' then
                is_stuck := true;
            end;
        end loop;
    end loop;
    return posted;
end $$;
comment on function accounting.post_automatic_v1() is 'Posts what is due of templates that need nobody; returns how many.';
grant execute on function accounting.post_automatic_v1() to accounting_app;
