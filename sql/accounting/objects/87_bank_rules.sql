-- What the program knows of movements: rules, which of them fit what stands at the bank, and how often they were right.

do $$
begin
    call core.keep_to_branch('accounting.bank_rules');
    call core.keep_audit('accounting.bank_rules');
    call core.keep_to_branch('accounting.bank_rule_refusals');
    call core.append_only('accounting.bank_rule_refusals');
end $$;
comment on table accounting.bank_rule_refusals is 'no-audit: append-only, with author and command';
grant select on accounting.bank_rules, accounting.bank_rule_refusals to accounting_app;
call core.permit('accounting.bank.edit_rules', '{accountant}');

-- Words that stand in any label, and months: they tell no movement from another.
create or replace function accounting.bank_empty_words() returns text[]
    language sql immutable parallel safe set search_path = pg_catalog, pg_temp
as $$
    select '{des,les,sur,pour,par,aux,une,avec,votre,notre,date,valeur,val,num,numero,ref,reference,
             janvier,fevrier,mars,avril,mai,juin,juillet,aout,septembre,octobre,novembre,decembre,
             janv,fevr,avr,juil,sept,oct,nov,dec,jan,fev,
             الي,علي,رقم,تاريخ,
             جانفي,فيفري,مارس,افريل,ماي,جوان,جويليه,اوت,سبتمبر,اكتوبر,نوفمبر,ديسمبر,
             يناير,فبراير,ابريل,مايو,يونيو,يوليوز,يوليو,غشت,شتنبر,نونبر,دجنبر}'::text[]
$$;
-- Words that say how money moved, not why: alone they make no rule.
create or replace function accounting.bank_plain_words() returns text[]
    language sql immutable parallel safe set search_path = pg_catalog, pg_temp
as $$
    select '{virement,vir,recu,recue,emis,emise,cheque,chq,remise,versement,prelevement,prlv,paiement,retrait,carte,operation,
             تحويل,شيك,دفع,سحب,ايداع,وارد,صادر}'::text[]
$$;

-- The words of a label by which it is known again: folded, without digits, so without dates and references.
create or replace function accounting.bank_words(label text) returns text[]
    language sql immutable parallel safe set search_path = pg_catalog, pg_temp
as $$
    select coalesce(array_agg(distinct w collate "C" order by w collate "C"), '{}')
      from regexp_split_to_table(core.fold(label), '[^a-z0-9\u0621-\u064a]+') w
     where length(w) >= 3 and w !~ '[0-9]' and w <> all (accounting.bank_empty_words())
$$;
comment on function accounting.bank_words(text) is 'The words of a movement''s label by which rules know it.';

create or replace function accounting.bank_words_tell(words text[]) returns boolean
    language sql immutable parallel safe set search_path = pg_catalog, pg_temp
as $$
    select not coalesce(words, '{}') <@ accounting.bank_plain_words()
$$;

-- How often each rule was right: what is taken back counts no more.
create or replace function accounting.bank_rule_counts()
    returns table (rule_id uuid, taught bigint, accepted bigint, refused bigint, since date)
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select x.rule_id, count(*) filter (where x.what = 'taught'), count(*) filter (where x.what = 'rule'),
           count(*) filter (where x.what = 'refused'), core.local_date(min(x.at) filter (where x.what <> 'refused'))
      from (select r.rule_id, case r.reason when 'rule' then 'rule' else 'taught' end as what, r.made_at as at
              from accounting.bank_reconciliations r
             where r.rule_id is not null and r.undone_at is null
             union all
            select f.rule_id, 'refused', f.refused_at from accounting.bank_rule_refusals f) x
     group by x.rule_id
$$;

-- Of the movements that are in no pair: each with the rule that has most of its words, then the one that was right most; and,
-- where the rule names a partner whose entry of that amount waits for the bank, with its line, so that nothing is booked twice.
create or replace function accounting.bank_rule_matches(of_bank uuid, paired uuid[], paired_entries uuid[])
    returns table (movement_id uuid, rule_id uuid, uses bigint, since date, entry_id uuid, line_no integer)
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    with held as (
        select b.id, b.branch_id from accounting.bank_accounts b
         where b.id = of_bank and b.currency = (select c.currency from core.company c)),
    rules as materialized (
        select r.*, coalesce(c.taught + c.accepted, 0) as uses, coalesce(c.refused, 0) as refused, c.since
          from held h
          join accounting.bank_rules r on r.branch_id = h.branch_id and coalesce(r.bank_account_id, h.id) = h.id
          left join accounting.bank_rule_counts() c on c.rule_id = r.id
         where r.is_active and (not r.is_learned or coalesce(c.taught + c.accepted, 0) > coalesce(c.refused, 0))),
    outside as materialized (
        select m.id as movement_id, m.amount, m.label, m.booked_on
          from held h
          join accounting.bank_movements m on m.bank_account_id = h.id and not m.is_opening
         where exists (select from rules)
           and not exists (select from unnest(paired) p where p = m.id)
           and not exists (select from accounting.bank_reconciled p where p.movement_id = m.id and p.stands)),
    labels as materialized (
        select s.label, accounting.bank_words(s.label) as words from (select distinct o.label from outside o) s),
    fits as (
        select l.label as said, r.* from labels l cross join lateral unnest(l.words) w join rules r on r.words[1] = w
         where l.words @> r.words),
    chosen as materialized (
        select distinct on (o.movement_id) o.movement_id, o.amount, o.booked_on, f.id as rule_id, f.uses, f.since, f.party_id
          from outside o
          join fits f on f.said = o.label
         where (f.direction = 'any' or (f.direction = 'in') = (o.amount > 0))
           and abs(o.amount) >= coalesce(f.amount_from, 0) and abs(o.amount) <= coalesce(f.amount_to, 'infinity')
           and not exists (select from accounting.bank_rule_refusals x where x.rule_id = f.id and x.movement_id = o.movement_id)
         order by o.movement_id, cardinality(f.words) desc, f.uses - f.refused desc, f.id),
    waiting as (
        select l.entry_id, l.line_no, l.amount, x.party_id,
               row_number() over (partition by x.party_id, l.amount order by l.dated_on, l.entry_id, l.line_no) as place
          from held h
          join accounting.bank_lines l on l.bank_account_id = h.id
         cross join lateral (select min(k.party_id::text)::uuid as party_id from accounting.entry_lines k
                              where k.entry_id = l.entry_id having count(distinct k.party_id) = 1) x
         where (select exists (select from chosen c where c.party_id is not null))
           and exists (select from chosen c where c.amount = l.amount and c.party_id = x.party_id)
           and not exists (select from unnest(paired_entries) p where p = l.entry_id)
           and not exists (select from accounting.bank_reconciled p
                            where p.entry_id = l.entry_id and p.line_no = l.line_no and p.stands))
    select c.movement_id, c.rule_id, c.uses, c.since, w.entry_id, w.line_no
      from (select c.*, row_number() over (partition by c.party_id, c.amount order by c.booked_on, c.movement_id) as place
              from chosen c) c
      left join waiting w using (party_id, amount, place)
