"""A form that is opened by the code or id of a record, and comes back as it was opened."""

from collections.abc import Mapping
from typing import Any, ClassVar, TypeVar

from typing_extensions import override

from erp_desktop.ui.backend import Backend
from erp_desktop.ui.form_page import FormPage
from erp_desktop.ui.forms import Form

D = TypeVar("D")


class WantedFormPage(FormPage[D]):
    """A subclass says how to `show_wanted`.

    Attributes:
        new: What stands for a record that is not there yet.
        wanted: The record that is shown, or that.
    """

    new: ClassVar[str] = ""

    def __init__(self, backend: Backend, form: Form[D]) -> None:
        super().__init__(backend, form)
        self.wanted = self.new

    async def show_wanted(self) -> None:
        """Show the record that is wanted, or an empty form."""
        raise NotImplementedError

    @override
    def on_first_show(self) -> None:
        self.start_latest(self.show_wanted)

    @override
    def open(self, argument: Any) -> None:
        self.wanted = str(argument or self.new)
        self.start_latest(self.show_wanted)

    @override
    def state(self) -> dict[str, Any]:
        return {**super().state(), "wanted": self.wanted}

    @override
    def restore(self, state: Mapping[str, Any]) -> None:
        self.wanted = state.get("wanted", self.new)
