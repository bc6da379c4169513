"""The form of an asset, with its plan and what was posted."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from typing_extensions import override

from erp_desktop.core import wall_clock
from erp_desktop.core.commands import uuid7
from erp_desktop.core.i18n import N_, _, current, in_language
from erp_desktop.ui.asking import confirm
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.follow import follow
from erp_desktop.ui.parts import button
from erp_desktop.ui.wanted_form import WantedFormPage
from modules.accounting.assets import DISPOSE, UNDO_DISPOSAL, AssetDraft, save_asset
from modules.accounting.permissions import Permission
from modules.accounting.selectors.assets import AssetSheet, get_asset_sheet
from modules.accounting.widgets.assets.disposing import ask_disposal
from modules.accounting.widgets.assets.fields import AssetForm
from modules.accounting.widgets.assets.plan import PlanCard


def draft_of(told: dict[str, Any]) -> AssetDraft:
    """Return an asset as PostgreSQL tells it."""
    values = {name: told[name] for name in AssetDraft.__dataclass_fields__}
    for name in ("cost", "residual", "taken_over"):
        values[name] = Decimal(values[name])
    for name in ("acquired_on", "in_service_on", "taken_over_on"):
        values[name] = date.fromisoformat(values[name]) if values[name] else None
    values["cost_centre"] = values["cost_centre"] or ""
    return AssetDraft(**values)


class AssetFormPage(WantedFormPage[AssetDraft]):
    """One asset, opened by its id; the plan beside it follows what is typed."""

    title = N_("Fixed asset")

    def __init__(self, backend: Backend) -> None:
        self.fields = AssetForm(backend)
        super().__init__(backend, self.fields)
        self.sheet: AssetSheet | None = None
        self.identity: UUID | None = None
        self._version: int | None = None
        self.plan = PlanCard()
        self.side.addWidget(self.plan.widget)
        self.side.addStretch(1)
        self.dispose = button(N_("Sell or scrap"), self._on_dispose, icon="logout-variant")
        self.keep = button(N_("Reverse"), self._on_keep, icon="undo-variant", look="danger")
        for each in (self.dispose, self.keep):
            each.hide()
            self.header.add(each)
        self.form.changed.connect(self._on_typed)
        follow(self, self._offer)

    @override
    async def show_wanted(self) -> None:
        """Show the asset that was asked for, or an empty form.

        Raises:
            NotFoundError: There is no such asset.
        """
        wanted = UUID(self.wanted) if self.wanted else None
        self.sheet = await self.backend.ask(get_asset_sheet, wanted)
        self._offer()
        asset = self.sheet.asset
        self.identity = asset.id if asset else uuid7()
        self._version = asset.version if asset else None
        today = wall_clock.today()
        fresh = AssetDraft(branch_id=str(self.backend.user.branch.id), acquired_on=today)
        self._show(draft_of(asset.told) if asset else fresh)

    @override
    async def save(self, draft: AssetDraft) -> str:
        assert self.identity is not None  # noqa: S101 - shown before it is saved
        draft = replace(draft, life_months=int(draft.life_months or 0))
        await self.backend.do(save_asset, self.identity, draft, version=self._version)
        self.forget_draft()
        self.wanted = str(self.identity)
        await self.show_wanted()
        return _("Asset {code} is saved.").format(code=current().isolate(draft.code))

    async def dispose_now(self) -> None:
        """Ask how the asset goes, and take it out of the books."""
        assert self.sheet is not None and self.identity is not None  # noqa: PT018, S101
        about = _("It is depreciated until that day; its cost and depreciation leave the books.")
        wanted = await ask_disposal(self, self.sheet, about)
        if wanted is None:
            return
        draft = self.form.read()
        name = f"{draft.code} {draft.name}" if draft else ""
        label = _("Disposal of {name}").format(name=name)
        answer = await self.backend.execute(DISPOSE, wanted.as_payload(self.identity, label))
        result, currency = Decimal(answer.result["result"]), self.sheet.currency
        money = current().money(abs(result), currency)
        words = _("It is out of the books, with a gain of {amount}.")
        if result < 0:
            words = _("It is out of the books, with a loss of {amount}.")
        await self.show_wanted()
        self.say(words.format(amount=money))

    async def keep_now(self) -> None:
        """Take a sale or scrapping back, once the user has agreed."""
        question = _("Take {code} back into the books? The entry that took it out is reversed.")
        code = current().isolate(str(self.form.values().get("code", "")))
        if await confirm(self, question.format(code=code), _("Reverse")):
            await self.backend.execute(UNDO_DISPOSAL, {"asset_id": str(self.identity)})
            await self.show_wanted()
            self.say(_("It is in the books again."))

    def _show(self, draft: AssetDraft) -> None:
        asset = self.sheet.asset if self.sheet else None
        key = f"accounting.asset/{self.identity if asset else 'new'}"
        name = in_language(current().language, draft.name, draft.name_ar)
        self.show_draft(
            draft, key=key, name=f"{current().isolate(draft.code)} {name}" if asset else ""
        )
        gone = asset.gone if asset else None
        self.fields.lock(is_fixed=bool(asset and asset.is_in_books), is_gone=bool(gone))
        may = self.backend.user.may(Permission.DISPOSE) and asset is not None
        self.dispose.setVisible(may and not gone)
        self.keep.setVisible(may and bool(gone))
        self._show_plan()
        self.header.show_state(*self._state(gone))

    def _state(self, gone: dict[str, Any] | None) -> tuple[str, Any]:
        if not gone:
            return "", ""
        words = (
            _("Sold on {day}, entry {entry}")
            if gone["kind"] == "sale"
            else _("Scrapped on {day}, entry {entry}")
        )
        day = current().date(date.fromisoformat(gone["on"]))
        return words.format(day=day, entry=current().isolate(gone["entry"])), "warn"

    def _on_typed(self) -> None:
        if self.sheet is not None:
            self.fields.follow_category(self.sheet)
        self._show_plan()

    def _show_plan(self) -> None:
        if self.sheet is not None:
            self.plan.show_plan(self.sheet, replace(AssetDraft(), **self.form.values()))

    def _offer(self) -> None:
        if self.sheet is not None:
            self.fields.offer(self.sheet)

    def _on_dispose(self) -> None:
        self.start_once(self.dispose_now)

    def _on_keep(self) -> None:
        self.start_once(self.keep_now)
