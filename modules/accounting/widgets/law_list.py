"""The rules of the country: taxes and other values of the law, each with its days and source."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from erp_desktop.core import wall_clock
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.core.search import fold
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.filters import Chip, Query
from erp_desktop.ui.follow import follow
from erp_desktop.ui.list_page import ListPage
from erp_desktop.ui.parts import chip, column, label, row
from erp_desktop.ui.tables import Column
from modules.accounting.permissions import Permission
from modules.accounting.selectors import LawRow, list_laws
from modules.accounting.widgets.law_words import KINDS, value_words

FORM, TAX_FORM = "accounting.law_value", "accounting.tax"


def kind_of(rule: LawRow) -> str:
    """Return what kind of rule it is, in words."""
    return _(KINDS.get(rule.kind, rule.kind))


def key_of(rule: LawRow) -> str:
    """Return what the form of a rule is opened with."""
    return f"{rule.kind}/{rule.code}/{rule.valid_from.isoformat()}"


_COLUMNS: tuple[Column[LawRow], ...] = (
    Column(N_("Kind"), kind_of, width=136),
    Column(N_("Code"), lambda r: current().isolate(r.code), width=84, strong=True),
    Column(N_("Value"), lambda r: value_words(r.kind, r.value)),
    Column(
        N_("Valid from"),
        lambda r: current().date(r.valid_from),
        width=92,
        value=lambda r: r.valid_from,
    ),
    Column(
        N_("Valid to"),
        lambda r: current().date(r.valid_to) if r.valid_to else "",
        width=92,
        value=lambda r: r.valid_to,
    ),
    Column(N_("Legal source"), lambda r: current().isolate(r.legal_ref)),
    Column(
        N_("Doubt"),
        lambda r: _("Doubtful") if r.doubt else "",
        width=104,
        tone=lambda r: "warn" if r.doubt else "",
    ),
)


def chosen(rules: Sequence[LawRow], query: Query, today: date) -> list[LawRow]:
    """Return the rules that a filter means; there are few, so it is done here."""
    words = fold(query.text).split()
    order = list(KINDS)
    found = [
        rule
        for rule in rules
        if (not query.has("current") or rule.holds_on(today))
        and (not query.has("doubtful") or rule.doubt)
        and all(word in _searched(rule) for word in words)
    ]
    return sorted(found, key=lambda rule: order.index(rule.kind) if rule.kind in order else 99)


def _searched(rule: LawRow) -> str:
    parts = (rule.code, rule.name, rule.name_ar, rule.legal_ref, kind_of(rule))
    return fold(" ".join((*parts, value_words(rule.kind, rule.value))))


class LawListPage(ListPage[LawRow]):
    """The list; opening a rule shows its form, from which a new value is dated."""

    title: ClassVar[str] = N_("Country rules")
    hint: ClassVar[str] = N_("Code, name, source or value")
    columns: ClassVar[tuple[Column[Any], ...]] = _COLUMNS
    chips: ClassVar[tuple[Chip, ...]] = (
        Chip("current", N_("In force today"), is_pressed=True),
        Chip("doubtful", N_("Doubtful")),
    )
    page_size: ClassVar[int] = 10_000

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self._detail = LawDetail()
        self.set_preview(self._detail, width=300)
        self.add_row_action(N_("Open"), self.on_open)
        if backend.user.may(Permission.EDIT_LAW):
            self.set_primary(N_("New rule"), lambda: self.opens.emit(FORM, "new"))
            self.add_action(N_("New tax"), lambda: self.opens.emit(TAX_FORM, ""), icon="plus")
            self.add_row_action(N_("New value from a day"), self._on_new_value)
            self.add_row_action(N_("Name and base of the tax"), self._on_tax)
        self.table.empty.tell(N_("No rule means this. Release the filters to see all of them."))

    @override
    async def load(self, query: Query, after: LawRow | None) -> Sequence[LawRow]:
        rules = await self.backend.ask(list_laws)
        return [] if after else chosen(rules, query, wall_clock.today())

    @override
    def on_open(self, row: LawRow) -> None:
        self.opens.emit(FORM, key_of(row))

    @override
    def preview(self, row: LawRow) -> None:
        self._detail.show_rule(row)

    def _on_new_value(self, rule: LawRow) -> None:
        self.opens.emit(FORM, f"new/{key_of(rule)}")

    def _on_tax(self, rule: LawRow) -> None:
        if rule.kind == "tax":
            self.opens.emit(TAX_FORM, rule.code)


class LawDetail(QWidget):
    """One rule at the side: all of its words, its source, and what is doubtful about it."""

    def __init__(self) -> None:
        super().__init__()
        self._code, self._state = label(look="heading"), chip(tone="ok")
        self._kind, self._value = label(look="muted"), label()
        self._days, self._source = label(look="muted"), label()
        self._doubt = chip(tone="warn")
        for words in (self._value, self._source, self._doubt):
            words.setWordWrap(True)
        caption = label(N_("Legal source"), "caption")
        parts = (self._kind, self._value, self._days, caption, self._source, self._doubt, None)
        self.setLayout(column(row(self._code, None, self._state), *parts))
        self._rule: LawRow | None = None
        follow(self, self._word)

    def show_rule(self, rule: LawRow) -> None:
        """Show a rule."""
        self._rule = rule
        self._word()

    def _word(self) -> None:
        rule, words = self._rule, current()
        if rule is None:
            return
        self._code.setText(words.isolate(rule.code))
        name = rule.named(words.language)
        self._kind.setText(" · ".join(filter(None, (kind_of(rule), name))))
        self._value.setText(value_words(rule.kind, rule.value))
        since = words.date(rule.valid_from)
        until = words.date(rule.valid_to) if rule.valid_to else "…"
        self._days.setText(words.isolate(f"{since} – {until}"))
        is_current = rule.holds_on(wall_clock.today())
        self._state.setText(_("In force today") if is_current else "")
        self._state.setVisible(is_current)
        self._source.setText(rule.legal_ref)
        self._doubt.setText(rule.doubt)
        self._doubt.setVisible(bool(rule.doubt))
