"""Cheques and bills: the portfolio, what becomes of each, and slips for the bank."""
