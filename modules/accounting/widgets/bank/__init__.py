"""Pages of the accounts at banks."""
