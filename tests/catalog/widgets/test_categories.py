"""The page of categories on a real PostgreSQL: add, name, move and give up."""

from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from erp_desktop.core.commands import uuid7
from erp_desktop.ui import language
from modules.catalog.selectors import CategoryRow, list_categories
from modules.catalog.services import CategoryDraft, save_category
from modules.catalog.widgets.categories import CategoriesPage
from tests.catalog.widgets.conftest import CountingBackend, Open
from tests.houses import Ask, House

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("desk")]


@pytest.fixture
def tree(ask: Ask) -> dict[str, UUID]:
    """Drinks with juices below, and sweets."""
    ids = {name: uuid7() for name in ("drinks", "juices", "sweets")}
    ask(save_category, ids["drinks"], CategoryDraft(None, "DRI", "Boissons", "مشروبات"))
    ask(save_category, ids["juices"], CategoryDraft(ids["drinks"], "JUI", "Jus", "عصائر"))
    ask(save_category, ids["sweets"], CategoryDraft(None, "SWE", "Confiserie", "حلويات"))
    return ids


@pytest.fixture
def page(
    backend: CountingBackend, opened: Open, tree: dict[str, UUID], qtbot: QtBot
) -> CategoriesPage:
    made: CategoriesPage = opened(CategoriesPage(backend))
    qtbot.waitUntil(lambda: len(made._categories) == len(tree))
    return made


def test_without_categories_the_page_offers_the_first(
    backend: CountingBackend, opened: Open, qtbot: QtBot
) -> None:
    made: CategoriesPage = opened(CategoriesPage(backend))

    qtbot.waitUntil(made.tree.empty.isVisible)

    (step,) = made.tree.empty.findChildren(QPushButton)
    step.click()

    assert made.side.isVisible()


def by_code(ask: Ask, code: str) -> CategoryRow:
    found: list[CategoryRow] = ask(list_categories)
    return next(each for each in found if each.code == code)


def shown(page: CategoriesPage, parent: QModelIndex | None = None) -> list[Any]:
    """What the tree says, each with what is below it."""
    model, at = page.tree.model(), parent or QModelIndex()
    return [
        (model.data(index), shown(page, index)) if model.rowCount(index) else model.data(index)
        for index in (model.index(place, 0, at) for place in range(model.rowCount(at)))
    ]


def type_name(page: CategoriesPage, name: str) -> None:
    line: Any = page.side.form.fields["name"].editor
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, name)


def error_of(page: CategoriesPage, name: str) -> str:
    """What is said beneath a field."""
    return page.side.form.fields[name]._error.text()


def save(page: CategoriesPage, qtbot: QtBot) -> None:
    page.side.save_now()
    qtbot.waitUntil(lambda: not page.is_busy(page._presenter.save))


def test_the_tree_is_shown_in_the_users_language(page: CategoriesPage) -> None:
    assert shown(page) == [("Boissons", ["Jus"]), "Confiserie"]

    language.use("ar")

    assert shown(page) == ["حلويات", ("مشروبات", ["عصائر"])]
    assert page.header.summary == "3 فئات"


def test_a_new_one_begins_below_the_current_and_gets_the_next_code(
    page: CategoriesPage, qtbot: QtBot, ask: Ask, tree: dict[str, UUID], backend: CountingBackend
) -> None:
    page.tree.choose(tree["drinks"])
    page.begin_new()
    type_name(page, "Eaux")
    backend.trips.clear()

    save(page, qtbot)

    made = by_code(ask, "CAT-0001")
    assert (made.name, made.parent_id) == ("Eaux", tree["drinks"])
    assert shown(page) == [("Boissons", ["Eaux", "Jus"]), "Confiserie"]
    assert page.side.shown == made
    assert backend.trips == ["save_category", "list_categories"]


def test_one_gets_another_name(
    page: CategoriesPage, qtbot: QtBot, ask: Ask, tree: dict[str, UUID]
) -> None:
    page.tree.choose(tree["juices"])
    type_name(page, "Jus de fruits")

    save(page, qtbot)

    assert by_code(ask, "JUI").name == "Jus de fruits"
    assert page.notices.bar.text == "Jus de fruits is saved."
    assert page.unsaved() == ""


def test_one_is_moved_by_the_mouse_and_to_the_top(
    page: CategoriesPage, qtbot: QtBot, ask: Ask, tree: dict[str, UUID]
) -> None:
    page.tree.choose(tree["juices"])
    page.tree.move_to(page.tree._index(tree["sweets"], QModelIndex()))
    qtbot.waitUntil(lambda: shown(page) == ["Boissons", ("Confiserie", ["Jus"])])
    assert by_code(ask, "JUI").parent_id == tree["sweets"]

    page.tree.move_to(QModelIndex())

    qtbot.waitUntil(lambda: shown(page) == ["Boissons", "Confiserie", "Jus"])
    assert by_code(ask, "JUI").parent_id is None


