"""The head of a purchase, and the document that a purchase is on its page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from erp_desktop.core.i18n import N_, _, current, in_language
from erp_desktop.core.links import LinkChoice
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.document_page import Document, Happening, Step, Total
from erp_desktop.ui.fields import Field
from erp_desktop.ui.follow import follow
from erp_desktop.ui.forms import AmountField, ChoiceField, CodeField, DateField, TextField
from erp_desktop.ui.link_field import LinkField
from modules.accounting.purchases import purchase_figures
from modules.accounting.selectors.purchases import PurchaseChoices, PurchaseRow, PurchaseSheet
from modules.accounting.widgets.purchases.lines import Line, line_of
from modules.parties.api import find_parties_for_link

KINDS = {"invoice": N_("Invoice"), "credit_note": N_("Credit note")}
_TO_POST, _POSTED, _UNDONE = N_("To post"), N_("Posted"), N_("Taken back")
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class PurchaseHead:
    """The head of a purchase; branch is the id as text, total what the paper says at its end."""

    kind: str = "invoice"
    party: LinkChoice | None = None
    number: str = ""
    dated_on: date | None = None
    booked_on: date | None = None
    due_on: date | None = None
    label: str = ""
    stamp: Decimal | None = None
    total: Decimal | None = None
    branch: str = ""


class HeadFields:
    """The fields of the head."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self.party = LinkField("party", N_("Supplier"), provider=suppliers, required=True)
        self.stamp = AmountField("stamp", N_("Stamp duty"), decimals=None, least=_ZERO)
        self.total = AmountField("total", N_("Total of the paper"), decimals=None, least=_ZERO)
        self._branch = ChoiceField("branch", N_("Branch"), [("", "")], translate=False)
        follow(self._branch, self._offer_branches)

    def parts(self) -> tuple[Field, ...]:
        """Return them in their order."""
        return (
            self.party,
            ChoiceField("kind", N_("Kind"), list(KINDS.items()), required=True),
            CodeField("number", N_("Number of the paper"), required=True),
            DateField("dated_on", N_("Date of the paper"), required=True),
            DateField("booked_on", N_("Booked on"), required=True),
            DateField("due_on", N_("Due date")),
            TextField("label", N_("Label")),
            self.stamp,
            self.total,
            self._branch,
        )

    def use(self, currency: str) -> None:
        """Take and show the decimals of the company's currency."""
        for field in (self.stamp, self.total):
            field.use(currency)

    def _offer_branches(self) -> None:
        language = current().language
        branches = self._backend.user.branches
        self._branch.offer(
            [(str(b.id), in_language(language, b.name, b.name_ar)) for b in branches]
        )


async def suppliers(backend: Any, text: str) -> Sequence[LinkChoice]:
    """Return the active suppliers that a text means, best first."""
    found = await find_parties_for_link(backend, text, kind="supplier")
    return [LinkChoice(r.id, r.code, r.name, r.name_ar, r.city, record=r) for r in found]


def new_document(day: date, branch: str) -> Document[PurchaseHead, Line]:
    """Return a purchase that is not typed yet."""
    head = PurchaseHead(dated_on=day, booked_on=day, due_on=day, branch=branch)
    path = (Step(_TO_POST, "warn"), Step(_POSTED))
    return Document("accounting.purchase/new", head, (), state=_TO_POST, path=path)


def document_of(row: PurchaseRow, sheet: PurchaseSheet) -> Document[PurchaseHead, Line]:
    """Return a purchase that was booked."""
    party = LinkChoice(row.party_id, "", row.name, row.name_ar)
    head = PurchaseHead(
        *(row.kind, party, row.number, row.dated_on, row.booked_on, row.due_on, row.label),
        *(row.stamp or None, row.total, str(row.branch_id)),
    )
    posted = Happening(row.made_at, N_("Posted as {number}"), row.made_by, {"number": row.entry})
    return Document(
        f"accounting.purchase/{row.id}",
        head,
        [line_of(each, sheet.accounts, row.currency) for each in row.lines],
        number=row.number,
        state=_UNDONE if row.is_undone else _POSTED,
        tone="warn" if row.is_undone else "ok",
        path=(Step(_TO_POST, "ok"), Step(_POSTED, "" if row.is_undone else "ok")),
        history=(posted,),
        is_editable=False,
    )


def totals_of(
    head: Mapping[str, Any], lines: Sequence[Line], choices: PurchaseChoices
) -> tuple[Total, ...]:
    """Return what a purchase comes to, and what is missing to the total of the paper."""
    typed = [line.as_draft() for line in lines if not line.is_empty]
    figures = purchase_figures(typed, choices.plans, choices.vat, choices.currency)
    stamp = head.get("stamp") or _ZERO
    total = figures.total + stamp
    rest = (head.get("total") or total) - total
    amounts = (
        (_("Net"), figures.net),
        (_("VAT to deduct"), figures.deductible),
        (_("Tax in the cost"), figures.cost_tax),
        (_("Stamp duty"), stamp),
        (_("Missing to the paper") if rest > 0 else _("Above the paper"), abs(rest)),
    )
    words, currency = current(), choices.currency
    shown = [Total(name, words.amount(value, currency)) for name, value in amounts if value]
    return (*shown, Total(_("Total"), words.money(total, currency), is_due=True))
