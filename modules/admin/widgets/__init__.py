"""Lists and forms of the administration."""
