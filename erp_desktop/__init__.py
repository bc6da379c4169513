"""A desktop ERP for branch offices: the shell and the shared services; knows no business module."""

__version__ = "0.1.0"
