"""The head of an invoice or a credit note: who buys, on which day, on which terms."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from erp_desktop.core.i18n import N_, current
from erp_desktop.core.links import LinkChoice
from erp_desktop.ui.fields import Field
from erp_desktop.ui.forms import AmountField, ChoiceField, DateField, TextField
from erp_desktop.ui.link_field import LinkField
from modules.sales.names import LANGUAGES, WAYS
from modules.sales.widgets.attesting import offered
from modules.sales.widgets.customer_links import find_customers

if TYPE_CHECKING:
    from modules.sales.widgets.writing import Writing

_PRICES: Mapping[bool, str] = {False: N_("Without tax"), True: N_("With tax")}


@dataclass(frozen=True)
class Head:
    """What is typed above the lines."""

    customer: LinkChoice | None = None
    dated_on: date | None = None
    terms: str = ""
    due_on: date | None = None
    language: str = "fr"
    payment_method: str = "account"
    reference: str = ""
    includes_tax: bool = False
    discount: Decimal | None = None
    note: str = ""
    attestation: str = ""


class HeadFields:
    """The fields of the head, as those who follow them need them."""

    def __init__(self) -> None:
        self.customer = LinkField(
            "customer",
            N_("Customer"),
            provider=find_customers,
            create="parties.customer",
            required=True,
            span=2,
        )
        self.dated_on = DateField("dated_on", N_("Date"), required=True)
        self.terms = ChoiceField("terms", N_("Terms"), translate=False)
        self.due_on = DateField("due_on", N_("Due date"))
        self.language = ChoiceField("language", N_("Paper"), list(LANGUAGES.items()))
        self.payment_method = ChoiceField("payment_method", N_("Paid by"), list(WAYS.items()))
        self.reference = TextField("reference", N_("Customer's reference"))
        self.includes_tax = ChoiceField("includes_tax", N_("Prices"), list(_PRICES.items()))
        self.discount = AmountField("discount", N_("Discount"), least=Decimal(0))
        self.note = TextField("note", N_("Note"), span=2)
        self.attestation = ChoiceField("attestation", N_("Attestation"), translate=False, span=2)
        self.attestation.hide()

    def parts(self, *, of_return: bool = False) -> tuple[Field, ...]:
        """Return them in the order in which one walks through them; a return asks for less."""
        if of_return:
            self.note.span = 1
            head = (self.customer, self.dated_on, self.language, self.reference, self.note)
            return (*head, self.attestation)
        return (
            *(self.customer, self.dated_on, self.terms, self.due_on, self.language),
            *(self.payment_method, self.reference, self.includes_tax, self.discount, self.note),
            self.attestation,
        )

    def offer(self, writing: "Writing", day: date | None) -> None:
        """Offer what can be chosen on a day, in the language of now."""
        language = current().language
        terms = [(each.code, each.named(language)) for each in writing.choices.terms]
        self.terms.offer([("", "—"), *terms])
        attestations = offered(writing, day)
        self.attestation.offer(attestations)
        self.attestation.setVisible(bool(attestations) and self.attestation.parent() is not None)
