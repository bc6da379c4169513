"""How commands go up to head office and changes come back; a pure core and thin drivers."""
