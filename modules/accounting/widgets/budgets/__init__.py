"""Budgets: the grid in which they are typed, and the report that compares."""
