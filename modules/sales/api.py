"""The front door of sales: what other modules may ask of it, inside their own transaction."""

from modules.sales.selectors import SalesFigures, figures

__all__ = ["SalesFigures", "figures"]
