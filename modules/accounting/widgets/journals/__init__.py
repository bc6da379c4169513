"""Journals as they are printed: in detail, and centralised by month."""
