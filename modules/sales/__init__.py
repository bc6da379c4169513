"""Invoices, credit notes and payments: what customers owe, and how they settle it."""
