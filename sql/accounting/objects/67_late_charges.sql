-- Late payment, booked: what a letter asked of a customer, and the fine of a quarter for what we paid late ourselves.

call core.keep_to_branch('accounting.late_charges');
comment on table accounting.late_charges is 'no-audit: append-only, with its entry; undone once, by whom and when';
create or replace trigger late_charges_stay before update or delete on accounting.late_charges for each row
    execute function accounting.check_undone_once();
create or replace trigger late_charges_never_emptied before truncate on accounting.late_charges for each statement
    execute function core.forbid();
grant select on accounting.late_charges to accounting_app;
call core.permit('accounting.late.charge', '{accountant}');

-- What each line of a letter bears by its day, at a rate a year: from the day it was due, or from the last letter for which
-- interest was booked. A debit note for lateness bears none itself.
create or replace function accounting.late_lines(letter accounting.reminders, rate numeric)
    returns table (number text, due_on date, since date, open numeric, days integer, interest numeric)
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select coalesce(e.document ->> 'number', e.number), l.due_on, s.since, l.open, (letter).dated_on - s.since,
           round(l.open * rate * ((letter).dated_on - s.since) / 365, core.decimals())
      from accounting.reminder_lines l
      join accounting.entries e on e.id = l.entry_id
     cross join lateral (
            select greatest(l.due_on, max(r.dated_on)) as since
              from accounting.reminder_lines o
              join accounting.reminders r on r.id = o.reminder_id
              join accounting.late_charges c on c.reminder_id = r.id and c.undone_at is null and c.interest > 0
             where (o.entry_id, o.line_no) = (l.entry_id, l.line_no)) s
     where l.reminder_id = (letter).id and (letter).dated_on > s.since
       and coalesce(e.document ->> 'kind', '') <> 'late_charge'
$$;

create or replace function accounting.book_late_charge(command core.commands, made accounting.late_charges, lines jsonb)
    returns jsonb language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    entry accounting.entries;
begin
    entry.id := made.entry_id;
    entry.branch_id := made.branch_id;
    entry.journal := 'OD';
    entry.dated_on := made.dated_on;
    entry.period_id := accounting.check_day(made.dated_on, command.actor_id);
    entry.label := made.number;
    entry.document := jsonb_build_object('module', 'accounting', 'kind', 'late_charge', 'id', made.id, 'number', made.number);
    entry.command_id := command.id;
    entry.posted_by := command.actor_login;
    perform accounting.check_lines(lines);
    return accounting.write_entry(entry, lines);
end $$;

create or replace function accounting.keep_late_charge(command core.commands, made accounting.late_charges, lines jsonb)
    returns jsonb language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    posted jsonb;
begin
    made.lines := coalesce(made.lines, '[]');
    made.entry_id := gen_random_uuid();
    made.made_by := command.actor_login;
    made.made_at := now();
    made.command_id := command.id;
    insert into accounting.late_charges select made.*;
    posted := accounting.book_late_charge(command, made, lines);
    return jsonb_build_object('result', jsonb_build_object(
        'id', made.id, 'number', made.number, 'fee', made.fee::text, 'interest', made.interest::text,
        'entry_id', made.entry_id, 'entry', posted ->> 'number'));
end $$;

