"""The form of a tax: what it is called and what it is charged on; its rates have dates."""

from typing import Protocol

from typing_extensions import override

from erp_desktop.core.errors import NotFoundError
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui import forms
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.forms import Form
from erp_desktop.ui.wanted_form import WantedFormPage
from modules.accounting.permissions import Permission
from modules.accounting.selectors import TaxRow, list_taxes
from modules.accounting.services import TaxDraft, save_tax

_KINDS = (
    ("vat", N_("Value added tax")),
    ("excise", N_("Tax in the base of others")),
    ("suspended", N_("In place of a tax that an attestation suspends")),
)


class TaxFormView(Protocol):
    """All the presenter needs of whoever shows the form."""

    def show_tax(self, draft: TaxDraft, *, is_new: bool) -> None:
        """Show a tax; the code of one that is kept does not change."""

    def forget_draft(self) -> None:
        """Keep nothing of what was typed: it is saved."""


class TaxFormPresenter:
    """What the form does, told without a widget."""

    def __init__(self, view: TaxFormView, backend: Backend) -> None:
        self._view = view
        self._backend = backend
        self._version: int | None = None

    async def show(self, code: str) -> None:
        """Show a tax, or an empty form.

        Raises:
            NotFoundError: There is no such tax.
        """
        if not code:
            self._version = None
            self._view.show_tax(TaxDraft(), is_new=True)
            return
        taxes = await self._backend.ask(list_taxes)
        tax = next((each for each in taxes if each.code == code), None)
        if tax is None:
            raise NotFoundError
        self._version = tax.version
        self._view.show_tax(_draft_of(tax), is_new=False)

    async def save(self, draft: TaxDraft) -> str:
        """Save what was typed and return the sentence to say."""
        is_new = self._version is None
        self._version = await self._backend.do(save_tax, draft, version=self._version)
        self._view.forget_draft()
        self._view.show_tax(draft, is_new=False)
        code = current().isolate(draft.code)
        if is_new:
            return _("{code} is saved. Now give it a rate from a day on.").format(code=code)
        return _("{code} is saved.").format(code=code)


def _draft_of(tax: TaxRow) -> TaxDraft:
    values = {name: getattr(tax, name) for name in TaxDraft.__dataclass_fields__}
    return TaxDraft(**{**values, "base_taxes": tuple(tax.base_taxes)})


class TaxFormPage(WantedFormPage[TaxDraft]):
    """The presenter's hands and face."""

    title = N_("Tax")

    def __init__(self, backend: Backend) -> None:
        self._code = forms.CodeField("code", N_("Code"), required=True)
        super().__init__(backend, Form(self._fields()))
        self._presenter = TaxFormPresenter(self, backend)
        self.form.setEnabled(backend.user.may(Permission.EDIT_LAW))

    def _fields(self) -> tuple[forms.Field, ...]:
        return (
            self._code,
            forms.CheckField("is_active", N_("In use")),
            forms.TextField("name", N_("Name"), required=True),
            forms.ArabicField("name_ar", N_("Arabic name")),
            forms.ChoiceField("kind", N_("Kind"), _KINDS, required=True),
            forms.TextField("article", N_("Article to quote where the rate is zero")),
            forms.LinesField(
                "base_taxes",
                N_("Taxes that belong to its base"),
                hint=N_("Codes, one a line, in the order of their charging"),
                span=2,
            ),
        )

    def show_tax(self, draft: TaxDraft, *, is_new: bool) -> None:
        """Show a tax; the code of one that is kept does not change."""
        key = f"accounting.tax/{draft.code or 'new'}"
        self.show_draft(draft, key=key, name=current().isolate(draft.code))
        self._code.editor.setEnabled(is_new)

    @override
    async def show_wanted(self) -> None:
        await self._presenter.show(self.wanted)

    @override
    async def save(self, draft: TaxDraft) -> str:
        sentence = await self._presenter.save(draft)
        self.wanted = draft.code
        return sentence
