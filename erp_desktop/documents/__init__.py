"""On paper: fonts, right-to-left text, PDF receipts."""
