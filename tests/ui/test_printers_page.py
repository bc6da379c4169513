"""The printers' page: a choice holds, a test print comes out, what failed is printed again."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from erp_desktop.documents.outlets import Outlet, choose_outlet, outlet_of, spool_of
from erp_desktop.ui import language
from erp_desktop.ui.pages import PRINTERS
from erp_desktop.ui.printers_form import OutletForm
from erp_desktop.ui.printers_page import PrintersPage
from erp_desktop.workstation.workstation import Workstation
from tests.documents.stations import open_station
from tests.fakes import FakeBackend

pytestmark = pytest.mark.usefixtures("loop")


@pytest.fixture
def station(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workstation]:
    monkeypatch.setenv("PATH", str(tmp_path / "no programs"))
    with open_station(tmp_path / "station") as opened:
        for kind in ("receipt", "a4", "label"):
            choose_outlet(opened, kind, Outlet("folder", str(tmp_path / kind)))
        yield opened


@pytest.fixture
def page(station: Workstation, qtbot: QtBot) -> PrintersPage:
    backend: Any = FakeBackend()
    backend.workstation = station
    made = PrintersPage(backend)
    qtbot.addWidget(made)
    made.resize(1180, 700)
    made.show()
    qtbot.waitUntil(lambda: made.cards[0].form.way.read() == "folder")
    return made


def choose(form: OutletForm, way: str, place: str) -> None:
    """Choose as a user does."""
    box, field = form.way.editor, form.place.editor
    assert isinstance(box, QComboBox)
    assert isinstance(field, QLineEdit)
    form.way.show_value(way)
    box.activated.emit(box.currentIndex())
    field.setText(place)
    field.textEdited.emit(place)


def test_what_is_chosen_and_saved_holds(
    page: PrintersPage, station: Workstation, qtbot: QtBot
) -> None:
    receipts = page.cards[0].form
    choose(receipts, "network", "192.168.1.50:9100")
    receipts.drawer.show_value(value=True)
    receipts.roll.show_value(58)
    assert page.unsaved() == "Printers"

    page._on_save()

    expected = Outlet("network", "192.168.1.50:9100", width_mm=58, has_drawer=True)
    qtbot.waitUntil(lambda: outlet_of(station, "receipt") == expected)
    qtbot.waitUntil(lambda: not page.unsaved())
    assert "test print" in page.notices.bar.text


def test_a_place_that_nobody_finds_is_refused_and_nothing_is_lost(
    page: PrintersPage, station: Workstation, qtbot: QtBot
) -> None:
    choose(page.cards[0].form, "network", "the printer")

    page._on_save()

    qtbot.waitUntil(lambda: "Fill in “Address”" in page.notices.bar.text)
    assert page.cards[0].form.place.read() == "the printer"
    assert outlet_of(station, "receipt").way == "folder"


def test_a_form_shows_what_its_choice_needs(page: PrintersPage) -> None:
    receipts, papers = page.cards[0].form, page.cards[1].form

    choose(receipts, "none", "")
    assert not receipts.place.isVisible()
    choose(receipts, "device", "/dev/usb/lp0")
    assert receipts.place.caption.text() == "Device file"
    assert receipts.drawer.isVisible()
    assert not papers.drawer.isVisible()
    assert not papers.roll.isVisible()


@pytest.mark.parametrize("kind", ["receipt", "a4", "label"])
def test_a_test_print_comes_out(
    page: PrintersPage, tmp_path: Path, qtbot: QtBot, kind: Any
) -> None:
    page._on_test(kind)

    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    [paper] = (tmp_path / kind).iterdir()
    assert paper.read_bytes().startswith(b"%PDF")
    assert page.notices.bar.text == "The test print is on its way."


def test_what_failed_stands_in_the_queue_and_is_printed_again(
    page: PrintersPage, station: Workstation, tmp_path: Path, qtbot: QtBot
) -> None:
    choose_outlet(station, "receipt", Outlet("device", str(tmp_path / "unplugged")))
    page._on_test("receipt")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    assert page.header.chip.text() == "1 not printed"
    assert "was not printed" in page.notices.bar.text

    choose_outlet(station, "receipt", Outlet("folder", str(tmp_path / "paper")))
    page.table.select_row(0)
    assert page.again.isEnabled()
    page.again.click()

    qtbot.waitUntil((tmp_path / "paper").exists)
    qtbot.waitUntil(lambda: page.model.rows[0].state == "printed")
    assert not page.aside.isEnabled()


def test_what_nobody_needs_is_set_aside(
    page: PrintersPage, station: Workstation, tmp_path: Path, qtbot: QtBot
) -> None:
    choose_outlet(station, "receipt", Outlet("device", str(tmp_path / "unplugged")))
    page._on_test("receipt")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)

    page.table.select_row(0)
    page.aside.click()

    qtbot.waitUntil(lambda: page.model.rows[0].state == "printed")
    assert spool_of(station).jobs("failed") == []


def test_the_page_follows_the_language(page: PrintersPage) -> None:
    language.use("fr")
    choose(page.cards[0].form, "network", "")

    assert page.cards[0].form.place.caption.text() == "Adresse"
    language.use("en")


def test_the_shell_opens_it(shell: Any) -> None:
    assert isinstance(shell.open_page(PRINTERS), PrintersPage)
