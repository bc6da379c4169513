"""The fields of an asset."""

from decimal import Decimal

from erp_desktop.core.i18n import N_, current, in_language
from erp_desktop.ui import forms
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.forms import Form, Section
from modules.accounting.assets import METHODS, AssetDraft
from modules.accounting.selectors.assets import AssetSheet

_LEAST = Decimal(0)
# What the books follow from: closed once something is posted.
_FIXED = (
    "category", "branch_id", "acquired_on", "in_service_on", "cost", "residual", "method",
    "life_months", "taken_over", "taken_over_on",
)  # fmt: skip


def _choice(name: str, title: str, *, required: bool = False) -> forms.ChoiceField:
    """Return a field whose choices come later."""
    return forms.ChoiceField(name, title, [("", "")], translate=False, required=required)


class AssetForm(Form[AssetDraft]):
    """Code, value and life of an asset; method and life come with its category."""

    def __init__(self, backend: Backend) -> None:
        self._places = [(str(b.id), b.name, b.name_ar) for b in backend.user.branches]
        self._category = _choice("category", N_("Category"), required=True)
        self._branch = _choice("branch_id", N_("Branch"), required=True)
        self._centre = _choice("cost_centre", N_("Cost centre"))
        cost = forms.AmountField("cost", N_("Cost"), least=_LEAST, required=True)
        residual = forms.AmountField("residual", N_("Value at the end"), least=_LEAST)
        taken_over = forms.AmountField("taken_over", N_("Depreciated already"), least=_LEAST)
        self._money = (cost, residual, taken_over)
        super().__init__(
            (
                forms.TextField("code", N_("Code"), required=True),
                self._category,
                forms.TextField("name", N_("Name"), required=True),
                forms.ArabicField("name_ar", N_("Arabic name")),
                self._branch,
                forms.TextField("location", N_("Location")),
                self._centre,
                forms.TextField("document", N_("Invoice of the supplier")),
                Section(N_("Value and life")),
                forms.DateField("acquired_on", N_("Acquired on"), required=True),
                forms.DateField("in_service_on", N_("In service on")),
                cost,
                residual,
                forms.ChoiceField("method", N_("Method"), list(METHODS), required=True),
                forms.AmountField("life_months", N_("Life in months"), decimals=0, least=_LEAST),
                Section(N_("Taken over from another program")),
                taken_over,
                forms.DateField("taken_over_on", N_("Until")),
            )
        )
        self._known = ""

    def offer(self, sheet: AssetSheet) -> None:
        """Offer categories, branches and cost centres in the user's language."""
        language = current().language
        kinds = [(each.code, each.named(language)) for each in sheet.categories]
        centres = [(each.code, each.named(language)) for each in sheet.cost_centres]
        places = [(key, in_language(language, name, ar)) for key, name, ar in self._places]
        self._category.offer([("", ""), *kinds])
        self._centre.offer([("", ""), *centres])
        self._branch.offer(places)
        for field in self._money:
            field.use(sheet.currency)

    def lock(self, *, is_fixed: bool, is_gone: bool) -> None:
        """Close what the books follow from, or everything."""
        self._known = str(self.values().get("category") or "")
        for name, field in self.fields.items():
            field.lock(locked=is_gone or (is_fixed and name in _FIXED))

    def follow_category(self, sheet: AssetSheet) -> None:
        """Take method and life of a category that was just chosen."""
        category = str(self.values().get("category") or "")
        if category == self._known:
            return
        self._known = category
        kind = next((each for each in sheet.categories if each.code == category), None)
        if kind is not None:
            self.fields["method"].show_value(kind.method)
            self.fields["life_months"].show_value(kind.life_months)
