"""The field in which an account is chosen by its code or its name."""

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import QCompleter, QLineEdit
from typing_extensions import override

from erp_desktop.core.i18n import N_, _, current
from erp_desktop.core.search import fold
from erp_desktop.ui.fields import Field
from erp_desktop.ui.follow import follow
from modules.accounting.errors import AccountUnknownError
from modules.accounting.selectors import AccountRow

_MOST_SHOWN = 12


class AccountField(Field):
    """A line that offers the accounts whose code begins so, or whose name contains it.

    Its value is the code of an account; what is offered comes with `offer`.
    """

    def __init__(self, name: str, title: str, *, required: bool = False) -> None:
        self._line = QLineEdit(clearButtonEnabled=True)
        super().__init__(name, title, self._line, required=required, hint=N_("Code or name"))
        self._chart: Sequence[AccountRow] = ()
        self._value = ""
        self._offered = QStringListModel(self)
        completer = QCompleter(self._offered, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(_MOST_SHOWN)
        completer.activated.connect(self._settle)
        self._line.setCompleter(completer)
        self._line.textEdited.connect(self._on_typed)
        self._line.editingFinished.connect(self._settle)
        follow(self, self._word)

    def offer(self, chart: Sequence[AccountRow]) -> None:
        """Offer these accounts from now on."""
        self._chart = chart
        self._word()

    @override
    def read(self) -> str:
        text = self._line.text().strip()
        if not text:
            return ""
        account = self._meant(text)
        if account is None and self._chart:
            raise ValueError(_(AccountUnknownError.message).format(account=text))
        # Before the chart is there, only a code can be read.
        return account.code if account else text.partition(" ")[0]

    @override
    def show_value(self, value: str | None) -> None:
        self._value = value or ""
        self._line.setModified(False)
        self._word()

    def _meant(self, text: str) -> AccountRow | None:
        """Return the account whose code or label was typed, or the only one that contains it."""
        words = fold(text)
        for account in self._chart:
            if words in (fold(account.code), fold(self._label(account))):
                return account
        found = self._containing(words)
        return found[0] if len(found) == 1 else None

    def _containing(self, words: str) -> list[AccountRow]:
        return [
            account
            for account in self._chart
            if fold(self._label(account)).startswith(words)
            or words in fold(account.name)
            or words in fold(account.name_ar)
        ]

    def _label(self, account: AccountRow) -> str:
        return f"{account.code} · {account.named(current().language)}"

    def _on_typed(self, text: str) -> None:
        found = self._containing(fold(text.strip())) if text.strip() else self._chart
        self._offered.setStringList([self._label(account) for account in found])
        self.edited()

    def _settle(self) -> None:
        """Write out what is meant, as soon as the field is left."""
        try:
            self.show_value(self.read())
        except ValueError:
            return

    def _word(self) -> None:
        if self._line.isModified():
            return  # typed, and not left yet
        account = next((each for each in self._chart if each.code == self._value), None)
        if self._value or not self._line.hasFocus():
            self._line.setText(self._label(account) if account else self._value)
            self._line.setCursorPosition(0)
