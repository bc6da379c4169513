-- Attestations belong to the whole company; what used them is read where it was used.

call core.share('accounting.attestations'::regclass);
call core.keep_audit('accounting.attestations');
call core.keep_to_owner('accounting.attestation_uses'::regclass);
create policy readers on accounting.attestation_uses for select to accounting_app
    using (branch_id = any ((select core.branches())::uuid[]));
call core.append_only('accounting.attestation_uses');
comment on table accounting.attestation_uses is 'no-audit: append-only, with their document and command';
create or replace trigger attestations_never_emptied before truncate on accounting.attestations for each statement
    execute function core.forbid();
grant select on accounting.attestations, accounting.attestation_uses to accounting_app;
call core.permit('accounting.attestation.edit', '{accountant,manager}');
call core.offer_attachments('accounting.attestation', 'accounting.ledger.view', 'accounting.attestation.edit');

-- An attestation never goes, and what was used of it is as it was read.
create or replace function accounting.keep_attestation() returns trigger
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
begin
    if tg_op = 'DELETE' then
        perform core.refuse('core.append_only', '{"relation": "accounting.attestations"}');
    elsif old.withdrawn_at is not null and new.used = old.used then
        perform core.refuse('accounting.attestation_withdrawn', jsonb_build_object('number', old.number));
    elsif exists (select from accounting.attestation_uses u where u.attestation_id = old.id)
          and (new.party_id, new.number, new.authority, new.taxes, new.valid_from)
              is distinct from (old.party_id, old.number, old.authority, old.taxes, old.valid_from) then
        perform core.refuse('accounting.attestation_in_use', jsonb_build_object('number', old.number));
    end if;
    return new;
end $$;
create or replace trigger keep_attestation before update or delete on accounting.attestations
    for each row execute function accounting.keep_attestation();

-- Whoever writes them, even the owner: what is used is the sum of what documents used.
create or replace function accounting.check_attestation_used() returns trigger
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    wanted uuid := coalesce(to_jsonb(new) ->> 'attestation_id', to_jsonb(new) ->> 'id');
    wrong text;
begin
    select a.number into wrong from accounting.attestations a
     where a.id = wanted
       and a.used <> (select coalesce(sum(u.amount), 0) from accounting.attestation_uses u where u.attestation_id = a.id);
    if found then
        perform core.refuse('accounting.attestation_differs', jsonb_build_object('number', wrong));
    end if;
    return null;
end $$;
drop trigger if exists uses_make_what_is_used on accounting.attestation_uses;
create constraint trigger uses_make_what_is_used after insert on accounting.attestation_uses
    deferrable initially deferred for each row execute function accounting.check_attestation_used();
drop trigger if exists what_is_used_was_used on accounting.attestations;
create constraint trigger what_is_used_was_used after insert or update on accounting.attestations
    deferrable initially deferred for each row execute function accounting.check_attestation_used();
