-- What a return declares: of documents what they say of taxes, of accounts what moved on those that play a tax role.

-- A settlement, or what took one back: neither is turnover.
create or replace function accounting.is_tax_settlement(entry accounting.entries) returns boolean
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select (entry).document ->> 'kind' = 'tax_return'
           or (entry).reverses_id is not null and exists (
               select from accounting.entries o where o.id = (entry).reverses_id and o.document ->> 'kind' = 'tax_return')
$$;

-- Entries of a month that were not declared before, and late ones of earlier months.
create or replace function accounting.entries_to_declare(first_day date, last_day date)
    returns table (id uuid, branch_id uuid, taxes jsonb)
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    with before as (
        select r.snapshot, (select min(f.starts_on) from accounting.tax_returns f where f.undone_at is null) as begun_on
          from accounting.tax_returns r where r.undone_at is null and r.ends_on < first_day
         order by r.ends_on desc limit 1)
    select e.id, e.branch_id, e.taxes from accounting.entries e
     where e.dated_on between first_day and last_day and accounting.is_tax_settlement(e) is not true
     union all
    select e.id, e.branch_id, e.taxes from accounting.entries e join before b
        on e.dated_on >= b.begun_on and not pg_visible_in_snapshot(e.xid, b.snapshot)
     where e.dated_on < first_day and accounting.is_tax_settlement(e) is not true
$$;

-- What moved on each account with a tax role, by branch: debits less credits.
create or replace function accounting.tax_moves(first_day date, last_day date)
    returns table (branch_id uuid, role text, qualifier text, account_id uuid, moved numeric)
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select l.branch_id, r.role, r.qualifier, r.account_id, sum(l.debit - l.credit)
      from accounting.entries_to_declare(first_day, last_day) e
      join accounting.entry_lines l on l.entry_id = e.id
      join (select distinct on (a.account_id) a.* from accounting.account_roles a
             where a.role in ('tax_collected', 'tax_deductible', 'stamp_collected')
             order by a.account_id, a.role, a.qualifier) r on r.account_id = l.account_id
     -- What was withheld of suppliers may stand on the account of the duty (ma 4457), and is none.
     where r.role <> 'stamp_collected' or not exists (
               select from accounting.entries o join accounting.withholdings w on w.entry_id in (o.id, o.reverses_id)
                where o.id = e.id)
     group by l.branch_id, r.role, r.qualifier, r.account_id
    having sum(l.debit - l.credit) <> 0
     union all
    -- What was left of earlier returns to deduct.
    select l.branch_id, r.role, r.qualifier, r.account_id, sum(l.debit - l.credit)
      from accounting.account_roles r
      join accounting.entry_lines l on l.account_id = r.account_id and l.dated_on <= last_day
     where r.role = 'tax_credit'
     group by l.branch_id, r.role, r.qualifier, r.account_id
    having sum(l.debit - l.credit) <> 0
     union all
    -- What waited for its payment, and was paid.
    select d.branch_id, r.role, d.use, r.account_id, sum(case d.amount when 'tax_waiting' then -d.tax else d.tax end)
      from accounting.tax_released(first_day, last_day) d
      join accounting.account_roles r on r.qualifier = '' and r.role = case d.amount when 'tax_waiting' then 'tax_waiting'
                                                                                    else 'tax_deductible_waiting' end
     group by d.branch_id, r.role, d.use, r.account_id
    having sum(d.tax) <> 0
$$;

