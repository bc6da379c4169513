"""What inventory shows."""
