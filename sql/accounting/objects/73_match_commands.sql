-- accounting.match_v1 and unmatch_v1 through the gate; what other modules and reversals match.

create or replace function accounting.items_of(lines jsonb) returns accounting.match_item[]
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    wanted record;
    items accounting.match_item[] := '{}';
begin
    for wanted in select w.entry_id, w.line_no, w.amount, l.account_id, l.party_id
                    from jsonb_to_recordset(lines) as w (entry_id uuid, line_no integer, amount numeric)
                    left join accounting.matching_lines l using (entry_id, line_no)
                   order by l.account_id, accounting.party_key(l.party_id), w.entry_id, w.line_no loop
        if wanted.account_id is null then
            perform core.refuse('accounting.match_line_unknown');
        end if;
        perform accounting.hold_letters(wanted.account_id, wanted.party_id);
        items := items || (select row(l.entry_id, l.line_no, l.branch_id, l.account_id, l.party_id, l.dated_on, l.due_on,
                                      coalesce(sign(l.amount) * wanted.amount, l.open), '')::accounting.match_item
                             from accounting.matching_lines l
                            where l.entry_id = wanted.entry_id and l.line_no = wanted.line_no);
    end loop;
    return items;
end $$;

-- One account and party, debits and credits, each once and within what is open.
create or replace function accounting.check_items(items accounting.match_item[]) returns void
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    wrong record;
begin
    if (select count(distinct (i.account_id, i.party_id)) > 1 or count(*) > count(distinct (i.entry_id, i.line_no))
          from unnest(items) i) then
        perform core.refuse('accounting.match_mixed');
    end if;
    select l.number, abs(l.open) as open, abs(i.open) as amount into wrong
      from unnest(items) i join accounting.matching_lines l using (entry_id, line_no)
     where not (i.open * l.open > 0 and abs(i.open) <= abs(l.open) and accounting.is_amount(abs(i.open))) limit 1;
    if found then
        perform core.refuse('accounting.match_too_much', jsonb_build_object(
            'number', wrong.number, 'open', wrong.open::text, 'amount', wrong.amount::text));
    end if;
end $$;

-- Books what is missing for the items to balance, and returns it as an item.
create or replace function accounting.write_off_rest(command core.commands, items accounting.match_item[], wanted jsonb)
    returns accounting.match_item language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    rest numeric := (select sum(i.open) from unnest(items) i);
    most numeric := (select s.tolerance from accounting.matching_settings s);
    place accounting.match_item := (select i from unnest(items) i order by i.open * sign(rest) desc limit 1);
    entry accounting.entries;
    code text := (select a.code from accounting.accounts a where a.id = place.account_id);
begin
    if not core.user_may(command.actor_id, 'accounting.ledger.write_off') then
        perform core.refuse('core.not_permitted', '{"permission": "accounting.ledger.write_off"}');
    elsif abs(rest) > most then
        perform core.refuse('accounting.beyond_tolerance', jsonb_build_object('rest', abs(rest)::text, 'most', most::text));
    end if;
    entry.id := gen_random_uuid();
    entry.branch_id := place.branch_id;
    entry.journal := 'OD';
    entry.dated_on := coalesce((wanted ->> 'on')::date, core.local_date(now()));
    entry.period_id := accounting.check_day(entry.dated_on, command.actor_id);
    entry.label := coalesce(nullif(btrim(wanted ->> 'label'), ''),
                            (select e.label from accounting.entries e where e.id = place.entry_id));
    entry.document := jsonb_build_object('module', 'accounting', 'kind', 'entry', 'id', place.entry_id, 'number',
                                         (select e.number from accounting.entries e where e.id = place.entry_id));
    entry.command_id := command.id;
    entry.posted_by := command.actor_login;
    perform accounting.write_entry(entry, jsonb_build_array(
        accounting.closing_line(code, -rest) || jsonb_build_object('party_id', place.party_id),
        accounting.closing_line(accounting.role_account(
            case when rest > 0 then 'settlement_loss' else 'settlement_gain' end, ''), rest)));
    return row(entry.id, 1, entry.branch_id, place.account_id, place.party_id, entry.dated_on, entry.dated_on, -rest,
               '')::accounting.match_item;
