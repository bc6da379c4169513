"""The front door of sales. What others ask of it they ask in SQL: see `sales.figures_v1`."""
