"""The pages of reminders: what is due, and what was sent."""
