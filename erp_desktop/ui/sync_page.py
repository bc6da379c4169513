"""The queue to head office: what this workstation did, and every answer, as sentences."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from typing_extensions import override

from erp_desktop.core import wall_clock
from erp_desktop.core.commands import Flag
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui import keys, theme
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.filter_bar import FilterBar
from erp_desktop.ui.filters import Chip, Query
from erp_desktop.ui.follow import follow
from erp_desktop.ui.header import Header
from erp_desktop.ui.link_chip import LinkState, tone_of, words_of
from erp_desktop.ui.page import Page
from erp_desktop.ui.parts import Tone, button, card, column, label
from erp_desktop.ui.table_view import TableView
from erp_desktop.ui.tables import RIGHT, Column, TableModel

_REFRESH_MS = 2000
_LIMIT = 500


class Entry(Protocol):
    """One line of the journal; `erp_desktop.workstation.journal.Entry` is one."""

    @property
    def seq(self) -> int:
        """Its place in the journal."""

    @property
    def name(self) -> str:
        """The command."""

    @property
    def number(self) -> str | None:
        """Its number, such as a ticket's."""

    @property
    def at(self) -> datetime:
        """When it happened."""

    @property
    def state(self) -> str:
        """waiting, sent, applied, flagged or refused."""

    @property
    def flags(self) -> tuple[Flag, ...]:
        """Why it was flagged or refused."""

    @property
    def trouble(self) -> str:
        """Why it could not be delivered."""


STATES: dict[str, tuple[str, Tone]] = {
    "waiting": (N_("waiting"), "warn"),
    "sent": (N_("on its way"), "warn"),
    "applied": (N_("done"), "ok"),
    "flagged": (N_("done, to look at"), "warn"),
    "refused": (N_("refused"), "bad"),
}


def sentence_of(entry: Entry) -> str:
    """Return what head office said, or why it has said nothing yet."""
    if entry.flags:
        return " ".join(flag.as_error().sentence() for flag in entry.flags)
    return entry.trouble


def deed_of(entry: Entry, deeds: Mapping[str, str]) -> str:
    """Return what was done in the words of its module, or `till · sell` if it has none for it."""
    name = entry.name.rpartition("_v")[0] or entry.name
    if name in deeds:
        return _(deeds[name])
    return current().isolate(name.replace(".", " · ").replace("_", " "))


def columns_of(deeds: Mapping[str, str]) -> tuple[Column[Entry], ...]:
    """Return the columns of the queue."""
    return (
        Column(N_("Place"), lambda e: str(e.seq), RIGHT, width=80),
        Column(N_("When"), lambda e: current().moment(wall_clock.local(e.at)), width=150),
        Column(N_("What"), lambda e: deed_of(e, deeds), width=170),
        Column(N_("Number"), lambda e: current().isolate(e.number or "—"), width=150),
        Column(
            N_("State"),
            lambda e: _(STATES[e.state][0]),
            width=170,
            tone=lambda e: STATES[e.state][1],
        ),
        Column(N_("Answer"), sentence_of),
    )


CHIPS = (
    Chip("waiting", N_("Waiting")),
    Chip("flagged", N_("To look at")),
    Chip("refused", N_("Refused")),
)


def fitting(entries: Sequence[Entry], query: Query) -> list[Entry]:
    """Return the entries that the filter line and the chips ask for."""
    wanted = {"waiting", "sent"} if query.has("waiting") else set()
    wanted |= {state for state in ("flagged", "refused") if query.has(state)}
    text = query.text.casefold()
    return [
        entry
        for entry in entries
        if (not wanted or entry.state in wanted)
        and text in f"{entry.name} {entry.number or ''} {entry.seq}".casefold()
    ]


class SyncPresenter:
    """What the sync page does, told without a widget."""

    def __init__(self, view: Any, backend: Backend) -> None:
        self._view = view
        self._backend = backend

    async def look(self) -> None:
        """Show the journal and the line as they are now."""
        entries = await self._backend.local(lambda desk: desk.journal.entries(_LIMIT))
        self._view.show_queue(entries, self._backend.workstation.link.state)

    async def send_now(self) -> None:
        """Try head office at once instead of at the next pause."""
        await self._backend.local(lambda desk: desk.sync.retry_now() if desk.sync else None)
        self._view.say(_("Trying head office now."))
        await self.look()


class SyncPage(Page):
    """Shows the queue, looks again every two seconds, and can be told to try at once."""

    def __init__(self, backend: Backend, deeds: Mapping[str, str]) -> None:
        super().__init__()
        self._presenter = SyncPresenter(self, backend)
        self._entries: Sequence[Entry] = ()
        self._state: LinkState | None = None
        self.model = TableModel(columns_of(deeds), self)
        self.table = TableView(self.model)
        self.header = Header(N_("Line to head office"))
        self.filter = FilterBar(N_("Number or place"), CHIPS)
        self._trouble = label(look="error")
        self._trouble.setWordWrap(True)
        self._timer = QTimer(self, interval=_REFRESH_MS)
        self._lay_out()
        self._connect()
        follow(self, self._show)

    def show_queue(self, entries: Sequence[Entry], state: LinkState) -> None:
        """Show the journal and the line."""
        is_first, self._state = self._state is None, state
        if is_first or list(entries) != list(self._entries):
            self._entries = entries
            self._fill()
        self._show()

    def _fill(self) -> None:
        chosen = self.table.current_row()
        rows = fitting(self._entries, self.filter.query())
        self.model.show_rows(rows)
        if chosen is not None:
            places = [row.seq for row in rows]
            self.table.select_row(places.index(chosen.seq) if chosen.seq in places else -1)
        states = Counter(entry.state for entry in self._entries)
        states["waiting"] += states["sent"]
        self.filter.show_counts({chip.id: states[chip.id] for chip in CHIPS})

    def _show(self) -> None:
        if self._state is None:
            return
        self.header.show_state(words_of(self._state), tone_of(self._state))
        if self._state.data_at is not None:
            moment = current().moment(wall_clock.local(self._state.data_at))
            self.header.show_summary(_("figures of {moment}").format(moment=moment))
        self._trouble.setText(self._state.trouble)
        self._trouble.setVisible(bool(self._state.trouble))

    def _lay_out(self) -> None:
        self.header.set_primary(
            button(N_("Send now"), self._on_send, icon="cloud-upload-outline", look="primary")
        )
        self.filter.column_menu(self.table.columns.fill_menu)
        self.table.columns.remember("columns/core.sync")
        self.table.empty.tell(
            N_("Nothing was done here yet. Each sale stands here until head office has answered."),
            icon="cloud-check-outline",
        )
        table = card(self.table, margins=0)
        parts = (self.header, self.notices, self._trouble, self.filter, table)
        self.setLayout(column(*parts, margins=theme.SPACE_L))

    def _connect(self) -> None:
        self._timer.timeout.connect(self.refresh)
        self.filter.changed.connect(self._fill)
        keys.bind(self, "page.refresh", self.refresh)

    def refresh(self) -> None:
        """Look again."""
        self.start_once(self._presenter.look)

    def _on_send(self) -> None:
        self.start_once(self._presenter.send_now)

    @override
    def on_first_show(self) -> None:
        self.table.setFocus()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()
        self.refresh()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()
