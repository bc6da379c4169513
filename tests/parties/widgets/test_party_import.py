"""The import of partners: opened from a list, it knows whom it is about."""

from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from erp_desktop.imports.checking import check_table
from erp_desktop.imports.writing import ImportReport
from erp_desktop.ui import language
from modules.parties.imports.dry_run import dry_run, get_party_kind
from modules.parties.imports.parties import PartyKind
from modules.parties.services import import_parties
from modules.parties.widgets.party_import import PartyImportPage
from tests.fakes import FakeBackend
from tests.parties.people import SHEET

pytestmark = pytest.mark.usefixtures("desk")

DATA = Path(__file__).parents[1] / "data"


def dry(table: Any, options: Any, kind: Any) -> Any:
    """Check a file where nobody is known yet."""
    return check_table(table, options, kind, lambda _codes, _numbers: (frozenset(), {}))


@pytest.fixture
def page(qtbot: QtBot) -> Any:
    door: Any = FakeBackend(
        {
            get_party_kind: PartyKind(SHEET, may_set_credit=True),
            dry_run: dry,
            import_parties: ImportReport(40, 0),
        }
    )
    made = PartyImportPage(door)
    qtbot.addWidget(made, before_close_func=lambda closing: closing.stop())
    made.resize(1100, 700)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_suppliers_are_imported_from_their_list(qtbot: QtBot, page: Any) -> None:
    page.open("supplier")
    page.open_file(DATA / "manufacturers.csv")
    qtbot.waitUntil(lambda: page._is_read)
    assert page.board.mapping.columns() == ("name", "region", "city", "", "")
    assert page.board.options.read(()).defaults == {"kind": "supplier"}

    page.go_on()
    qtbot.waitUntil(lambda: page._header.primary.text() == "Import 40 partners")
    qtbot.waitUntil(lambda: not page.is_busy(page._presenter.check))
    assert all(draft.is_supplier for draft in page._plan.drafts)
    page.go_on()
    qtbot.waitUntil(lambda: page._header.primary.text() == "Show the partners")

    with qtbot.waitSignal(page.opens) as opened:
        page.go_on()
    assert opened.args[0] == "parties.suppliers"


def test_choices_are_worded_in_the_language_of_now(qtbot: QtBot, page: Any) -> None:
    page.open_file(DATA / "manufacturers.csv")
    qtbot.waitUntil(lambda: page._is_read)

    language.use("ar")

    fields = page.board.options.form.fields
    assert "30 يوما" in [words for _code, words in fields["terms"]._choices]
    assert page.board.options.read(()).defaults == {"kind": "customer"}
