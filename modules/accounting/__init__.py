"""The ledger: what the company owns, owes, earned and spent, in entries that never change."""
