-- Bank accounts: who sees them, and what is checked before one is kept.

do $$
begin
    call core.keep_to_branch('accounting.bank_accounts');
    call core.keep_audit('accounting.bank_accounts');
end $$;

grant select on accounting.bank_accounts to accounting_app;
call core.permit('accounting.bank.edit', '{accountant}');

-- DZ: the key is over branch and account, without the bank (Banque d'Algérie, instruction 06-2004).
create or replace function accounting.rib_is_sound(country text, rib text) returns boolean
    language sql immutable set search_path = pg_catalog, pg_temp
as $$
    select case
        when country = 'MA' and rib ~ '^[0-9]{24}$' then rib::numeric % 97 = 0
        when country = 'TN' and rib ~ '^[0-9]{20}$' then rib::numeric % 97 = 0
        when country = 'DZ' and rib ~ '^[0-9]{20}$' then
            97 - substr(rib, 4, 15)::numeric * 100 % 97 = substr(rib, 19)::numeric
        else false
    end;
$$;
comment on function accounting.rib_is_sound(text, text) is 'Whether a RIB has the length and the key of its country.';

-- ISO 13616: the first four to the end, letters as 10 to 35, modulo 97 is 1.
create or replace function accounting.iban_is_sound(iban text) returns boolean
    language sql immutable set search_path = pg_catalog, pg_temp
as $$
    select iban ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$'
       and (select string_agg(case when sign ~ '[0-9]' then sign else (ascii(sign) - 55)::text end, '' order by place)::numeric % 97 = 1
              from regexp_split_to_table(substr(iban, 5) || left(iban, 4), '') with ordinality as s (sign, place)
             where sign ~ '^[A-Z0-9]$');
$$;
comment on function accounting.iban_is_sound(text) is 'Whether an IBAN has a right check number.';

create or replace function accounting.check_bank_keys(account accounting.bank_accounts) returns void
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    home text := (select c.country from core.company c);
begin
    if account.rib <> '' and not accounting.rib_is_sound(home, account.rib) then
        perform core.refuse('accounting.rib_wrong', jsonb_build_object('rib', account.rib));
    elsif account.iban <> '' and not accounting.iban_is_sound(account.iban) then
        perform core.refuse('accounting.iban_wrong', jsonb_build_object('iban', account.iban));
    elsif account.rib <> '' and left(account.iban, 2) = home and substr(account.iban, 5) <> account.rib then
        perform core.refuse('accounting.iban_of_another_rib', jsonb_build_object('rib', account.rib, 'iban', account.iban));
    end if;
end $$;
comment on function accounting.check_bank_keys(accounting.bank_accounts) is 'Refuses a RIB or an IBAN that was mistyped.';

create or replace function accounting.save_bank_account_v1(account jsonb) returns bigint
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    asked accounting.bank_accounts := jsonb_populate_record(null::accounting.bank_accounts, account);
    seen bigint := coalesce(asked.version, 0);
    kept bigint;
begin
    perform core.require('accounting.bank.edit');
    if asked.branch_id is null or asked.branch_id <> all (core.branches()) then
        perform core.refuse('core.other_branch');
    end if;
    select a.id into asked.account_id from accounting.accounts a where a.code = account->>'account';
    if asked.account_id is null then
        perform core.refuse('accounting.account_unknown', jsonb_build_object('account', coalesce(account->>'account', '')));
    end if;
    asked.rib := regexp_replace(coalesce(asked.rib, ''), '[[:space:].-]', '', 'g');
    asked.iban := upper(regexp_replace(coalesce(asked.iban, ''), '[[:space:].-]', '', 'g'));
    perform accounting.check_bank_keys(asked);
    insert into accounting.bank_accounts as b
           (id, code, name, name_ar, bank, rib, iban, account_id, journal, branch_id, currency, is_active)
    values (asked.id, asked.code, asked.name, coalesce(asked.name_ar, ''), coalesce(asked.bank, ''), asked.rib, asked.iban,
            asked.account_id, asked.journal, asked.branch_id,
            coalesce(nullif(asked.currency, ''), (select c.currency from core.company c)), coalesce(asked.is_active, true))
    on conflict (id) do update
       set code = excluded.code, name = excluded.name, name_ar = excluded.name_ar, bank = excluded.bank,
           rib = excluded.rib, iban = excluded.iban, account_id = excluded.account_id, journal = excluded.journal,
           branch_id = excluded.branch_id, currency = excluded.currency, is_active = excluded.is_active,
           version = b.version + 1
     where b.version = seen
    returning b.version into kept;
    if kept is null or (kept = 1 and seen > 0) then
        perform core.refuse('core.stale_record');
    end if;
    return kept;
end $$;
comment on function accounting.save_bank_account_v1(jsonb) is
    'Keeps {id, version?, code, name, name_ar?, bank?, rib?, iban?, account, journal, branch_id, currency?, is_active?}; account is a code.';
grant execute on function accounting.save_bank_account_v1(jsonb) to accounting_app;
