"""The chart of accounts: its list, the form of an account, who plays which role, the import."""
