"""The dashboard's page, and what its tiles, charts and tasks say."""
