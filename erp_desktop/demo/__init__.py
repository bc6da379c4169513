"""Atlas Distribution, a company that does not exist: to try the program, and to prove it."""
