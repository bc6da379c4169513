"""What the accountant sees."""
