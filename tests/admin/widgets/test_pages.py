"""The administration's pages: wired to their presenters, in three languages."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from erp_desktop.core.administration.permissions import Permission
from erp_desktop.core.administration.selectors import (
    AuditRow,
    ChangeDetails,
    IncidentRow,
    get_change,
    get_command,
    get_user,
    list_changes,
    list_incidents,
    list_reviews,
    list_users,
    list_workstations,
)
from erp_desktop.core.administration.services import (
    Booking,
    book_again,
    disable_workstation,
    enable_user,
    resolve_review,
    save_user,
)
from erp_desktop.core.i18n import N_
from erp_desktop.core.refusals import LoginTakenError
from erp_desktop.ui import language, memory
from modules.admin.widgets.audit_list import AuditListPage
from modules.admin.widgets.enrol_form import EnrolPage
from modules.admin.widgets.incident_list import IncidentListPage
from modules.admin.widgets.review_list import ReviewListPage
from modules.admin.widgets.user_form import UserFormPage
from modules.admin.widgets.user_list import UserListPage
from modules.admin.widgets.workstation_list import WorkstationListPage
from tests.admin.widgets.test_presenters import AMINA, COMMAND, NOW, SHEET, SHORT, TILL, YES
from tests.fakes import FakeBackend, make_user

ADMIN = make_user(*Permission)
CHANGE = AuditRow(9, NOW, "root", "erp/ALG-01", "core.users", "k", "UPDATE", ["name"])
LIE = IncidentRow(1, NOW, "ws_alg_01", "core.altered", {"body": '{"name": "till.sell_v1"}'})


def backend(**more: Any) -> Any:
    """A door that knows one of each; pages know it as `Backend`."""
    answers: dict[Any, Any] = {
        list_users: [AMINA],
        get_user: SHEET,
        save_user: 5,
        enable_user: None,
        list_workstations: [TILL],
        disable_workstation: None,
        list_reviews: [replace(SHORT, is_parked=YES)],
        get_command: COMMAND,
        book_again: Booking(YES),
        resolve_review: None,
        list_changes: [CHANGE],
        get_change: ChangeDetails({"name": "A"}, {"name": "B"}),
        list_incidents: [LIE],
    }
    door: Any = FakeBackend(answers, user=more.get("user", ADMIN))
    door.enrol_here = more.get("enrol_here")
    return door


def shown(qtbot: QtBot, page: Any) -> Any:
    qtbot.addWidget(page, before_close_func=lambda closing: closing.stop())
    page.resize(1200, 700)
    page.show()
    qtbot.waitExposed(page)
    if hasattr(page, "table"):
        qtbot.waitUntil(lambda: page.model.rowCount() == 1)
        page.table.select_row(0)
    return page


def answer(box: QMessageBox, words: str) -> None:
    next(each for each in box.buttons() if each.text() == words).click()


@pytest.mark.usefixtures("desk")
def test_a_user_is_shut_out_after_a_question_that_names_them(qtbot: QtBot) -> None:
    door = backend()
    page = shown(qtbot, UserListPage(door))
    language.use("ar")
    assert page.at_side._name.text() == "أمينة"
    language.use("en")

    box = page.ask(AMINA)
    assert box.text().startswith("Disable Amina?")
    answer(box, "Disable")

    qtbot.waitUntil(lambda: bool(door.asked(enable_user)))
    qtbot.waitUntil(lambda: "Amina is disabled" in page.notices.bar.text)
    page.table.select_row(0)
    with qtbot.waitSignal(page.opens) as opened:
        page.at_side.edit.click()
    assert opened.args == ["admin.user", str(AMINA.id)]


@pytest.mark.usefixtures("desk")
def test_who_only_looks_is_offered_no_deed(qtbot: QtBot) -> None:
    reader = make_user(Permission.VIEW_USERS, Permission.VIEW_REVIEWS)

    users = shown(qtbot, UserListPage(backend(user=reader)))
    reviews = shown(qtbot, ReviewListPage(backend(user=reader)))
    form = UserFormPage(backend(user=reader))
    qtbot.addWidget(form)

    qtbot.waitUntil(lambda: reviews.at_side._what.text() == "ALG-01 / 5")
    assert not users.at_side.switch.isVisible()
    assert not reviews.at_side.book.isVisible()
    assert not form.form.isEnabled()


@pytest.mark.usefixtures("desk")
def test_the_form_keeps_a_user_and_never_the_password(qtbot: QtBot) -> None:
    door = backend()
    page = UserFormPage(door)
    page.open(str(AMINA.id))
    shown(qtbot, page)
    qtbot.waitUntil(lambda: page.header.title.text() == "Amina")
    assert not page._login.isEnabled()

    page._password.show_value("Zitouna-7")
    page._password.edited()
    page.state()
    drafts = memory.current().drafts
    assert "password" not in (drafts.load(f"admin.user/{AMINA.id}") or {})
    assert page.unsaved()
    page.save_now()

    qtbot.waitUntil(lambda: page.notices.bar.text.startswith("Amina is saved"))
    ((args, kw),) = door.asked(save_user)
    assert (args[1].password, args[1].roles, kw) == ("Zitouna-7", ("cashier",), {"version": 4})
    assert page._password.read() == ""
    assert not page.unsaved()


@pytest.mark.usefixtures("desk")
def test_how_far_a_user_may_go_alone_is_typed_as_amounts(qtbot: QtBot) -> None:
    door = backend()
    door.limits = {"till.discount": N_("Highest discount"), "till.difference": N_("Difference")}
    assert SHEET.user is not None
    known = replace(SHEET.user, limits={"till.discount": "5", "hr.advance": "300"})
    door.answers[get_user] = replace(SHEET, user=known)
    page = UserFormPage(door)
    page.open(str(AMINA.id))
    shown(qtbot, page)
    qtbot.waitUntil(lambda: page.header.title.text() == "Amina")
    discount, difference = page._limits._amounts.values()
    assert discount.read() == 5
    assert not page.unsaved()

    QTest.keyClicks(difference.editor, "2*100")
    assert page.unsaved()
    page.save_now()

    qtbot.waitUntil(lambda: bool(door.asked(save_user)))
    ((args, _kw),) = door.asked(save_user)
    assert args[1].limits == {
        "till.discount": "5",
        "till.difference": "200",
        "hr.advance": "300",
    }


@pytest.mark.usefixtures("desk")
def test_a_limit_that_is_no_amount_says_so_beneath_itself(qtbot: QtBot) -> None:
    door = backend()
    door.limits = {"till.discount": N_("Highest discount")}
    page = UserFormPage(door)
    page.open(str(AMINA.id))
    shown(qtbot, page)
    qtbot.waitUntil(lambda: page.header.title.text() == "Amina")
    (discount,) = page._limits._amounts.values()

    QTest.keyClicks(discount.editor, "much")
    page.save_now()

    assert discount.error.startswith("This is not a number")
    assert not door.asked(save_user)


@pytest.mark.usefixtures("desk")
def test_a_refusal_stands_beneath_its_field(qtbot: QtBot) -> None:
    door = backend()
    door.answers[save_user] = LoginTakenError
    page = UserFormPage(door)
    page.open(str(AMINA.id))
    shown(qtbot, page)
    qtbot.waitUntil(lambda: page.header.title.text() == "Amina")

    page.form.fields["name"].show_value("Amina B.")
    page.save_now()

    qtbot.waitUntil(lambda: "taken" in page._login.error)
    page._roles.show_value(())
    page.save_now()
    assert page._roles.error == "Please fill this in."


@pytest.mark.usefixtures("desk")
def test_a_workstation_is_disabled_by_name_and_this_computer_enrolled(qtbot: QtBot) -> None:
    door = backend(enrol_here=enrol)
    page = shown(qtbot, WorkstationListPage(door))
    box = page.ask(TILL)
    assert box.text().startswith("Disable ALG-01 (Till)?")
    answer(box, "Disable")
    qtbot.waitUntil(lambda: bool(door.asked(disable_workstation)))

    form = shown(qtbot, EnrolPage(door))
    form.form.fields["name"].show_value("Till 1")
    form.save_now()
    qtbot.waitUntil(lambda: "Sign out and sign in again" in form.notices.bar.text)
    assert not form.form.isEnabled()
    assert door.enrol_here is None


async def enrol(_name: str, _branch: UUID) -> Any:
    return TILL


@pytest.mark.usefixtures("desk")
def test_an_enrolled_computer_is_not_enrolled_again(qtbot: QtBot) -> None:
    form = shown(qtbot, EnrolPage(backend()))

    assert form.notices.bar.text == "This computer is a workstation already."


@pytest.mark.usefixtures("desk")
def test_a_parked_fact_is_booked_again_and_a_flag_checked_with_a_note(qtbot: QtBot) -> None:
    door = backend()
    page = shown(qtbot, ReviewListPage(door))
    qtbot.waitUntil(lambda: page.at_side._what.text() == "ALG-01 / 5")

    page.at_side.book.click()
    qtbot.waitUntil(lambda: page.notices.bar.text == "It is booked.")
    page.at_side.resolve.click()
    qtbot.waitUntil(lambda: "Write what you found out" in page.notices.bar.text)
    page.at_side.note.setText("seen")
    page.at_side.resolve.click()

    qtbot.waitUntil(lambda: bool(door.asked(resolve_review)))


@pytest.mark.usefixtures("desk")
def test_the_log_shows_before_and_after(qtbot: QtBot) -> None:
    page = shown(qtbot, AuditListPage(backend()))
    qtbot.waitUntil(lambda: list(page.at_side.model.rows) == [("Name", "A", "B", True)])

    lies = shown(qtbot, IncidentListPage(backend()))
    assert "altered on its way" in lies.at_side._why.text()
    for each in ("ar", "fr"):
        language.use(each)
        assert page.at_side._what.text() != "Changed · core.users"


@pytest.mark.usefixtures("desk")
def test_a_form_nobody_has_looked_at_has_nothing_to_lose(qtbot: QtBot) -> None:
    for page in (UserFormPage(backend()), EnrolPage(backend(enrol_here=enrol))):
        qtbot.addWidget(page)
        language.use("fr")

        assert not page.unsaved()
