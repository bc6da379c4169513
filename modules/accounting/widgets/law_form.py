"""The form of a rule: correct it, end it, or date a new value that ends the one before."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from typing_extensions import override

from erp_desktop.core import wall_clock
from erp_desktop.core.commands import uuid7
from erp_desktop.core.errors import NotFoundError
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui import forms
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.forms import Form
from erp_desktop.ui.parts import button, label, set_tone
from erp_desktop.ui.wanted_form import WantedFormPage
from modules.accounting.permissions import Permission
from modules.accounting.selectors import LawRow, list_laws
from modules.accounting.services import LawDraft, TaxRateDraft, save_law_value, save_tax_rate
from modules.accounting.widgets.law_list import FORM, key_of
from modules.accounting.widgets.law_value_field import LawValueField
from modules.accounting.widgets.law_words import KINDS

# Rules that can be new: the programs reckon with the codes of the other kinds.
TEMPLATES: Mapping[str, dict[str, Any]] = {
    "tax": {"rate": "0"},
    "holiday": {"on": "", "name": "", "name_ar": "", "provisional": False},
    "withholding": {
        "name": "",
        "name_ar": "",
        "base": "total",
        "rate": "0",
        "free_up_to": "0",
    },
    "mention": {"fr": "", "ar": "", "en": "", "when": "always"},
    "identifier": {
        "name": "",
        "name_ar": "",
        "pattern": "",
        "check": "",
        "of": ["company", "party"],
        "on_invoice": True,
        "order": 9,
    },
}


@dataclass(frozen=True, slots=True)
class RuleDraft:
    """A rule as the form shows it; a new one may have no first day yet."""

    kind: str = "tax"
    code: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    value: Mapping[str, Any] = field(default_factory=dict)
    legal_ref: str = ""
    doubt: str = ""

    @classmethod
    def of(cls, rule: LawRow) -> "RuleDraft":
        """Return a rule as it is kept now."""
        return cls(**{name: getattr(rule, name) for name in cls.__dataclass_fields__})


class LawFormView(Protocol):
    """All the presenter needs of whoever shows the form."""

    def show_rule(self, draft: RuleDraft, rule: LawRow | None, key: str) -> None:
        """Show a rule; without `rule` it is new, and typing is kept under `key`."""

    def forget_draft(self) -> None:
        """Keep nothing of what was typed: it is saved."""


class LawFormPresenter:
    """What the form does, told without a widget."""

    def __init__(self, view: LawFormView, backend: Backend) -> None:
        self._view = view
        self._backend = backend
        self._id = uuid7()
        self._version: int | None = None

    async def show(self, wanted: str) -> None:
        """Show a rule by its key; `new` is an empty one, `new/<key>` the next value of one.

        Raises:
            NotFoundError: There is no such rule any more.
        """
        verb, _slash, key = wanted.partition("/")
        if wanted in {"", "new"}:
            self._version = None
            draft = RuleDraft(value=TEMPLATES["tax"])
            self._view.show_rule(draft, None, f"{FORM}/new")
            return
        is_new = verb == "new"
        rule = await self._rule(key if is_new else wanted)
        if is_new:
            self._version = None
            draft = replace(RuleDraft.of(rule), valid_from=None, valid_to=None, doubt="")
            self._view.show_rule(draft, None, f"{FORM}/{wanted}")
        else:
            self._show_kept(rule)

    async def save(self, draft: RuleDraft) -> str:
        """Save what was typed and return the sentence to say."""
        assert draft.valid_from is not None  # noqa: S101 - the form requires it
        shared = {name: getattr(draft, name) for name in ("valid_to", "legal_ref", "doubt")}
        if draft.kind == "tax":
            rate = Decimal(draft.value["rate"])
            kept = TaxRateDraft(draft.code, rate, draft.valid_from, **shared)
            await self._backend.do(save_tax_rate, kept, version=self._version)
        else:
            law = LawDraft(draft.kind, draft.code, draft.valid_from, value=draft.value, **shared)
            await self._backend.do(save_law_value, self._id, law, version=self._version)
        self._view.forget_draft()
        day = draft.valid_from
        self._show_kept(await self._rule(f"{draft.kind}/{draft.code}/{day.isoformat()}"))
        sentence = _("{code} is saved, valid from {day}.")
        return sentence.format(code=current().isolate(draft.code), day=current().date(day))

    def _show_kept(self, rule: LawRow) -> None:
        self._id, self._version = rule.id or uuid7(), rule.version
        self._view.show_rule(RuleDraft.of(rule), rule, f"{FORM}/{key_of(rule)}")

    async def _rule(self, key: str) -> LawRow:
        rules = await self._backend.ask(list_laws)
        found = next((rule for rule in rules if key_of(rule) == key), None)
        if found is None:
            raise NotFoundError
        return found


class LawFormPage(WantedFormPage[RuleDraft]):
    """The presenter's hands and face."""

    title = N_("Country rule")
    new = "new"

    def __init__(self, backend: Backend) -> None:
        self._kind = forms.ChoiceField("kind", N_("Kind"), list(KINDS.items()), required=True)
        self._code = forms.CodeField("code", N_("Code"), required=True)
        self._since = forms.DateField("valid_from", N_("Valid from"), required=True)
        self._value = LawValueField("value", N_("Value"), span=2)
        super().__init__(backend, Form(self._fields()))
        self._presenter = LawFormPresenter(self, backend)
        self._rule: LawRow | None = None
        self._advice = label(look="chip")
        self._advice.setWordWrap(True)
        set_tone(self._advice, "warn")
        self.side.addWidget(self._advice)
        self.side.addStretch(1)
        may_edit = backend.user.may(Permission.EDIT_LAW)
        self._next = button(N_("New value from a day"), self._on_next, icon="calendar-plus")
        self._next.setVisible(may_edit)
        self.header.add(self._next)
        self.form.setEnabled(may_edit)
        self._kind.changed.connect(self._on_kind)

    def _fields(self) -> tuple[forms.Field, ...]:
        return (
            self._kind,
            self._code,
            self._since,
            forms.DateField("valid_to", N_("Valid to"), hint=N_("Until another value follows")),
            self._value,
            forms.TextField("legal_ref", N_("Legal source"), required=True, span=2),
            forms.TextField("doubt", N_("What is doubtful about it"), span=2),
        )

    def show_rule(self, draft: RuleDraft, rule: LawRow | None, key: str) -> None:
        """Show a rule; without `rule` it is new, and typing is kept under `key`."""
        self._rule = rule
        is_fresh = rule is None and not draft.code
        kinds = [(kind, KINDS[kind]) for kind in TEMPLATES] if is_fresh else list(KINDS.items())
        self._kind.offer(kinds)
        words = f"{_(KINDS.get(draft.kind, draft.kind))} · {current().isolate(draft.code)}"
        self.show_draft(draft, key=key, name="" if is_fresh else words)
        for part, is_open in ((self._kind, is_fresh), (self._code, is_fresh)):
            part.editor.setEnabled(is_open)
        self._since.editor.setEnabled(rule is None)
        self._next.setEnabled(rule is not None)
        self._say_advice()

    @override
    async def show_wanted(self) -> None:
        await self._presenter.show(self.wanted)

    @override
    async def save(self, draft: RuleDraft) -> str:
        sentence = await self._presenter.save(draft)
        self.wanted = f"{draft.kind}/{draft.code}/{draft.valid_from}"
        return sentence

    def _say_advice(self) -> None:
        rule = self._rule
        today = wall_clock.today()
        is_old = rule is not None and rule.valid_from <= today
        sentence = _(
            "This value has been in force. If the law changes, date a new value; correct this one "
            "only if it was wrong. Documents keep the figures they were made with."
        )
        self._advice.setText(sentence)
        self._advice.setVisible(is_old)

    def _on_next(self) -> None:
        if self._rule is not None:
            self.opens.emit(FORM, f"new/{key_of(self._rule)}")

    def _on_kind(self) -> None:
        self._value.show_value(TEMPLATES.get(self._kind.read(), {}))
