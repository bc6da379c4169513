"""The choice of a branch, for who sees several."""

from collections.abc import Callable, Sequence
from uuid import UUID

from PySide6.QtWidgets import QComboBox

from erp_desktop.core.context import Branch
from erp_desktop.core.i18n import _, current, in_language
from erp_desktop.ui import memory
from erp_desktop.ui.follow import follow

_KEY = "dashboard/branch"


class BranchBox(QComboBox):
    """All branches, or one; remembered for the user."""

    def __init__(self, branches: Sequence[Branch], on_choice: Callable[[], object]) -> None:
        super().__init__()
        self._branches = branches
        for _branch in (None, *branches):
            self.addItem("")
        kept = memory.current().get(_KEY, "")
        codes = ["", *(branch.code for branch in branches)]
        self.setCurrentIndex(codes.index(kept) if kept in codes else 0)
        self.setVisible(len(branches) > 1)
        follow(self, self._word)
        self.activated.connect(lambda _place: self._choose(on_choice))

    @property
    def branch(self) -> Branch | None:
        """The branch that is chosen; None for all."""
        place = self.currentIndex()
        return self._branches[place - 1] if place > 0 else None

    @property
    def branch_id(self) -> UUID | None:
        """The id of the branch that is chosen; None for all."""
        return self.branch.id if self.branch else None

    def named(self) -> str:
        """Return the name of what is looked at: a branch, or all of them."""
        only = self._branches[0] if len(self._branches) == 1 else None
        shown = self.branch or only
        if shown is None:
            return _("All branches")
        return in_language(current().language, shown.name, shown.name_ar)

    def _choose(self, on_choice: Callable[[], object]) -> None:
        memory.current().set(_KEY, self.branch.code if self.branch else "")
        on_choice()

    def _word(self) -> None:
        self.setAccessibleName(_("Branch"))
        self.setItemText(0, _("All branches"))
        for place, branch in enumerate(self._branches, start=1):
            name = in_language(current().language, branch.name, branch.name_ar)
            self.setItemText(place, name)
