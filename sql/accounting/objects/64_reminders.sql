-- Reminders: what is due for which level, the letters of a run, and whom nobody reminds.

-- A level as it is written on a day.
create or replace function accounting.reminder_levels_on(day date) returns setof accounting.reminder_levels
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select distinct on (r.level) r.* from accounting.reminder_levels r
     where r.valid_from <= day order by r.level, r.valid_from desc
$$;

-- Each line whose next level has come, where the customer owes more than was paid and settles nothing yet.
create or replace function accounting.propose_reminders(day date)
    returns table (branch_id uuid, party_id uuid, entry_id uuid, line_no integer, dated_on date, due_on date,
                   open numeric, level smallint, last_on date)
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    with claims as (
        select o.*, sum(o.open) over (partition by o.branch_id, o.party_id) as balance
          from accounting.open_lines_on(day) o
         where o.party_id is not null
           and o.account_id in (select r.account_id from accounting.account_roles r where r.role = 'receivable'))
    select c.branch_id, c.party_id, c.entry_id, c.line_no, c.dated_on, c.due_on, c.open, n.level, s.last_on
      from claims c
      left join lateral (select max(l.level) as level, max(r.dated_on) as last_on
                           from accounting.reminder_lines l join accounting.reminders r on r.id = l.reminder_id
                          where l.entry_id = c.entry_id and l.line_no = c.line_no) s on true
      join accounting.reminder_levels_on(day) n on n.level = coalesce(s.level, 0) + 1
     where c.open > 0 and c.balance > 0 and day - coalesce(s.last_on, c.due_on) >= n.days
$$;

create or replace function accounting.reminder_proposals_v1(day date, only_branch uuid default null)
    returns table (branch_id uuid, branch text, party_id uuid, party text, party_ar text, level smallint, lines bigint,
                   total numeric, fee numeric, oldest date, last_on date, hold_id uuid, hold text, reason text, until date)
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select p.branch_id, b.code, p.party_id, n.name, n.name_ar, max(p.level), count(*), sum(p.open),
           (select l.fee from accounting.reminder_levels_on(day) l where l.level = max(p.level)), min(p.due_on),
           max(p.last_on), h.id, coalesce(h.kind, ''), coalesce(h.reason, ''), h.until
      from accounting.propose_reminders(day) p
      join core.branches b on b.id = p.branch_id
      join accounting.party_names n on n.party_id = p.party_id
      left join accounting.reminder_holds h on h.party_id = p.party_id and h.lifted_at is null
                                           and (h.until is null or h.until >= day)
     where (only_branch is null or p.branch_id = only_branch) and (select core.may('accounting.ledger.view'))
     group by p.branch_id, b.code, p.party_id, n.name, n.name_ar, h.id
     order by n.name, b.code
$$;
comment on function accounting.reminder_proposals_v1(date, uuid) is
    'A letter for each branch and customer of whose open lines the next level has come on a day; `hold` says why not.';

create or replace function accounting.write_reminder(letter jsonb, day date) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    branch uuid := (letter ->> 'branch_id')::uuid;
    party uuid := (letter ->> 'party_id')::uuid;
    said accounting.reminder_levels;
    asked numeric;
    due accounting.reminder_lines[];
begin
    if branch <> all ((select core.branches())::uuid[]) then
        perform core.refuse('core.other_branch');
    end if;
    select array_agg(row(letter ->> 'id', p.entry_id, p.line_no, p.branch_id, p.level, null, p.dated_on, p.due_on,
                         p.open)::accounting.reminder_lines), sum(p.open)
      into due, asked
      from accounting.propose_reminders(day) p where p.branch_id = branch and p.party_id = party;
    if due is null then
        perform core.refuse('accounting.reminder_not_due', jsonb_build_object('customer', (
            select n.name from accounting.party_names n where n.party_id = party)));
    end if;
    select l.* into said from accounting.reminder_levels_on(day) l
     where l.level = (select max(d.level) from unnest(due) d);
    insert into accounting.reminders (id, branch_id, party_id, level, dated_on, fee, total, texts, sent_by)
    values ((letter ->> 'id')::uuid, branch, party, said.level, day, said.fee, asked,
            jsonb_build_object('title', said.title, 'title_ar', said.title_ar, 'body', said.body, 'body_ar', said.body_ar),
            session_user);
    insert into accounting.reminder_lines (reminder_id, entry_id, line_no, branch_id, level, dated_on, due_on, open)
    select d.reminder_id, d.entry_id, d.line_no, d.branch_id, d.level, d.dated_on, d.due_on, d.open from unnest(due) d;
