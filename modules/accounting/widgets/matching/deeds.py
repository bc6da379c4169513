"""What the page of matching does with marked lines: match, write off, take back."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui.asking import confirm
from erp_desktop.ui.forms import AmountField, DateField
from erp_desktop.ui.list_page import ListPage
from modules.accounting.matching import (
    Request,
    match_lines,
    set_tolerance,
    unmatch_letter,
    write_off_rest,
)
from modules.accounting.selectors import get_tolerance
from modules.accounting.widgets.asking_one import ask_one
from modules.accounting.widgets.matching.lines import MarkedRow, parts_of, sum_of


class MatchingDeeds(ListPage[MarkedRow]):
    """A list of lines that can be marked, and the deeds on them."""

    def marked(self) -> list[MarkedRow]:
        """Return the marked lines, from top to bottom."""
        return [line for line in self.model.rows if line.is_marked]

    def request_of(self, lines: Sequence[MarkedRow]) -> Request:
        """Return the request to match lines, each as far as it is marked."""
        return match_lines([line.key for line in lines], parts_of(lines))

    async def ask_part(self, line: MarkedRow) -> bool:
        """Ask how much of a line is to be matched, and mark it; False if it shall not be."""
        row, words = line.row, current()
        field = AmountField("part", N_("Amount"), currency=row.currency, least=Decimal(0))
        field.show_value(abs(line.open))
        question = _("How much of {number} is to be matched? {amount} is open.").format(
            number=words.isolate(row.number), amount=words.money(abs(row.open), row.currency)
        )
        answer = await ask_one(self, question, _("Match only a part"), field)
        if answer is None:
            return False
        is_part = bool(answer.value) and answer.value < abs(row.open)
        line.is_marked, line.part = True, answer.value if is_part else None
        return True

    async def send(self, request: Request) -> None:
        """Send a request to match or to take back, and show what became of it."""
        answer = await self.backend.execute(*request)
        for line in self.marked():
            line.is_marked, line.part = False, None
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
        rest = sum_of(lines).difference
        money = current().money(abs(rest), lines[0].row.currency)
        field = DateField("on", N_("Date"), required=True)
        field.show_value(date.today())  # noqa: DTZ011 - the desk's day
        question = _("Book {amount} to gain or loss of settlement?").format(amount=money)
        day = await ask_one(self, question, _("Write off the rest"), field)
        if day is not None:
            label = _("Settlement difference")
            keys_of_lines = [line.key for line in lines]
            parts = parts_of(lines)
            await self.send(write_off_rest(keys_of_lines, parts, on=day.value, label=label))

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
