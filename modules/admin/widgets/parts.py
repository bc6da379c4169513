"""Small parts that several pages of the administration share."""

from collections.abc import Callable, Iterable
from datetime import datetime

from PySide6.QtWidgets import QMessageBox, QWidget

from erp_desktop.core import wall_clock
from erp_desktop.core.i18n import N_, _, current

ROLES = {
    "accountant": N_("Accountant"),
    "administrator": N_("Administrator"),
    "buyer": N_("Buyer"),
    "cashier": N_("Cashier"),
    "clerk": N_("Warehouse clerk"),
    "hr_officer": N_("HR officer"),
    "manager": N_("Branch manager"),
}


def role_name(code: str, name: str = "") -> str:
    """Return what a role is called; a guest's role keeps its own name."""
    return _(ROLES[code]) if code in ROLES else name or code


def role_names(codes: Iterable[str]) -> str:
    """Return several roles in one line."""
    separator = "، " if current().language == "ar" else ", "
    return separator.join(role_name(code) for code in codes)


def moment(at: datetime | None) -> str:
    """Return a moment as the desk's clock shows it, or nothing."""
    return current().moment(wall_clock.local(at)) if at else ""


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
