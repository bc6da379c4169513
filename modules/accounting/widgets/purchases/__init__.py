"""Pages of suppliers' purchases and of what is deducted of them."""