create or replace function accounting.tax_figures(first_day date, last_day date) returns jsonb
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    with moves as (select * from accounting.tax_moves(first_day, last_day)),
    named as (
        select u.code, sum(u.base) as base, sum(u.tax) as tax
          from (select t ->> 'qualifier' as code, (t ->> 'base')::numeric as base, (t ->> 'value')::numeric as tax
                  from accounting.entries_to_declare(first_day, last_day) e cross join jsonb_array_elements(e.taxes) t
                 where t ->> 'amount' = 'tax'
                 union all
                select d.code, d.base, d.tax from accounting.tax_released(first_day, last_day) d
                 where d.amount = 'tax_waiting') u
         group by u.code),
    sums as (
        select coalesce(-sum(m.moved) filter (where m.role in ('tax_collected', 'tax_waiting')), 0) as collected,
               coalesce(sum(m.moved) filter (where m.role in ('tax_deductible', 'tax_deductible_waiting')), 0) as deductible,
               coalesce(-sum(m.moved) filter (where m.role = 'stamp_collected'), 0) as stamp,
               coalesce(sum(m.moved) filter (where m.role = 'tax_credit'), 0) as credit
          from moves m)
    select jsonb_build_object(
        'taxes', (select coalesce(jsonb_object_agg(n.code, jsonb_build_object('base', n.base::text, 'tax', n.tax::text)), '{}')
                    from named n),
        'deductible', (select coalesce(jsonb_object_agg(d.qualifier, d.moved::text), '{}')
                         from (select m.qualifier, sum(m.moved) as moved from moves m
                                where m.role in ('tax_deductible', 'tax_deductible_waiting')
                                group by m.qualifier) d),
        'unnamed', (s.collected - coalesce((select sum(n.tax) from named n), 0))::text,
        'stamp', s.stamp::text, 'credit', s.credit::text,
        'waiting', (select coalesce(sum(l.credit - l.debit), 0) from accounting.account_roles r
                      join accounting.entry_lines l on l.account_id = r.account_id and l.dated_on <= last_day
                     where r.role = 'tax_waiting')
                   + coalesce((select sum(m.moved) from moves m where m.role = 'tax_waiting'), 0),
        'deductible_waiting', (select coalesce(sum(l.debit - l.credit), 0) from accounting.account_roles r
                                 join accounting.entry_lines l on l.account_id = r.account_id and l.dated_on <= last_day
                                where r.role = 'tax_deductible_waiting')
                              - coalesce((select sum(m.moved) from moves m where m.role = 'tax_deductible_waiting'), 0),
        'due', (s.collected - s.deductible - s.credit)::text)
      from sums s
$$;

-- The form of a month: frozen, if it was declared; otherwise as the books are now.
create or replace function accounting.tax_return_v1(first_day date, last_day date) returns jsonb
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
declare
    declared accounting.tax_returns;
begin
    perform core.require('accounting.ledger.view');
    perform accounting.require_every_branch();
    select * into declared from accounting.tax_returns r where r.starts_on = first_day and r.undone_at is null;
    return jsonb_build_object(
        'currency', (select c.currency from core.company c),
        'boxes', (select jsonb_agg(to_jsonb(b) order by b.place) from accounting.tax_return_boxes b),
        'figures', coalesce(declared.figures, accounting.tax_figures(first_day, last_day)),
        'declared_at', declared.declared_at, 'declared_by', declared.declared_by, 'id', declared.id,
        'entry', (select e.number from accounting.entries e where e.id = declared.entry_id),
        'is_last', not exists (select from accounting.tax_returns r where r.undone_at is null and r.starts_on > first_day),
        'accounts', (select coalesce(jsonb_object_agg(concat_ws('.', r.role, nullif(r.qualifier, '')), a.code), '{}')
                       from accounting.account_roles r join accounting.accounts a on a.id = r.account_id
                      where r.role in ('tax_collected', 'tax_deductible', 'tax_credit', 'stamp_collected')));
end $$;
comment on function accounting.tax_return_v1(date, date) is
    'The tax return of whole months: boxes of the country''s form, figures of the books or those that were declared.';
grant execute on function accounting.tax_return_v1(date, date) to accounting_app;

create or replace function accounting.require_every_branch() returns void
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
    if exists (select from core.branches b where b.id <> all (core.branches())) then
        perform core.refuse('core.other_branch');
    end if;
end $$;
