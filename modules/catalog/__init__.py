"""Products, their prices and their barcodes: what the company trades in."""