create or replace function accounting.charge_customer_v1(command core.commands, payload jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    letter accounting.reminders;
    made accounting.late_charges;
begin
    select * into letter from accounting.reminders r
     where r.id = (payload ->> 'reminder_id')::uuid and r.branch_id = any (core.branches()) for no key update;
    made.id := coalesce((payload ->> 'id')::uuid, gen_random_uuid());
    made.kind := 'note';
    made.branch_id := letter.branch_id;
    made.party_id := letter.party_id;
    made.reminder_id := letter.id;
    made.dated_on := (payload ->> 'on')::date;
    made.fee := coalesce((payload ->> 'fee')::numeric, 0);
    made.rate := coalesce((payload ->> 'rate')::numeric, 0);
    if letter.id is null then
        perform core.refuse('core.not_found');
    elsif made.dated_on is null then
        perform core.refuse('accounting.day_missing');
    elsif made.dated_on < letter.dated_on then
        perform core.refuse('accounting.late_too_early', jsonb_build_object('date', letter.dated_on));
    elsif (made.fee = 0 or accounting.is_amount(made.fee)) is not true or made.fee > letter.fee then
        perform core.refuse('accounting.late_fee', jsonb_build_object('fee', letter.fee::text));
    elsif (made.rate between 0 and 1 and scale(made.rate) <= 6) is not true then
        perform core.refuse('accounting.late_rate');
    elsif exists (select from accounting.late_charges c where c.reminder_id = letter.id and c.undone_at is null) then
        perform core.refuse('accounting.late_booked', jsonb_build_object('number', (
            select c.number from accounting.late_charges c where c.reminder_id = letter.id and c.undone_at is null)));
    end if;
    select coalesce(sum(l.interest), 0),
           coalesce(jsonb_agg(jsonb_build_object('number', l.number, 'due_on', l.due_on, 'since', l.since,
                                                 'open', l.open::text, 'days', l.days, 'interest', l.interest::text)
                              order by l.due_on, l.number), '[]')
      into made.interest, made.lines
      from accounting.late_lines(letter, made.rate) l where l.interest > 0;
    if made.fee + made.interest = 0 then
        perform core.refuse('accounting.late_nothing');
    end if;
    -- One note of a branch after the other, so that their numbers have no gap.
    perform pg_advisory_xact_lock(hashtextextended('accounting.late_charges' || made.branch_id, 0));
    made.year := extract(year from made.dated_on);
    made.sequence := 1 + (select count(*) from accounting.late_charges c
                           where c.branch_id = made.branch_id and c.year = made.year);
    made.number := format('ND-%s-%s-%s', (select b.code from core.branches b where b.id = made.branch_id), made.year,
                          lpad(made.sequence::text, greatest(6, length(made.sequence::text)), '0'));
    return accounting.keep_late_charge(command, made, jsonb_build_array(
            accounting.closing_line(accounting.role_account('receivable', ''), made.fee + made.interest)
            || jsonb_build_object('party_id', made.party_id, 'due_on', made.dated_on))
        || (select jsonb_agg(accounting.closing_line(accounting.role_account('late_interest_income', i.which), -i.amount)
                             order by i.which)
              from (values ('', made.interest), ('fee', made.fee)) i (which, amount) where i.amount > 0));
end $$;
comment on function accounting.charge_customer_v1(core.commands, jsonb) is
    'Handler: {id?, reminder_id, on, fee? (at most what the letter asked), rate? (interest a year, such as 0.08)}: a debit '
    'note of a customer who was reminded.';

create or replace function accounting.charge_fine_v1(command core.commands, payload jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    made accounting.late_charges;
begin
    perform accounting.require_every_branch();
    made.id := coalesce((payload ->> 'id')::uuid, gen_random_uuid());
    made.kind := 'fine';
    made.branch_id := coalesce((payload ->> 'branch_id')::uuid, command.branch_id);
    made.starts_on := (payload ->> 'first')::date;
    made.ends_on := (payload ->> 'last')::date;
    made.dated_on := coalesce((payload ->> 'on')::date, made.ends_on);
    made.fee := 0;
    made.rate := 0;
    made.interest := (payload ->> 'amount')::numeric;
    if made.branch_id is null or made.branch_id <> all (core.branches()) then
        perform core.refuse('core.other_branch');
    elsif (made.starts_on = date_trunc('quarter', made.starts_on)
           and made.ends_on = made.starts_on + interval '3 months' - interval '1 day') is not true then
        perform core.refuse('accounting.late_quarter');
    elsif made.ends_on >= core.local_date(command.received_at) then
        perform core.refuse('accounting.late_quarter_running', jsonb_build_object('until', made.ends_on));
    elsif made.dated_on < made.ends_on then
        perform core.refuse('accounting.late_too_early', jsonb_build_object('date', made.ends_on));
    elsif accounting.is_amount(made.interest) is not true then
        perform core.refuse('accounting.late_nothing');
    end if;
    made.number := to_char(made.starts_on, '"AM-"YYYY"-T"Q');
    -- Two who book the same quarter at once come one after the other.
    perform pg_advisory_xact_lock(hashtextextended('accounting.late_charges' || made.number, 0));
    if exists (select from accounting.late_charges c
                where c.kind = 'fine' and c.starts_on = made.starts_on and c.undone_at is null) then
        perform core.refuse('accounting.late_booked', jsonb_build_object('number', made.number));
    end if;
    return accounting.keep_late_charge(command, made, jsonb_build_array(
        accounting.closing_line(accounting.role_account('late_fine', ''), made.interest),
        accounting.closing_line(accounting.role_account('late_fine_due', ''), -made.interest)));
end $$;
comment on function accounting.charge_fine_v1(core.commands, jsonb) is
    'Handler: {id?, branch_id?, first, last, amount, on?}: the fine of a quarter that is over, once.';

create or replace function accounting.undo_late_charge_v1(command core.commands, payload jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    known accounting.late_charges;
begin
    select * into known from accounting.late_charges c
     where c.id = (payload ->> 'id')::uuid and c.branch_id = any (core.branches()) for no key update;
    if known.id is null then
        perform core.refuse('core.not_found');
    elsif known.undone_at is not null then
        perform core.refuse('accounting.late_undone', jsonb_build_object('number', known.number));
    end if;
    update accounting.late_charges c set undone_at = now(), undone_by = command.actor_login where c.id = known.id;
    return accounting.reverse_entry_v1(command, jsonb_build_object('entry_id', known.entry_id));
end $$;
comment on function accounting.undo_late_charge_v1(core.commands, jsonb) is
    'Handler: {id}: reverses the entry of a note or a fine, on its day or the first open one; its number stays used.';

-- The entry of one goes only with it.
create or replace function accounting.check_late_charge_is_undone() returns trigger
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
    if exists (select from accounting.late_charges c where c.entry_id = new.reverses_id and c.undone_at is null) then
        perform core.refuse('accounting.entry_of_register', jsonb_build_object(
            'number', (select e.number from accounting.entries e where e.id = new.reverses_id)));
    end if;
    return null;
end $$;
drop trigger if exists late_charges_are_undone_where_made on accounting.entries;
create constraint trigger late_charges_are_undone_where_made after insert on accounting.entries
    deferrable initially deferred for each row when (new.reverses_id is not null)
    execute function accounting.check_late_charge_is_undone();

grant execute on function accounting.charge_customer_v1(core.commands, jsonb),
    accounting.charge_fine_v1(core.commands, jsonb), accounting.undo_late_charge_v1(core.commands, jsonb) to core_owner;
insert into core.command_types (name, module, permission, is_fact, handler)
values ('accounting.charge_customer_v1', 'accounting', 'accounting.late.charge', false, 'accounting.charge_customer_v1'),
       ('accounting.charge_fine_v1', 'accounting', 'accounting.late.charge', false, 'accounting.charge_fine_v1'),
       ('accounting.undo_late_charge_v1', 'accounting', 'accounting.late.charge', false, 'accounting.undo_late_charge_v1')
    on conflict (name) do update set permission = excluded.permission, is_fact = excluded.is_fact,
                                     handler = excluded.handler;

create or replace view accounting.late_charge_list with (security_invoker = true) as
    select c.id, b.code as branch, c.kind, c.number, coalesce(p.name, '') as name, coalesce(p.name_ar, '') as name_ar,
           c.starts_on, c.ends_on, c.dated_on, r.dated_on as letter_on, c.fee, c.rate, c.interest, c.fee + c.interest as amount,
           c.lines, c.made_by, c.undone_at is not null as is_undone, (select k.currency from core.company k) as currency
      from accounting.late_charges c
      join core.branches b on b.id = c.branch_id
      left join accounting.reminders r on r.id = c.reminder_id
      left join accounting.party_names p on p.party_id = c.party_id;
comment on view accounting.late_charge_list is 'Debit notes for lateness and fines, with what lists and papers say of each.';
grant select on accounting.late_charge_list to accounting_app;
