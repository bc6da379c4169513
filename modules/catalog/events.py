"""What the catalog tells the others: nothing; products reach the tills through the feed."""
