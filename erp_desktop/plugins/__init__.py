"""Finding and ordering modules, without importing more than they need."""
