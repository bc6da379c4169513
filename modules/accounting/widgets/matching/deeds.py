"""What the page of matching does with marked lines: match, write off, take back."""

from datetime import date
from decimal import Decimal

from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui.asking import confirm
from erp_desktop.ui.forms import AmountField, DateField
from erp_desktop.ui.list_page import ListPage
from modules.accounting.matching import Request, set_tolerance, unmatch_letter, write_off_rest
from modules.accounting.selectors import get_tolerance
from modules.accounting.widgets.asking_one import ask_one
from modules.accounting.widgets.matching.lines import MarkedRow, sum_of


class MatchingDeeds(ListPage[MarkedRow]):
    """A list of lines that can be marked, and the deeds on them."""

    def marked(self) -> list[MarkedRow]:
        """Return the marked lines, from top to bottom."""
        return [line for line in self.model.rows if line.is_marked]

    async def send(self, request: Request) -> None:
        """Send a request to match or to take back, and show what became of it."""
        answer = await self.backend.execute(*request)
        for line in self.marked():
            line.is_marked = False
        letter = str(answer.result.get("letter") or "")
        if letter.isupper():
            self.say(_("Matched under the letter {letter}.").format(letter=letter))
        elif letter:
            told = _("Matched in part: the small letter {letter} waits for the rest.")
            self.say(told.format(letter=letter))
        else:
            self.say(_("The lines are open again."))
        self.refresh()

    async def write_off(self) -> None:
        """Ask for the day, book what is left of the marked lines, and match them."""
        lines = self.marked()
        rest = sum_of([line.row for line in lines]).difference
        money = current().money(abs(rest), lines[0].row.currency)
        field = DateField("on", N_("Date"), required=True)
        field.show_value(date.today())  # noqa: DTZ011 - the desk's day
        question = _("Book {amount} to gain or loss of settlement?").format(amount=money)
        day = await ask_one(self, question, _("Write off the rest"), field)
        if day is not None:
            label = _("Settlement difference")
            keys_of_lines = [line.key for line in lines]
            await self.send(write_off_rest(keys_of_lines, on=day.value, label=label))

    async def change_tolerance(self) -> None:
        """Ask what may be written off at most."""
        known = await self.backend.ask(get_tolerance)
        field = AmountField(
            "most", N_("Tolerance"), currency=known.currency, least=Decimal(0), required=True
        )
        field.show_value(known.most)
        question = _("How much may be left at most to be written off?")
        most = await ask_one(self, question, _("Change the tolerance"), field)
        if most is not None:
            await self.backend.do(set_tolerance, most.value, version=known.version)
            self.say(_("The tolerance is changed."))

    async def undo_letter(self, line: MarkedRow) -> None:
        """Take all matches of a line's letter back, after asking."""
        letter = current().isolate(line.row.letter)
        question = _("Open all lines of the letter {letter} again?").format(letter=letter)
        if line.row.letter and await confirm(self, question, _("Take the letter back")):
            await self.send(unmatch_letter(line.key))
