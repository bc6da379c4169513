"""Which attestation suspends taxes of a document: what can be chosen, and what it means. Pure."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from erp_desktop.core.i18n import _, current
from modules.accounting.api import TaxPlan

if TYPE_CHECKING:
    from modules.sales.selectors import CustomerAttestation
    from modules.sales.widgets.writing import Writing

NONE = ""


def covering(writing: "Writing", day: date | None) -> "tuple[CustomerAttestation, ...]":
    """Return the attestations of the customer that cover a day."""
    customer = writing.customer
    if customer is None or day is None:
        return ()
    return tuple(each for each in customer.attestations if each.covers(day))


def proposed(writing: "Writing", day: date | None) -> str:
    """Return the one that is taken without asking: what ends first; a credit note charges taxes."""
    found = covering(writing, day)
    return str(found[0].id) if found and writing.base.kind == "invoice" else NONE


def offered(writing: "Writing", day: date | None) -> list[tuple[str, str]]:
    """Return what can be chosen, in words; nothing where there is no attestation."""
    words, head = current(), writing.sheet.head
    if not writing.is_editable:
        posted = head.attestation if head else ""
        return [(str(head.attestation_id), words.isolate(posted))] if head and posted else []
    if writing.base.original_id is not None:
        return []
    told = []
    for each in covering(writing, day):
        number = words.isolate(each.number)
        if each.left is not None:
            money = words.money(each.left, writing.base.currency)
            number = _("{number} ({left} left)").format(number=number, left=money)
        told.append((str(each.id), number))
    return [(NONE, _("None: charge the taxes")), *told] if told else []


def plans_of(writing: "Writing", attestation_id: UUID | None) -> Mapping[str, TaxPlan]:
    """Return what each tax code means under an attestation of the customer."""
    known = writing.customer.attestations if writing.customer else ()
    taxes = next((each.taxes for each in known if each.id == attestation_id), ())
    return writing.choices.plans_under(taxes)


def id_of(chosen: str | None) -> UUID | None:
    """Return the attestation that was chosen."""
    return UUID(chosen) if chosen else None
