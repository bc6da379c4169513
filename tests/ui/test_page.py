"""What every page can do: questions, deeds, long work, and errors in words."""

import asyncio
import logging

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from erp_desktop.core.errors import BusyError, CancelledError
from erp_desktop.core.i18n import N_
from erp_desktop.ui.page import APOLOGY, Page
from erp_desktop.ui.parts import column, label
from erp_desktop.ui.work import Work

pytestmark = pytest.mark.usefixtures("loop")


class PlainPage(Page):
    """A page with a title."""

    def __init__(self) -> None:
        super().__init__()
        self.setLayout(column(label(N_("Orders"), "title")))


@pytest.fixture
def page(qtbot: QtBot) -> PlainPage:
    made = PlainPage()
    qtbot.addWidget(made)
    made.show()
    return made


def test_the_newest_question_wins(page: PlainPage, qtbot: QtBot) -> None:
    answers = []

    async def ask(text: str) -> None:
        await asyncio.sleep(0.02)
        answers.append(text)

    page.start_latest(ask, "a")
    page.start_latest(ask, "ab")

    qtbot.waitUntil(lambda: answers == ["ab"])
    qtbot.wait(40)
    assert answers == ["ab"]


def test_a_page_that_is_about_to_go_asks_nothing_more(page: PlainPage, qtbot: QtBot) -> None:
    answers = []

    async def ask(text: str) -> None:
        answers.append(text)

    page.start_latest(ask, "a")
    page.stop()
    page.start_latest(ask, "b")
    page.start_once(ask, "c")

    qtbot.wait(40)
    assert answers == []
    assert not page.is_busy(ask)


def test_a_deed_is_not_done_twice_while_it_is_on_its_way(page: PlainPage, qtbot: QtBot) -> None:
    done = []

    async def pay(amount: int) -> None:
        await asyncio.sleep(0.02)
        done.append(amount)

    assert page.start_once(pay, 1)
    assert not page.start_once(pay, 1)

    qtbot.waitUntil(lambda: not page.is_busy(pay))
    assert done == [1]


def test_a_refusal_is_shown_as_it_stands_and_not_logged(
    page: PlainPage, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    async def refuse() -> None:
        raise BusyError

    page.start_once(refuse)

    qtbot.waitUntil(page.notices.bar.isVisible)
    assert page.notices.bar.text == str(BusyError())
    assert not caplog.records


def test_a_fault_is_an_apology_with_details_to_copy_and_never_a_traceback(
    page: PlainPage, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    broken: list[BaseException] = []
    page.broke.connect(broken.append)

    async def fail() -> None:
        raise ZeroDivisionError

    with caplog.at_level(logging.ERROR):
        page.start_once(fail)
        qtbot.waitUntil(page.notices.bar.isVisible)

    assert page.notices.bar.text == APOLOGY
    assert "Traceback" not in page.notices.bar.text
    assert isinstance(broken[0], ZeroDivisionError)
    assert caplog.records
    page.notices.bar.findChildren(QPushButton)[0].click()
    assert "ZeroDivisionError" in QGuiApplication.clipboard().text()


def test_good_news_go_by_themselves_and_bad_news_stay(page: PlainPage) -> None:
    page.say("Saved.")
    assert page.notices.bar._timer.isActive()

    page.say("Not saved.", "bad")
    assert not page.notices.bar._timer.isActive()


def test_a_message_without_words_takes_no_room(page: PlainPage) -> None:
    page.say("Saved.")
    page.notices.bar.dismiss()

    assert page.notices.isHidden()


def test_long_work_shows_what_it_does_and_can_be_cancelled(page: PlainPage, qtbot: QtBot) -> None:
    ended = []

    async def count_sheep(work: Work) -> None:
        work.loop = asyncio.get_running_loop()
        try:
            for number in range(1000):
                work.report(number, 1000, f"Sheep {number}")
                await asyncio.sleep(0.005)
        except CancelledError:
            ended.append("cancelled")
            raise

    page.start_work(N_("Counting"), count_sheep)
    qtbot.waitUntil(lambda: bool(page.notices._panels))
    panel = page.notices._panels[0]
    qtbot.waitUntil(lambda: panel._doing.text().startswith("Sheep"))
    panel._cancel.click()

    qtbot.waitUntil(lambda: ended == ["cancelled"])
    qtbot.waitUntil(lambda: not page.notices._panels)
    assert page.notices.bar.text == str(CancelledError())


def test_a_page_that_goes_drops_its_questions(page: PlainPage, qtbot: QtBot) -> None:
    async def ask() -> None:
        await asyncio.sleep(10)

    page.start_once(ask)
    page.stop()

    qtbot.waitUntil(lambda: not page.is_busy(ask))
