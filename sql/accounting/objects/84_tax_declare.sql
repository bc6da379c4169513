-- accounting.declare_tax_v1: a return is declared once, in its turn; its settlement clears the tax accounts.

create or replace function accounting.check_return(first_day date, last_day date, today date) returns void
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    before date := (select max(r.ends_on) from accounting.tax_returns r where r.undone_at is null);
begin
    if first_day is null or last_day is null or first_day <> date_trunc('month', first_day) or last_day < first_day
       or last_day + 1 <> date_trunc('month', last_day + 1) then
        perform core.refuse('accounting.tax_months_whole');
    elsif last_day >= today then
        perform core.refuse('accounting.tax_month_running', jsonb_build_object('until', last_day));
    elsif before >= first_day then
        perform core.refuse('accounting.tax_declared_already', jsonb_build_object('month', to_char(first_day, 'MM/YYYY')));
    elsif before + 1 <> first_day then
        perform core.refuse('accounting.tax_month_missing', jsonb_build_object('month', to_char(before + 1, 'MM/YYYY')));
    end if;
end $$;

-- Where what moved goes: to what is due, or to the credit that is carried forward; stamp duty to what is due of it, unless
-- it stands there already.
create or replace function accounting.settled_to(due numeric) returns table (is_stamp boolean, account text)
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
    return query
        select w.is_stamp, a.code
          from (values (false, case when due >= 0 then 'tax_due' else 'tax_credit' end), (true, 'stamp_due')) w (is_stamp, role)
          left join accounting.account_roles r on r.role = w.role and r.qualifier = ''
          left join accounting.accounts a on a.id = r.account_id;
end $$;

-- One entry in each branch: what moved on its tax accounts is taken off them, and the state is owed it, or owes it.
create or replace function accounting.settle_tax(command core.commands, declared accounting.tax_returns, label text)
    returns uuid language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    day record;
    branch record;
    entry accounting.entries;
    first_entry uuid;
begin
    select * into day from accounting.booking_day(declared.ends_on, true);
    for branch in
        with moves as (
            select m.branch_id, a.code, m.moved, t.account as against, t.is_stamp
              from accounting.tax_moves(declared.starts_on, declared.ends_on) m
              join accounting.accounts a on a.id = m.account_id
              join accounting.settled_to((declared.figures ->> 'due')::numeric) t
                on t.is_stamp = (m.role = 'stamp_collected') and t.account is distinct from a.code),
        lines as (
            select m.branch_id, m.is_stamp, 1 as part, m.code, -m.moved as moved from moves m
             union all
            select m.branch_id, m.is_stamp, 2, m.against, sum(m.moved) from moves m
             group by m.branch_id, m.is_stamp, m.against having sum(m.moved) <> 0)
        select l.branch_id, bool_or(l.code is null and l.is_stamp) as lacks_stamp, bool_or(l.code is null) as lacks,
               jsonb_agg(jsonb_build_object('account', l.code, 'label', label,
                             case when l.moved > 0 then 'debit' else 'credit' end, abs(l.moved)::text)
                         order by l.is_stamp, l.part, l.code) as lines
          from lines l group by l.branch_id order by l.branch_id
    loop
        if branch.lacks then
            perform core.refuse('accounting.role_missing', jsonb_build_object(
                'role', case when branch.lacks_stamp then 'stamp_due' else 'tax_due' end));
        end if;
        entry.id := gen_random_uuid();
        entry.branch_id := branch.branch_id;
        entry.journal := 'OD';
        entry.period_id := day.period_id;
        entry.dated_on := day.dated_on;
        entry.label := label;
        entry.document := jsonb_build_object('module', 'accounting', 'kind', 'tax_return', 'id', declared.id,
                                             'number', to_char(declared.starts_on, 'YYYY-MM'));
        entry.command_id := command.id;
        entry.posted_by := command.actor_login;
        first_entry := coalesce(first_entry, entry.id);
        perform accounting.write_entry(entry, branch.lines);
    end loop;
    return first_entry;
end $$;

create or replace function accounting.declare_tax_v1(command core.commands, payload jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    declared accounting.tax_returns;
    released accounting.tax_releases[];
begin
    perform accounting.require_every_branch();
    -- Two who declare at once come one after the other, and nobody posts or matches while figures, settlement and
    -- snapshot are taken.
    lock table accounting.tax_returns in share row exclusive mode;
    lock table accounting.entries, accounting.matches, accounting.instrument_moves in share mode;
    declared.id := coalesce((payload ->> 'id')::uuid, gen_random_uuid());
    declared.starts_on := (payload ->> 'first')::date;
    declared.ends_on := (payload ->> 'last')::date;
    perform accounting.check_return(declared.starts_on, declared.ends_on, core.local_date(command.received_at));
    declared.figures := accounting.tax_figures(declared.starts_on, declared.ends_on);
    released := array(select row(declared.id, d.entry_id, d.branch_id, d.code, d.base, d.tax, d.amount,
                                 d.use)::accounting.tax_releases
                        from accounting.tax_released(declared.starts_on, declared.ends_on) d);
    declared.entry_id := accounting.settle_tax(command, declared, coalesce(nullif(btrim(payload ->> 'label'), ''),
                                                                           to_char(declared.starts_on, 'MM/YYYY')));
    insert into accounting.tax_returns (id, starts_on, ends_on, figures, entry_id, declared_by)
    values (declared.id, declared.starts_on, declared.ends_on, declared.figures, declared.entry_id, command.actor_login);
    insert into accounting.tax_releases select r.* from unnest(released) r;
    return jsonb_build_object('result', jsonb_build_object('return_id', declared.id, 'due', declared.figures -> 'due'));
end $$;
comment on function accounting.declare_tax_v1(core.commands, jsonb) is
    'Handler: {first, last, label?, id?}: whole months that are over, in their turn.';

-- The last return alone can be taken back: its settlement is reversed, and its figures are those of the books again.
create or replace function accounting.undo_tax_v1(command core.commands, payload jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    known accounting.tax_returns;
    settled record;
begin
    perform accounting.require_every_branch();
    lock table accounting.tax_returns in share row exclusive mode;
    select * into known from accounting.tax_returns r where r.undone_at is null order by r.starts_on desc limit 1;
    if known.id is null or known.id is distinct from (payload ->> 'return_id')::uuid then
        perform core.refuse('accounting.tax_not_last');
    end if;
    for settled in select e.id from accounting.entries e
                    where e.dated_on >= known.ends_on and e.document ->> 'kind' = 'tax_return'
                      and e.document ->> 'id' = known.id::text order by e.number loop
        perform accounting.reverse_entry_v1(command, jsonb_build_object('entry_id', settled.id));
    end loop;
    update accounting.tax_returns r set undone_by = command.actor_login, undone_at = now() where r.id = known.id;
    return jsonb_build_object('result', '{}'::jsonb);
end $$;
comment on function accounting.undo_tax_v1(core.commands, jsonb) is 'Handler: {return_id}: only the last one.';

grant execute on function accounting.declare_tax_v1(core.commands, jsonb), accounting.undo_tax_v1(core.commands, jsonb)
    to core_owner;
insert into core.command_types (name, module, permission, is_fact, handler)
values ('accounting.declare_tax_v1', 'accounting', 'accounting.tax.declare', false, 'accounting.declare_tax_v1'),
       ('accounting.undo_tax_v1', 'accounting', 'accounting.tax.declare', false, 'accounting.undo_tax_v1')
    on conflict (name) do update set permission = excluded.permission, is_fact = excluded.is_fact,
                                     handler = excluded.handler;
