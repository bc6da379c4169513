"""Units of measure: their list and the form of one."""

from collections.abc import Sequence
from typing import Any, ClassVar

from typing_extensions import override

from erp_desktop.core.errors import NotFoundError
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.core.search import has_words
from erp_desktop.ui import forms
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.filters import Query
from erp_desktop.ui.forms import Form
from erp_desktop.ui.list_page import ListPage
from erp_desktop.ui.tables import RIGHT, Column
from erp_desktop.ui.wanted_form import WantedFormPage
from modules.catalog.permissions import Permission
from modules.catalog.selectors import UnitRow, list_units
from modules.catalog.services import UnitDraft, save_unit

_FORM = "catalog.unit"


class UnitListPage(ListPage[UnitRow]):
    """All units at once: a company has a few dozen."""

    title: ClassVar[str] = N_("Units")
    hint: ClassVar[str] = N_("Code or name")
    page_size: ClassVar[int] = 10_000
    columns: ClassVar[tuple[Column[Any], ...]] = (
        Column(N_("Code"), lambda u: current().isolate(u.code), width=100, strong=True),
        Column(N_("Name"), lambda u: u.named(current().language)),
        Column(
            N_("Products"),
            lambda u: current().number(u.products),
            RIGHT,
            width=120,
            value=lambda u: u.products,
        ),
    )

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self.add_row_action(N_("Show its products"), self._on_products)
        if backend.user.may(Permission.EDIT_PRODUCTS):
            self.set_primary(N_("New unit"), lambda: self.opens.emit(_FORM, None))

    @override
    async def load(self, query: Query, after: UnitRow | None) -> Sequence[UnitRow]:
        units = await self.backend.ask(list_units)
        return [u for u in units if has_words(f"{u.code} {u.name} {u.name_ar}", query.text)]

    @override
    def on_open(self, row: UnitRow) -> None:
        if self.backend.user.may(Permission.EDIT_PRODUCTS):
            self.opens.emit(_FORM, row.code)
        else:
            self._on_products(row)

    def _on_products(self, row: UnitRow) -> None:
        self.opens.emit("catalog.products", f"unit:{row.code}")


class UnitFormPage(WantedFormPage[UnitDraft]):
    """One unit; the code of one that is kept stands with its products and does not change."""

    title = N_("Unit")

    def __init__(self, backend: Backend) -> None:
        self._code = forms.CodeField("code", N_("Code"), required=True)
        fields = (
            self._code,
            forms.TextField("name", N_("Name"), required=True),
            forms.ArabicField("name_ar", N_("Arabic name")),
        )
        super().__init__(backend, Form(fields))

    @override
    async def show_wanted(self) -> None:
        """Show the unit that was asked for, or an empty form.

        Raises:
            NotFoundError: There is no such unit.
        """
        if not self.wanted:
            self._show(UnitDraft())
            return
        units = await self.backend.ask(list_units)
        found = next((each for each in units if each.code == self.wanted), None)
        if found is None:
            raise NotFoundError
        self._show(UnitDraft(found.code, found.name, found.name_ar))

    @override
    async def save(self, draft: UnitDraft) -> str:
        await self.backend.do(save_unit, draft, is_new=not self.wanted)
        self.forget_draft()
        self.wanted = draft.code
        self._show(draft)
        return _("Unit {code} is saved.").format(code=current().isolate(draft.code))

    def _show(self, draft: UnitDraft) -> None:
        key = f"catalog.unit/{draft.code or 'new'}"
        self.show_draft(draft, key=key, name=current().isolate(draft.code))
        self._code.editor.setEnabled(not self.wanted)
