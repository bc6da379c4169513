"""The form of a customer or a supplier: write a new one, or change one that is there."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Protocol
from uuid import UUID

from typing_extensions import override

from erp_desktop.core.commands import uuid7
from erp_desktop.core.i18n import N_, _, current, in_language
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.follow import follow
from erp_desktop.ui.form_page import FormPage
from erp_desktop.ui.forms import Form
from erp_desktop.ui.parts import button
from modules.parties.permissions import Permission
from modules.parties.selectors import Kind, PartySheet, SimilarParty, find_similar, get_party
from modules.parties.services import PartyDraft, save_party
from modules.parties.widgets.party_fields import PartyFields, when_left
from modules.parties.widgets.party_side import AccountCard, SimilarCard


class PartyFormView(Protocol):
    """All the presenter needs of whoever shows the form."""

    def show_sheet(self, sheet: PartySheet) -> None:
        """Offer what can be chosen, and show the account."""

    def show_party(self, draft: PartyDraft, key: str) -> None:
        """Show a party; what is typed from now on is kept under `key`."""

    def show_similar(self, found: Sequence[SimilarParty]) -> None:
        """Show who may be the same party; nobody is worth nothing."""

    def forget_draft(self) -> None:
        """Keep nothing of what was typed: it is saved."""


class PartyFormPresenter:
    """What the form does, told without a widget."""

    def __init__(self, view: PartyFormView, backend: Backend, kind: Kind) -> None:
        self._view = view
        self._backend = backend
        self._kind = kind
        self._id = uuid7()
        self._version: int | None = None
        self._sheet: PartySheet | None = None

    @property
    def saved_id(self) -> UUID | None:
        """The party's id, once it is kept."""
        return None if self._version is None else self._id

    async def show(self, party_id: UUID | None) -> None:
        """Show a party, or an empty form; of a merged one what it was merged into."""
        sheet = await self._backend.ask(get_party, party_id)
        self._sheet = sheet
        self._view.show_sheet(sheet)
        if sheet.party is None:
            self._id, self._version = uuid7(), None
            self._view.show_party(self._new(sheet), f"parties.{self._kind}/new")
        else:
            self._id, self._version = sheet.party.id, sheet.party.version
            self._view.show_party(PartyDraft.of(sheet.party), f"parties.party/{self._id}")

    async def save(self, draft: PartyDraft) -> str:
        """Save what was typed, as the law writes it, and return the sentence to say."""
        assert self._sheet is not None  # noqa: S101 - nothing can be typed before it is there
        kept = draft.written_by(self._sheet.laws_of(draft.country))
        self._version = await self._backend.do(save_party, self._id, kept, version=self._version)
        self._view.forget_draft()
        self._view.show_similar(())
        self._view.show_party(kept, f"parties.party/{self._id}")
        return _("{party} is saved.").format(party=draft.name)

    async def look_for_similar(self, name: str, name_ar: str, phone: str) -> None:
        """Show whom a new party looks like, before it is kept twice."""
        if self._version is None and (name or phone):
            found = await self._backend.ask(find_similar, name=name, name_ar=name_ar, phone=phone)
            self._view.show_similar(found)

    def _new(self, sheet: PartySheet) -> PartyDraft:
        return PartyDraft(
            code=sheet.next_codes[self._kind],
            is_customer=self._kind == "customer",
            is_supplier=self._kind == "supplier",
            country=sheet.country,
            document_language="fr",
        )


class PartyFormPage(FormPage[PartyDraft]):
    """The presenter's hands and face; a subclass says of which kind a new party is."""

    kind: ClassVar[Kind]

    def __init__(self, backend: Backend) -> None:
        self._fields = PartyFields()
        super().__init__(backend, Form(self._fields.parts()))
        self._presenter = PartyFormPresenter(self, backend, self.kind)
        self._sheet: PartySheet | None = None
        self._party_id: UUID | None = None
        self._draft = PartyDraft()
        self._account, self._similar = AccountCard(), SimilarCard()
        self._merge = button(N_("Merge…"), self._on_merge, icon="call-merge")
        self._set_up()

    def show_sheet(self, sheet: PartySheet) -> None:
        """Offer what can be chosen, and show the account."""
        self._sheet = sheet
        self._account.show_sheet(sheet)
        self._offer(sheet.party.country if sheet.party else sheet.country)

    def show_party(self, draft: PartyDraft, key: str) -> None:
        """Show a party; what is typed from now on is kept under `key`."""
        self._draft = draft
        self._offer(draft.country)
        self.show_draft(draft, key=key, name=self._name())
        self._word()

    def show_similar(self, found: Sequence[SimilarParty]) -> None:
        """Show who may be the same party; nobody is worth nothing."""
        self._similar.show_similar(found)

    @override
    async def save(self, draft: PartyDraft) -> str:
        sentence = await self._presenter.save(draft)
        self._party_id = self._presenter.saved_id
        self._word()
        return sentence

    @override
    def on_first_show(self) -> None:
        self.start_latest(self._presenter.show, self._party_id)

    @override
    def open(self, argument: Any) -> None:
        self._party_id = UUID(str(argument)) if argument else None
        self.start_latest(self._presenter.show, self._party_id)

    @override
    def state(self) -> dict[str, Any]:
        return {**super().state(), "party": str(self._party_id) if self._party_id else None}

    @override
    def restore(self, state: Mapping[str, Any]) -> None:
        self._party_id = UUID(state["party"]) if state.get("party") else None

    def _set_up(self) -> None:
        may = self.backend.user.may
        for part in (self._account, self._similar, None):
            self.side.addWidget(part) if part else self.side.addStretch(1)
        self.header.add(self._merge)
        self.form.setEnabled(may(Permission.EDIT_PARTIES))
        self._fields.credit_limit.setEnabled(may(Permission.EDIT_CREDIT))
        self._fields.country.changed.connect(self._on_country)
        self._similar.chosen.connect(
            lambda each: self.opens.emit(f"parties.{self.kind}", str(each))
        )
        for field in (self._fields.name, self._fields.phone):
            when_left(field, self._on_name)
        follow(self, self._word)

    def _word(self) -> None:
        if self._draft.name:
            self.header.show_title(self._name())
        self.header.show_state("" if self._draft.is_active else _("Inactive"))
        is_kept = self._party_id is not None
        self._merge.setVisible(is_kept and self.backend.user.may(Permission.MERGE_PARTIES))
        self._offer(str(self._fields.country.read() or ""))

    def _name(self) -> str:
        return in_language(current().language, self._draft.name, self._draft.name_ar)

    def _offer(self, country: str) -> None:
        if self._sheet is not None and country:
            self._fields.offer(self._sheet, country)

    def _on_country(self) -> None:
        country = str(self._fields.country.read() or "")
        if self._sheet is not None and country:
            self._fields.offer_country(self._sheet, country)
            self._fields.move_to(self._sheet, country)

    def _on_name(self) -> None:
        typed = self.form.values()
        names = (typed.get("name", ""), typed.get("name_ar", ""), typed.get("phone", ""))
        self.start_latest(self._presenter.look_for_similar, *names)

    def _on_merge(self) -> None:
        self.opens.emit("parties.duplicates", {"party": str(self._party_id)})


class CustomerFormPage(PartyFormPage):
    """The form of a customer."""

    kind: ClassVar[Kind] = "customer"
    title: ClassVar[str] = N_("New customer")


class SupplierFormPage(PartyFormPage):
    """The form of a supplier."""

    kind: ClassVar[Kind] = "supplier"
    title: ClassVar[str] = N_("New supplier")
