"""The files of a document at its side."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDropEvent
from pytestqt.qtbot import QtBot

from erp_desktop.core.attachments import (
    Attachment,
    Subject,
    attach,
    list_attachments,
    read_attachment,
)
from erp_desktop.ui.attachments import AttachmentsSide, size_words
from erp_desktop.ui.page import Page
from erp_desktop.ui.parts import column
from tests.fakes import FakeBackend

pytestmark = pytest.mark.usefixtures("desk")

ENTRY = Subject("accounting.entry", UUID(int=5), UUID(int=1))
BILL = Attachment(UUID(int=9), "facture 12.pdf", 250_000, "salim", datetime(2026, 3, 1, tzinfo=UTC))


class Files(Page):
    """A page with nothing but files."""

    def __init__(self, backend: Any) -> None:
        super().__init__()
        self.side = AttachmentsSide(self, backend)
        self.setLayout(column(self.notices, self.side))


@pytest.fixture
def backend() -> FakeBackend:
    return FakeBackend({list_attachments: [BILL], read_attachment: b"%PDF", attach: None})


@pytest.fixture
def page(qtbot: QtBot, backend: FakeBackend) -> Files:
    made = Files(backend)
    qtbot.addWidget(made, before_close_func=lambda closing: closing.stop())
    return made


def test_files_are_asked_for_when_they_are_looked_at(
    page: Files, backend: FakeBackend, qtbot: QtBot
) -> None:
    page.side.show_subject(ENTRY, may_edit=True)
    assert backend.calls == []

    page.show()

    qtbot.waitUntil(lambda: page.side.model.rowCount() == 1)
    page.side.show_subject(ENTRY, may_edit=True)
    assert [call[0] for call in backend.calls] == [list_attachments]
    assert size_words(BILL.size) == "244 kB"


def test_a_dropped_file_is_attached(
    page: Files, backend: FakeBackend, qtbot: QtBot, tmp_path: Path
) -> None:
    page.side.show_subject(ENTRY, may_edit=True)
    page.show()
    path = tmp_path / "bon.pdf"
    path.write_bytes(b"%PDF")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)), QUrl("https://example.org/x.pdf")])
    none = Qt.KeyboardModifier.NoModifier
    left = Qt.MouseButton.LeftButton

    page.side.dropEvent(QDropEvent(QPoint(), Qt.DropAction.CopyAction, mime, left, none))

    wanted: Any = (attach, (ENTRY, "bon.pdf", b"%PDF"), {})
    qtbot.waitUntil(lambda: wanted in backend.calls)
    qtbot.waitUntil(lambda: "bon.pdf is attached." in page.notices.bar.text)


def test_a_file_that_cannot_be_read_says_so(page: Files, qtbot: QtBot, tmp_path: Path) -> None:
    page.side.show_subject(ENTRY, may_edit=True)
    page.show()

    page.side.take([tmp_path / "gone.pdf"])

    qtbot.waitUntil(lambda: "gone.pdf is empty or cannot be read" in page.notices.bar.text)


def test_a_file_opens_in_its_own_program(
    page: Files, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda url: opened.append(Path(url.toLocalFile()))
    )
    page.side.show_subject(ENTRY, may_edit=False)
    page.show()
    qtbot.waitUntil(lambda: page.side.model.rowCount() == 1)
    assert page.side.add.isHidden()

    page.side.table.opened.emit(BILL)

    qtbot.waitUntil(lambda: bool(opened))
    assert opened[0].read_bytes() == b"%PDF"
    assert opened[0].name.endswith("facture_12.pdf")
