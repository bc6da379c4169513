"""The business: one package per module, all of the same anatomy."""
