-- What other modules may count on, besides accounting.post_v1: reversal, taxes and periods. tests/accounting/test_contract.py
-- is the contract.

-- The mirror of what a document posted, in its journal: every account and party is back where it was, matches are taken
-- back, taxes are negated. {id?, entry_id, on?, is_fact?, label?, document?, by, command_id}
create or replace function accounting.reverse_document_v1(reversal jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    old_entry accounting.entries;
    entry accounting.entries;
    command core.commands;
    known accounting.entries;
    day record;
    posted jsonb;
begin
    select * into old_entry from accounting.entries e
     where e.id = (reversal ->> 'entry_id')::uuid and e.branch_id = any (core.branches());
    if old_entry.id is null then
        perform core.refuse('core.not_found');
    elsif not exists (select from accounting.periods p where p.id = old_entry.period_id and p.kind = 'month') then
        perform core.refuse('accounting.entry_of_year', jsonb_build_object('number', old_entry.number));
    end if;
    -- The series of its journal is locked, so that two who reverse it at once wait for each other.
    perform from accounting.series s
      where s.journal = old_entry.journal and s.branch_id = old_entry.branch_id order by s.year for no key update;
    select * into known from accounting.entries e where e.reverses_id = old_entry.id;
    if known.id is not null and known.id is not distinct from (reversal ->> 'id')::uuid then
        return jsonb_build_object('entry_id', known.id, 'number', known.number, 'dated_on', known.dated_on,
                                  'reverses', old_entry.number, 'flags', '[]'::jsonb);
    elsif known.id is not null then
        perform core.refuse('accounting.entry_reversed_already', jsonb_build_object('number', known.number));
    elsif (reversal ->> 'on')::date < old_entry.dated_on then
        perform core.refuse('accounting.reversal_too_early', jsonb_build_object('date', old_entry.dated_on));
    end if;
    -- Without a day: its own if that is open, else the first open one after it.
    select * into day
      from accounting.booking_day(coalesce((reversal ->> 'on')::date, old_entry.dated_on),
                                  reversal ->> 'on' is null or coalesce((reversal ->> 'is_fact')::boolean, false));
    command.id := (reversal ->> 'command_id')::uuid;
    command.actor_login := coalesce(reversal ->> 'by', session_user::text);
    entry := old_entry;
    entry.id := coalesce((reversal ->> 'id')::uuid, gen_random_uuid());
    entry.period_id := day.period_id;
    entry.dated_on := day.dated_on;
    entry.label := coalesce(nullif(btrim(reversal ->> 'label'), ''), old_entry.label);
    entry.document := coalesce(reversal -> 'document', old_entry.document);
    entry.command_id := command.id;
    entry.posted_by := command.actor_login;
    entry.reverses_id := old_entry.id;
    entry.taxes := accounting.negated_taxes(old_entry.taxes);
    posted := accounting.write_entry(entry, accounting.mirror_of(old_entry.id));
    perform accounting.match_reversal(command, old_entry.id, entry.id);
    return posted || jsonb_build_object('reverses', old_entry.number, 'flags',
        case when day.is_moved then core.flag('accounting.period_closed', jsonb_build_object(
                 'date', coalesce((reversal ->> 'on')::date, old_entry.dated_on)))
             else '[]'::jsonb end);
end $$;
comment on function accounting.reverse_document_v1(jsonb) is
    'Reverses the entry of a document, once: {id?, entry_id, on?, is_fact?, label?, document?, by, command_id}. Answers '
    '{entry_id, number, dated_on, reverses, flags}; the same again for the same id.';

create or replace function accounting.tax_for_v1(code text, day date) returns jsonb
    language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object('code', t.code, 'name', t.name, 'name_ar', t.name_ar, 'kind', t.kind,
                              'article', t.article, 'taxes', p.taxes)
      from accounting.taxes t
     cross join lateral (select accounting.plan_of(t.code, day) as taxes) p
     where t.code = tax_for_v1.code and p.taxes is not null
$$;
comment on function accounting.tax_for_v1(text, date) is
    'What one tax code means on a day: {code, name, name_ar, kind, article, taxes: [{code, rate, after}]}, a rate being a '
    'part of one; null if it has no rate that day.';

create or replace function accounting.period_state_v1(branch uuid, day date, who uuid default null) returns jsonb
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
declare
    month accounting.periods;
    until date := nullif(accounting.locked_before(coalesce(who, core.me())), '-infinity');
begin
    if branch is null or branch <> all (core.branches()) then
        perform core.refuse('core.other_branch');
    end if;
    select * into month from accounting.periods p where p.kind = 'month' and day between p.starts_on and p.ends_on;
    return jsonb_build_object(
        'state', coalesce(month.state, 'none'), 'locked_before', until,
        'accepts', coalesce(month.state, 'none') = 'open' and (until is null or day >= until),
        'fact_on', (select greatest(day, p.starts_on) from accounting.periods p
                     where p.state = 'open' and p.kind = 'month' and p.ends_on >= day
                     order by p.starts_on limit 1));
end $$;
comment on function accounting.period_state_v1(uuid, date, uuid) is
    'What the ledger takes of a day: {state: open | closed | final | none, accepts: whether it takes a request of `who` '
    '(else of the login), locked_before: from which day on, fact_on: the day a fact is booked, null for none}.';

grant execute on function accounting.reverse_document_v1(jsonb) to inventory_owner, till_owner, sales_owner;
grant execute on function accounting.tax_for_v1(text, date)
    to accounting_app, catalog_owner, inventory_owner, till_owner, sales_owner;
grant execute on function accounting.period_state_v1(uuid, date, uuid)
    to accounting_app, inventory_owner, till_owner, sales_owner;
