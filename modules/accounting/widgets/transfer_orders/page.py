"""One transfer order: drafted from what is due, given to the bank, printed, cancelled."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from typing_extensions import override

from erp_desktop.core import wall_clock
from erp_desktop.core.i18n import N_, _, count, current
from erp_desktop.core.search import fold
from erp_desktop.ui.document_page import Action
from erp_desktop.ui.form_dialog import ask_form
from erp_desktop.ui.forms import DateField, TextField
from modules.accounting.permissions import Permission
from modules.accounting.selectors.transfer_orders import TransferProposal, list_transfer_proposals
from modules.accounting.transfer_orders import (
    CANCEL_TRANSFERS,
    ORDER_TRANSFERS,
    OrderDraft,
    discard_transfer_order,
    save_transfer_order,
)
from modules.accounting.widgets.transfer_orders import papers
from modules.accounting.widgets.transfer_orders.lines import Line, line_due
from modules.accounting.widgets.transfer_orders.sheet import OrderHead, TransferSheet


@dataclass(frozen=True, slots=True)
class Due:
    """What is taken from what is due."""

    until: date | None
    supplier: str = ""


@dataclass(frozen=True, slots=True)
class Why:
    """Why an order is cancelled."""

    reason: str = ""


class TransferOrderPage(TransferSheet):
    """One order, and what becomes of it."""

    @override
    async def save(self, head: OrderHead, lines: Sequence[Line]) -> str:
        await self.backend.do(save_transfer_order, self._draft(head, lines), version=self.version)
        await self.show_again()
        return _("The draft is saved. Nothing is posted yet.")

    async def take_due(self) -> str | None:
        """Ask until which day and of whom, and add what is due and not there yet."""
        branch = self.branch_of_bank()
        if branch is None:
            self.say(_("Choose the bank account first: it says whose suppliers are paid."), "warn")
            return None
        fields = (
            DateField("until", N_("Due until"), required=True),
            TextField("supplier", N_("Supplier"), hint=N_("Part of the name; empty: all")),
        )
        title = N_("What is due")
        asked = await ask_form(self, title, N_("Take"), fields, Due(wall_clock.today()))
        if asked is None or asked.until is None:
            return None
        leaving = self.identity if self.kept.order else None
        found = await self.backend.ask(list_transfer_proposals, branch, asked.until, leaving)
        lines = self.body.grid.lines.lines
        known = {(line.entry, line.entry_line) for line in lines}
        fresh = [
            line_due(each, self.kept.currency)
            for each in found
            if (str(each.entry_id), each.entry_line) not in known and _is_of(each, asked.supplier)
        ]
        if not fresh:
            return _("Nothing more is due until then.")
        self.change_lines([*lines, *fresh])
        taken = count("{n} line is taken.", "{n} lines are taken.", len(fresh))
        warning = _unsettled(found, self.body.grid.lines.lines, self.kept.currency)
        self.say(f"{taken} {warning}".strip(), "warn" if warning else "ok")
        return None

    async def give(self) -> str | None:
        """Keep what is typed and give the order to the bank: two questions, whatever is typed."""
        head = self.body.form.read()
        if head is None:
            self.say(_("Some fields cannot be saved yet. Look for the red ones."), "warn")
            return None
        payload: dict[str, Any] = {"order_id": str(self.identity)}
        if self.body.is_changed or self.version is None:
            draft = self._draft(head, self.body.grid.lines.lines)
            payload["draft"] = draft.as_json(self.version)
        else:
            payload["version"] = self.version
        answer = await self.backend.execute(ORDER_TRANSFERS, payload)
        await self.show_again()
        number = current().isolate(str(answer.result["number"]))
        return _("Order {number} is given and posted. Print the letter or save a file.").format(
            number=number
        )

    async def cancel(self) -> str | None:
        """Ask why, and cancel the order: its entry is reversed, what it paid is open again."""
        fields = (TextField("reason", N_("Reason"), required=True, span=2),)
        title = N_("Cancel the order")
        told = await ask_form(self, title, title, fields, Why(), about=self.name())
        if told is None:
            return None
        payload = {"order_id": str(self.identity), "reason": told.reason}
        answer = await self.backend.execute(CANCEL_TRANSFERS, payload)
        await self.show_again()
        number = current().isolate(str(answer.result["number"]))
        return _("Order {number} is cancelled. What it paid is open again.").format(number=number)

    async def discard(self) -> str | None:
        """Throw the draft away and begin anew."""
        await self.backend.do(discard_transfer_order, self.identity)
        await self.begin()
        return _("The draft is discarded.")

    async def begin(self) -> None:
        """Show an empty order."""
        self.forget_draft()
        self.wanted = ""
        self.renamed.emit(_(self.new_title))
        await self.show_wanted()

    def _draft(self, head: OrderHead, lines: Sequence[Line]) -> OrderDraft:
        branch = self.branch_of_bank()
        assert branch is not None and head.dated is not None  # noqa: S101, PT018 - both required
        kept = tuple(line.as_draft() for line in lines)
        bank = UUID(head.bank)
        return OrderDraft(self.identity, branch, bank, head.dated, kept, head.is_batch)

    @override
    def offer_deeds(self, state: str) -> None:
        self.offer(*(self._of_draft() if state == "draft" else self._of_order(state)))

    def _of_draft(self) -> list[Action]:
        if not self.backend.user.may(Permission.MAKE_TRANSFERS):
            return []
        give = Action(N_("Give to the bank"), self.give, "check")
        take = Action(N_("What is due…"), self.take_due, "calendar-clock")
        discard = Action(N_("Discard"), self.discard, question=N_("Discard {name}?"))
        return [give, take, discard] if self.kept.order else [give, take]

    def _of_order(self, state: str) -> list[Action]:
        languages = (("fr", N_("PDF in French")), ("ar", N_("PDF in Arabic")))
        papers_of = [(words, self._deed(papers.save_letter, each)) for each, words in languages]
        if state != "cancelled":
            files = (("pain", N_("ISO 20022 file")), ("cfonb", N_("CFONB 160 file")))
            papers_of += [(words, self._deed(papers.save_bank_file, each)) for each, words in files]
        letter = Action(
            N_("Print the letter"),
            self._deed(papers.print_letter),
            "printer-outline",
            key="page.print",
            menu=papers_of,
        )
        new = Action(N_("New"), self._new, "plus", key="page.new")
        cancel = Action(N_("Cancel the order"), self.cancel, "undo-variant")
        may = self.backend.user.may(Permission.MAKE_TRANSFERS)
        offered = (
            (letter, True),
            (new, may),
            (cancel, may and state == "ordered"),
        )
        return [action for action, is_offered in offered if is_offered]

    def _deed(
        self, function: Callable[..., Awaitable[None]], *more: str
    ) -> Callable[[], Awaitable[None]]:
        return partial(function, self, self.identity, *more)

    async def _new(self) -> None:
        await self.begin()


def _is_of(due: TransferProposal, words: str) -> bool:
    return fold(words.strip()) in fold(f"{due.name} {due.name_ar}")


def _unsettled(found: Sequence[TransferProposal], lines: Sequence[Line], currency: str) -> str:
    """Say which suppliers of the lines hold what settles nothing yet; nothing if none does."""
    ours = {line.party.id for line in lines if line.party}
    holders = {each.party_id: each for each in found if each.unsettled and each.party_id in ours}
    if not holders:
        return ""
    words = current()
    names = [
        f"{each.named(words.language)} ({words.money(each.unsettled, currency)})"
        for each in holders.values()
    ]
    warning = _(
        "Credit notes or advances settle nothing yet: {suppliers}. Match them first, or lower "
        "the amounts."
    )
    return warning.format(suppliers=", ".join(names))
