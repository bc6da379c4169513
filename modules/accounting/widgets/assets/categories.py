"""Categories of fixed assets: their accounts, method and life."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, ClassVar

from typing_extensions import override

from erp_desktop.core.errors import NotFoundError
from erp_desktop.core.i18n import N_, _, count, current
from erp_desktop.ui import forms
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.filters import Query
from erp_desktop.ui.forms import Form
from erp_desktop.ui.list_page import ListPage
from erp_desktop.ui.tables import Column
from erp_desktop.ui.wanted_form import WantedFormPage
from modules.accounting.assets import METHODS, AssetCategoryDraft, save_asset_category
from modules.accounting.permissions import Permission
from modules.accounting.selectors.assets import AssetCategoryRow, list_asset_categories

FORM = "accounting.asset_category"
_METHODS = dict(METHODS)


def _life(row: AssetCategoryRow) -> str:
    return count("{n} month", "{n} months", row.life_months) if row.life_months else ""


_COLUMNS: tuple[Column[AssetCategoryRow], ...] = (
    Column(N_("Code"), lambda r: current().isolate(r.code), width=120, strong=True),
    Column(N_("Name"), lambda r: r.named(current().language)),
    Column(N_("Account of the asset"), lambda r: current().isolate(r.asset), width=150),
    Column(N_("Account of depreciation"), lambda r: current().isolate(r.depreciation), width=160),
    Column(N_("Account of the charge"), lambda r: current().isolate(r.charge), width=150),
    Column(N_("Method"), lambda r: _(_METHODS[r.method]), width=150),  # type: ignore[index]
    Column(N_("Life"), _life, width=100),
    Column(
        N_("State"),
        lambda r: _("Active") if r.is_active else _("Inactive"),
        width=100,
        tone=lambda r: "ok" if r.is_active else "",
    ),
)


class AssetCategoriesPage(ListPage[AssetCategoryRow]):
    """The list of categories."""

    title: ClassVar[str] = N_("Categories of fixed assets")
    hint: ClassVar[str] = N_("Code or name")
    columns: ClassVar[tuple[Column[Any], ...]] = _COLUMNS

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self.table.empty.tell(N_("No category. Add one with its accounts, then its assets."))
        if backend.user.may(Permission.EDIT_ASSETS):
            self.set_primary(N_("New category"), lambda: self.opens.emit(FORM, None))

    @override
    async def load(
        self, query: Query, after: AssetCategoryRow | None
    ) -> Sequence[AssetCategoryRow]:
        if after is not None:
            return ()
        wanted, rows = query.text.lower(), await self.backend.ask(list_asset_categories)
        return [r for r in rows if wanted in f"{r.code} {r.name} {r.name_ar}".lower()]

    @override
    def on_open(self, row: AssetCategoryRow) -> None:
        if self.backend.user.may(Permission.EDIT_ASSETS):
            self.opens.emit(FORM, row.code)


class AssetCategoryFormPage(WantedFormPage[AssetCategoryDraft]):
    """One category; the code of one that is kept does not change."""

    title = N_("Category of fixed assets")

    def __init__(self, backend: Backend) -> None:
        self._code = forms.CodeField("code", N_("Code"), required=True)
        fields = (
            self._code,
            forms.CheckField("is_active", N_("In use")),
            forms.TextField("name", N_("Name"), required=True),
            forms.ArabicField("name_ar", N_("Arabic name")),
            forms.TextField("asset", N_("Account of the asset"), required=True),
            forms.TextField("depreciation", N_("Account of depreciation")),
            forms.TextField("charge", N_("Account of the charge")),
            forms.ChoiceField("method", N_("Method"), list(METHODS), required=True),
            forms.AmountField("life_months", N_("Life in months"), decimals=0, least=Decimal(0)),
        )
        super().__init__(backend, Form(fields))
        self._version: int | None = None

    @override
    async def show_wanted(self) -> None:
        """Show the category that was asked for, or an empty form.

        Raises:
            NotFoundError: There is no such category.
        """
        self._version = None
        if not self.wanted:
            self._show(AssetCategoryDraft())
            return
        rows = await self.backend.ask(list_asset_categories)
        found = next((row for row in rows if row.code == self.wanted), None)
        if found is None:
            raise NotFoundError
        self._version = found.version
        names = AssetCategoryDraft.__dataclass_fields__
        self._show(AssetCategoryDraft(**{name: getattr(found, name) for name in names}))

    @override
    async def save(self, draft: AssetCategoryDraft) -> str:
        draft = replace(draft, life_months=int(draft.life_months or 0))
        self._version = await self.backend.do(save_asset_category, draft, version=self._version)
        self.wanted = draft.code
        self.forget_draft()
        self._show(draft)
        return _("Category {code} is saved.").format(code=current().isolate(draft.code))

    def _show(self, draft: AssetCategoryDraft) -> None:
        key = f"{FORM}/{draft.code or 'new'}"
        self.show_draft(draft, key=key, name=current().isolate(draft.code))
        self._code.editor.setEnabled(not draft.code)
