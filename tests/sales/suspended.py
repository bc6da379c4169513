"""What the tests of attestations share: a customer who has one, and what came of using it."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from erp_desktop.core.commands import Answer, uuid7
from modules.accounting.attestations import AttestationDraft, save_attestation
from modules.sales.drafts import InvoiceDraft, InvoiceLineDraft
from modules.sales.figures import InvoiceFigures, reckon_invoice
from modules.sales.selectors import new_invoice
from modules.sales.services import post_invoice
from tests.houses import YEAR
from tests.sales.office import Office

NUMBER = "ATT-2026/15"


@dataclass(frozen=True)
class Exempt:
    """A customer with an attestation, at Nadia's desk."""

    office: Office
    customer: UUID
    attestation: UUID

    def draft(self, *lines: InvoiceLineDraft, **more: Any) -> InvoiceDraft:
        """Write an invoice under the attestation."""
        usual = {"attestation_id": self.attestation}
        return self.office.draft(self.customer, *lines, **{**usual, **more})

    def reckon(self, draft: InvoiceDraft) -> InvoiceFigures:
        """Reckon it as its page does."""
        sheet = self.office.ask(new_invoice, customer_id=self.customer, day=draft.dated_on)
        held = sheet.customer.attestations
        taxes = next((each.taxes for each in held if each.id == draft.attestation_id), ())
        plans = sheet.choices.plans_under(taxes)
        return reckon_invoice(draft, plans, sheet.choices.stamps)

    def payload(self, draft: InvoiceDraft) -> dict[str, Any]:
        """Return the request to post it."""
        return post_invoice(draft, self.reckon(draft))[1]

    def post(self, draft: InvoiceDraft) -> Answer:
        """Post it."""
        return self.office.send(*post_invoice(draft, self.reckon(draft)))

    def used(self) -> Decimal:
        """Return what was used of the attestation."""
        found: Decimal = self.office.house.value(
            f"select used from accounting.attestations where id = '{self.attestation}'"
        )
        return found


def attestation(customer: UUID, **more: Any) -> AttestationDraft:
    """Return an attestation of the year: VAT at 19 and 9 %, up to 10,000."""
    usual = AttestationDraft(
        uuid7(),
        customer,
        NUMBER,
        "DGE Alger",
        date(YEAR, 1, 5),
        date(YEAR, 1, 1),
        date(YEAR, 12, 31),
        ("TVA19", "TVA9"),
        Decimal(10_000),
        "Café vert",
    )
    return replace(usual, **more)


def exempted(office: Office, **more: Any) -> Exempt:
    """Keep a customer with an attestation."""
    customer = office.customer()
    given = attestation(customer, **more)
    office.ask(save_attestation, given)
    return Exempt(office, customer, given.id)
