"""What a file of a shop's history does not say: the user says it, and reads what follows."""

from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_, current
from erp_desktop.ui.forms import AmountField, CheckField, ChoiceField, Form
from erp_desktop.ui.parts import card, column, label
from modules.sales.history.booking import Setting
from modules.sales.history.job import Job
from modules.sales.history.report import intentions
from modules.sales.widgets.history_presenter import Wish


class HistoryOptions(QWidget):
    """Tax, rate and opening stock, with their consequences in words.

    Signals:
        changed: The user means the file otherwise; None where the form cannot be read.
    """

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._tax = ChoiceField("tax_code", N_("Tax of every line"), translate=False)
        rate = AmountField("rate", N_("Rate of the file's currency"), least=Decimal("0.000001"))
        share = AmountField(
            "share", N_("Cost, in % of the lowest price"), least=Decimal(1), decimals=2
        )
        covers = CheckField("covers", N_("Opening stock covers what will be sold"))
        self.form: Form[Wish] = Form((self._tax, rate, share, covers), columns=4)
        self.form.changed.connect(lambda: self.changed.emit(self.form.read()))
        self._meaning = label()
        self._meaning.setWordWrap(True)
        self.setLayout(column(card(self.form, self._meaning)))

    @property
    def meaning(self) -> str:
        """What follows, as shown."""
        return self._meaning.text()

    def show_wish(self, wish: Wish, setting: Setting) -> None:
        """Show how a file is meant, and what can be chosen."""
        named = [(tax.code, tax.named(current().language)) for tax in setting.taxes]
        self._tax.offer([(code, f"{code} · {name}") for code, name in named])
        self.form.show_draft(wish)

    def show_job(self, job: Job | None, setting: Setting | None) -> None:
        """Say what follows; nothing as long as nobody knows."""
        facts = intentions(job, setting.taxes) if job and setting else ()
        self._meaning.setText("\n".join(fact.sentence() for fact in facts))

    def show_refusal(self, error: UserError) -> bool:
        """Show a refusal beneath its field, if it has one."""
        return self.form.show_refusal(error)
