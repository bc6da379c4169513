"""Importing partners: what rows may leave out, and how it is called."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from typing_extensions import override

from erp_desktop.core.i18n import N_, count, current
from erp_desktop.imports.kinds import Kind
from erp_desktop.imports.rows import ImportOptions
from erp_desktop.imports.tables import Table
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.follow import follow
from erp_desktop.ui.forms import ChoiceField, Field
from erp_desktop.ui.import_page import ImportPage
from erp_desktop.ui.import_presenter import ImportJob
from erp_desktop.ui.import_result import ImportWords
from modules.parties.imports.dry_run import dry_run, get_party_kind
from modules.parties.imports.parties import PartyKind
from modules.parties.selectors import Choice, PartySheet
from modules.parties.services import PartyDraft, import_parties
from modules.parties.widgets.party_fields import LANGUAGES

_KINDS = (
    ("customer", N_("Customer")),
    ("supplier", N_("Supplier")),
    ("both", N_("Customer and supplier")),
)
_COMPANIES = (("", N_("Person")), ("yes", N_("Company")))


class PartyImportPage(ImportPage[PartyDraft]):
    """Customers and suppliers from a file of any program."""

    title = N_("Import partners")
    job = ImportJob("parties.import", get_party_kind, dry_run, import_parties)
    words = ImportWords(
        action=lambda n: count("Import {n} partner", "Import {n} partners", n),
        ready=lambda n: count("{n} partner to import", "{n} partners to import", n),
        created=lambda n: count("{n} partner created", "{n} partners created", n),
    )
    done = N_("Show the partners")
    done_page = "parties.customers"

    def __init__(self, backend: Backend) -> None:
        self._sheet: PartySheet | None = None
        self._kind = ""
        super().__init__(backend)
        follow(self, self._word_choices)

    @override
    def defaults(self) -> Sequence[Field]:
        self._terms = ChoiceField("terms", N_("Payment terms"), translate=False)
        self._price_list = ChoiceField("price_list", N_("Price list"), translate=False)
        return (
            ChoiceField("kind", N_("Customer or supplier"), _KINDS),
            ChoiceField("is_company", N_("Company or person"), _COMPANIES),
            self._terms,
            self._price_list,
            ChoiceField("language", N_("Language of documents"), (("", "—"), *LANGUAGES)),
        )

    @override
    def open(self, argument: Any) -> None:
        """Import what a list shows, if it is opened from there: `customer` or `supplier`."""
        if argument in {"customer", "supplier"}:
            self._kind = str(argument)
            self.done_page = f"parties.{argument}s"
        else:
            super().open(argument)

    @override
    def show_table(
        self, kind: Kind[PartyDraft], table: Table, options: ImportOptions, *, is_remembered: bool
    ) -> None:
        if self._kind and not is_remembered:
            options = replace(options, defaults={**options.defaults, "kind": self._kind})
        super().show_table(kind, table, options, is_remembered=is_remembered)

    @override
    def offer(self, kind: Any) -> None:
        if isinstance(kind, PartyKind):
            self._sheet = kind.sheet
            self._word_choices()

    def _word_choices(self) -> None:
        if self._sheet is not None:
            self._terms.offer(_offered(self._sheet.terms))
            self._price_list.offer(_offered(self._sheet.price_lists))


def _offered(choices: Sequence[Choice]) -> list[tuple[str, str]]:
    language = current().language
    return [("", "—"), *((each.code, each.named(language)) for each in choices)]
