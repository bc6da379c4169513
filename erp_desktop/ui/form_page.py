"""The form: one record, its fields, saving, and nothing that was typed ever lost."""

from typing import Any, ClassVar, Generic, TypeVar

from PySide6.QtWidgets import QScrollArea, QWidget
from typing_extensions import override

from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_, _
from erp_desktop.ui import keys, memory, theme
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.drafts import BROUGHT_BACK, DraftKeeper
from erp_desktop.ui.forms import Form
from erp_desktop.ui.header import Header
from erp_desktop.ui.page import Page
from erp_desktop.ui.parts import button, card, column, kind, row

D = TypeVar("D")
_WIDEST = 960


class FormPage(Page, Generic[D]):
    """The base of all forms: a subclass builds its `Form` and says how to `save`.

    Attributes:
        title: Heading while the record has no name of its own, marked `N_`.
    """

    title: ClassVar[str]

    def __init__(self, backend: Backend, form: Form[D]) -> None:
        super().__init__()
        self.backend = backend
        self.form = form
        self.header = Header(self.title)
        self.side = column(spacing=theme.SPACE_L)
        self._keeper: DraftKeeper | None = None
        self._save = button(
            N_("Save"), self.save_now, icon="content-save-outline", look="primary", key="page.save"
        )
        self._lay_out()
        form.changed.connect(self._on_change)
        keys.bind(self, "page.back", self.leave)

    async def save(self, draft: D) -> str:
        """Save `draft` and return the sentence to say; show the record as saved by `show_draft`."""
        raise NotImplementedError

    def show_draft(self, draft: D, *, key: str, name: str = "") -> None:
        """Show a record.

        Args:
            draft: What the fields show.
            key: Under which typing is kept against a crash, such as `catalog.product/<id>`.
            name: What the record is called, for title and tab.
        """
        self.form.show_draft(draft)
        if self._keeper is None:
            self._keeper = DraftKeeper(self.form, memory.current().drafts, key)
        self._keeper.key = key
        if self._keeper.bring_back():
            self.say(_(BROUGHT_BACK), "warn")
        if name:
            self.header.show_title(name)
            self.renamed.emit(name)
        self._on_change()

    def save_now(self) -> None:
        """Check every field and save."""
        draft = self.form.read()
        if draft is None:
            self.say(_("Some fields cannot be saved yet. Look for the red ones."), "warn")
        else:
            self.start_once(self._save_draft, draft)

    def leave(self) -> None:
        """Close the page if nothing would be lost."""
        if not self.unsaved():
            self.closes.emit()

    @override
    def unsaved(self) -> str:
        return self.header.title.text() if self.form.is_changed else ""

    @override
    def forget_draft(self) -> None:
        if self._keeper is not None:
            self._keeper.forget()

    @override
    def refuse(self, error: UserError) -> None:
        if not self.form.show_refusal(error):
            super().refuse(error)

    async def _save_draft(self, draft: D) -> None:
        sentence = await self.save(draft)
        self.forget_draft()
        self.say(sentence)
        self._on_change()

    def _on_change(self) -> None:
        self._save.setEnabled(self.form.is_changed)

    def _lay_out(self) -> None:
        self.header.set_primary(self._save)
        fields = card(self.form)
        fields.setMaximumWidth(_WIDEST)
        body = row(column(fields, None), self.side, None, spacing=theme.SPACE_L)
        body.setStretch(0, 100)
        inside: QWidget = kind(QWidget(), "ground")
        inside.setLayout(body)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setWidget(inside)
        self.setLayout(column(self.header, self.notices, scroll, margins=theme.SPACE_L))

    @override
    def state(self) -> dict[str, Any]:
        if self._keeper is not None:
            self._keeper.save()
        return {}
