-- When the tax on sales is due, and what of it each return declared. Locks accounting.law_values for a moment.

alter table accounting.law_values drop constraint law_values_kind_is_known;
alter table accounting.law_values add constraint law_values_kind_is_known
    check (kind in ('stamp', 'cash_rounding', 'denominations', 'identifier', 'mention', 'holiday', 'withholding',
                    'payment_delay', 'depreciation', 'tax_point'));

-- Of the tax that waits for its payment: what became due in a return, in the company's currency.
create table accounting.tax_releases (
    return_id  uuid    not null references accounting.tax_returns (id),
    entry_id   uuid    not null,
    branch_id  uuid    not null references core.branches (id),
    code       text    not null,
    base       numeric not null,
    tax        numeric not null,
    primary key (return_id, entry_id, code)
);
create index tax_releases_entry_id on accounting.tax_releases (entry_id);
create index entries_taxes_that_wait on accounting.entries (dated_on) where taxes @> '[{"amount": "tax_waiting"}]';
create index instruments_document on accounting.instruments ((document ->> 'id'));
