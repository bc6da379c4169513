"""A company's own chart of accounts as a kind of import."""

import re
from functools import partial

from typing_extensions import override

from erp_desktop.core.context import Context
from erp_desktop.core.i18n import N_
from erp_desktop.imports import headings, reads
from erp_desktop.imports.checking import Plan, check_table
from erp_desktop.imports.fields import ImportField
from erp_desktop.imports.kinds import Kind, Progress, RowNote
from erp_desktop.imports.problems import What
from erp_desktop.imports.rows import ImportOptions, ReadRow
from erp_desktop.imports.tables import Table
from modules.accounting.chart import ImportedAccount
from modules.accounting.chart_errors import AccountCodeUnplainError
from modules.accounting.permissions import Permission
from modules.accounting.selectors import known_accounts

_CODE = (
    "code · compte · n° compte · no compte · numéro de compte · numero compte · account · "
    "account code · account number · رمز الحساب · رقم الحساب · الحساب · الرمز"
)
_NAME = (
    "name · nom · intitulé · libellé · désignation · intitulé du compte · libellé du compte · "
    "account name · label · title · الاسم · اسم الحساب · التسمية · عنوان الحساب"
)
_STATE = "state · état · statut · actif · active · in use · en service · الحالة · مستعمل"
_IN_USE = dict.fromkeys(("oui", "yes", "1", "x", "true", "actif", "active", "نعم"), "yes")
_ENDED = dict.fromkeys(("non", "no", "0", "false", "inactif", "inactive", "لا"), "no")
_NAME_LENGTH = 200
_DIGITS = re.compile(r"[0-9]{1,12}")

NAME_MISSING = What("name_missing", N_("There is no name. Type how the account is called."))
CODE_UNPLAIN = What("code_unplain", AccountCodeUnplainError.message)
CODE_TAKEN = What(
    "code_taken",
    N_("An account with this code exists already. Choose to change it, or type another code."),
)
CLASS_UNKNOWN = What(
    "class_unknown", N_("There is no class {class}. Add a row for the class, or correct the code.")
)
STATE_UNKNOWN = What("state_unknown", N_("Write oui or non: {known}."))


class AccountKind(Kind[ImportedAccount]):
    """Accounts by code; a class comes with the chart, or in a row of its own."""

    code_taken = CODE_TAKEN

    def __init__(self, classes: frozenset[str]) -> None:
        """`classes` are those of the chart as it is: codes of one digit."""
        state = reads.choice({**_IN_USE, **_ENDED}, STATE_UNKNOWN, "oui (نعم), non (لا)")
        name = reads.text(_NAME_LENGTH)
        super().__init__(
            (
                ImportField(
                    "code", N_("Code"), _CODE, reads.code(12), missing=CODE_UNPLAIN, is_code=True
                ),
                ImportField("name", N_("Name"), _NAME, name, missing=NAME_MISSING),
                ImportField("name_ar", N_("Arabic name"), headings.NAME_AR, name),
                ImportField("in_use", N_("In use"), _STATE, state),
            )
        )
        self._classes = classes

    @override
    def finish(self, row: ReadRow, note: RowNote) -> None:
        if not row.code:
            return
        if not _DIGITS.fullmatch(row.code):
            note("code", row.code, CODE_UNPLAIN)
        elif len(row.code) > 1 and row.code[0] not in self._classes:
            note("code", row.code, CLASS_UNKNOWN, **{"class": row.code[0]})
        else:
            self._classes |= {row.code[0]}

    @override
    def draft(self, row: ReadRow) -> ImportedAccount:
        said = row.values
        in_use = said.get("in_use")
        return ImportedAccount(
            code=row.code,
            name=said["name"],
            name_ar=said.get("name_ar"),
            is_active=None if in_use is None else in_use == "yes",
        )


def get_account_kind(ctx: Context) -> AccountKind:
    """Return what can be imported into the chart as it is."""
    ctx.require(Permission.EDIT_CHART)
    classes = known_accounts(ctx, [str(digit) for digit in range(10)], ())[0]
    return AccountKind(classes)


def dry_run(
    ctx: Context,
    table: Table,
    options: ImportOptions,
    kind: AccountKind,
    *,
    progress: Progress = lambda _done, _total, _doing: None,
) -> Plan[ImportedAccount]:
    """Return what importing a file would write, change and leave out; nothing is written.

    Raises:
        NotAllowedError: The user may not edit the chart.
        CancelledError: The user has cancelled.
    """
    ctx.require(Permission.EDIT_CHART)
    return check_table(table, options, kind, partial(known_accounts, ctx), progress)
