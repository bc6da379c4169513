"""Shared services without Qt or an event loop: they also run in scripts, the worker and tests."""
