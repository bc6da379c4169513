-- Revaluation at the end of a month: what open documents and money in other currencies are worth at the rate of the day.

call core.keep_to_branch('accounting.revaluations'::regclass);
call core.keep_to_branch('accounting.revaluation_lines'::regclass);
call core.append_only('accounting.revaluation_lines'::regclass);
comment on table accounting.revaluations is 'no-audit: append-only, with author; undone once, by whom and when';
comment on table accounting.revaluation_lines is 'no-audit: append-only, with their revaluation';
create or replace trigger revaluations_stay before update or delete on accounting.revaluations
    for each row execute function accounting.check_undone_once();
create or replace trigger revaluations_never_emptied before truncate on accounting.revaluations
    for each statement execute function core.forbid();
grant select on accounting.revaluations, accounting.revaluation_lines to accounting_app;
call core.permit('accounting.currency.revalue', '{accountant}');

-- What accounts of money (class 5 in all three charts) hold in other currencies at the end of a day. What revaluations have
-- added stays and counts; what is on its way between accounts, and what single parties owe, is no money.
create or replace function accounting.currency_money(day date)
    returns table (branch_id uuid, account_id uuid, currency text, amount numeric, value numeric)
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    with accounts as (
        select a.id from accounting.accounts a
         where a.code like '5%'
           and not exists (select from accounting.account_roles r
                            where r.account_id = a.id and r.role = any (accounting.matching_roles()))),
    moves as (
        select l.branch_id, l.account_id, l.currency, l.amount * sign(l.debit - l.credit) as amount, l.debit - l.credit as value
          from accounting.entry_lines l
          join accounts a on a.id = l.account_id
          join accounting.periods p on p.id = l.period_id and p.kind = 'month'
         where l.party_id is null and l.dated_on <= day and l.currency <> (select c.currency from core.company c)
         union all
        select v.branch_id, v.account_id, v.currency, 0, v.difference
          from accounting.revaluation_lines v
          join accounting.revaluations r on r.id = v.revaluation_id and r.undone_at is null
         where v.entry_id is null and r.ends_on <= day)
    select m.branch_id, m.account_id, m.currency, sum(m.amount), sum(m.value)
      from moves m group by m.branch_id, m.account_id, m.currency
$$;

-- Everything in other currencies on a day, with what it is worth then. A month that is revalued already counts as if it were not.
create or replace function accounting.currency_worth(day date)
    returns table (branch_id uuid, entry_id uuid, entry_line integer, number text, label text, account_id uuid, party_id uuid,
                   currency text, amount numeric, value numeric, rate numeric, rated_on date, difference numeric)
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    with held as (
        select o.branch_id, o.entry_id, o.line_no, o.number, o.label, o.account_id, o.party_id, o.currency, o.open, o.value
          from accounting.open_currency_on(day) o
         union all
        select m.branch_id, null, null, '', '', m.account_id, null, m.currency, m.amount, m.value - coalesce(s.difference, 0)
          from accounting.currency_money(day) m
          left join (select v.branch_id, v.account_id, v.currency, sum(v.difference) as difference
                       from accounting.revaluation_lines v join accounting.revaluations r on r.id = v.revaluation_id
                      where r.undone_at is null and r.ends_on = day and v.entry_id is null
                      group by v.branch_id, v.account_id, v.currency) s using (branch_id, account_id, currency))
    select h.branch_id, h.entry_id, h.line_no, h.number, h.label, h.account_id, h.party_id, h.currency, h.open, h.value,
           r.rate, r.rated_on, round(h.open * r.rate, core.decimals()) - h.value
      from held h
     cross join lateral accounting.rates_at_v1(h.currency, day) r
     where h.open <> 0 or h.value <> 0
$$;

create or replace function accounting.revaluation_v1(day date) returns jsonb
    language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'currency', (select c.currency from core.company c),
        'rows', (select coalesce(jsonb_agg(jsonb_build_object(
                    'branch', b.code, 'account', a.code, 'name', a.name, 'name_ar', a.name_ar,
                    'party', coalesce(p.name, ''), 'party_ar', coalesce(p.name_ar, ''), 'number', w.number, 'label', w.label,
                    'currency', w.currency, 'amount', w.amount::text, 'value', w.value::text, 'rate', w.rate::text,
                    'rated_on', w.rated_on, 'difference', w.difference::text, 'is_money', w.entry_id is null)
                    order by w.currency, w.entry_id is null, a.code, p.name, w.number), '[]')
                   from accounting.currency_worth(day) w
                   join accounting.accounts a on a.id = w.account_id
                   join core.branches b on b.id = w.branch_id
                   left join accounting.party_names p on p.party_id = w.party_id),
        'posted', (select coalesce(jsonb_agg(jsonb_build_object(
                      'branch', b.code, 'by', r.posted_by, 'at', r.posted_at, 'entries',
                      (select jsonb_agg(e.number order by e.number) from accounting.entries e
                        where e.id in (r.entry_id, r.back_id, r.money_id))) order by b.code), '[]')
                     from accounting.revaluations r join core.branches b on b.id = r.branch_id
                    where r.ends_on = day and r.undone_at is null),
        'is_last', not exists (select from accounting.revaluations r where r.ends_on > day and r.undone_at is null))
     where (select core.may('accounting.ledger.view'))
