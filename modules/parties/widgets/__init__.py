"""The pages of parties, and the small parts that they share."""
