"""Small parts that several pages of the administration share."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QMessageBox,
    QScrollArea,
    QSizePolicy,
    QWidget,
)

from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui import theme
from erp_desktop.ui.parts import clear, label

ROLES = {
    "accountant": N_("Accountant"),
    "administrator": N_("Administrator"),
    "buyer": N_("Buyer"),
    "cashier": N_("Cashier"),
    "clerk": N_("Warehouse clerk"),
    "hr_officer": N_("HR officer"),
    "manager": N_("Branch manager"),
}

Fact = tuple[str, str]


def role_name(code: str, name: str = "") -> str:
    """Return what a role is called; a guest's role keeps its own name."""
    return _(ROLES[code]) if code in ROLES else name or code


def role_names(codes: Iterable[str]) -> str:
    """Return several roles in one line."""
    separator = "، " if current().language == "ar" else ", "
    return separator.join(role_name(code) for code in codes)


def moment(at: datetime | None) -> str:
    """Return a moment as the desk's clock shows it, or nothing."""
    return current().moment(at.astimezone()) if at else ""


def scrolled(inside: QWidget) -> QScrollArea:
    """Return `inside` with scroll bars where it is too long, on the card that it stands on."""
    scroll = QScrollArea(widgetResizable=True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setWidget(inside)
    inside.setAutoFillBackground(False)
    scroll.viewport().setAutoFillBackground(False)
    return scroll


def wrapped(look: str = "") -> QLabel:
    """Return words over as many lines as they need, for copying."""
    made = label(look=look)
    made.setWordWrap(True)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


class Facts(QWidget):
    """Names and values below each other."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.SPACE_M)
        self._grid.setVerticalSpacing(theme.SPACE_S)
        self._grid.setColumnStretch(1, 1)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show these instead of the ones before; what is empty is a dash."""
        clear(self._grid)
        for line, (title, text) in enumerate(facts):
            caption, value = label(look="muted"), wrapped()
            caption.setText(title)
            value.setText(text or "—")
            self._grid.addWidget(caption, line, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(value, line, 1)


def ask_first(page: QWidget, question: str, deed: str, on_yes: Callable[[], object]) -> QMessageBox:
    """Ask a question that names the thing; the answer `deed` starts it, Enter does not."""
    box = QMessageBox(QMessageBox.Icon.Question, "", question)
    box.setParent(page, box.windowFlags())
    go = box.addButton(deed, QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(box.addButton(_("Go back"), QMessageBox.ButtonRole.RejectRole))
    go.clicked.connect(lambda *_checked: on_yes())
    box.finished.connect(box.deleteLater)
    box.open()
    return box
