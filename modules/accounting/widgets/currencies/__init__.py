"""Currencies: rates of days, what is open in them, and revaluation."""
