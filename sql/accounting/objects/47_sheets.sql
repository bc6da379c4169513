-- What the page of an entry opens with, in one question: journals, proposals, and what is to be shown.

-- Lines as typed, with the names of what they mean.
create or replace function accounting.named_lines(lines jsonb) returns jsonb
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select coalesce(jsonb_agg(l.line || jsonb_build_object(
               'account', case when a.id is not null then jsonb_build_object(
                   'id', a.id, 'code', a.code, 'name', a.name, 'name_ar', a.name_ar) end,
               'party', case when p.party_id is not null then jsonb_build_object(
                   'id', p.party_id, 'name', p.name, 'name_ar', p.name_ar) end,
               'cost_centre', case when c.code is not null then jsonb_build_object(
                   'code', c.code, 'name', c.name, 'name_ar', c.name_ar) end) order by l.line_no), '[]')
      from jsonb_array_elements(lines) with ordinality as l (line, line_no)
      left join accounting.accounts a on a.code = l.line ->> 'account'
      left join accounting.party_names p on p.party_id = (l.line ->> 'party_id')::uuid
      left join accounting.cost_centres c on c.code = l.line ->> 'cost_centre'
$$;

create or replace function accounting.lines_of_entry(entry uuid) returns jsonb
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select coalesce(jsonb_agg(jsonb_build_object('account', a.code, 'debit', nullif(l.debit, 0)::text,
               'credit', nullif(l.credit, 0)::text, 'currency', l.currency, 'rate', l.rate::text,
               'amount', l.amount::text, 'label', l.label, 'cost_centre', l.cost_centre, 'party_id', l.party_id,
               'due_on', l.due_on) order by l.line_no), '[]')
      from accounting.entry_lines l
      join accounting.accounts a on a.id = l.account_id
     where l.entry_id = entry
$$;

-- For each journal and account the account that stood most often on the other side, of late.
create or replace function accounting.usual_counterparts() returns jsonb
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    with late as (
        select e.id, j.code as journal
          from accounting.journals j
         cross join lateral (select x.id from accounting.entries x
                              where x.journal = j.code and x.document = '{}'
                              order by x.dated_on desc limit 300) e
         where j.is_manual and j.is_active),
    pairs as (
        select e.journal, l.account_id, o.account_id as other_id, count(*) as times
          from late e
          join accounting.entry_lines l on l.entry_id = e.id
          join accounting.entry_lines o on o.entry_id = e.id and (o.debit > 0) <> (l.debit > 0)
         group by e.journal, l.account_id, o.account_id),
    best as (
        select distinct on (p.journal, p.account_id) p.journal, a.code,
               jsonb_build_object('id', b.id, 'code', b.code, 'name', b.name, 'name_ar', b.name_ar) as other
          from pairs p
          join accounting.accounts a on a.id = p.account_id
          join accounting.accounts b on b.id = p.other_id and b.is_active
         order by p.journal, p.account_id, p.times desc, b.code)
    select coalesce(jsonb_object_agg(g.journal, g.others), '{}')
      from (select b.journal, jsonb_object_agg(b.code, b.other) as others from best b group by b.journal) g
$$;

create or replace function accounting.sheet_of(kind text, source uuid) returns jsonb
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object('id', d.id, 'version', d.version, 'branch_id', d.branch_id, 'journal', d.journal,
               'on', d.dated_on, 'label', d.label, 'lines', accounting.named_lines(d.lines))
      from accounting.entry_drafts d where kind = 'draft' and d.id = source
     union all
    select jsonb_build_object('id', t.id, 'version', t.version, 'branch_id', t.branch_id, 'journal', t.journal,
               'label', t.label, 'lines', accounting.named_lines(t.lines), 'name', t.name,
               'every_months', t.every_months, 'starts_on', t.starts_on, 'ends_on', t.ends_on,
               'is_automatic', t.is_automatic, 'is_active', t.is_active, 'times', t.times)
      from accounting.entry_templates t where kind = 'template' and t.id = source
     union all
    select jsonb_build_object('id', e.id, 'branch_id', e.branch_id, 'journal', e.journal, 'on', e.dated_on,
               'label', e.label, 'lines', accounting.named_lines(accounting.lines_of_entry(e.id)),
               'number', e.number, 'posted_by', e.posted_by, 'posted_at', e.posted_at,
               'reverses', (select r.number from accounting.entries r where r.id = e.reverses_id),
               'reversed_by', (select r.number from accounting.entries r where r.reverses_id = e.id))
      from accounting.entries e where kind = 'entry' and e.id = source
$$;

create or replace function accounting.entry_sheet_v1(kind text, source uuid) returns jsonb
    language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'currency', (select c.currency from core.company c),
        'journals', (select coalesce(jsonb_agg(jsonb_build_object('code', j.code, 'name', j.name, 'name_ar', j.name_ar,
                                'is_open', j.is_manual and j.is_active) order by j.code), '[]')
                       from accounting.journals j),
        'counterparts', accounting.usual_counterparts(),
        'sheet', accounting.sheet_of(kind, source))
      where (select core.may('accounting.ledger.view'))
$$;
comment on function accounting.entry_sheet_v1(text, uuid) is
    'Journals, usual counterparts, and a `draft`, `template` or `entry` by its id; `new` has none.';
grant execute on function accounting.entry_sheet_v1(text, uuid) to accounting_app;