end $$;

create or replace function accounting.send_reminders_v1(day date, letters jsonb) returns integer
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    letter jsonb;
    sent integer := 0;
begin
    perform core.require('accounting.reminder.send');
    for letter in select l from jsonb_array_elements(letters) l order by l ->> 'party_id', l ->> 'branch_id' loop
        continue when exists (select from accounting.reminders r where r.id = (letter ->> 'id')::uuid);
        if exists (select from accounting.reminder_holds h where h.party_id = (letter ->> 'party_id')::uuid
                    and h.lifted_at is null and (h.until is null or h.until >= day)) then
            perform core.refuse('accounting.reminder_held', jsonb_build_object('customer', (
                select n.name from accounting.party_names n where n.party_id = (letter ->> 'party_id')::uuid)));
        end if;
        perform accounting.write_reminder(letter, day);
        sent := sent + 1;
    end loop;
    return sent;
end $$;
comment on function accounting.send_reminders_v1(date, jsonb) is
    'Writes the letters [{id, branch_id, party_id}] of a run; those that are there already stay as they are. Returns how many are new.';

create or replace function accounting.hold_reminders_v1(draft jsonb) returns void
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    given accounting.reminder_holds := jsonb_populate_record(null::accounting.reminder_holds, draft);
begin
    perform core.require('accounting.reminder.send');
    update accounting.reminder_holds h set lifted_at = now(), lifted_by = session_user
     where h.party_id = given.party_id and h.lifted_at is null;
    insert into accounting.reminder_holds (id, party_id, kind, reason, until, held_by)
    values (given.id, given.party_id, given.kind, given.reason, given.until, session_user);
end $$;
comment on function accounting.hold_reminders_v1(jsonb) is
    'Nobody reminds a customer any more: {id, party_id, kind: dispute | promise, reason, until?}; replaces what held before.';

create or replace function accounting.release_reminders_v1(hold uuid) returns void
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
    perform core.require('accounting.reminder.send');
    update accounting.reminder_holds h set lifted_at = now(), lifted_by = session_user
     where h.id = hold and h.lifted_at is null;
end $$;
comment on function accounting.release_reminders_v1(uuid) is 'Reminds a customer again.';

create or replace function accounting.save_reminder_level_v1(draft jsonb) returns bigint
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    given accounting.reminder_levels := jsonb_populate_record(null::accounting.reminder_levels, draft);
    new_version bigint;
begin
    perform core.require('accounting.reminder.edit');
    if given.version is null then
        given.version := 1;
        insert into accounting.reminder_levels values (given.*) on conflict (id) do nothing;
        -- Sent again, it is there already; changed meanwhile, or another, it is not what was sent.
        select r.version into new_version from accounting.reminder_levels r where r = given;
        return accounting.saved_version(new_version);
    end if;
    update accounting.reminder_levels r
       set days = given.days, fee = given.fee, title = given.title, title_ar = given.title_ar, body = given.body,
           body_ar = given.body_ar, version = r.version + 1
     where r.id = given.id and r.version = given.version
    returning r.version into new_version;
    return accounting.saved_version(new_version);
end $$;
comment on function accounting.save_reminder_level_v1(jsonb) is
    'Without version, what a level says from a day on; with it, corrects what it says.';

create or replace function accounting.load_reminders(levels jsonb) returns void
    language sql volatile set search_path = pg_catalog, pg_temp
as $$
    insert into accounting.reminder_levels (id, level, valid_from, days, fee, title, title_ar, body, body_ar)
    select gen_random_uuid(), l.level, l.valid_from, l.days, l.fee, l.title, l.title_ar, l.body, l.body_ar
      from jsonb_to_recordset(levels) as l (level smallint, valid_from date, days integer, fee numeric, title text,
                                            title_ar text, body text, body_ar text)
    on conflict (level, valid_from) do nothing
$$;
comment on function accounting.load_reminders(jsonb) is 'Texts of reminders that are not there yet.';

grant execute on function accounting.reminder_levels_on(date), accounting.propose_reminders(date),
    accounting.reminder_proposals_v1(date, uuid), accounting.send_reminders_v1(date, jsonb),
    accounting.hold_reminders_v1(jsonb), accounting.release_reminders_v1(uuid),
    accounting.save_reminder_level_v1(jsonb) to accounting_app;
