"""Servers to choose from at sign-in: hosts, port, database, and who vouches for them."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QDialog, QFileDialog, QListWidget, QWidget

from erp_desktop.core.i18n import N_, _
from erp_desktop.settings import ServerProfile
from erp_desktop.ui import theme
from erp_desktop.ui.follow import follow
from erp_desktop.ui.forms import CodeField, Form, TextField
from erp_desktop.ui.parts import button, column, label, row


@dataclass(frozen=True, slots=True)
class _Draft:
    name: str
    hosts: str
    port: str
    database: str
    ca_file: str


class ServerDialog(QDialog):
    """A list of servers and the one being edited."""

    def __init__(self, profiles: Sequence[ServerProfile], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._profiles = list(profiles) or [ServerProfile(_("Head office"), "localhost")]
        self._list = QListWidget()
        self._list.setFixedWidth(200)
        self._form: Form[_Draft] = Form(
            (
                TextField("name", N_("Name"), required=True),
                CodeField("hosts", N_("Host, or several with commas"), required=True),
                CodeField("port", N_("Port"), required=True),
                CodeField("database", N_("Database"), required=True),
                CodeField("ca_file", N_("Authority file (CA); empty for the system's")),
            ),
            columns=1,
        )
        self._safety = label(look="muted")
        self._safety.setWordWrap(True)
        self._lay_out()
        self._list.currentRowChanged.connect(self._on_row)
        self._form.changed.connect(self._on_change)
        self._fill(0)
        follow(self, lambda: self.setWindowTitle(_("Servers")))
        self.resize(680, 620)

    def profiles(self) -> tuple[ServerProfile, ...]:
        """Return the servers as edited."""
        return tuple(self._profiles)

    def _lay_out(self) -> None:
        add = button(N_("Add"), self._on_add, icon="plus")
        remove = button(N_("Remove"), self._on_remove, icon="delete-outline", look="danger")
        browse = button(N_("Choose the authority file…"), self._on_browse, icon="file-outline")
        save = button(N_("Save"), self._on_save, look="primary")
        cancel = button(N_("Cancel"), self.reject)
        lists = column(self._list, row(add, remove, spacing=theme.SPACE_S))
        edit = column(self._form, row(browse, None), self._safety, None, row(None, cancel, save))
        self.setLayout(row(lists, edit, spacing=theme.SPACE_L, margins=theme.SPACE_L))

    def _fill(self, place: int) -> None:
        self._list.blockSignals(True)  # noqa: FBT003 - Qt's own
        self._list.clear()
        self._list.addItems([profile.name for profile in self._profiles])
        self._list.setCurrentRow(place)
        self._list.blockSignals(False)  # noqa: FBT003 - Qt's own
        self._on_row(place)

    def _on_row(self, place: int) -> None:
        if 0 <= place < len(self._profiles):
            p = self._profiles[place]
            self._form.show_draft(_Draft(p.name, p.hosts, str(p.port), p.database, p.ca_file))
            self._show_safety()

    def _on_change(self) -> None:
        place = self._list.currentRow()
        values = self._form.values()
        if not 0 <= place < len(self._profiles) or len(values) < len(self._form.fields):
            return
        values["port"] = int(values["port"]) if values["port"].isdecimal() else 5432
        self._profiles[place] = ServerProfile(**values)
        self._list.item(place).setText(values["name"])
        self._show_safety()

    def _show_safety(self) -> None:
        profile = self._profiles[self._list.currentRow()]
        if profile.is_local:
            self._safety.setText(_("This computer: the line is not encrypted."))
        else:
            self._safety.setText(
                _("The line is encrypted, and the server must prove that it is this host.")
            )

    def _on_add(self) -> None:
        self._profiles.append(ServerProfile(_("New server"), "erp.example.com"))
        self._fill(len(self._profiles) - 1)

    def _on_remove(self) -> None:
        place = self._list.currentRow()
        if len(self._profiles) > 1 and place >= 0:
            del self._profiles[place]
            self._fill(max(0, place - 1))

    def _on_browse(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(self, _("Choose the authority file…"))
        if path:
            self._form.type_values({"ca_file": path})

    def _on_save(self) -> None:
        if self._form.read() is not None:
            self.accept()
