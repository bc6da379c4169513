-- Letters that were sent, as lists and paper show them.

create or replace view accounting.reminder_list with (security_invoker = true) as
    select r.id, r.branch_id, b.code as branch, r.party_id, n.name as party, n.name_ar as party_ar, r.level, r.dated_on,
           r.fee, r.total, r.sent_by, r.sent_at, (select c.currency from core.company c) as currency,
           coalesce((select c.number from accounting.late_charges c
                      where c.reminder_id = r.id and c.undone_at is null), '') as note
      from accounting.reminders r
      join core.branches b on b.id = r.branch_id
      left join accounting.party_names n on n.party_id = r.party_id;
comment on view accounting.reminder_list is 'Letters that were sent, with what they asked for.';
grant select on accounting.reminder_list to accounting_app;

create or replace function accounting.reminder_letters_v1(wanted jsonb) returns jsonb
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select coalesce(jsonb_agg(jsonb_build_object(
               'id', r.id, 'party', r.party, 'party_ar', r.party_ar, 'level', r.level, 'dated_on', r.dated_on,
               'fee', r.fee::text, 'total', r.total::text, 'currency', r.currency, 'texts', s.texts,
               'company', (select jsonb_build_object('names', jsonb_build_array(c.name, c.name_ar), 'country', c.country,
                               'address', jsonb_build_array(c.address, c.address_ar), 'phone', c.phone,
                               'identifiers', c.identifiers) from core.company c),
               'lines', (select jsonb_agg(jsonb_build_object(
                             'number', coalesce(e.document ->> 'number', e.number), 'dated_on', l.dated_on,
                             'due_on', l.due_on, 'open', l.open::text, 'level', l.level)
                             order by l.due_on, e.number)
                           from accounting.reminder_lines l join accounting.entries e on e.id = l.entry_id
                          where l.reminder_id = r.id))
               order by r.party, r.branch), '[]')
      from accounting.reminder_list r join accounting.reminders s on s.id = r.id
     where wanted ? r.id::text and (select core.may('accounting.ledger.view'))
$$;
comment on function accounting.reminder_letters_v1(jsonb) is 'What letters say, for paper.';
grant execute on function accounting.reminder_letters_v1(jsonb) to accounting_app;
