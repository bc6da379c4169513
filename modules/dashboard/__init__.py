"""What a manager looks at first: the figures of the day, and what waits for somebody."""
