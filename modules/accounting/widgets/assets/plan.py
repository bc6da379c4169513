"""The plan of an asset beside its form: year by year, as the fields stand."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from erp_desktop.core.i18n import N_, current
from erp_desktop.core.money import CURRENCIES
from erp_desktop.ui.parts import card, label
from erp_desktop.ui.table_view import TableView
from erp_desktop.ui.tables import RIGHT, Column, TableModel
from modules.accounting.assets import AssetDraft
from modules.accounting.depreciation import Method, PlanYear, Terms, plan
from modules.accounting.selectors.assets import AssetSheet

_ZERO = Decimal(0)
_ONE = Decimal(1)
_WIDTH, _HEIGHT = 450, 420


def coefficient_of(sheet: AssetSheet, method: str, life_months: int, day: date) -> Decimal | None:
    """Return by how much the law lets a method go faster than straight; None if it does not."""
    if method in {"none", "linear"}:
        return _ONE
    rule = sheet.law_on(method, day)
    if "coefficient" in rule:
        return Decimal(rule["coefficient"])
    steps = sorted((int(name[6:]), name) for name in rule if name.startswith("years_"))
    for years, name in steps:
        if life_months <= years * 12:
            return Decimal(rule[name])
    return Decimal(rule["more"]) if "more" in rule else None


def terms_of(sheet: AssetSheet, draft: AssetDraft) -> Terms | None:
    """Return what the plan of a draft follows from; None while something is missing."""
    day, life = draft.in_service_on or draft.acquired_on, int(draft.life_months or 0)
    if day is None or not draft.cost or (draft.method != "none" and life <= 0):
        return None
    coefficient = coefficient_of(sheet, draft.method, life, day)
    if coefficient is None:
        return None
    by_month = sheet.law_on("rules", day).get("prorata", "month") == "month"
    starts_on = day.replace(day=1) if by_month or draft.method == "declining" else day
    method: Method = draft.method  # type: ignore[assignment] # one of those the field offers
    base = draft.cost - (draft.residual or _ZERO)
    terms = Terms(base, method, life, starts_on, CURRENCIES[sheet.currency], coefficient)
    if draft.taken_over_on is None:
        return terms
    taken_over = draft.taken_over or _ZERO
    return replace(terms, taken_over=taken_over, taken_over_on=draft.taken_over_on)


class PlanCard:
    """The years of the plan, as a card for the side of a form."""

    def __init__(self) -> None:
        self.currency = "DZD"
        self.model: TableModel[PlanYear] = TableModel(self._columns())
        table = TableView(self.model)
        table.setMinimumSize(_WIDTH, _HEIGHT)
        table.empty.tell(N_("Type cost, day of service and life to see the plan."))
        self.widget = card(label(N_("Depreciation plan"), "heading"), table)

    def show_plan(self, sheet: AssetSheet, draft: AssetDraft | None) -> None:
        """Show the plan of a draft; nothing while it cannot be reckoned."""
        self.currency = sheet.currency
        terms = terms_of(sheet, draft) if draft is not None else None
        fits = terms is not None and terms.base > 0 and terms.taken_over <= terms.base
        self.model.show_rows(plan(terms) if terms is not None and fits else ())

    def _columns(self) -> tuple[Column[PlanYear], ...]:
        def amount(value: Decimal) -> str:
            return current().amount(value, self.currency)

        return (
            Column(N_("Year"), lambda y: current().isolate(str(y.year)), width=90, strong=True),
            Column(N_("Charge"), lambda y: amount(y.amount), RIGHT, width=116),
            Column(N_("Depreciated"), lambda y: amount(y.used), RIGHT, width=116),
            Column(N_("Net value"), lambda y: amount(y.left), RIGHT, width=116),
        )
