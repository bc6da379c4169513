"""Templates of entries: what is due now, and posting it."""

from collections.abc import Sequence
from typing import Any, ClassVar

from typing_extensions import override

from erp_desktop.core import wall_clock
from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_, _, count, current
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.filters import Chip, Query
from erp_desktop.ui.list_page import ListPage
from erp_desktop.ui.tables import RIGHT, Column
from modules.accounting.entries import POST_DUE
from modules.accounting.permissions import Permission
from modules.accounting.selectors import TemplateRow, list_templates
from modules.accounting.widgets.template_page import INTERVALS

_WORDS = dict(INTERVALS)


def _interval(row: TemplateRow) -> str:
    if row.every_months in _WORDS:
        return _(_WORDS[row.every_months])
    return count("every {n} month", "every {n} months", row.every_months or 0)


def _state(row: TemplateRow) -> str:
    if not row.is_active:
        return _("Inactive")
    if row.is_due(wall_clock.today()):
        return _("Due")
    return _("Automatic") if row.is_automatic else _("Active")


_COLUMNS: tuple[Column[TemplateRow], ...] = (
    Column(N_("Name"), lambda t: current().isolate(t.name), strong=True),
    Column(N_("Label"), lambda t: current().isolate(t.label), hidden=True),
    Column(N_("Journal"), lambda t: t.journal_named(current().language), width=160),
    Column(N_("Branch"), lambda t: t.branch, width=64),
    Column(N_("Falls due"), _interval, width=140),
    Column(
        N_("Next on"),
        lambda t: current().date(t.next_on) if t.next_on else "",
        width=110,
        value=lambda t: t.next_on,
    ),
    Column(
        N_("Total"),
        lambda t: current().amount(t.total, t.currency),
        RIGHT,
        width=120,
        value=lambda t: t.total,
    ),
    Column(
        N_("State"),
        _state,
        width=110,
        tone=lambda t: "warn" if t.is_due(wall_clock.today()) else "ok" if t.is_active else "",
    ),
)


class TemplateListPage(ListPage[TemplateRow]):
    """The list; what is due stands on top and is posted by a person, each on its day."""

    title: ClassVar[str] = N_("Templates and recurring entries")
    hint: ClassVar[str] = N_("Name")
    chips: ClassVar[tuple[Chip, ...]] = (Chip("due", N_("Due")),)
    columns: ClassVar[tuple[Column[Any], ...]] = _COLUMNS

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self.table.empty.tell(
            N_("No templates. Keep what you enter again and again: rent, wages, subscriptions.")
        )
        if backend.user.may(Permission.POST_ENTRIES):
            new = N_("New template")
            self.set_primary(new, lambda: self.opens.emit("accounting.template", None))
            self.add_action(N_("Post what is due"), self._on_due, icon="check-all")
            self.add_bulk_action(N_("Post what is due of these"), self._on_some, icon="check")
            self.add_row_action(N_("Use for an entry"), self._on_use)

    @override
    async def load(self, query: Query, after: TemplateRow | None) -> Sequence[TemplateRow]:
        if after is not None:
            return ()
        wanted, only_due = query.text.lower(), query.has("due")
        return [
            row
            for row in await self.backend.ask(list_templates)
            if wanted in f"{row.name} {row.label}".lower()
            and (not only_due or row.is_due(wall_clock.today()))
        ]

    @override
    def on_open(self, row: TemplateRow) -> None:
        self.opens.emit("accounting.template", f"template:{row.id}")

    async def post_due(self, rows: Sequence[TemplateRow]) -> None:
        """Post each that is due on its own day; say which could not be, and why."""
        numbers, faults = [], []
        for row in rows:
            if not row.is_due(wall_clock.today()) or row.next_on is None:
                continue
            payload = {"template_id": str(row.id), "due": row.next_on.isoformat()}
            try:
                answer = await self.backend.execute(POST_DUE, payload)
            except UserError as error:
                faults.append(f"{row.name}: {error}")
            else:
                numbers.append(str(answer.result["number"]))
        self._say(numbers, faults)
        self.refresh()

    def _say(self, numbers: list[str], faults: list[str]) -> None:
        done = count("{n} entry posted.", "{n} entries posted.", len(numbers))
        if faults:
            self.say(f"{done} {faults[0]}", "warn", details="\n".join(faults))
        elif numbers:
            self.say(done, details="\n".join(numbers))
        else:
            self.say(_("Nothing is due today."))

    def _on_due(self) -> None:
        self.start_once(self.post_due, list(self.model.rows))

    def _on_some(self, rows: list[TemplateRow]) -> None:
        self.start_once(self.post_due, rows)

    def _on_use(self, row: TemplateRow) -> None:
        self.opens.emit("accounting.entry", f"template:{row.id}")
