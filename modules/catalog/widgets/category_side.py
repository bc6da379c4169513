"""Beside the tree of categories: what the current one is called, and where it is."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui import forms
from erp_desktop.ui.forms import Form
from erp_desktop.ui.parts import button, column, label
from modules.catalog.selectors import CategoryRow, is_below, paths_of
from modules.catalog.services import CategoryDraft


class CategorySide(QWidget):
    """A small form.

    Signals:
        saves: The category as it was shown, none for a new one, and the `CategoryDraft` to keep.

    Attributes:
        shown: The category in the form; none while it is a new one.
    """

    saves = Signal(object, object)

    def __init__(self, *, may_edit: bool) -> None:
        super().__init__()
        self.shown: CategoryRow | None = None
        self._categories: Sequence[CategoryRow] = ()
        self._parent = forms.ChoiceField("parent_id", N_("Below"), translate=False)
        self.form: Form[CategoryDraft] = Form(self._fields(), columns=1)
        self._heading = label(look="heading")
        self._save = button(N_("Save"), self.save_now, look="primary", key="page.save")
        self.setLayout(column(self._heading, self.form, self._save, None))
        self.form.setEnabled(may_edit)
        self._save.setVisible(may_edit)
        self.form.changed.connect(self._on_change)

    @property
    def heading(self) -> str:
        """What the category in the form is called."""
        return self._heading.text()

    def know(self, categories: Sequence[CategoryRow]) -> None:
        """Offer these as the ones above, in the user's language."""
        self._categories = categories
        named = self.shown.named(current().language) if self.shown else _("New category")
        self._heading.setText(named)
        self._offer()

    def show_category(self, category: CategoryRow | None, draft: CategoryDraft) -> None:
        """Show a category, none for a new one, as `draft` says."""
        self.shown = category
        self.know(self._categories)
        self.form.show_draft(draft)
        self._on_change()

    def save_now(self) -> None:
        """Check every field and ask for it to be saved."""
        draft = self.form.read()
        if draft is not None:
            self.saves.emit(self.shown, draft)

    def show_refusal(self, error: UserError) -> bool:
        """Show a refusal beneath the field it names, if it names one."""
        return self.form.show_refusal(error)

    def _fields(self) -> tuple[forms.Field, ...]:
        return (
            forms.TextField("name", N_("Name"), required=True),
            forms.ArabicField("name_ar", N_("Arabic name")),
            self._parent,
            forms.CodeField("code", N_("Code"), hint=N_("The next free one")),
            forms.CheckField("is_active", N_("Used")),
        )

    def _on_change(self) -> None:
        self._save.setEnabled(self.form.is_changed)

    def _offer(self) -> None:
        """Offer every category that is not in this one."""
        own = self.shown.id if self.shown else None
        above = self.shown.parent_id if self.shown else None
        active = {each.id for each in self._categories if each.is_active}
        fit = [
            (identity, path)
            for identity, path in paths_of(self._categories, current().language).items()
            if (identity in active or identity == above)
            and (own is None or not is_below(self._categories, identity, own))
        ]
        self._parent.offer([(None, _("— at the top —")), *fit])
