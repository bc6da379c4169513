"""Importing what accountants keep in files of their own."""
