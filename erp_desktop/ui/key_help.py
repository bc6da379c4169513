"""All keys in one list (Ctrl+F1), and changing them without two meaning the same."""

from collections.abc import Sequence

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QKeySequenceEdit, QLineEdit, QWidget

from erp_desktop.core.i18n import N_, _
from erp_desktop.ui import keys, memory, theme
from erp_desktop.ui.follow import follow
from erp_desktop.ui.keys import KeyAction
from erp_desktop.ui.parts import button, card, column, label, row
from erp_desktop.ui.ranking import rank
from erp_desktop.ui.table_view import TableView
from erp_desktop.ui.tables import Column, TableModel

_SCOPES = {"": N_("everywhere"), "station": N_("stations")}

COLUMNS: tuple[Column[KeyAction], ...] = (
    Column(N_("What it does"), lambda action: _(action.title)),
    Column(N_("Where"), lambda action: _(_SCOPES.get(action.scope, action.scope)), width=130),
    Column(N_("Key"), lambda action: keys.shown(action.id) or "—", width=150, strong=True),
)


def fitting(text: str) -> Sequence[KeyAction]:
    """Return the actions that fit what is typed: their words or their key."""
    return rank(text, keys.actions(), lambda a: f"{_(a.title)} {keys.key_of(a.id)}", limit=500)


def rebind(identity: str, key: str) -> str:
    """Give an action another key and remember it; or return why not."""
    other = keys.clash(identity, key) if key else None
    if other is not None:
        return _(
            "{key} already does “{title}”. Choose another key, or change that one first."
        ).format(key=key, title=_(other.title))
    keys.rebind(identity, key)
    memory.current().set("keys", keys.changed())
    memory.current().save()
    return ""


class KeyHelp(QDialog):
    """Lists the keys; a click on one lets it be changed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filter = QLineEdit(clearButtonEnabled=True)
        self._model = TableModel(COLUMNS, self)
        self.table = TableView(self._model)
        self._edit = QKeySequenceEdit(maximumSequenceLength=1)
        self._message = label(look="error")
        self._message.setWordWrap(True)
        self._change = button(N_("Use this key"), self._on_change, look="primary")
        self._default = button(N_("Default"), self._on_default)
        self._lay_out()
        self._filter.textChanged.connect(self._fill)
        self.table.chosen.connect(self._on_chosen)
        follow(self, self._on_language)
        self._fill("")
        self.resize(720, 560)

    def _lay_out(self) -> None:
        change = row(label(N_("New key"), "muted"), self._edit, self._change, self._default, None)
        table = card(self.table, margins=0)
        self.setLayout(column(self._filter, table, change, self._message, margins=theme.SPACE_L))

    def _on_language(self) -> None:
        self.setWindowTitle(_("Keys"))
        self._filter.setPlaceholderText(_("What it does, or its key"))

    def _fill(self, text: str) -> None:
        self._model.show_rows(fitting(text))
        self.table.select_row(0)

    def _on_chosen(self, action: KeyAction | None) -> None:
        self._message.clear()
        self._edit.setKeySequence(QKeySequence(keys.key_of(action.id) if action else ""))

    def _on_change(self) -> None:
        self._rebind(self._edit.keySequence().toString())

    def _on_default(self) -> None:
        action = self.table.current_row()
        if action is not None:
            self._rebind(action.default)

    def _rebind(self, key: str) -> None:
        action = self.table.current_row()
        if action is None:
            return
        problem = rebind(action.id, key)
        place = self.table.currentIndex().row()
        self._fill(self._filter.text())
        self.table.select_row(place)
        self._message.setText(problem)
