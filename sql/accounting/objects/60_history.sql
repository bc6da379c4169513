-- What the import of a history needs of the ledger: the years of its documents, and what taxes were then.

grant execute on function accounting.open_year(integer), accounting.rates_at_v1(date) to sales_owner;
