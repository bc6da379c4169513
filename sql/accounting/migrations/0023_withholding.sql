-- Certificates of withholding tax, ours and those of customers. Locks nothing that exists.

create table accounting.withholdings (
    id              uuid        primary key,
    branch_id       uuid        not null references core.branches (id),
    side            text        not null constraint withholdings_side_is_known check (side in ('issued', 'received')),
    number          text        not null constraint withholdings_number_is_there check (btrim(number) <> ''),
    year            integer,
    sequence        bigint,
    party_id        uuid        not null references accounting.party_names (party_id),
    party_tax_id    text        not null default '',
    document        text        not null constraint withholdings_document_is_there check (btrim(document) <> ''),
    document_on     date        not null,
    dated_on        date        not null,
    kind            text        not null,
    total           numeric     not null,
    vat             numeric     not null,
    base            numeric     not null,
    rate            numeric     not null constraint withholdings_rate_is_a_part check (rate > 0 and rate <= 1),
    amount          numeric     not null constraint withholdings_amount_is_part_of_its_base check (amount > 0 and amount <= base),
    attestation     text        not null default '',
    attested_until  date,
    -- Posted in the same transaction; entries never go.
    entry_id        uuid        not null,
    made_by         text        not null,
    made_at         timestamptz not null default now(),
    command_id      uuid,
    undone_by       text,
    undone_at       timestamptz,
    constraint withholdings_have_no_gap unique (branch_id, year, sequence),
    constraint withholdings_are_numbered check ((side = 'issued') = (sequence is not null and year is not null)),
    constraint withholdings_tax_is_part_of_the_total check (vat >= 0 and vat < total),
    constraint withholdings_are_attested check ((attestation = '') = (attested_until is null)),
    constraint withholdings_are_undone_by_somebody check ((undone_by is null) = (undone_at is null))
);
create unique index withholdings_received_once on accounting.withholdings (party_id, number)
    where side = 'received' and undone_at is null;
create unique index withholdings_entry_id on accounting.withholdings (entry_id);
create index withholdings_branch_id on accounting.withholdings (branch_id, dated_on);
