-- Which attestation suspends the taxes of a document, and which tax of a line. Locks sales.invoices, invoice_lines and
-- payments for a moment: no column rewrites its table.

alter table sales.invoices add column attestation_id uuid;
create index invoices_attestation_id on sales.invoices (attestation_id) where attestation_id is not null;

-- The tax that would have been charged, where `tax_code` stands in its place.
alter table sales.invoice_lines add column suspended_tax text not null default '';

-- What a customer keeps back for the state settles like money.
alter table sales.payments drop constraint payments_method_is_known,
    add constraint payments_method_is_known check (method in ('cash', 'card', 'cheque', 'transfer', 'withholding'));
