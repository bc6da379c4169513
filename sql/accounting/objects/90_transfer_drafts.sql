-- Bank accounts of suppliers, and transfer orders while they are drafts.

create or replace function accounting.save_payee_v1(draft jsonb) returns bigint
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    given accounting.payees := jsonb_populate_record(null::accounting.payees, draft);
    keys accounting.bank_accounts;
    kept bigint;
begin
    perform core.require('accounting.payee.edit');
    if not exists (select from accounting.party_names n where n.party_id = given.party_id) then
        perform core.refuse('core.not_found');
    end if;
    keys.rib := regexp_replace(translate(coalesce(given.rib, ''), '٠١٢٣٤٥٦٧٨٩', '0123456789'), '[[:space:].-]', '', 'g');
    keys.iban := upper(regexp_replace(translate(coalesce(given.iban, ''), '٠١٢٣٤٥٦٧٨٩', '0123456789'),
                                      '[[:space:].-]', '', 'g'));
    perform accounting.check_bank_keys(keys);
    insert into accounting.payees as p (party_id, holder, bank, rib, iban, bic, changed_by)
    values (given.party_id, btrim(coalesce(given.holder, '')), btrim(coalesce(given.bank, '')), keys.rib, keys.iban,
            upper(regexp_replace(coalesce(given.bic, ''), '\s', '', 'g')), session_user)
    on conflict (party_id) do update
       set holder = excluded.holder, bank = excluded.bank, rib = excluded.rib, iban = excluded.iban, bic = excluded.bic,
           changed_by = excluded.changed_by, changed_at = now(), version = p.version + 1
     where p.version = given.version
    returning p.version into kept;
    if kept = 1 and coalesce(given.version, 0) > 0 then
        kept := null;
    end if;
    return accounting.saved_version(kept);
end $$;
comment on function accounting.save_payee_v1(jsonb) is
    'Keeps how a partner is paid by bank: {party_id, version?, holder?, bank?, rib?, iban?, bic?}.';

-- The bank account that pays, locked: of the order's own branch, in use, in the company's currency.
create or replace function accounting.hold_payer(branch uuid, wanted uuid) returns accounting.bank_accounts
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    held accounting.bank_accounts;
begin
    select * into held from accounting.bank_accounts b where b.id = wanted for no key update;
    if held.id is null or held.branch_id <> branch then
        perform core.refuse('accounting.transfer_bank_elsewhere', '{"field": "bank"}');
    elsif not held.is_active or held.currency <> (select c.currency from core.company c) then
        perform core.refuse('accounting.transfer_bank_unfit', jsonb_build_object('field', 'bank', 'bank', held.code));
    end if;
    return held;
end $$;

-- Open lines of suppliers that can be paid by transfer: credits in the company's currency; open is positive.
create or replace function accounting.payable_lines(branch uuid)
    returns table (entry_id uuid, line_no integer, account_id uuid, party_id uuid, dated_on date, due_on date, number text,
                   document text, label text, open numeric)
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    select l.entry_id, l.line_no, l.account_id, l.party_id, l.dated_on, l.due_on, l.number,
           coalesce(l.document ->> 'number', ''), l.label, -l.open
      from accounting.open_lines l
     where l.branch_id = branch and l.open < 0 and l.party_id is not null
       and l.currency = (select c.currency from core.company c)
       and l.account_id in (select r.account_id from accounting.account_roles r where r.role = 'payable')
$$;

-- Each line of an order: an amount, and an open line of the same supplier that has as much, or a reason for an advance.
create or replace function accounting.check_transfer_lines(given accounting.transfer_orders) returns void
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    line record;
begin
    for line in select t.*, p.party_id as owed_to, p.open, p.number
                  from accounting.transfer_order_lines t
                  left join accounting.payable_lines(given.branch_id) p on p.entry_id = t.entry_id and p.line_no = t.entry_line
                 where t.order_id = given.id order by t.line_no loop
        if accounting.is_amount(line.amount) is not true then
            perform core.refuse('accounting.transfer_line_amount', jsonb_build_object('line', line.line_no));
        elsif line.entry_id is not null and line.owed_to is distinct from line.party_id then
            perform core.refuse('accounting.transfer_line_closed', jsonb_build_object('line', line.line_no));
        elsif line.amount > line.open then
            perform core.refuse('accounting.transfer_beyond_open', jsonb_build_object(
                'number', line.number, 'open', line.open::text, 'amount', line.amount::text));
        end if;
    end loop;
end $$;

create or replace function accounting.keep_transfer_order(draft jsonb, author text) returns bigint
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    given accounting.transfer_orders := jsonb_populate_record(null::accounting.transfer_orders, draft);
    wanted bigint := (draft ->> 'version')::bigint;
    known bigint;
begin
    if given.branch_id is null or given.branch_id <> all (core.branches()) then
        perform core.refuse('core.other_branch');
    elsif given.dated_on is null then
        perform core.refuse('accounting.day_missing');
    end if;
    -- The order first, then the bank account, as whoever gives it does.
    perform from accounting.transfer_orders o where o.id = given.id for no key update;
    perform accounting.hold_payer(given.branch_id, given.bank_account_id);
    if wanted is null then
        insert into accounting.transfer_orders (id, branch_id, bank_account_id, dated_on, is_batch, drafted_by)
        values (given.id, given.branch_id, given.bank_account_id, given.dated_on, coalesce(given.is_batch, true), author)
        on conflict (id) do nothing returning version into known;
    else
        update accounting.transfer_orders o
           set bank_account_id = given.bank_account_id, dated_on = given.dated_on,
               is_batch = coalesce(given.is_batch, true), version = o.version + 1
         where o.id = given.id and o.branch_id = given.branch_id and o.version = wanted and o.state = 'draft'
        returning o.version into known;
    end if;
    perform accounting.saved_version(known);
    delete from accounting.transfer_order_lines t where t.order_id = given.id;
    insert into accounting.transfer_order_lines (order_id, line_no, branch_id, party_id, entry_id, entry_line, amount, reason)
    select given.id, l.no, given.branch_id, (l.line ->> 'party_id')::uuid, (l.line ->> 'entry_id')::uuid,
           (l.line ->> 'entry_line')::integer, (l.line ->> 'amount')::numeric, btrim(coalesce(l.line ->> 'reason', ''))
      from jsonb_array_elements(coalesce(draft -> 'lines', '[]')) with ordinality as l (line, no);
    perform accounting.check_transfer_lines(given);
    return known;
end $$;
create or replace function accounting.save_transfer_order_v1(draft jsonb) returns bigint
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
    perform core.require('accounting.transfer.make');
    return accounting.keep_transfer_order(draft, session_user);
end $$;
comment on function accounting.save_transfer_order_v1(jsonb) is
    'Keeps a draft {id, version?, branch_id, bank_account_id, dated_on, is_batch, lines: [{party_id, entry_id?, entry_line?, '
    'amount, reason}]}; without an open line it is an advance.';

create or replace function accounting.discard_transfer_order_v1(wanted uuid) returns void
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
    perform core.require('accounting.transfer.make');
    delete from accounting.transfer_order_lines t where t.order_id = wanted;
    delete from accounting.transfer_orders o where o.id = wanted and o.branch_id = any (core.branches());
    if not found then
        perform core.refuse('core.not_found');
    end if;
end $$;
comment on function accounting.discard_transfer_order_v1(uuid) is 'Throws a draft away; an order that was given stays.';
grant execute on function accounting.save_payee_v1(jsonb), accounting.save_transfer_order_v1(jsonb),
    accounting.discard_transfer_order_v1(uuid) to accounting_app;
