"""Matching (lettrage): which debits and credits settle each other."""
