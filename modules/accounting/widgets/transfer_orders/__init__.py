"""Transfer orders: their list, one of them, and the bank accounts of suppliers."""
