"""What is typed on the page of a price list and not saved yet, kept against a crash."""

from erp_desktop.ui import memory
from erp_desktop.ui.drafts import DraftKeeper
from erp_desktop.ui.forms import Form
from modules.catalog.services import PriceListDraft
from modules.catalog.widgets.price_grid import PriceGrid


class ListDrafts:
    """What is typed into a list and beside it, kept so that it survives a crash.

    Attributes:
        prices: Keeps the grid.
        name: Keeps the form.
    """

    def __init__(self, prices: PriceGrid, form: Form[PriceListDraft]) -> None:
        store = memory.current().drafts
        self.prices, self.name = DraftKeeper(prices, store, ""), DraftKeeper(form, store, "")

    def begin(self, code: str | None) -> bool:
        """Keep for this list from now on; whether something of it came back."""
        came_back = False
        for keeper, part in ((self.prices, "prices"), (self.name, "name")):
            key = f"catalog.price_list/{code or 'new'}/{part}"
            if keeper.key != key:
                keeper.key = key
                came_back = keeper.bring_back() or came_back
        return came_back

    def save(self) -> None:
        """Keep all of it now."""
        self.prices.save()
        self.name.save()

    def forget(self) -> None:
        """All of it is given up."""
        self.prices.forget()
        self.name.forget()
