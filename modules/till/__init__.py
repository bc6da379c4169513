"""Selling over the counter: scan, take money, print, with or without a line to head office."""
