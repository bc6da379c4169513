"""The tree of categories: add one, move it, name it otherwise, give it up."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Protocol
from uuid import UUID

from typing_extensions import override

from erp_desktop.core.commands import uuid7
from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_, _, count
from erp_desktop.ui import keys, memory, theme
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.drafts import BROUGHT_BACK, DraftKeeper
from erp_desktop.ui.follow import follow
from erp_desktop.ui.header import Header
from erp_desktop.ui.page import Page
from erp_desktop.ui.parts import button, card, column
from erp_desktop.ui.preview import PreviewSplit
from modules.catalog.permissions import Permission
from modules.catalog.selectors import CategoryRow, list_categories
from modules.catalog.services import CategoryDraft, save_category
from modules.catalog.widgets.category_side import CategorySide
from modules.catalog.widgets.category_tree import CategoryTree

_NEW = N_("New category")
_EMPTY = N_("No categories yet. They put products in order: in lists, prices and reports.")

_SIDE_WIDTH = 360


class CategoriesView(Protocol):
    """All the presenter needs of whoever shows the tree."""

    def show_categories(self, categories: Sequence[CategoryRow], current: UUID | None) -> None:
        """Show these instead of the ones before, and one of them as the current one."""

    def forget_draft(self) -> None:
        """Keep nothing of what was typed: it is saved."""

    def say(self, message: str) -> None:
        """Tell the user something."""


class CategoriesPresenter:
    """What can be done with categories, told without a widget."""

    def __init__(self, view: CategoriesView, backend: Backend) -> None:
        self._view = view
        self._backend = backend

    async def show(self, current: UUID | None = None) -> None:
        """Show all categories."""
        self._view.show_categories(await self._backend.ask(list_categories), current)

    async def save(self, category: CategoryRow | None, draft: CategoryDraft) -> None:
        """Keep a category, or a new one."""
        identity = uuid7() if category is None else category.id
        version = None if category is None else category.version
        await self._backend.do(save_category, identity, draft, version=version)
        self._view.forget_draft()
        self._view.say(_("{category} is saved.").format(category=draft.name))
        await self.show(identity)

    async def move(self, category: CategoryRow, parent_id: UUID | None) -> None:
        """Put a category, with all below it, under another one or at the top."""
        draft = CategoryDraft.of(category)
        moved = CategoryDraft(
            parent_id, draft.code, draft.name, draft.name_ar, is_active=draft.is_active
        )
        if moved != draft:
            await self.save(category, moved)


class CategoriesPage(Page):
    """The presenter's hands and face."""

    title: ClassVar[str] = N_("Categories")

    def __init__(self, backend: Backend) -> None:
        super().__init__()
        self.backend = backend
        self._presenter = CategoriesPresenter(self, backend)
        self._categories: Sequence[CategoryRow] = ()
        self._may_edit = backend.user.may(Permission.EDIT_PRODUCTS)
        self.header = Header(self.title)
        self.tree = CategoryTree(may_move=self._may_edit)
        self.side = CategorySide(may_edit=self._may_edit)
        step = self.begin_new if self._may_edit else None
        self.tree.empty.tell(_EMPTY, _NEW, step, icon="file-tree")
        self._keeper = DraftKeeper(self.side.form, memory.current().drafts, "")
        self._lay_out()
        self._connect()

    def show_categories(self, categories: Sequence[CategoryRow], current: UUID | None) -> None:
        """Show these instead of the ones before, and one of them as the current one."""
        self._categories = categories
        self.tree.show_categories(categories)
        self._word()
        shown = self.side.shown
        self.tree.choose(current or (shown.id if shown else None))
        if self.tree.current() is None:
            self._split.show_side(shown=False)

    @override
    def forget_draft(self) -> None:
        self._keeper.forget()
        self.side.form.show_draft(CategoryDraft())

    def begin_new(self) -> None:
        """Offer an empty form for one below the current category."""
        if not self._may_lose():
            return
        above = self.tree.current()
        is_used = above is not None and above.is_active
        self._show(None, CategoryDraft(parent_id=above.id if above and is_used else None))
        self.side.form.fields["name"].setFocus()

    def refresh(self) -> None:
        """Ask afresh."""
        if self._may_lose():
            self.start_latest(self._presenter.show)

    @override
    def unsaved(self) -> str:
        return self.side.heading if self.side.form.is_changed else ""

    @override
    def on_first_show(self) -> None:
        self.tree.setFocus()
        self.refresh()

    @override
    def refuse(self, error: UserError) -> None:
        if not self.side.show_refusal(error):
            super().refuse(error)

    def _lay_out(self) -> None:
        self._split = PreviewSplit(card(self.tree, margins=0))
        self._split.set_side(self.side, _SIDE_WIDTH)
        if self._may_edit:
            new = button(_NEW, self.begin_new, icon="plus", look="primary", key="page.new")
            self.header.set_primary(new)
        self.setLayout(column(self.header, self.notices, self._split, margins=theme.SPACE_L))

    def _connect(self) -> None:
        self.tree.chosen.connect(self._on_chosen)
        self.tree.moved.connect(self._on_moved)
        self.side.saves.connect(lambda *told: self.start_once(self._presenter.save, *told))
        keys.bind(self, "page.refresh", self.refresh)
        keys.bind(self, "page.back", self._on_back)
        follow(self, self._word)

    def _on_chosen(self, category: CategoryRow | None) -> None:
        shown = self.side.shown
        if category is None:
            return
        if not self.side.form.is_changed:
            self._show(category, CategoryDraft.of(category))
        elif shown is None or category.id != shown.id:
            self._may_lose()
            self.tree.choose(shown.id if shown else None)

    def _on_moved(self, category: CategoryRow, parent_id: UUID | None) -> None:
        if self._may_lose():
            self.start_once(self._presenter.move, category, parent_id)

    def _on_back(self) -> None:
        """Give up what was typed."""
        self._keeper.forget()
        shown = self.side.shown
        if shown is not None:
            self._show(shown, CategoryDraft.of(shown))
        else:
            self._split.show_side(shown=False)
            self.forget_draft()

    def _may_lose(self) -> bool:
        if self.side.form.is_changed:
            self.say(_("Save first, or press Back to give up what you typed."), "warn")
            return False
        return True

    def _show(self, category: CategoryRow | None, draft: CategoryDraft) -> None:
        self.side.show_category(category, draft)
        self._split.show_side(shown=True)
        self._keeper.key = f"catalog.category/{category.id if category else 'new'}"
        if self._keeper.bring_back():
            self.say(_(BROUGHT_BACK), "warn")

    def _word(self) -> None:
        self.header.show_summary(count("{n} category", "{n} categories", len(self._categories)))
        self.side.know(self._categories)

    @override
    def state(self) -> dict[str, Any]:
        self._keeper.save()
        shown = self.side.shown
        return {"category": str(shown.id) if shown else None}

    @override
    def restore(self, state: Mapping[str, Any]) -> None:
        self.tree.wanted = UUID(state["category"]) if state.get("category") else None
