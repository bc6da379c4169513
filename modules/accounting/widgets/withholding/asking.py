"""The window in which a certificate is typed: kind, total and VAT say what is withheld."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QLineEdit, QWidget

from erp_desktop.core.commands import uuid7
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.core.links import LinkChoice
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.fields import Field
from erp_desktop.ui.form_dialog import ask_form
from erp_desktop.ui.forms import AmountField, ChoiceField, CodeField, DateField, TextField
from erp_desktop.ui.link_field import LinkField
from erp_desktop.ui.page import Page
from modules.accounting.selectors.withholding import (
    WithholdingChoices,
    WithholdingKind,
    get_withholding_choices,
)
from modules.accounting.widgets.law_words import percent
from modules.accounting.widgets.line_columns import partners
from modules.accounting.withholding import WITHHOLD, withheld_of

SIDES = {"issued": N_("Ours, to a supplier"), "received": N_("Received from a customer")}
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate as it is typed.

    Attributes:
        total: With tax, without stamp.
        reckoned: Base and rate in words; nobody types it.
    """

    dated_on: date | None
    document_on: date | None
    side: str = "issued"
    party: LinkChoice | None = None
    party_tax_id: str = ""
    number: str = ""
    document: str = ""
    kind: str | None = None
    total: Decimal | None = None
    vat: Decimal | None = None
    attestation: str = ""
    attested_until: date | None = None
    reckoned: str = ""
    amount: Decimal | None = None

    def as_payload(self) -> dict[str, Any]:
        """Return what the gate takes."""
        texts = ("side", "party_tax_id", "number", "document", "kind", "attestation")
        days = ("dated_on", "document_on", "attested_until")
        told: dict[str, Any] = {name: getattr(self, name) for name in texts}
        for name in days:
            day = getattr(self, name)
            told[name] = day.isoformat() if day else None
        told["party_id"] = str(self.party.id) if self.party else None
        return {
            **told,
            "total": str(self.total or _ZERO),
            "vat": str(self.vat or _ZERO),
            "amount": str(self.amount or _ZERO),
        }


class _Reckoning:
    """Keeps kinds, base and amount as day, total, VAT and attestation want them."""

    def __init__(self, choices: WithholdingChoices) -> None:
        self._choices = choices
        self._fields: dict[str, Field] = {}

    def watch(self, fields: Sequence[Field]) -> None:
        """Follow what is typed."""
        self._fields = {field.name: field for field in fields}
        for name in ("kind", "total", "vat", "attestation", "attested_until"):
            if name in self._fields:
                self._fields[name].changed.connect(self.reckon)
        self._fields["dated_on"].changed.connect(self._on_day)

    def kinds_on(self, day: date) -> list[tuple[str, str]]:
        """Return the kinds of a day, worded."""
        language = current().language
        return [
            (kind.code, f"{kind.named(language)} · {percent(kind.law['rate'])}")
            for kind in self._choices.kinds
            if kind.holds_on(day)
        ]

    def reckon(self) -> None:
        """Show what is withheld, as soon as it can be said."""
        kind, total = self._kind(), self._read("total")
        if kind is None or total is None:
            return
        day, until = self._read("dated_on"), self._read("attested_until")
        is_attested = bool(self._read("attestation")) and until is not None and until >= day
        vat = self._read("vat") or _ZERO
        currency = self._choices.currency
        said = withheld_of(kind.law, total, vat, currency, is_attested=is_attested)
        words = _("{rate} of {base}")
        base = current().money(said.base, currency)
        self._fields["reckoned"].show_value(words.format(rate=percent(said.rate), base=base))
        self._fields["amount"].show_value(said.amount)

    def _on_day(self) -> None:
        day, kinds = self._read("dated_on"), self._fields["kind"]
        if day is not None and isinstance(kinds, ChoiceField):
            kinds.offer(self.kinds_on(day))
        self.reckon()

    def _kind(self) -> WithholdingKind | None:
        code, day = self._read("kind"), self._read("dated_on")
        if day is None:
            return None
        kinds = (each for each in self._choices.kinds if each.code == code and each.holds_on(day))
        return next(kinds, None)

    def _read(self, name: str) -> Any:
        if name not in self._fields:
            return None
        try:
            return self._fields[name].read()
        except ValueError:
            return None


async def ask_certificate(page: Page, backend: Backend, draft: Certificate) -> Certificate | None:
    """Ask for a certificate; None if there is none."""
    choices = await backend.ask(get_withholding_choices)
    if not choices.kinds:
        page.say(_("The country rules withhold nothing. Add a rule on the page Country rules."))
        return None
    return await _ask(page, choices, draft)


async def make_certificate(
    backend: Backend, typed: Certificate, branch_id: UUID, settles: UUID | None = None
) -> str:
    """Make a certificate and return the sentence to say.

    Args:
        backend: Sends it.
        typed: The certificate.
        branch_id: Whose it is.
        settles: The entry of the invoice that it was kept back of, which it settles in part.

    Raises:
        UserError: The gate refused it.
    """
    told = {"id": str(uuid7()), "branch_id": str(branch_id)}
    if settles is not None:
        told["settles"] = str(settles)
    answer = await backend.execute(WITHHOLD, {**typed.as_payload(), **told})
    number = current().isolate(str(answer.result["number"]))
    return _("Certificate {number} is posted.").format(number=number)


async def _ask(
    page: QWidget, choices: WithholdingChoices, draft: Certificate
) -> Certificate | None:
    reckoning = _Reckoning(choices)
    currency = choices.currency
    kinds = reckoning.kinds_on(draft.dated_on or date.max)
    reckoned = TextField("reckoned", N_("Rate and base"))
    if isinstance(reckoned.editor, QLineEdit):
        reckoned.editor.setReadOnly(True)
    fields: list[Field] = [
        ChoiceField("side", N_("Which way"), list(SIDES.items()), required=True),
        CodeField("number", N_("Number of a received one"), hint=N_("Ours are numbered here")),
        LinkField("party", N_("Partner"), provider=partners, required=True),
        CodeField("party_tax_id", N_("Tax number of the partner")),
        CodeField("document", N_("Document"), required=True),
        DateField("document_on", N_("Date of the document"), required=True),
        DateField("dated_on", N_("Date"), required=True),
        ChoiceField("kind", N_("What for"), kinds, translate=False, required=True),
        AmountField("total", N_("Total with tax, without stamp"), currency=currency, required=True),
        AmountField("vat", N_("VAT"), currency=currency, least=_ZERO),
        *_attestation(choices),
        reckoned,
        AmountField("amount", N_("Amount withheld"), currency=currency, required=True),
    ]
    reckoning.watch(fields)
    title = N_("Withholding tax certificate")
    return await ask_form(page, title, N_("Make the certificate"), fields, draft)


def _attestation(choices: WithholdingChoices) -> tuple[Field, ...]:
    """Ask for it only where the law does."""
    if not any("attested" in kind.law for kind in choices.kinds):
        return ()
    return (
        CodeField("attestation", N_("Attestation")),
        DateField("attested_until", N_("Valid until")),
    )
