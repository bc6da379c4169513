"""The movements: why there is as much of a product as there is."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar
from uuid import UUID

from typing_extensions import override

from erp_desktop.core import wall_clock
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.filters import Chip, Query
from erp_desktop.ui.follow import follow
from erp_desktop.ui.list_page import ListPage
from erp_desktop.ui.parts import Tone
from erp_desktop.ui.tables import RIGHT, Column
from modules.inventory.selectors import PAGE_SIZE, MovementFilter, MovementRow, list_movements

KINDS = {
    "opening": N_("Opening stock"),
    "sale": N_("Sale"),
    "return": N_("Return"),
    "receipt": N_("Receipt"),
    "adjustment": N_("Adjustment"),
}


class MovementListPresenter:
    """What the list of movements does, told without a widget.

    Attributes:
        about: `{"product": id, "name": …}` or `{"command": id, "name": …}`; empty for all.
    """

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self.about: Mapping[str, str] = {}

    async def load(self, query: Query, after: MovementRow | None) -> list[MovementRow]:
        """Return the movements that are asked for, below the row `after`."""
        kind = next((kind for kind in KINDS if query.has(kind)), "")
        wanted = MovementFilter(self._id("product"), self._id("command"), kind)
        return await self._backend.ask(list_movements, wanted, after=after)

    def _id(self, what: str) -> UUID | None:
        return UUID(self.about[what]) if what in self.about else None


def tone_of(row: MovementRow) -> Tone:
    """Return the tone of a movement: what came in is good, what went out is plain."""
    return "ok" if row.quantity > 0 else ""


class MovementListPage(ListPage[MovementRow]):
    """The presenter's hands and face."""

    title = N_("Movements")
    hint = N_("Newest first")
    page_size = PAGE_SIZE
    chips = tuple(Chip(kind, title) for kind, title in KINDS.items() if kind in {"opening", "sale"})
    columns: ClassVar[tuple[Column[Any], ...]] = (
        Column(N_("When"), lambda m: current().moment(wall_clock.local(m.moved_at)), width=142),
        Column(N_("Branch"), lambda m: current().isolate(m.branch), width=76),
        Column(N_("Kind"), lambda m: _(KINDS[m.kind]), width=132, tone=tone_of),
        Column(N_("Product"), lambda m: f"{current().isolate(m.code)}  {_named(m)}"),
        Column(N_("Document"), lambda m: current().isolate(m.document), width=132),
        Column(
            N_("Quantity"),
            lambda m: current().number(m.quantity),
            RIGHT,
            width=100,
            value=lambda m: m.quantity,
            strong=True,
        ),
        Column(
            N_("Left"),
            lambda m: "" if m.on_hand is None else current().number(m.on_hand),
            RIGHT,
            width=84,
            value=lambda m: m.on_hand,
        ),
        Column(
            N_("Value"),
            lambda m: current().amount(m.value, m.currency),
            RIGHT,
            width=120,
            value=lambda m: m.value,
        ),
    )

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self._presenter = MovementListPresenter(backend)
        self.filter.entry.hide()
        self.table.empty.tell(N_("Nothing moved yet. Sales and opening stock appear here."))
        follow(self, self._word_title)

    @override
    async def load(self, query: Query, after: MovementRow | None) -> Sequence[MovementRow]:
        return await self._presenter.load(query, after)

    @override
    def open(self, argument: Any) -> None:
        if isinstance(argument, str):
            argument = {"product": argument}
        self._presenter.about = dict(argument or {})
        self._word_title()
        self.refresh()

    @override
    def state(self) -> dict[str, Any]:
        return {**super().state(), "about": dict(self._presenter.about)}

    @override
    def restore(self, state: Any) -> None:
        super().restore(state)
        self._presenter.about = dict(state.get("about") or {})
        self._word_title()

    def _word_title(self) -> None:
        name = self._presenter.about.get("name", "")
        if name:
            self.header.show_title(name)
            self.renamed.emit(name)


def _named(row: MovementRow) -> str:
    return row.named(current().language)
