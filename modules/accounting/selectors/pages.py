"""How much of a list is read at once."""

PAGE_SIZE = 200
