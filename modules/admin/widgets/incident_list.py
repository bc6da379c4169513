"""Incidents: what was sent to the gate and cannot be genuine. It had no effect."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from erp_desktop.core.administration.selectors import PAGE_SIZE, IncidentRow, list_incidents
from erp_desktop.core.errors import from_code
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.facts import Fact, Facts, scrolled, wrapped
from erp_desktop.ui.filters import Query
from erp_desktop.ui.follow import follow
from erp_desktop.ui.list_page import ListPage
from erp_desktop.ui.parts import column, label
from erp_desktop.ui.tables import Column
from modules.admin.widgets.parts import moment
from modules.admin.widgets.readable import facts_of

_LOGIN = ("login", "user", "utilisateur", "مستخدم", "المستخدم")


class IncidentListPresenter:
    """What the list of incidents does, told without a widget."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    async def load(self, query: Query, after: IncidentRow | None) -> list[IncidentRow]:
        """Return the incidents that `query` asks for, below the row `after`."""
        login = query.value(*_LOGIN) or query.text
        return await self._backend.ask(list_incidents, login=login, after=after)


def reason_of(incident: IncidentRow) -> str:
    """Say why it cannot be genuine."""
    return from_code(incident.code, {}).sentence()


def body_of(incident: IncidentRow) -> Mapping[str, Any]:
    """Return what was sent, as far as it can be read."""
    try:
        body = json.loads(incident.envelope["body"])
    except (KeyError, TypeError, ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}


class IncidentListPage(ListPage[IncidentRow]):
    """The presenter's hands and face."""

    title = N_("Incidents")
    hint = N_("Login that sent it")
    page_size = PAGE_SIZE
    columns: ClassVar[tuple[Column[Any], ...]] = (
        Column(N_("When"), lambda i: moment(i.at), width=150),
        Column(N_("Login"), lambda i: current().isolate(i.login), width=130),
        Column(
            N_("Command"), lambda i: current().isolate(str(body_of(i).get("name", ""))), width=150
        ),
        Column(N_("Why it was turned away"), reason_of),
    )

    def __init__(self, backend: Backend) -> None:
        self._presenter = IncidentListPresenter(backend)
        super().__init__(backend)
        self.at_side = IncidentPreview()
        self.set_preview(self.at_side, width=380)
        nothing = N_("No incident. What is altered or sent in another name is kept here.")
        self.table.empty.tell(nothing, icon="shield-check-outline")

    @override
    async def load(self, query: Query, after: IncidentRow | None) -> Sequence[IncidentRow]:
        return await self._presenter.load(query, after)

    @override
    def preview(self, row: IncidentRow) -> None:
        self.at_side.show_incident(row)


class IncidentPreview(QWidget):
    """An incident at the side of the list: all that was sent."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: IncidentRow | None = None
        self._why = wrapped("strong")
        self._facts, self._sent = Facts(), Facts()
        inside = QWidget()
        said = label(N_("What was sent"), "caption")
        inside.setLayout(column(self._why, self._facts, said, self._sent, None))
        self.setLayout(column(scrolled(inside)))
        follow(self, self._show)

    def show_incident(self, incident: IncidentRow) -> None:
        """Show an incident instead of the one before."""
        self._shown = incident
        self._show()

    def _show(self) -> None:
        incident = self._shown
        if incident is None:
            return
        self._why.setText(reason_of(incident))
        self._facts.show_facts(
            [
                (_("When"), moment(incident.at)),
                (_("Login"), current().isolate(incident.login)),
                (_("Code"), current().isolate(incident.code)),
            ]
        )
        self._sent.show_facts(_sent(incident))


def _sent(incident: IncidentRow) -> list[Fact]:
    """Return the body if it can be read, else the envelope as it came."""
    body = dict(body_of(incident) or incident.envelope)
    payload = body.pop("payload", {})
    return [*facts_of(body), *facts_of(payload if isinstance(payload, dict) else {})]
