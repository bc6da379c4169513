"""Pages of withholding tax."""
