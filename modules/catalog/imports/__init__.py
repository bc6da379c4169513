"""Importing products: what the columns of a file can hold, and how a row becomes a product."""
