"""The parties' pages: wired to their presenters, in three languages."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from erp_desktop.core.commands import uuid7
from erp_desktop.ui import language
from modules.parties.errors import IdentifierTakenError
from modules.parties.permissions import Permission
from modules.parties.selectors import (
    DuplicatePair,
    SimilarParty,
    compare_parties,
    find_duplicates,
    find_similar,
    get_party,
    list_parties,
)
from modules.parties.services import merge_parties, save_party
from modules.parties.widgets.duplicates import DuplicatesPage
from modules.parties.widgets.party_form import CustomerFormPage, SupplierFormPage
from modules.parties.widgets.party_list import CustomerListPage, SupplierListPage
from tests.fakes import FakeBackend, make_user
from tests.parties.people import LAWS, SHEET, draft
from tests.parties.widgets.test_presenters import ATLAS, details, row, sheet

pytestmark = pytest.mark.usefixtures("desk")

EDITOR = make_user(*Permission)


def backend(answers: dict[Any, Any] | None = None, *permissions: str) -> Any:
    """A door that knows one party; pages know it as `Backend`."""
    known: dict[Any, Any] = {
        list_parties: [row()],
        get_party: sheet(details(receivable=Decimal(120))),
        save_party: 5,
        find_similar: [],
        **(answers or {}),
    }
    return FakeBackend(known, user=make_user(*permissions) if permissions else EDITOR)


def shown(qtbot: QtBot, page: Any) -> Any:
    qtbot.addWidget(page, before_close_func=lambda closing: closing.stop())
    page.resize(1140, 800)
    page.show()
    qtbot.waitExposed(page)
    return page


def name_of(page: Any) -> Any:
    """The line into which the name is typed."""
    return page._fields.name.editor


def words_of(page: Any) -> set[str]:
    """The words of every button that can be seen."""
    return {each.text() for each in page.findChildren(QPushButton) if each.isVisible()}


def test_a_list_shows_rows_and_previews_the_current_one(qtbot: QtBot) -> None:
    page = shown(qtbot, CustomerListPage(backend()))
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    page.table.select_row(0)
    qtbot.waitUntil(lambda: page._at_side.name.text() == "Atlas")

    language.use("ar")
    cells = {page.model.data(page.model.index(0, n)) for n in range(page.model.columnCount())}
    assert {"أطلس", "نشط"} <= cells
    assert page._at_side.name.text() == "أطلس"

    with qtbot.waitSignal(page.opens) as opened:
        page.on_open(page.model.row(page.model.index(0, 0)))
    assert opened.args[0] == "parties.customer"


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({}, "Active"),
        ({"balance": Decimal(501)}, "Over limit"),
        ({"credit_limit": None}, "Over limit"),
        ({"credit_limit": None, "balance": Decimal(0)}, "Active"),
        ({"is_customer": False, "balance": Decimal(9999)}, "Active"),
        ({"is_active": False, "balance": Decimal(501)}, "Inactive"),
    ],
)
def test_a_row_says_how_its_party_stands(qtbot: QtBot, values: dict[str, Any], state: str) -> None:
    page = shown(qtbot, SupplierListPage(backend({list_parties: [row(**values)]})))

    qtbot.waitUntil(lambda: page.model.rowCount() == 1)

    last = page.model.columnCount() - 1
    assert page.model.data(page.model.index(0, last)) == state


def test_who_may_only_look_is_offered_nothing_else(qtbot: QtBot) -> None:
    reader = backend({list_parties: []}, Permission.VIEW_PARTIES)

    page = shown(qtbot, CustomerListPage(reader))
    form = CustomerFormPage(reader)
    form.open(str(uuid7()))
    shown(qtbot, form)
    qtbot.waitUntil(lambda: form.header.title.text() == "Atlas")

    assert "New customer" not in words_of(page)
    assert "Merge…" not in words_of(form)
    assert not form.form.isEnabled()


def test_who_may_edit_but_not_give_credit_finds_the_limit_locked(qtbot: QtBot) -> None:
    page = shown(qtbot, CustomerFormPage(backend(None, Permission.EDIT_PARTIES)))

    assert page.form.isEnabled()
    assert not page._fields.credit_limit.isEnabled()


def test_one_or_two_chosen_rows_are_brought_to_the_duplicates(qtbot: QtBot) -> None:
    rows = [row("C-1"), row("C-2")]
    page = shown(qtbot, CustomerListPage(backend({list_parties: rows})))
    qtbot.waitUntil(lambda: page.model.rowCount() == 2)

    page.table.select_row(0)
    with qtbot.waitSignal(page.opens) as opened:
        page._on_merge(rows[0])
    assert opened.args == ["parties.duplicates", {"party": str(rows[0].id)}]
    page.table.selectAll()
    with qtbot.waitSignal(page.opens) as opened:
        page._on_merge(rows[0])
    assert opened.args[1] == {"pair": [str(each.id) for each in rows]}


def test_the_form_shows_a_party_and_saves_what_is_typed_into_its_tables(qtbot: QtBot) -> None:
    door = backend()
    page = CustomerFormPage(door)
    page.open(str(uuid7()))
    shown(qtbot, page)
    qtbot.waitUntil(lambda: page.header.title.text() == "Atlas")
    assert not page.form.is_changed
    assert page._fields.identifiers.fields["NIF"].read() == "000216001808337"

    contacts = page._fields.contacts
    contacts.add_line()
    QTest.keyClicks(contacts.table.findChildren(QLineEdit)[-1], "Samir")
    page._fields.addresses.add_line()
    page.save_now()

    qtbot.waitUntil(lambda: page.notices.bar.text == "Atlas is saved.")
    ((_id, saved), kw) = door.asked(save_party)[0]
    assert [each["name"] for each in saved.contacts] == ["Lina", "Samir"]
    assert saved.addresses == ATLAS.addresses  # the empty line is none
    assert (kw, saved.credit_limit) == ({"version": 4}, Decimal(500))
    assert not page.unsaved()
    language.use("ar")
    assert page.header.title.text() == "أطلس"


def test_lines_are_removed_and_what_was_typed_comes_back_after_a_crash(qtbot: QtBot) -> None:
    page = CustomerFormPage(backend())
    page.open(str(uuid7()))
    shown(qtbot, page)
    qtbot.waitUntil(lambda: page.header.title.text() == "Atlas")

    page._fields.contacts.table.setCurrentIndex(page._fields.contacts.model.index(0, 0))
    page._fields.contacts.remove_line()
    page._fields.addresses.model.setData(page._fields.addresses.model.index(0, 1), "1 rue Neuve")
    page.state()

    again = CustomerFormPage(page.backend)
    again.restore({"party": str(uuid7())})
    again._party_id = page._party_id
    door: Any = page.backend
    door.answers[get_party] = sheet(replace(details(), id=page._presenter._id))
    shown(qtbot, again)
    qtbot.waitUntil(lambda: "here again" in again.notices.bar.text)
    assert again._fields.contacts.read() == ()
    assert again._fields.addresses.read()[0]["street"] == "1 rue Neuve"


def test_an_identifier_is_judged_when_it_is_left_and_keeps_the_form_from_saving(
    qtbot: QtBot,
) -> None:
    door = backend({get_party: SHEET})
    page = shown(qtbot, CustomerFormPage(door))
    qtbot.waitUntil(lambda: "NIF" in page._fields.identifiers.fields)
    nif = page._fields.identifiers.fields["NIF"]
    name_of(page).setText("Atlas")

    nif.editor.setText("12345")
    nif.editor.editingFinished.emit()
    assert nif.error == "An NIF has 15 digits, or 20 for a branch."
    page.save_now()
    assert door.asked(save_party) == []

    nif.editor.setText("000 216 001 808 337")
    nif.editor.editingFinished.emit()
    assert (nif.error, nif.read()) == ("", "000216001808337")
    page._fields.identifiers.fields["AI"].show_value("1601")
    page._fields.identifiers.fields["AI"].edited()
    assert "not the usual pattern" in page._fields.identifiers.doubts
    page.save_now()
    qtbot.waitUntil(lambda: len(door.asked(save_party)) == 1)
    language.use("ar")
    assert nif.caption.text() == "ر.ت.ج"


def test_a_refusal_stands_under_the_identifiers(qtbot: QtBot) -> None:
    taken = IdentifierTakenError(field="identifiers", number="1", code="C-9", name="Nour")
    page = CustomerFormPage(backend({save_party: taken}))
    page.open(str(uuid7()))
    shown(qtbot, page)
    qtbot.waitUntil(lambda: page.header.title.text() == "Atlas")

    name_of(page).setText("Atlas 2")
    page.save_now()

    qtbot.waitUntil(lambda: "C-9 Nour" in page._fields.identifiers.error)


def test_another_country_has_other_identifiers_and_regions(qtbot: QtBot) -> None:
    page = CustomerFormPage(backend())
    page.open(str(uuid7()))
    shown(qtbot, page)
    qtbot.waitUntil(lambda: page.header.title.text() == "Atlas")
    fields = page._fields
    assert list(fields.identifiers.fields) == [law.code for law in LAWS["DZ"]]

    fields.country.show_value("MA")
    fields.country.edited()

    assert fields.identifiers.fields == {}
    assert fields.identifiers.read() == {"NIF": "000216001808337"}
    (line,) = fields.addresses.read()
    assert (line["country"], line["region"]) == ("MA", "")
    assert [code for code, _words in fields.addresses.model.choices["region"]] == ["", "01.051"]
    fields.country.show_value("DZ")
    fields.country.edited()
    assert fields.identifiers.fields["NIF"].read() == "000216001808337"


def test_who_looks_like_the_new_party_can_be_opened_instead(qtbot: QtBot) -> None:
    alike = SimilarParty(uuid7(), "C-9", "Atlas", "", "", is_active=True, score=Decimal(1))
    page = SupplierFormPage(backend({get_party: SHEET, find_similar: [alike]}))
    shown(qtbot, page)
    qtbot.waitUntil(lambda: page.form.is_changed is False and page._sheet is not None)
    assert page.header.title.text() == "New supplier"

    name_of(page).setText("Atlas")
    name_of(page).editingFinished.emit()
    qtbot.waitUntil(page._similar.isVisible)

    (entry,) = page._similar.findChildren(QPushButton)
    with qtbot.waitSignal(page.opens) as opened:
        QTest.mouseClick(entry, Qt.MouseButton.LeftButton)
    assert opened.args == ["parties.supplier", str(alike.id)]


def test_duplicates_are_compared_side_by_side_and_merged_after_asking_by_name(
    qtbot: QtBot,
) -> None:
    one, other = details(), details(draft("C-2", "Atlas Négoce", phone="0550"))
    pair = DuplicatePair(
        one.id, "C-1", "Atlas", "", "", other.id, "C-2", "Atlas Négoce", "", "", Decimal(1)
    )
    answers = {
        find_duplicates: [pair],
        compare_parties: (sheet(one), sheet(other)),
        merge_parties: None,
    }
    door = backend(answers)
    page = shown(qtbot, DuplicatesPage(door))
    qtbot.waitUntil(page.comparison.isVisible)
    assert ("Phone", "", "0550") in page.comparison.facts()

    page.comparison.keep[1].setChecked(True)
    page._on_merge()
    box = page.findChild(type(page.ask(other, one)))
    assert "Merge C-1 Atlas into C-2 Atlas Négoce?" in box.text()
    go = next(each for each in box.buttons() if each.text() == "Merge")
    go.click()

    qtbot.waitUntil(lambda: page.notices.bar.text == "C-1 Atlas is now C-2 Atlas Négoce.")
    assert door.asked(merge_parties) == [((other.id,), {"merged_id": one.id})]


def test_the_inactive_one_of_a_pair_is_not_proposed_to_keep(qtbot: QtBot) -> None:
    closed = details(draft("C-1", is_active=False))
    active = details(draft("C-2", "Atlas"))
    page = DuplicatesPage(backend({compare_parties: (sheet(closed), sheet(active))}))
    page.open({"pair": [str(closed.id), str(active.id)]})
    shown(qtbot, page)

    qtbot.waitUntil(page.comparison.isVisible)

    assert page.comparison.kept == active
    assert page.comparison.merged == closed
    assert "Show all duplicates" in words_of(page)
    assert page.state()["about"]["pair"][0] == str(closed.id)
