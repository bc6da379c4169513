"""A document's page that comes back after a restart as it was opened."""

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any, TypeVar

from typing_extensions import override

from erp_desktop.ui.document_page import DocumentPage

H = TypeVar("H")
L = TypeVar("L")


class WantedPage(DocumentPage[H, L]):
    """A subclass shows what is `wanted`: what the page was opened with; empty for a new one."""

    wanted: str = ""

    @abstractmethod
    async def show_wanted(self) -> None:
        """Ask for what is wanted and show it."""

    @override
    def on_first_show(self) -> None:
        self.start_latest(self.show_wanted)

    @override
    def open(self, argument: Any) -> None:
        self.wanted = str(argument or "")
        if self.document is not None:
            self.start_latest(self.show_wanted)

    @override
    def state(self) -> dict[str, Any]:
        return {**super().state(), "wanted": self.wanted}

    @override
    def restore(self, state: Mapping[str, Any]) -> None:
        self.wanted = state.get("wanted", "")
