"""Customers and suppliers: who they are by law, where they are, and on which terms we trade."""
