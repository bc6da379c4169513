"""A document's page that is opened by an id, or by what a new document is about."""

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from typing_extensions import override

from erp_desktop.ui.document_page import DocumentPage
from modules.sales.widgets.new_documents import id_in, new_argument

H = TypeVar("H")
L = TypeVar("L")


class WantedPage(DocumentPage[H, L]):
    """Comes back after a restart as it was opened.

    Attributes:
        new_kind: What a new one is called (`new_argument`).
        wanted: What it was opened with: `{"id": …}`, or `{"new": …}` and what it is about.
    """

    new_kind: ClassVar[str] = ""
    wanted: Mapping[str, Any] = {}

    @abstractmethod
    async def show_wanted(self, known: UUID | None, fresh: UUID | None) -> None:
        """Show the document with the id `known`, or begin one with the id `fresh`."""

    @override
    def on_first_show(self) -> None:
        if not self.wanted and self.new_kind:
            self.open(new_argument(self.new_kind))

    @override
    def open(self, argument: Any) -> None:
        """Show the document with this id; or begin a new one (`new_argument`)."""
        self.wanted = argument if isinstance(argument, Mapping) else {"id": str(argument)}
        self.start_latest(self._show_wanted, self.wanted)

    @override
    def state(self) -> dict[str, Any]:
        return {**super().state(), "wanted": dict(self.wanted)}

    @override
    def restore(self, state: Mapping[str, Any]) -> None:
        if state.get("wanted"):
            self.open(state["wanted"])

    async def _show_wanted(self, wanted: Mapping[str, Any]) -> None:
        await self.show_wanted(id_in(wanted, "id"), id_in(wanted, "new"))
