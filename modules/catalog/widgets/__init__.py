"""What the catalog shows."""
