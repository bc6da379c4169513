"""Importing the movements of a bank account from a table of the e-banking."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from typing_extensions import override

from erp_desktop.core.i18n import N_, count
from erp_desktop.imports.kinds import Kind
from erp_desktop.imports.rows import ImportOptions
from erp_desktop.imports.tables import Table
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.forms import AmountField, ChoiceField, Field
from erp_desktop.ui.import_page import ImportPage
from erp_desktop.ui.import_presenter import ImportJob
from erp_desktop.ui.import_result import ImportWords
from modules.accounting.imports.movements import MovementKind, dry_run, get_movement_kind
from modules.accounting.reconciling import TableMovement, import_movements


class BankTableImportPage(ImportPage[TableMovement]):
    """Movements from a CSV or a spreadsheet; the balances around them are typed."""

    title = N_("Import a table of movements")
    job = ImportJob(
        "accounting.bank_table", get_movement_kind, dry_run, import_movements, has_codes=False
    )
    words = ImportWords(
        action=lambda n: count("Import {n} movement", "Import {n} movements", n),
        ready=lambda n: count("{n} movement to import", "{n} movements to import", n),
        created=lambda n: count("{n} new movement", "{n} new movements", n),
    )
    done = N_("Show the bank accounts")
    done_page = "accounting.bank_accounts"

    def __init__(self, backend: Backend) -> None:
        self._code = ""
        super().__init__(backend)

    @override
    def defaults(self) -> Sequence[Field]:
        self._bank = ChoiceField("bank", N_("Bank account"), translate=False, required=True)
        return (
            self._bank,
            AmountField("opening", N_("Opening balance"), required=True),
            AmountField("closing", N_("Closing balance"), required=True),
        )

    @override
    def offer(self, kind: Any) -> None:
        if isinstance(kind, MovementKind):
            self._bank.offer(
                [(row.code, f"{row.code} · {row.name}") for row in kind.banks.values()]
            )

    @override
    def show_table(
        self,
        kind: Kind[TableMovement],
        table: Table,
        options: ImportOptions,
        *,
        is_remembered: bool,
    ) -> None:
        # Balances of another file are none of this one.
        bank = self._code or options.defaults.get("bank", "")
        options = replace(options, defaults={"bank": bank} if bank else {})
        super().show_table(kind, table, options, is_remembered=is_remembered)

    @override
    def open(self, argument: Any) -> None:
        """Import for the bank account of a code."""
        self._code = str(argument or "")

    @override
    def state(self) -> dict[str, Any]:
        return {**super().state(), "bank": self._code}

    @override
    def restore(self, state: Mapping[str, Any]) -> None:
        self._code = str(state.get("bank") or "")
        super().restore(state)
