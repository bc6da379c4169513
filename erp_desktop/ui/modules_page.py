"""The modules of this program, which work and which failed, each failure with its log."""

from dataclasses import dataclass

from PySide6.QtGui import QGuiApplication
from typing_extensions import override

from erp_desktop.core.i18n import N_, _, count, current
from erp_desktop.plugins.failures import FailedModule
from erp_desktop.plugins.modules import Modules
from erp_desktop.ui import theme
from erp_desktop.ui.follow import follow
from erp_desktop.ui.header import Header
from erp_desktop.ui.page import Page
from erp_desktop.ui.parts import button, card, column, label, row
from erp_desktop.ui.table_view import TableView
from erp_desktop.ui.tables import Column, TableModel


@dataclass(frozen=True, slots=True)
class ModuleRow:
    """One module, with its last failure if it has one."""

    id: str
    title: str
    version: str
    pages: int
    failure: FailedModule | None
    is_lost: bool


def module_rows(modules: Modules) -> list[ModuleRow]:
    """Return every module, those that failed first."""
    last = {failure.module: failure for failure in modules.failed}
    lost = set(modules.lost())
    known = {manifest.id: manifest for manifest in modules.manifests}
    rows = [
        ModuleRow(
            identity,
            known[identity].title if identity in known else identity,
            known[identity].version if identity in known else "",
            len(known[identity].pages) if identity in known else 0,
            last.get(identity),
            identity in lost,
        )
        for identity in dict.fromkeys([*lost, *known, *last])
    ]
    return sorted(rows, key=lambda each: each.failure is None)


def _state(each: ModuleRow) -> str:
    if each.is_lost:
        return _("failed")
    return _("had a fault") if each.failure else _("works")


COLUMNS: tuple[Column[ModuleRow], ...] = (
    Column(N_("Module"), lambda each: _(each.title), strong=True),
    Column(N_("Version"), lambda each: current().isolate(each.version), width=100),
    Column(N_("Pages"), lambda each: count("{n} page", "{n} pages", each.pages), width=110),
    Column(
        N_("State"),
        _state,
        width=150,
        tone=lambda each: "bad" if each.is_lost else "warn" if each.failure else "ok",
    ),
)


class ModulesPage(Page):
    """Lists the modules; the side shows what went wrong and lets it be copied."""

    def __init__(self, modules: Modules) -> None:
        super().__init__()
        self._modules = modules
        self._model = TableModel(COLUMNS, self)
        self.table = TableView(self._model)
        self._header = Header(N_("Modules"))
        self._sentence = label()
        self._sentence.setWordWrap(True)
        self._doing = label(look="muted")
        self._copy = button(N_("Copy details"), self._on_copy, icon="content-copy")
        side = card(self._sentence, self._doing, row(self._copy, None), None)
        side.setFixedWidth(340)
        body = row(card(self.table, margins=0), side, spacing=theme.SPACE_M)
        self.setLayout(column(self._header, self.notices, body, margins=theme.SPACE_L))
        self.table.chosen.connect(self._on_chosen)
        self._end = modules.on_failure(lambda _failure: self.refresh())
        follow(self, self.refresh)

    def refresh(self) -> None:
        """Show the modules as they are now."""
        rows = module_rows(self._modules)
        self._model.show_rows(rows)
        failed = sum(each.failure is not None for each in rows)
        self._header.show_state(
            count("{n} with a fault", "{n} with faults", failed) if failed else "", "warn"
        )
        self.table.select_row(0)

    def choose(self, module: str) -> None:
        """Show one module's log."""
        ids = [row.id for row in self._model.rows]
        if module in ids:
            self.table.select_row(ids.index(module))

    @override
    def open(self, argument: object) -> None:
        if isinstance(argument, str):
            self.choose(argument)

    @override
    def stop(self) -> None:
        self._end()
        super().stop()

    def _on_chosen(self, each: ModuleRow | None) -> None:
        failure = each.failure if each else None
        self._copy.setVisible(failure is not None)
        if failure is None:
            self._sentence.setText(_("No fault is known.") if each else "")
            self._doing.clear()
            return
        self._sentence.setText(failure.sentence)
        moment = f" · {current().moment(failure.at)}" if failure.at else ""
        self._doing.setText(f"{failure.doing}{moment}")

    def _on_copy(self) -> None:
        each = self.table.current_row()
        log = [f.details for f in self._modules.failed if each and f.module == each.id]
        QGuiApplication.clipboard().setText("\n\n".join(log))
        self.say(_("Copied."))