def test_what_would_make_a_circle_is_refused_with_the_cure(
    page: CategoriesPage, qtbot: QtBot, tree: dict[str, UUID]
) -> None:
    page.tree.choose(tree["drinks"])
    page.tree.move_to(page.tree._index(tree["juices"], QModelIndex()))

    qtbot.waitUntil(lambda: bool(error_of(page, "parent_id")))
    assert error_of(page, "parent_id") == (
        "Boissons cannot be below itself. Choose a category that is not in it."
    )
    assert shown(page) == [("Boissons", ["Jus"]), "Confiserie"]


def test_the_form_offers_no_place_below_itself(page: CategoriesPage, tree: dict[str, UUID]) -> None:
    page.tree.choose(tree["drinks"])

    editor: Any = page.side.form.fields["parent_id"].editor
    assert [editor.itemText(n) for n in range(editor.count())] == ["— at the top —", "Confiserie"]


def test_one_is_given_up_only_when_nothing_below_it_is_used(
    page: CategoriesPage, qtbot: QtBot, ask: Ask, tree: dict[str, UUID]
) -> None:
    give_up(page, qtbot, tree["drinks"])
    assert error_of(page, "is_active") == (
        "Jus is below it and still used. Move it elsewhere or give it up first."
    )
    page._on_back()

    give_up(page, qtbot, tree["juices"])
    give_up(page, qtbot, tree["drinks"])

    assert not by_code(ask, "JUI").is_active
    assert not by_code(ask, "DRI").is_active
    assert shown(page) == ["Confiserie", ("Boissons", ["Jus"])]


def give_up(page: CategoriesPage, qtbot: QtBot, category: UUID) -> None:
    page.tree.choose(category)
    editor: Any = page.side.form.fields["is_active"].editor
    editor.click()
    save(page, qtbot)


def test_a_code_that_is_taken_is_refused_at_its_field(
    page: CategoriesPage, qtbot: QtBot, tree: dict[str, UUID]
) -> None:
    page.tree.choose(tree["juices"])
    code: Any = page.side.form.fields["code"]
    code.editor.setFocus()
    code.editor.selectAll()
    QTest.keyClicks(code.editor, "SWE")

    save(page, qtbot)

    assert error_of(page, "code") == "Another category has this code. Type another one."
    assert page.unsaved() == "Jus"


def test_what_is_typed_is_lost_neither_by_choosing_another_nor_by_a_crash(
    page: CategoriesPage, opened: Open, qtbot: QtBot, tree: dict[str, UUID]
) -> None:
    page.tree.choose(tree["juices"])
    type_name(page, "Nectars")
    page.tree.choose(tree["sweets"])
    assert "Save first" in page.notices.bar.text
    assert page.side.shown is not None
    assert page.side.shown.id == tree["juices"]

    again: CategoriesPage = CategoriesPage(page.backend)
    again.restore(page.state())
    opened(again)

    qtbot.waitUntil(again.isVisible)
    qtbot.waitUntil(lambda: again.unsaved() == "Jus")
    line: Any = again.side.form.fields["name"]
    assert line.read() == "Nectars"
    QTest.keyClick(again.tree, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not again.unsaved())


def test_who_may_only_look_changes_nothing(
    door: Any, opened: Open, qtbot: QtBot, tree: dict[str, UUID]
) -> None:
    page: CategoriesPage = opened(CategoriesPage(door("amina")))
    qtbot.waitUntil(lambda: len(page._categories) == len(tree))
    page.tree.choose(tree["juices"])

    assert not page.side.form.isEnabled()
    assert not [each for each in page.header.findChildren(QPushButton) if each.isVisible()]
    assert page.tree.dragDropMode() == page.tree.DragDropMode.NoDragDrop


def test_the_audit_log_says_who_moved_a_category(
    page: CategoriesPage, qtbot: QtBot, house: House, tree: dict[str, UUID]
) -> None:
    page.tree.choose(tree["juices"])
    page.tree.move_to(QModelIndex())
    qtbot.waitUntil(lambda: shown(page) == ["Boissons", "Confiserie", "Jus"])

    who = house.value(
        "select login || ' ' || (old ->> 'parent_id') from core.audit"
        " where relation = 'catalog.categories' and operation = 'UPDATE'"
    )
    assert who == f"nadia {tree['drinks']}"
