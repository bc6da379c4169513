-- Learning rules from what people book and reconcile, keeping those of hand, booking by them, and refusing what they propose.

-- The rule that a choice confirms: one that knows these movements already, else one of the same account that shares half of its
-- words, which is narrowed to what recurs, else a new one. Null where the labels tell nothing.
create or replace function accounting.taught_rule(command core.commands, bank accounting.bank_accounts, movements jsonb,
                                                  target accounting.bank_rules) returns uuid
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    said record;
    known accounting.bank_rules;
    common text[];
begin
    select array(select w from accounting.bank_movements k cross join unnest(accounting.bank_words(k.label)) w
                  where k.bank_account_id = bank.id and movements ? k.id::text
                  group by w having count(*) = jsonb_array_length(movements) order by w) as words,
           case when bool_and(m.amount > 0) then 'in' when bool_and(m.amount < 0) then 'out' end as direction,
           min(abs(m.amount)) as amount_from, max(abs(m.amount)) as amount_to
      into said
      from accounting.bank_movements m where m.bank_account_id = bank.id and movements ? m.id::text;
    if target.account_id is null or said.direction is null or not accounting.bank_words_tell(said.words) then
        return null;
    end if;
    select r.* into known
      from accounting.bank_rules r
     cross join lateral (select array(select w from unnest(r.words) w where w = any (said.words) order by w) as words) c
     where r.branch_id = bank.branch_id and coalesce(r.bank_account_id, bank.id) = bank.id
       and r.account_id = target.account_id and r.direction in ('any', said.direction)
       and (r.tax_code, r.party_id, r.cost_centre) is not distinct from (target.tax_code, target.party_id, target.cost_centre)
       and said.amount_from >= coalesce(r.amount_from, 0) and said.amount_to <= coalesce(r.amount_to, 'infinity')
       and (r.words <@ said.words or r.is_learned and accounting.bank_words_tell(c.words)
                                     and 2 * cardinality(c.words) >= greatest(cardinality(r.words), cardinality(said.words)))
     order by r.words <@ said.words desc, r.is_active desc, cardinality(c.words) desc, r.id
     limit 1;
    if known.id is null then
        insert into accounting.bank_rules (id, branch_id, bank_account_id, words, direction, account_id, tax_code, party_id,
                                           cost_centre, label, is_learned, made_by)
        values (gen_random_uuid(), bank.branch_id, bank.id, said.words, said.direction, target.account_id, target.tax_code,
                target.party_id, target.cost_centre, coalesce(target.label, ''), true, command.actor_login)
        returning id into known.id;
    elsif not known.words <@ said.words then
        common := array(select w from unnest(known.words) w where w = any (said.words) order by w);
        update accounting.bank_rules r set words = common, version = r.version + 1 where r.id = known.id;
    end if;
    return known.id;
end $$;