end $$;

-- The letters of lines, for an answer.
create or replace function accounting.letter_of(entry uuid, line integer) returns text
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select s.letter from accounting.matched_lines s where s.entry_id = entry and s.line_no = line
$$;

create or replace function accounting.match_v1(command core.commands, payload jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    items accounting.match_item[];
    written_off accounting.match_item;
    rest numeric;
begin
    if coalesce((payload ->> 'write_off')::boolean, false) then
        -- Numbers are counted before letters are held, as reversals and payments do.
        perform from accounting.series s
          where s.journal = 'OD' and s.branch_id = any (core.branches()) order by s.branch_id, s.year for no key update;
    end if;
    items := accounting.items_of(payload -> 'lines');
    perform accounting.check_items(items);
    rest := (select sum(i.open) from unnest(items) i);
    if rest <> 0 and coalesce((payload ->> 'write_off')::boolean, false) then
        written_off := accounting.write_off_rest(command, items, payload);
        items := items || written_off;
    end if;
    if (select count(distinct sign(i.open)) from unnest(items) i) < 2 then
        perform core.refuse('accounting.match_one_sided');
    end if;
    perform accounting.write_matches(accounting.pair_items(items, 'hand'), command, null);
    return jsonb_build_object('result', jsonb_build_object(
        'letter', accounting.letter_of(items[1].entry_id, items[1].line_no), 'rest', rest::text,
        'entry_id', written_off.entry_id));
end $$;
comment on function accounting.match_v1(core.commands, jsonb) is
    'Handler: {lines: [{entry_id, line_no, amount? (positive, else all that is open)}], write_off?, on?, label?}.';
grant execute on function accounting.match_v1(core.commands, jsonb) to core_owner;

create or replace function accounting.undo_matches(wanted uuid[], who text) returns integer
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    undone integer;
begin
    if exists (select from accounting.matches m where m.id = any (wanted)
                and not (array[m.branch_id, m.credit_branch_id] <@ core.branches())) then
        perform core.refuse('core.other_branch');
    end if;
    perform accounting.hold_letters(k.account_id, k.party_key)
       from (select distinct m.account_id, m.party_key from accounting.matches m where m.id = any (wanted) order by 1, 2) k;
    update accounting.matches m set undone_at = now(), undone_by = who
     where m.id = any (wanted) and m.undone_at is null;
    get diagnostics undone = row_count;
    return undone;
end $$;

create or replace function accounting.unmatch_v1(command core.commands, payload jsonb) returns jsonb
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    wanted uuid[];
    undone integer;
begin
    if payload ? 'match_id' then
        wanted := array[(payload ->> 'match_id')::uuid];
    else
        wanted := array(
            select m.id
              from accounting.matching_lines l
              join accounting.matched_lines g on g.account_id = l.account_id and g.letter_no = l.letter_no
                                             and g.party_key = accounting.party_key(l.party_id)
              join accounting.matches m on m.debit_entry = g.entry_id and m.debit_line = g.line_no and m.undone_at is null
             where l.entry_id = (payload ->> 'entry_id')::uuid and l.line_no = (payload ->> 'line_no')::integer);
    end if;
    -- What a document says is taken back there, so that both say the same.
    if exists (select from accounting.matches m where m.id = any (wanted) and m.document_id is not null
                                                  and m.undone_at is null) then
        perform core.refuse('accounting.match_of_document');
    end if;
    undone := accounting.undo_matches(wanted, command.actor_login);
    if undone = 0 then
        perform core.refuse('accounting.match_undone_already');
    end if;
    return jsonb_build_object('result', jsonb_build_object('undone', undone));
end $$;
comment on function accounting.unmatch_v1(core.commands, jsonb) is
    'Handler: {match_id} takes one match back, {entry_id, line_no} the whole letter of a line.';
grant execute on function accounting.unmatch_v1(core.commands, jsonb) to core_owner;

insert into core.command_types (name, module, permission, is_fact, handler)
values ('accounting.match_v1', 'accounting', 'accounting.ledger.match', false, 'accounting.match_v1'),
       ('accounting.unmatch_v1', 'accounting', 'accounting.ledger.match', false, 'accounting.unmatch_v1')
    on conflict (name) do update set permission = excluded.permission, is_fact = excluded.is_fact,
                                     handler = excluded.handler;

-- The line of an entry that says what a party owes or is owed, on one side.
create or replace function accounting.party_line(entry uuid, sign integer) returns accounting.match_item
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select row(l.entry_id, l.line_no, l.branch_id, l.account_id, l.party_id, l.dated_on, l.due_on, l.open,
               '')::accounting.match_item
      from accounting.matching_lines l
     where l.entry_id = entry and sign(l.amount) = sign and l.party_id is not null
     order by l.line_no limit 1
$$;

-- What a module settles in its own books is settled in the ledger too. Never refused: what the accountant has matched
-- otherwise before stays as it is.
create or replace function accounting.match_documents_v1(given jsonb) returns void
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    debit accounting.match_item := accounting.party_line((given ->> 'debit_entry')::uuid, 1);
    credit accounting.match_item := accounting.party_line((given ->> 'credit_entry')::uuid, -1);
    command core.commands;
    value numeric;
begin
    if (debit.account_id, debit.party_id) is distinct from (credit.account_id, credit.party_id) or debit.party_id is null then
        return;
    end if;
    perform accounting.hold_letters(debit.account_id, debit.party_id);
    debit := accounting.party_line(debit.entry_id, 1);
    credit := accounting.party_line(credit.entry_id, -1);
    value := least((given ->> 'amount')::numeric, debit.open, -credit.open);
    if value > 0 then
        command.id := (given ->> 'command_id')::uuid;
        command.actor_login := given ->> 'by';
        debit.open := value;
        credit.open := -value;
        perform accounting.write_matches(accounting.pair_items(array[debit, credit], 'document'), command,
                                         (given ->> 'id')::uuid);
    end if;
end $$;
comment on function accounting.match_documents_v1(jsonb) is
    'Mirrors {id, debit_entry, credit_entry, amount (company currency), by, command_id}: what settles a document settles its line.';

create or replace function accounting.unmatch_documents_v1(mirrored uuid, who text) returns void
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
    perform accounting.undo_matches(array(select m.id from accounting.matches m
                                           where m.document_id = mirrored and m.undone_at is null), who);
end $$;
comment on function accounting.unmatch_documents_v1(uuid, text) is 'Takes back what match_documents_v1 mirrored by that id.';
grant execute on function accounting.match_documents_v1(jsonb), accounting.unmatch_documents_v1(uuid, text) to sales_owner;

-- A reversed entry and its reversal settle each other; what either was matched with before is open again.
create or replace function accounting.match_reversal(command core.commands, entry uuid, reversal uuid) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    items accounting.match_item[];
begin
    perform accounting.hold_letters(k.account_id, k.party_key)
       from (select distinct l.account_id, accounting.party_key(l.party_id) as party_key from accounting.matching_lines l
              where l.entry_id = entry order by 1, 2) k;
    perform accounting.undo_matches(array(select m.id from accounting.matches m
                                           where entry in (m.debit_entry, m.credit_entry) and m.undone_at is null),
                                    command.actor_login);
    items := array(select row(l.entry_id, l.line_no, l.branch_id, l.account_id, l.party_id, l.dated_on, l.due_on, l.open,
                              l.line_no::text)::accounting.match_item
                     from accounting.matching_lines l where l.entry_id in (entry, reversal));
    perform accounting.write_matches(accounting.pair_items(items, 'reversal'), command, null);
end $$;

create or replace function accounting.set_tolerance_v1(most numeric, read_version bigint) returns bigint
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    new_version bigint;
begin
    perform core.require('accounting.tolerance.edit');
    if round(most, core.decimals()) is distinct from most then
        perform core.refuse('accounting.tolerance_impossible');
    end if;
    update accounting.matching_settings s set tolerance = most, version = s.version + 1
     where s.version = read_version returning s.version into new_version;
    return accounting.saved_version(new_version);
end $$;
comment on function accounting.set_tolerance_v1(numeric, bigint) is
    'What may be written off at most, in the company''s currency; with the version read.';
grant execute on function accounting.set_tolerance_v1(numeric, bigint) to accounting_app;