$$;

create or replace function accounting.bank_rule_proposals_v1(wanted text, paired uuid[], paired_entries uuid[])
    returns table (bank_account_id uuid, movement_id uuid, rule_id uuid, booked_on date, reference text, movement text,
                   amount numeric, currency text, account text, account_name text, account_name_ar text, party text,
                   party_ar text, tax text, cost_centre text, label text, words text[], posts_itself boolean, uses bigint,
                   since date, entry_id uuid, entry text, entry_on date, entry_label text)
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select b.id, m.id, r.id, m.booked_on, m.reference, m.label, m.amount, b.currency, a.code, a.name, a.name_ar,
           coalesce(p.name, ''), coalesce(p.name_ar, ''), coalesce(r.tax_code, ''), coalesce(r.cost_centre, ''), r.label,
           r.words, r.posts_itself, x.uses, x.since, x.entry_id, coalesce(e.number, ''), e.dated_on,
           coalesce(e.label, '')
      from accounting.bank_accounts b
     cross join lateral accounting.bank_rule_matches(b.id, paired, paired_entries) x
      join accounting.bank_movements m on m.id = x.movement_id
      join accounting.bank_rules r on r.id = x.rule_id
      join accounting.accounts a on a.id = r.account_id
      left join accounting.entries e on e.id = x.entry_id
      left join accounting.party_names p on p.party_id = r.party_id
     where b.code = wanted and (select core.may('accounting.ledger.view'))
     order by m.booked_on, m.amount, m.id
$$;
comment on function accounting.bank_rule_proposals_v1(text, uuid[], uuid[]) is
    'Which movements are known by which rule, how often that was right, and which entry of its partner waits for it; what is '
    'paired is proposed already.';

create or replace function accounting.bank_rules_v1()
    returns table (id uuid, version bigint, branch_id uuid, branch text, bank_account_id uuid, bank text, words text[],
                   direction text, amount_from numeric, amount_to numeric, account text, account_name text,
                   account_name_ar text, tax text, party_id uuid, party text, party_ar text, cost_centre text, label text,
                   posts_itself boolean, is_learned boolean, is_active boolean, made_by text, made_at timestamptz, taught bigint, accepted bigint,
                   refused bigint, since date, currency text)
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select r.id, r.version, r.branch_id, h.code, r.bank_account_id, coalesce(b.code, ''), r.words, r.direction,
           r.amount_from, r.amount_to, a.code, a.name, a.name_ar, coalesce(r.tax_code, ''), r.party_id,
           coalesce(p.name, ''), coalesce(p.name_ar, ''), coalesce(r.cost_centre, ''), r.label, r.posts_itself, r.is_learned, r.is_active, r.made_by, r.made_at,
           coalesce(c.taught, 0), coalesce(c.accepted, 0), coalesce(c.refused, 0), c.since, k.currency
      from accounting.bank_rules r
      join core.branches h on h.id = r.branch_id
      join accounting.accounts a on a.id = r.account_id
     cross join core.company k
      left join accounting.bank_accounts b on b.id = r.bank_account_id
      left join accounting.party_names p on p.party_id = r.party_id
      left join accounting.bank_rule_counts() c on c.rule_id = r.id
     where (select core.may('accounting.ledger.view'))
     order by h.code, r.words, r.id
$$;
comment on function accounting.bank_rules_v1() is 'The rules of the caller''s branches, with how often each was right.';

grant execute on function accounting.bank_words(text), accounting.bank_empty_words(), accounting.bank_rule_counts(),
    accounting.bank_rule_matches(uuid, uuid[], uuid[]), accounting.bank_rule_proposals_v1(text, uuid[], uuid[]),
    accounting.bank_rules_v1() to accounting_app;
