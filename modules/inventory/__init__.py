"""What is in the warehouses, how it came there and what it is worth."""