$$;
comment on function accounting.revaluation_v1(date) is
    'What is open in other currencies on a day, document by document, what it is worth at the rate of the day, and whether that '
    'is posted. Refused if a currency has no rate.';
grant execute on function accounting.revaluation_v1(date) to accounting_app;

-- For a difference: receivable or payable, gain or loss. Negative amounts are owed by us.
create or replace function accounting.latent_role(amount numeric, difference numeric) returns text
    language sql immutable set search_path = pg_catalog, pg_temp
as $$
    select case when amount > 0 then 'receivable_' else 'payable_' end || case when difference > 0 then 'gain' else 'loss' end
$$;

-- Of documents: each on its account and partner, against the accounts of the country; with a provision where it wants one.
create or replace function accounting.document_lines(of_branch uuid, day date) returns jsonb
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    with worth as (
        select w.*, accounting.latent_role(w.amount, w.difference) as role from accounting.currency_worth(day) w
         where w.branch_id = of_branch and w.entry_id is not null and w.difference <> 0),
    losses as (select -sum(w.difference) as amount from worth w where w.difference < 0),
    provision as (select 1 from accounting.account_roles r where r.role = 'exchange_provision' and r.qualifier = 'charge')
    select jsonb_agg(x.line order by x.place, x.line ->> 'account', x.line ->> 'label')
      from (select 1 as place, accounting.closing_line(a.code, w.difference)
                   || jsonb_build_object('party_id', w.party_id, 'label', w.number) as line
              from worth w join accounting.accounts a on a.id = w.account_id
             union all
            select 2, accounting.closing_line(accounting.role_account('exchange_latent', w.role), -sum(w.difference))
              from worth w group by w.role
             union all
            select 3, accounting.closing_line(accounting.role_account('exchange_provision', q.qualifier), l.amount * q.side)
              from losses l cross join provision cross join (values ('charge', 1), ('liability', -1)) q (qualifier, side)
             where l.amount > 0) x
$$;

create or replace function accounting.money_lines(of_branch uuid, day date) returns jsonb
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    with worth as (
        select w.* from accounting.currency_worth(day) w
         where w.branch_id = of_branch and w.entry_id is null and w.difference <> 0)
    select jsonb_agg(x.line order by x.place, x.line ->> 'account', x.line ->> 'label')
      from (select 1 as place, accounting.closing_line(a.code, w.difference) || jsonb_build_object('label', w.currency) as line
              from worth w join accounting.accounts a on a.id = w.account_id
             union all
            select 2, accounting.closing_line(accounting.role_account(
                       case when w.difference > 0 then 'exchange_gain' else 'exchange_loss' end, ''), -sum(w.difference))
              from worth w group by w.difference > 0) x
$$;

create or replace function accounting.post_revaluation(command core.commands, run accounting.revaluations, lines jsonb,
                                                       period uuid, day date, label text) returns uuid
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    entry accounting.entries;
begin
    if lines is null then
        return null;
    end if;
    entry.id := gen_random_uuid();
    entry.branch_id := run.branch_id;
    entry.journal := 'OD';
    entry.period_id := period;
    entry.dated_on := day;
    entry.label := label;
    entry.document := jsonb_build_object('module', 'accounting', 'kind', 'revaluation', 'id', run.id,
                                         'number', to_char(run.ends_on, 'YYYY-MM'));
    entry.command_id := command.id;
    entry.posted_by := command.actor_login;
    perform accounting.write_entry(entry, lines);
    return entry.id;
end $$;

-- What takes documents back on the next day. In a new year a provision is released, no charge of that year undone.
create or replace function accounting.back_lines(entry uuid, day date) returns jsonb
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select jsonb_agg(case when l.line ->> 'account' = c.code and extract(year from e.dated_on) < extract(year from day)
                          then l.line || jsonb_build_object('account', accounting.role_account('exchange_provision', 'release'))
                          else l.line end order by l.place)
      from accounting.entries e
     cross join jsonb_array_elements(accounting.mirror_of(e.id)) with ordinality as l (line, place)
      left join (select a.code from accounting.account_roles r join accounting.accounts a on a.id = r.account_id
                  where r.role = 'exchange_provision' and r.qualifier = 'charge') c on true
     where e.id = entry
$$;

create or replace function accounting.revalue_branch(command core.commands, branch uuid, day date, label text)
    returns uuid language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    run accounting.revaluations;
    period uuid := accounting.check_day(day, command.actor_id);
    back record;
