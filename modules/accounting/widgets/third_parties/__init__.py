"""Customers and suppliers in the ledger: who owes how much since when, and the account of one."""
