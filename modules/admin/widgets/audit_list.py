"""The audit log: who changed what, from where, and how it was before."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, ClassVar, Protocol

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from erp_desktop.core import wall_clock
from erp_desktop.core.administration.selectors import (
    PAGE_SIZE,
    AuditFilter,
    AuditRow,
    ChangeDetails,
    get_change,
    list_changes,
)
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.entry import parse_day
from erp_desktop.ui.facts import Facts, wrapped
from erp_desktop.ui.filters import Chip, Query
from erp_desktop.ui.follow import follow
from erp_desktop.ui.list_page import ListPage
from erp_desktop.ui.parts import Tone, column
from erp_desktop.ui.table_view import TableView
from erp_desktop.ui.tables import Column, TableModel
from modules.admin.widgets.parts import moment
from modules.admin.widgets.readable import named, said

_LOGIN = ("login", "user", "utilisateur", "مستخدم", "المستخدم")
_TABLE = ("table", "جدول", "الجدول")
_DATE = ("date", "تاريخ", "التاريخ")
_OPERATIONS: dict[str, tuple[str, str, Tone]] = {
    # operation: its chip, what is said of it, its tone
    "INSERT": ("created", N_("Created"), "ok"),
    "UPDATE": ("changed", N_("Changed"), ""),
    "DELETE": ("deleted", N_("Deleted"), "bad"),
}


class AuditListView(Protocol):
    """All the presenter needs of whoever shows the list."""

    def show_change(self, row: AuditRow, change: ChangeDetails) -> None:
        """Show a change at the side."""


class AuditListPresenter:
    """What the audit log does, told without a widget."""

    def __init__(self, view: AuditListView, backend: Backend) -> None:
        self._view = view
        self._backend = backend

    async def load(self, query: Query, after: AuditRow | None) -> list[AuditRow]:
        """Return the changes that `query` asks for, below the row `after`."""
        wanted = filter_of(query, wall_clock.today())
        return await self._backend.ask(list_changes, wanted, after=after)

    async def look_at(self, row: AuditRow) -> None:
        """Show a change at the side."""
        self._view.show_change(row, await self._backend.ask(get_change, row.id))


def filter_of(query: Query, today: date) -> AuditFilter:
    """Return what a filter line asks for; what is no date asks nothing."""
    since, until = _days(query, today)
    return AuditFilter(
        text=query.text,
        login=query.value(*_LOGIN),
        relation=query.value(*_TABLE),
        since=_midnight(since) if since else None,
        before=_midnight(until + timedelta(days=1)) if until else None,
        operations=tuple(op for op, (chip, _w, _t) in _OPERATIONS.items() if query.has(chip)),
    )


def _days(query: Query, today: date) -> tuple[date | None, date | None]:
    term = next((term for term in query.terms if term.field in _DATE), None)
    if term is None:
        return None, None
    return _day(term.value, today), _day(term.value if term.until is None else term.until, today)


def _day(text: str, today: date) -> date | None:
    try:
        return parse_day(text, today) if text else None
    except ValueError:
        return None


def _midnight(day: date) -> datetime:
    """Return where a day begins at this desk."""
    return wall_clock.midnight(day)


def what_changed(row: AuditRow) -> str:
    """Name the columns that an update changed."""
    separator = "، " if current().language == "ar" else ", "
    return separator.join(named(each) for each in row.changed)


class AuditListPage(ListPage[AuditRow]):
    """The presenter's hands and face."""

    title = N_("Audit log")
    hint = N_("login:amina table:users date:1/11..20/11")
    page_size = PAGE_SIZE
    chips = tuple(Chip(chip, title) for chip, title, _tone in _OPERATIONS.values())
    columns: ClassVar[tuple[Column[Any], ...]] = (
        Column(N_("When"), lambda a: moment(a.at), width=140),
        Column(N_("Login"), lambda a: current().isolate(a.login), width=100),
        Column(N_("Program"), lambda a: current().isolate(a.application), width=90),
        Column(
            N_("Deed"),
            lambda a: _(_OPERATIONS[a.operation][1]),
            width=104,
            tone=lambda a: _OPERATIONS[a.operation][2],
        ),
        Column(N_("Table"), lambda a: current().isolate(a.relation), width=150),
        Column(N_("What changed"), what_changed),
        Column(N_("Record"), lambda a: current().isolate(a.key), width=150, hidden=True),
    )

    def __init__(self, backend: Backend) -> None:
        self._presenter = AuditListPresenter(self, backend)
        super().__init__(backend)
        self.at_side = ChangePreview()
        self.set_preview(self.at_side, width=440)
        nothing = N_("No change here. Ask for another login, table or date.")
        self.table.empty.tell(nothing, icon="history")

    def show_change(self, row: AuditRow, change: ChangeDetails) -> None:
        """Show a change at the side."""
        self.at_side.show_change(row, change)

    @override
    async def load(self, query: Query, after: AuditRow | None) -> Sequence[AuditRow]:
        return await self._presenter.load(query, after)

    @override
    def preview(self, row: AuditRow) -> None:
        self.start_latest(self._presenter.look_at, row)


Difference = tuple[str, str, str, bool]


def differences(change: ChangeDetails) -> list[Difference]:
    """Return each column with its old and new value and whether they differ; those first."""
    old, new = change.old or {}, change.new or {}
    keys = dict.fromkeys(key for key in [*new, *old] if key != "changed_xid")
    found = [(named(key), _side(old, key), _side(new, key), _differ(change, key)) for key in keys]
    return sorted(found, key=lambda each: not each[3])


def _side(values: Any, key: str) -> str:
    return said(values[key]) if key in values else ""


def _differ(change: ChangeDetails, key: str) -> bool:
    if change.old is None or change.new is None:
        return False
    return key != "version" and change.old.get(key) != change.new.get(key)


class ChangePreview(QWidget):
    """A row before and after, side by side; what differs is marked and stands first."""

    columns: ClassVar[tuple[Column[Any], ...]] = (
        Column(N_("Field"), lambda d: f"● {d[0]}" if d[3] else d[0], width=112),
        Column(N_("Before"), lambda d: d[1]),
        Column(N_("After"), lambda d: d[2]),
    )

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[AuditRow, ChangeDetails] | None = None
        self._what = wrapped("heading")
        self._facts = Facts()
        self.model: TableModel[Difference] = TableModel(self.columns, self)
        self._table = TableView(self.model)
        self.setLayout(column(self._what, self._facts, self._table))
        follow(self, self._show)

    def show_change(self, row: AuditRow, change: ChangeDetails) -> None:
        """Show a change instead of the one before."""
        self._shown = (row, change)
        self._show()

    def _show(self) -> None:
        if self._shown is None:
            return
        row, change = self._shown
        self._what.setText(
            f"{_(_OPERATIONS[row.operation][1])} · {current().isolate(row.relation)}"
        )
        self._facts.show_facts(
            [
                (_("When"), moment(row.at)),
                (_("Login"), current().isolate(row.login)),
                (_("Program"), current().isolate(row.application)),
                (_("Record"), current().isolate(row.key)),
            ]
        )
        self.model.show_rows(differences(change))
