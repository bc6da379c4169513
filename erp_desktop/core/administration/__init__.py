"""What an administrator reads and changes: people, workstations, flagged facts, the audit log."""
