"""The tables of the dashboard: none. It shows what the other modules publish."""
