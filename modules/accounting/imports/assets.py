"""A register of fixed assets that another program kept, as a kind of import."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from typing_extensions import override

from erp_desktop.core.context import Context
from erp_desktop.core.i18n import N_
from erp_desktop.core.search import fold
from erp_desktop.imports import headings, reads
from erp_desktop.imports.checking import Plan, check_table
from erp_desktop.imports.fields import ImportField, Read
from erp_desktop.imports.kinds import Kind, Progress, RowNote
from erp_desktop.imports.problems import Note, What
from erp_desktop.imports.rows import ImportOptions, ReadRow
from erp_desktop.imports.tables import Table
from modules.accounting.assets import AssetDraft
from modules.accounting.imports import days
from modules.accounting.permissions import Permission
from modules.accounting.selectors.assets import AssetCategoryRow, get_asset_sheet, known_assets

_CODE = "code · n° · numéro · numero · référence · inventaire · n° inventaire · الرمز · رقم الجرد"
_NAME = "name · nom · désignation · libellé · intitulé · bien · التسمية · الاسم · البيان"
_CATEGORY = "category · catégorie · famille · nature · compte · الفئة · الصنف · الحساب"
_PLACE = "location · emplacement · lieu · localisation · bureau · المكان · الموقع"
_ACQUIRED = "acquired · date d'acquisition · date acquisition · acquisition · date · تاريخ الاقتناء"
_SERVICE = "in service · mise en service · date de mise en service · تاريخ الوضع في الخدمة"
_COST = "cost · coût · valeur d'origine · valeur brute · montant · prix · التكلفة · القيمة الأصلية"
_REST = "residual · valeur résiduelle · القيمة المتبقية"
_METHOD = "method · méthode · mode · mode d'amortissement · الطريقة · طريقة الاهتلاك"
_YEARS = "years · durée · durée (ans) · années · duree · المدة · عدد السنوات"
_USED = "depreciated · amortissements cumulés · cumul · cumul amortissements · مجموع الاهتلاك"
_UNTIL = "until · au · arrêté au · date du cumul · date de reprise · إلى غاية · تاريخ الأخذ"
_INVOICE = "invoice · facture · n° facture · pièce · الفاتورة · رقم الفاتورة"
_WORDS = {
    **dict.fromkeys(("lineaire", "linear", "straight-line", "ثابت", "قسط ثابت"), "linear"),
    **dict.fromkeys(("degressif", "declining", "متناقص", "قسط متناقص"), "declining"),
    **dict.fromkeys(("non amortissable", "none", "non", "غير قابل للاهتلاك"), "none"),
}
_MOST_YEARS = 100

CODE_MISSING = What("code_missing", N_("There is no code. Type the number on its label."))
NAME_MISSING = What("name_missing", N_("There is no name. Type what it is."))
CATEGORY_UNKNOWN = What(
    "category_unknown", N_("There is no such category. Type one of these: {known}.")
)
CATEGORY_MISSING = What("category_missing", N_("There is no category. Type its code or name."))
COST_MISSING = What("cost_missing", N_("There is no cost. Type what it cost without tax."))
ACQUIRED_MISSING = What("acquired_missing", N_("There is no day. Type when it was acquired."))
METHOD_UNKNOWN = What("method_unknown", N_("Write one of these: {known}."))
YEARS_UNREADABLE = What("years_unreadable", N_("Type a life in years, above 0 and up to 100."))
USED_TOO_MUCH = What(
    "used_too_much", N_("More is depreciated than it cost. Correct one of the two.")
)
UNTIL_MISSING = What(
    "until_missing", N_("Type until which day it is depreciated: the end of the last year.")
)
CODE_TAKEN = What(
    "code_taken",
    N_("An asset with this code exists already. Choose to change it, or leave it out."),
)


@dataclass(frozen=True, slots=True)
class _Offered:
    categories: tuple[AssetCategoryRow, ...]
    currency: str
    branch: str


def _category(rows: Iterable[AssetCategoryRow]) -> Read:
    """Read a category by its code, either name, or the account of its assets."""
    known = {
        fold(word): row.code
        for row in rows
        for word in (row.asset, row.name_ar, row.name, row.code)
        if word
    }
    return reads.choice(known, CATEGORY_UNKNOWN, ", ".join(sorted(set(known.values()))))


def _months(cell: str, note: Note) -> int | None:
    years = reads.quantity(cell, note)
    if years is None:
        return None
    if 0 < years <= _MOST_YEARS:
        return round(years * 12)
    note(YEARS_UNREADABLE)
    return None


class AssetKind(Kind[AssetDraft]):
    """Assets by code; what a row does not say of method and life, its category says."""

    code_taken = CODE_TAKEN

    def __init__(self, offered: _Offered) -> None:
        """`offered` are the categories, the currency, and the branch that takes them over."""
        money = reads.amount(offered.currency)
        text = reads.text(120)
        method = reads.choice(_WORDS, METHOD_UNKNOWN, "linéaire, dégressif, non amortissable")
        rows = offered.categories
        super().__init__(
            (
                ImportField("code", N_("Code"), _CODE, reads.code(30), CODE_MISSING, is_code=True),
                ImportField("name", N_("Name"), _NAME, text, NAME_MISSING),
                ImportField("name_ar", N_("Arabic name"), headings.NAME_AR, text),
                ImportField(
                    "category", N_("Category"), _CATEGORY, _category(rows), CATEGORY_MISSING
                ),
                ImportField("location", N_("Location"), _PLACE, text),
                ImportField(
                    "acquired_on", N_("Acquired on"), _ACQUIRED, days.day, ACQUIRED_MISSING
                ),
                ImportField("in_service_on", N_("In service on"), _SERVICE, days.day),
                ImportField("cost", N_("Cost"), _COST, money, COST_MISSING),
                ImportField("residual", N_("Value at the end"), _REST, money),
                ImportField("method", N_("Method"), _METHOD, method),
                ImportField("life", N_("Life in years"), _YEARS, _months),
                ImportField("taken_over", N_("Depreciated already"), _USED, money),
                ImportField("taken_over_on", N_("Until"), _UNTIL, days.day),
                ImportField("document", N_("Invoice of the supplier"), _INVOICE, text),
            )
        )
        self._categories = {row.code: row for row in rows}
        self._branch = offered.branch

    @override
    def finish(self, row: ReadRow, note: RowNote) -> None:
        said = row.values
        used, cost = said.get("taken_over"), said.get("cost")
        if used and cost is not None and used > cost - (said.get("residual") or 0):
            note("taken_over", str(used), USED_TOO_MUCH)
        if used and "taken_over_on" not in said:
            note("taken_over_on", "", UNTIL_MISSING)

    @override
    def draft(self, row: ReadRow) -> AssetDraft:
        said = row.values
        category = self._categories[said["category"]]
        method = said.get("method") or category.method
        life = 0 if method == "none" else said.get("life") or category.life_months
        return AssetDraft(
            code=row.code,
            name=said["name"],
            name_ar=said.get("name_ar") or "",
            category=category.code,
            branch_id=self._branch,
            location=said.get("location") or "",
            acquired_on=said["acquired_on"],
            in_service_on=said.get("in_service_on"),
            cost=said["cost"],
            residual=said.get("residual"),
            method=method,
            life_months=life,
            taken_over=said.get("taken_over"),
            taken_over_on=said.get("taken_over_on"),
            document=said.get("document") or "",
        )


def get_asset_kind(ctx: Context) -> AssetKind:
    """Return what can be imported into the register; assets go to the user's own branch."""
    ctx.require(Permission.EDIT_ASSETS)
    sheet = get_asset_sheet(ctx, None)
    return AssetKind(_Offered(sheet.categories, sheet.currency, str(ctx.user.branch.id)))


def dry_run(
    ctx: Context,
    table: Table,
    options: ImportOptions,
    kind: AssetKind,
    *,
    progress: Progress = lambda _done, _total, _doing: None,
) -> Plan[AssetDraft]:
    """Return what importing a file would write, change and leave out; nothing is written.

    Raises:
        NotAllowedError: The user may not edit assets.
        CancelledError: The user has cancelled.
    """
    ctx.require(Permission.EDIT_ASSETS)
    return check_table(table, options, kind, partial(known_assets, ctx), progress)
