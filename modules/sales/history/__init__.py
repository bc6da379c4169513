"""The history of a shop: the invoice lines of its years before, booked as if we had been there."""
