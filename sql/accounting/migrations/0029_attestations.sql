-- Attestations by which customers buy without a tax, and what documents used of them. Locks accounting.taxes and
-- accounting.withholdings for a moment.

alter table accounting.taxes drop constraint taxes_kind_is_known,
    -- `suspended`: a rate of zero, in place of a tax that an attestation suspends.
    add constraint taxes_kind_is_known check (kind in ('vat', 'excise', 'suspended'));

create table accounting.attestations (
    id            uuid        primary key,
    version       bigint      not null default 1,
    party_id      uuid        not null references accounting.party_names (party_id),
    number        text        not null constraint attestations_number_is_there
                              check (btrim(number) <> '' and length(number) <= 100),
    authority     text        not null constraint attestations_authority_is_there
                              check (btrim(authority) <> '' and length(authority) <= 200),
    issued_on     date        not null,
    valid_from    date        not null,
    valid_to      date        not null,
    -- Codes of the taxes that it suspends.
    taxes         text[]      not null constraint attestations_suspend_something check (cardinality(taxes) > 0),
    -- What may be bought in all, without taxes; null where nothing limits it.
    ceiling       numeric     constraint attestations_ceiling_is_an_amount check (ceiling > 0 and ceiling < 1e15),
    used          numeric     not null default 0,
    goods         text        not null default '' constraint attestations_goods_are_short check (length(goods) <= 500),
    withdrawn_at  timestamptz,
    withdrawn_by  text,
    reason        text        not null default '',
    made_at       timestamptz not null default now(),
    made_by       text        not null,
    constraint attestations_end_after_they_begin check (valid_to >= valid_from),
    constraint attestations_are_never_used_beyond_their_ceiling check (used >= 0 and used <= coalesce(ceiling, used)),
    constraint attestations_are_withdrawn_for_a_reason
        check ((withdrawn_at is null) = (withdrawn_by is null) and (withdrawn_at is null) = (reason = ''))
);
create unique index attestations_once on accounting.attestations (party_id, number) where withdrawn_at is null;

-- What one document took, or (negative) gave back; their sum is `used`.
create table accounting.attestation_uses (
    document_id     uuid        primary key,
    attestation_id  uuid        not null references accounting.attestations (id),
    branch_id       uuid        not null references core.branches (id),
    document        jsonb       not null,
    dated_on        date        not null,
    amount          numeric     not null constraint attestation_uses_move_something check (amount <> 0),
    used_at         timestamptz not null default now(),
    used_by         text        not null,
    command_id      uuid
);
create index attestation_uses_attestation_id on accounting.attestation_uses (attestation_id, dated_on);

-- A customer's certificate may come after the payment, and one paper may be about several documents
-- and kinds.
alter table accounting.withholdings drop constraint withholdings_number_is_there,
    add constraint withholdings_number_is_there check (btrim(number) <> '' or side = 'received');
drop index accounting.withholdings_received_once;
create unique index withholdings_received_once on accounting.withholdings (party_id, number, document, kind)
    where side = 'received' and undone_at is null and number <> '';
create index withholdings_to_come on accounting.withholdings (branch_id, dated_on)
    where side = 'received' and undone_at is null and number = '';
