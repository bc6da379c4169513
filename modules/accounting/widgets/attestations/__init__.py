"""Pages of attestations that suspend a tax."""
