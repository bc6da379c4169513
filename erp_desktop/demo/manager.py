"""The manager's part of the guided day: how it went, on the dashboard, and the list behind it."""

from typing import Any

from erp_desktop.demo.hands import Hands
from erp_desktop.ui import language


class Manager:
    """Looks at the day in French and in Arabic, on the screen and on paper."""

    def __init__(self, shell: Any, hands: Hands, country: str) -> None:
        self._shell = shell
        self._hands = hands
        self._country = country

    async def look(self, tickets: int) -> str:
        """Return the sales of the day as they are shown, once all tickets are seen behind them."""
        page = self._shell.open_page("dashboard.manager")
        await self._hands.until(lambda: page.dashboard.tiles, "the figures of the day")
        await self._hands.picture(self._shell, "dashboard-french", settle=1.5)
        shown: str = page.dashboard.tiles[0].figure()
        (self._hands.output / "dashboard-french.pdf").write_bytes(page.paper())
        language.use("ar", self._country)
        await self._hands.picture(self._shell, "dashboard-arabic", settle=1.0)
        language.use("fr", self._country)
        page.look_at("7")
        await self._hands.picture(self._shell, "dashboard-week-french", settle=1.5)
        await self._open_list(page, tickets)
        return shown

    async def _open_list(self, page: Any, tickets: int) -> None:
        """Press the tile of sales and wait for its list."""
        (tile, *_others) = page.tiles.cards
        await self._hands.click(tile)
        opened = self._shell.tabs.current.page
        await self._hands.until(
            lambda: opened.model.rowCount() == tickets, "the tickets behind the sales"
        )
        await self._hands.picture(self._shell, "tickets-french", settle=1.0)