begin
    run.id := gen_random_uuid();
    run.branch_id := branch;
    run.ends_on := day;
    run.posted_by := command.actor_login;
    run.posted_at := now();
    run.entry_id := accounting.post_revaluation(command, run, accounting.document_lines(branch, day), period, day, label);
    run.money_id := accounting.post_revaluation(command, run, accounting.money_lines(branch, day), period, day, label);
    if run.entry_id is null and run.money_id is null then
        return null;
    end if;
    if run.entry_id is not null then
        select * into back from accounting.booking_day(day + 1, true);
        run.back_id := accounting.post_revaluation(command, run, accounting.back_lines(run.entry_id, back.dated_on),
                                                   back.period_id, back.dated_on, label);
    end if;
    insert into accounting.revaluations select (run).*;
    insert into accounting.revaluation_lines (revaluation_id, line_no, branch_id, entry_id, entry_line, account_id, party_id,
                                              currency, amount, value, rate, difference)
    select run.id, row_number() over (order by w.currency, w.number, w.entry_line), branch, w.entry_id, w.entry_line,
           w.account_id, w.party_id, w.currency, w.amount, w.value, w.rate, w.difference
      from accounting.currency_worth(day) w where w.branch_id = branch and w.difference <> 0;
    if run.back_id is not null then
        perform accounting.match_reversal(command, run.entry_id, run.back_id);
    end if;
    return run.id;
end $$;

create or replace function accounting.check_revaluation(day date) returns void
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    later date := (select max(r.ends_on) from accounting.revaluations r where r.undone_at is null and r.ends_on > day);
begin
    if day is null or day + 1 <> date_trunc('month', day + 1) then
        perform core.refuse('accounting.revaluation_month_end');
    elsif later is not null then
        perform core.refuse('accounting.revaluation_later', jsonb_build_object('month', to_char(later, 'MM/YYYY')));
    end if;
end $$;

create or replace function accounting.undo_revaluations(command core.commands, day date) returns integer
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    run accounting.revaluations;
    entry uuid;
    undone integer := 0;
begin
    for run in select * from accounting.revaluations r where r.ends_on = day and r.undone_at is null order by r.branch_id loop
        update accounting.revaluations r set undone_at = now(), undone_by = command.actor_login where r.id = run.id;
        foreach entry in array array_remove(array[run.back_id, run.entry_id, run.money_id], null) loop
            perform accounting.reverse_entry_v1(command, jsonb_build_object('entry_id', entry));
        end loop;
        undone := undone + 1;
    end loop;
    return undone;
end $$;

create or replace function accounting.revalue_v1(command core.commands, payload jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    day date := (payload ->> 'on')::date;
    branch uuid;
    undone integer;
    runs uuid[] := '{}';
begin
    perform accounting.check_revaluation(day);
    perform accounting.check_day(day, command.actor_id);
    perform from accounting.series s
      where s.journal = 'OD' and s.branch_id = any (core.branches()) order by s.branch_id, s.year for no key update;
    undone := accounting.undo_revaluations(command, day);
    foreach branch in array array(select b from unnest(core.branches()) b order by b) loop
        runs := array_remove(runs || accounting.revalue_branch(
            command, branch, day, coalesce(nullif(btrim(payload ->> 'label'), ''), to_char(day, 'MM/YYYY'))), null);
    end loop;
    if undone = 0 and runs = '{}' then
        perform core.refuse('accounting.revaluation_nothing', jsonb_build_object('date', day));
    end if;
    return jsonb_build_object('result', jsonb_build_object('runs', to_jsonb(runs), 'undone', undone));
end $$;
comment on function accounting.revalue_v1(core.commands, jsonb) is
    'Handler: {on (the last day of a month), label?}: posts what revaluation_v1 shows, in each branch of whoever sends it, and '
    'takes documents back on the next day; what stands for that month is reversed first.';

create or replace function accounting.undo_revaluation_v1(command core.commands, payload jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    day date := (payload ->> 'on')::date;
begin
    perform accounting.check_revaluation(day);
    perform accounting.check_day(day, command.actor_id);
    if accounting.undo_revaluations(command, day) = 0 then
        perform core.refuse('core.not_found');
    end if;
    return jsonb_build_object('result', '{}'::jsonb);
end $$;
comment on function accounting.undo_revaluation_v1(core.commands, jsonb) is 'Handler: {on}: reverses the last revaluation, its month being open.';
grant execute on function accounting.revalue_v1(core.commands, jsonb), accounting.undo_revaluation_v1(core.commands, jsonb)
    to core_owner;
insert into core.command_types (name, module, permission, is_fact, handler)
values ('accounting.revalue_v1', 'accounting', 'accounting.currency.revalue', false, 'accounting.revalue_v1'),
       ('accounting.undo_revaluation_v1', 'accounting', 'accounting.currency.revalue', false, 'accounting.undo_revaluation_v1')
    on conflict (name) do update set permission = excluded.permission, is_fact = excluded.is_fact,
                                     handler = excluded.handler;
