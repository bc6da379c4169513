"""The form of an attestation, with the scanned paper and the documents that used it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from typing_extensions import override

from erp_desktop.core import wall_clock
from erp_desktop.core.attachments import Subject
from erp_desktop.core.commands import uuid7
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.core.links import LinkChoice
from erp_desktop.ui.attachments import AttachmentsSide
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.follow import follow
from erp_desktop.ui.forms import AmountField, ChoiceField, CodeField, DateField, Form, TextField
from erp_desktop.ui.link_field import LinkField
from erp_desktop.ui.parts import Tone, label
from erp_desktop.ui.table_view import TableView
from erp_desktop.ui.tables import RIGHT, Column, TableModel
from erp_desktop.ui.wanted_form import WantedFormPage
from modules.accounting.attestations import AttestationDraft, save_attestation
from modules.accounting.permissions import Permission
from modules.accounting.selectors.attestations import (
    AttestationRow,
    AttestationSheet,
    AttestationUse,
    SuspendableTax,
    get_attestation,
)
from modules.accounting.widgets.attestations.list_page import STATES, left_of
from modules.accounting.widgets.line_columns import partners

_USES: tuple[Column[tuple[AttestationUse, str]], ...] = (
    Column(N_("Date"), lambda pair: current().date(pair[0].dated_on), width=92),
    Column(N_("Document"), lambda pair: current().isolate(pair[0].number)),
    Column(N_("Amount"), lambda pair: current().amount(pair[0].amount, pair[1]), RIGHT, width=100),
)


@dataclass(frozen=True, slots=True)
class Typed:
    """An attestation as the fields have it; `taxes` are codes with a space between."""

    party: LinkChoice | None = None
    number: str = ""
    authority: str = ""
    issued_on: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    taxes: str = ""
    ceiling: Decimal | None = None
    goods: str = ""


def suspended_choices(taxes: Sequence[SuspendableTax], kept: str) -> list[tuple[str, str]]:
    """Return what an attestation may suspend: all VAT, all taxes, one of them, or what it says."""
    words = current()
    vat = " ".join(sorted(tax.code for tax in taxes if tax.kind == "vat"))
    every = " ".join(sorted(tax.code for tax in taxes))
    told = {vat: _("All VAT")}
    if every != vat:
        told[every] = _("VAT and the taxes in its base")
    for tax in taxes:
        told.setdefault(tax.code, tax.named(words.language))
    if kept:
        told.setdefault(kept, words.isolate(kept.replace(" ", ", ")))
    return list(told.items())


class AttestationFormPage(WantedFormPage[Typed]):
    """One attestation, opened by its id."""

    title = N_("Attestation")

    def __init__(self, backend: Backend) -> None:
        self._taxes = ChoiceField("taxes", N_("What it suspends"), translate=False, required=True)
        self._ceiling = AmountField(
            "ceiling", N_("Ceiling without taxes"), hint=N_("Empty: no limit"), least=Decimal(0)
        )
        fields = (
            LinkField("party", N_("Customer"), provider=partners, required=True),
            CodeField("number", N_("Number"), required=True),
            TextField("authority", N_("Authority"), required=True),
            DateField("issued_on", N_("Date"), required=True),
            DateField("valid_from", N_("From"), required=True),
            DateField("valid_to", N_("To"), required=True),
            self._taxes,
            self._ceiling,
            TextField("goods", N_("Goods"), span=2),
        )
        super().__init__(backend, Form(fields))
        self.identity: UUID = uuid7()
        self._version: int | None = None
        self.uses: TableModel[tuple[AttestationUse, str]] = TableModel(_USES, self)
        self.files = AttachmentsSide(self, backend)
        self.sheet: AttestationSheet | None = None
        self._lay_side()
        follow(self, self._word)

    @override
    async def show_wanted(self) -> None:
        """Show the attestation that was asked for, or an empty form.

        Raises:
            NotFoundError: There is no such attestation.
        """
        wanted = UUID(self.wanted) if self.wanted else None
        self._show(await self.backend.ask(get_attestation, wanted))

    @override
    async def save(self, draft: Typed) -> str:
        told = AttestationDraft(
            self.identity,
            draft.party.id if draft.party else None,
            draft.number,
            draft.authority,
            draft.issued_on,
            draft.valid_from,
            draft.valid_to,
            tuple(draft.taxes.split()),
            draft.ceiling,
            draft.goods,
        )
        await self.backend.do(save_attestation, told, version=self._version)
        self.forget_draft()
        self.wanted = str(self.identity)
        await self.show_wanted()
        number = current().isolate(draft.number)
        return _("Attestation {number} is saved.").format(number=number)

    def _lay_side(self) -> None:
        used = TableView(self.uses)
        used.empty.tell(N_("No document has used it."), icon="file-document-outline")
        used.opened.connect(lambda pair: self._open(pair[0]))
        self.side.addWidget(label(N_("Documents that used it"), "strong"))
        self.side.addWidget(used)
        self.side.addWidget(label(N_("Attachments"), "strong"))
        self.side.addWidget(self.files)

    def _show(self, sheet: AttestationSheet) -> None:
        found = sheet.found
        self.identity = found.id if found else self.identity
        self._version = found.version if found else None
        self.sheet = sheet
        self._ceiling.use(sheet.currency)
        self._word()
        self.show_draft(
            _typed(found) if found else _fresh(suspended_choices(sheet.taxes, "")),
            key=f"accounting.attestation/{found.id if found else 'new'}",
            name=current().isolate(found.number) if found else "",
        )
        self.uses.show_rows([(use, sheet.currency) for use in sheet.uses])
        may = self.backend.user.may(Permission.EDIT_ATTESTATIONS)
        subject = Subject("accounting.attestation", found.id, None) if found else None
        self.files.show_subject(subject, may_edit=may)

    def _word(self) -> None:
        """Say what may be suspended, and the state, in the language of now."""
        if self.sheet is not None:
            found = self.sheet.found
            kept = " ".join(sorted(found.taxes)) if found else ""
            self._taxes.offer(suspended_choices(self.sheet.taxes, kept))
            self.header.show_state(*_state(found))

    def _open(self, use: AttestationUse) -> None:
        self.opens.emit(f"sales.{use.kind}", use.document_id)


def _state(found: AttestationRow | None) -> tuple[str, Tone]:
    if found is None:
        return "", ""
    words, tone = STATES[found.state]
    left = left_of(found)
    state = _(words)
    return (_("{state}, {left} left").format(state=state, left=left) if left else state), tone


def _fresh(choices: Sequence[tuple[str, str]]) -> Typed:
    today = wall_clock.today()
    last = today.replace(month=12, day=31)
    first = choices[0][0] if choices else ""
    return Typed(issued_on=today, valid_from=today, valid_to=last, taxes=first)


def _typed(found: AttestationRow) -> Typed:
    return Typed(
        LinkChoice(found.party_id, "", found.party, found.party_ar),
        found.number,
        found.authority,
        found.issued_on,
        found.valid_from,
        found.valid_to,
        " ".join(sorted(found.taxes)),
        found.ceiling,
        found.goods,
    )