-- What a booking on one account teaches; a label that the bank wrote, or with digits, is none for the next time.
create or replace function accounting.rule_of_booking(command core.commands, bank accounting.bank_accounts, payload jsonb)
    returns uuid language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    part jsonb := coalesce(payload #> '{lines,0}', payload);
    target accounting.bank_rules;
begin
    if jsonb_array_length(payload -> 'lines') > 1 then
        return null;
    end if;
    select a.id into target.account_id from accounting.accounts a where a.code = part ->> 'account';
    target.tax_code := (select t.code from accounting.taxes t where t.code = part ->> 'tax');
    target.party_id := (select p.party_id from accounting.party_names p where p.party_id = (part ->> 'party_id')::uuid);
    target.cost_centre := (select c.code from accounting.cost_centres c where c.code = part ->> 'cost_centre');
    target.label := btrim(coalesce(payload ->> 'label', ''));
    if target.label ~ '[[:digit:]]' or exists (
            select from accounting.bank_movements m
             where m.bank_account_id = bank.id and payload -> 'movements' ? m.id::text
               and target.label in (btrim(m.label), concat_ws(' ', nullif(m.label, ''), nullif(m.reference, '')))) then
        target.label := '';
    end if;
    return accounting.taught_rule(command, bank, payload -> 'movements', target);
end $$;

-- What reconciling by hand teaches, where the entries have one partner on one account against the bank.
create or replace function accounting.rule_of_parts(command core.commands, bank accounting.bank_accounts, parts jsonb)
    returns uuid language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    movements jsonb := (select jsonb_agg(p -> 'movement_id') from jsonb_array_elements(parts) p
                         where p ->> 'movement_id' is not null);
    against record;
    target accounting.bank_rules;
begin
    select count(distinct (l.account_id, l.party_id)) as number, bool_and(l.party_id is not null) as is_of_partners,
           min(l.account_id::text)::uuid as account_id, min(l.party_id::text)::uuid as party_id
      into against
      from (select distinct (p ->> 'entry_id')::uuid as id from jsonb_array_elements(parts) p) e
      join accounting.entry_lines l on l.entry_id = e.id and l.account_id <> bank.account_id;
    if movements is null or against.number <> 1 or not against.is_of_partners
       or bank.currency <> (select c.currency from core.company c) then
        return null;
    end if;
    target.account_id := against.account_id;
    target.party_id := against.party_id;
    return accounting.taught_rule(command, bank, movements, target);
end $$;

-- A rule as it was typed; each refusal names its field.
create or replace function accounting.bank_rule_typed(told jsonb) returns accounting.bank_rules
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    asked accounting.bank_rules := jsonb_populate_record(null::accounting.bank_rules, told - '{words,made_at}'::text[]);
    taken accounting.accounts;
begin
    if asked.bank_account_id is not null then
        select b.branch_id into asked.branch_id from accounting.bank_accounts b where b.id = asked.bank_account_id;
    end if;
    if asked.branch_id is null or asked.branch_id <> all (core.branches()) then
        perform core.refuse('core.other_branch');
    end if;
    asked.words := accounting.bank_words(coalesce(told ->> 'words', ''));
    select * into taken from accounting.accounts a where a.code = told ->> 'account';
    asked.account_id := taken.id;
    if asked.words = '{}' then
        perform core.refuse('accounting.bank_rule_words', '{"field": "words"}');
    elsif taken.id is null then
        perform core.refuse('accounting.account_unknown', jsonb_build_object(
            'field', 'account', 'account', coalesce(told ->> 'account', '')));
    elsif not taken.is_active or accounting.child_of(taken.code) is not null then
        perform core.refuse('accounting.bank_rule_account', jsonb_build_object('field', 'account', 'account', taken.code));
    elsif asked.amount_to < coalesce(asked.amount_from, 0) then
        perform core.refuse('accounting.bank_rule_amounts', '{"field": "amount_to"}');
    end if;
    asked.tax_code := nullif(asked.tax_code, '');
    asked.cost_centre := nullif(asked.cost_centre, '');
    asked.label := btrim(coalesce(asked.label, ''));
    return asked;
end $$;

-- Whoever edits a learned rule makes it his own: nothing narrows it afterwards.
create or replace function accounting.save_bank_rule_v1(told jsonb) returns bigint
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    asked accounting.bank_rules;
    known accounting.bank_rules;
    kept bigint;
begin
    perform core.require('accounting.bank.edit_rules');
    asked := accounting.bank_rule_typed(told);
    select * into known from accounting.bank_rules r where r.id = asked.id for no key update;
    if known.id is not null and known.branch_id <> asked.branch_id then
        perform core.refuse('accounting.bank_rule_branch', '{"field": "place"}');
    elsif coalesce(known.version, 0) <> coalesce(asked.version, 0) then
        perform core.refuse('core.stale_record');
    end if;
    insert into accounting.bank_rules as r (id, branch_id, bank_account_id, words, direction, amount_from, amount_to, account_id,
                                            tax_code, party_id, cost_centre, label, posts_itself, is_active, made_by)
    values (asked.id, asked.branch_id, asked.bank_account_id, asked.words, asked.direction, asked.amount_from, asked.amount_to,
            asked.account_id, asked.tax_code, asked.party_id, asked.cost_centre, asked.label,
            coalesce(asked.posts_itself, false), coalesce(asked.is_active, true), session_user)
    on conflict (id) do update
       set bank_account_id = excluded.bank_account_id, words = excluded.words, direction = excluded.direction,
           amount_from = excluded.amount_from, amount_to = excluded.amount_to,
           account_id = excluded.account_id, tax_code = excluded.tax_code, party_id = excluded.party_id,
           cost_centre = excluded.cost_centre, label = excluded.label,
           posts_itself = excluded.posts_itself, is_active = excluded.is_active, is_learned = false, version = r.version + 1
    returning r.version into kept;
    return kept;
end $$;
comment on function accounting.save_bank_rule_v1(jsonb) is
    'Keeps {id, version?, branch_id | bank_account_id, words (as typed), direction: in | out | any, amount_from?, amount_to?, '
    'account, tax_code?, party_id?, cost_centre?, label?, posts_itself?, is_active?}; returns the new version.';
grant execute on function accounting.save_bank_rule_v1(jsonb) to accounting_app;

-- Proposals are made afresh; those that are wanted and still stand are booked, each on its own day.
create or replace function accounting.book_by_rules_v1(command core.commands, payload jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    held accounting.bank_accounts := accounting.hold_bank((payload ->> 'bank_account_id')::uuid);
    is_known boolean := payload -> 'wanted' = '"known"';
    paired record;
    found_one record;
    made integer := 0;
begin
    select array_agg(p.movement_id) as movements, array_agg(p.entry_id) as entries into paired
      from accounting.bank_proposals(held.id) p;
    for found_one in
        select x.movement_id, x.rule_id, x.entry_id, x.line_no, a.code as account, r.tax_code, r.party_id, r.cost_centre, r.label
          from accounting.bank_rule_matches(held.id, paired.movements, paired.entries) x
          join accounting.bank_rules r on r.id = x.rule_id
          join accounting.accounts a on a.id = r.account_id
          join accounting.bank_movements m on m.id = x.movement_id
          left join jsonb_to_recordset(case when is_known then '[]' else payload -> 'wanted' end)
                    as w (movement_id uuid, rule_id uuid, entry_id uuid) using (movement_id, rule_id)
         where case when is_known then r.posts_itself
                    else w.movement_id is not null and w.entry_id is not distinct from x.entry_id end
         order by m.booked_on, m.id
    loop
        if found_one.entry_id is not null then
            perform accounting.reconcile_bank(command, held, jsonb_build_array(
                jsonb_build_object('movement_id', found_one.movement_id),
                jsonb_build_object('entry_id', found_one.entry_id, 'line_no', found_one.line_no)), 'rule', found_one.rule_id);
        else
            perform accounting.book_movements(command, held, jsonb_build_object(
                'movements', jsonb_build_array(found_one.movement_id), 'account', found_one.account, 'tax', found_one.tax_code,
                'party_id', found_one.party_id, 'cost_centre', found_one.cost_centre, 'label', found_one.label),
                'rule', found_one.rule_id);
        end if;
        made := made + 1;
    end loop;
    return jsonb_build_object('result', jsonb_build_object('made', made));
end $$;
comment on function accounting.book_by_rules_v1(core.commands, jsonb) is
    'Handler: {bank_account_id, wanted: [{movement_id, rule_id, entry_id?}] | "known"}: books what rules propose, or reconciles it '
    'with the entry of their partner that waits; "known" is all of the rules which may do it by themselves.';

create or replace function accounting.refuse_bank_rules_v1(command core.commands, payload jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    held accounting.bank_accounts := accounting.hold_bank((payload ->> 'bank_account_id')::uuid);
    refused integer;
begin
    insert into accounting.bank_rule_refusals (rule_id, movement_id, branch_id, refused_by, command_id)
    select r.id, m.id, r.branch_id, command.actor_login, command.id
      from jsonb_to_recordset(payload -> 'refused') as w (movement_id uuid, rule_id uuid)
      join accounting.bank_movements m on m.id = w.movement_id and m.bank_account_id = held.id
      join accounting.bank_rules r on r.id = w.rule_id and r.branch_id = held.branch_id
                                  and coalesce(r.bank_account_id, held.id) = held.id
    on conflict do nothing;
    get diagnostics refused = row_count;
    return jsonb_build_object('result', jsonb_build_object('refused', refused));
end $$;
comment on function accounting.refuse_bank_rules_v1(core.commands, jsonb) is
    'Handler: {bank_account_id, refused: [{movement_id, rule_id}]}: never proposed again, and the rule is right less often.';

grant execute on function accounting.book_by_rules_v1(core.commands, jsonb), accounting.refuse_bank_rules_v1(core.commands, jsonb)
    to core_owner;
insert into core.command_types (name, module, permission, is_fact, handler)
values ('accounting.book_by_rules_v1', 'accounting', 'accounting.entry.post', false, 'accounting.book_by_rules_v1'),
       ('accounting.refuse_bank_rules_v1', 'accounting', 'accounting.bank.reconcile', false, 'accounting.refuse_bank_rules_v1')
    on conflict (name) do update set permission = excluded.permission, is_fact = excluded.is_fact,
                                     handler = excluded.handler;
