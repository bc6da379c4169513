"""Fixed assets: the register, what months depreciate, and the board of a year."""
