-- Customers and suppliers, where they are and whom to call.
-- Locks nothing that exists; refers to catalog.price_lists.

-- Wilayas, provinces and governorates: data of the country packs.
create table parties.regions (
    country      text not null constraint regions_country_is_known check (country in ('DZ', 'MA', 'TN')),
    code         text not null,
    name         text not null,
    name_ar      text not null default '',
    primary key (country, code)
);

create table parties.terms (
    code         text    primary key constraint terms_code_is_plain check (code ~ '^[A-Z0-9_-]{1,20}$'),
    name         text    not null,
    name_ar      text    not null default '',
    days         integer not null constraint terms_days_are_counted check (days between 0 and 365),
    -- From the end of the month in which the days end.
    end_of_month boolean not null default false,
    is_active    boolean not null default true
);

create table parties.parties (
    id                 uuid        primary key,
    version            bigint      not null default 1,
    code               text        not null constraint parties_code_is_taken unique
                                   constraint parties_code_is_said
                                   check (btrim(code) = code and code <> '' and length(code) <= 40),
    name               text        not null constraint parties_name_is_said
                                   check (btrim(name) <> '' and length(name) <= 200),
    name_ar            text        not null default '' constraint parties_name_ar_is_short check (length(name_ar) <= 200),
    is_customer        boolean     not null default true,
    is_supplier        boolean     not null default false,
    -- A firm has identifiers; a person buys for himself.
    is_company         boolean     not null default false,
    country            text        not null constraint parties_country_is_said check (country ~ '^[A-Z]{2}$'),
    -- {"NIF": "…", "RC": "…"}: by the codes of accounting.law_values of kind `identifier`.
    identifiers        jsonb       not null default '{}'
                                   constraint parties_identifiers_are_named check (jsonb_typeof(identifiers) = 'object'),
    phone              text        not null default '',
    email              text        not null default '',
    document_language  text        not null default 'fr'
                                   constraint parties_document_language_is_known
                                   check (document_language in ('ar', 'fr', 'en', 'ar+fr')),
    terms              text        constraint parties_terms_are_known references parties.terms (code),
    price_list         text        constraint parties_price_list_is_known references catalog.price_lists (code),
    -- In the company's currency; none means that nothing is sold on account, as long as nobody allows it.
    credit_limit       numeric     constraint parties_credit_limit_is_an_amount
                                   check (credit_limit >= 0 and credit_limit < 1e12),
    note               text        not null default '',
    is_active          boolean     not null default true,
    deleted_at         timestamptz,
    -- The party that this one turned out to be.
    merged_into        uuid        references parties.parties (id),
    metadata           jsonb       not null default '{}',
    -- What a search compares; the twin of erp_desktop.core.search.terms, as in catalog.products.
    words              tsvector    not null generated always as (array_to_tsvector(array_remove(regexp_split_to_array(
                                   core.fold(code || ' ' || name || ' ' || name_ar || ' ' || phone || ' '
                                             || jsonb_path_query_array(identifiers, '$.*')::text),
                                   '[\u0001-\u002f\u003a-\u0040\u005b-\u005e\u0060\u007b-\u00a9\u00ab-\u00b4\u00b6-\u00bf\u00d7\u00f7'
                                   '\u2000-\u206f\u20a0-\u20bf\u2190-\u2bff\u3000-\u3003\u060c\u061b\u061f\u066a-\u066d\u06d4]+'),
                                   ''))) stored,
    -- What makes two names or two telephones the same: the latter by its last eight digits, as numbers are
    -- written with and without the country's.
    name_key           text        not null generated always as (core.fold(name)) stored,
    phone_key          text        not null generated always as
                                   (right(regexp_replace(core.fold(phone), '\D', '', 'g'), 8)) stored,
    changed_xid        xid8        not null default pg_current_xact_id(),
    constraint parties_are_customer_or_supplier check (is_customer or is_supplier),
    constraint parties_deleted_are_inactive check (deleted_at is null or not is_active),
    constraint parties_merged_are_inactive check (merged_into is null or (not is_active and merged_into <> id))
);
create index parties_metadata on parties.parties using gin (metadata);
create index parties_identifiers on parties.parties using gin (identifiers);
create index parties_changed_xid on parties.parties (changed_xid);
create index parties_words on parties.parties using gin (words);
create index parties_name on parties.parties (name, id);
create index parties_phone_key on parties.parties (phone_key);
create index parties_merged_into on parties.parties (merged_into) where merged_into is not null;

-- A tax identifier belongs to one active party: what two people type at once cannot both be kept.
create table parties.tax_numbers (
    code         text not null,
    -- Without spaces and signs.
    number       text not null,
    party_id     uuid not null references parties.parties (id),
    primary key (code, number)
);
create index tax_numbers_party_id on parties.tax_numbers (party_id);

create table parties.addresses (
    id           uuid    primary key,
    party_id     uuid    not null references parties.parties (id),
    kind         text    not null constraint addresses_kind_is_known check (kind in ('main', 'billing', 'delivery')),
    street       text    not null default '',
    street_ar    text    not null default '',
    city         text    not null default '',
    city_ar      text    not null default '',
    postal_code  text    not null default '',
    country      text    not null,
    -- Wilaya, province or governorate; none abroad.
    region       text,
    constraint addresses_region_is_known foreign key (country, region) references parties.regions (country, code)
);
create index addresses_party_id on parties.addresses (party_id);

create table parties.contacts (
    id           uuid    primary key,
    party_id     uuid    not null references parties.parties (id),
    name         text    not null constraint contacts_name_is_said check (btrim(name) <> ''),
    position     text    not null default '',
    phone        text    not null default '',
    email        text    not null default ''
);
create index contacts_party_id on parties.contacts (party_id);
