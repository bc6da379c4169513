"""Pages of money on its way and of petty cash."""
