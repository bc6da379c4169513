"""Where one kind of document comes out: a form that shows what its choice needs, and no more."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QComboBox, QCompleter, QGridLayout, QLineEdit, QSizePolicy
from typing_extensions import override

from erp_desktop.core.i18n import N_, _
from erp_desktop.documents.outlets import PLACE_TITLES, Kind, Outlet, Way
from erp_desktop.ui.forms import CheckField, ChoiceField, CodeField, Form

KIND_TITLES: dict[str, str] = {
    "receipt": N_("Receipts"),
    "a4": N_("A4 paper"),
    "label": N_("Labels"),
}
_WAYS: tuple[tuple[Way, str], ...] = (
    ("none", N_("Nowhere")),
    ("folder", N_("A folder, as PDF")),
    ("system", N_("A printer of the system")),
)
_THERMAL: tuple[tuple[Way, str], ...] = (
    ("network", N_("Network receipt printer")),
    ("queue", N_("System receipt printer")),
    ("device", N_("Receipt printer at a device")),
)
_WIDTHS = ((80, N_("80 mm")), (58, N_("58 mm")))
_HINTS: dict[Way, str] = {
    "system": N_("Empty: the default printer"),
    "queue": N_("Empty: the default printer"),
    "device": "/dev/usb/lp0",
    "network": "192.168.1.50:9100",
}


# How the fields share the width, and combo boxes that do not ask for more.
_SHARES = (4, 4, 2, 2)
_BY_LENGTH = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon


class OutletForm(Form[Outlet]):
    """The choice for one kind of document."""

    def __init__(self, kind: Kind) -> None:
        is_roll = kind == "receipt"
        self.way = ChoiceField("way", N_("Comes out at"), (*_WAYS, *_THERMAL * is_roll))
        self.place = CodeField("place", N_("Place"))
        self.roll = ChoiceField("width_mm", N_("Roll"), _WIDTHS)
        self.drawer = CheckField("has_drawer", N_("Cash drawer"))
        self._is_roll = is_roll
        super().__init__((self.way, self.place, self.roll, self.drawer), columns=4)
        self._share_the_width()
        self.way.changed.connect(self._on_way)

    @override
    def show_draft(self, draft: Outlet) -> None:
        super().show_draft(draft)
        self._adapt()

    def offer_printers(self, names: Sequence[str]) -> None:
        """Complete the names of printers that the system knows."""
        editor = self.place.editor
        assert isinstance(editor, QLineEdit)  # noqa: S101 - a code has one line
        editor.setCompleter(QCompleter(list(names), self))

    def _share_the_width(self) -> None:
        """Keep the fields of all kinds below each other, on a small screen too."""
        grid = self.layout()
        assert isinstance(grid, QGridLayout)  # noqa: S101 - of every form
        for place, (field, share) in enumerate(zip(self.fields.values(), _SHARES, strict=True)):
            grid.setColumnStretch(place, share)
            field.setSizePolicy(_kept(field.sizePolicy()))
            if isinstance(field.editor, QComboBox):
                field.editor.setSizeAdjustPolicy(_BY_LENGTH)
                field.editor.setMinimumContentsLength(3 * share)

    def _on_way(self) -> None:
        self.place.show_value("")
        self._adapt()

    def _adapt(self) -> None:
        way: Any = self.way.read() or "none"
        self.place.setVisible(way in PLACE_TITLES)
        self.place.title = PLACE_TITLES.get(way, N_("Place"))
        self.place.caption.setText(_(self.place.title))
        self.place.editor.setProperty("placeholderText", _(_HINTS.get(way, "")))
        self.place.show_error("")
        self.roll.setVisible(self._is_roll and way != "none")
        self.drawer.setVisible(way in {each for each, _words in _THERMAL})


def _kept(policy: QSizePolicy) -> QSizePolicy:
    policy.setRetainSizeWhenHidden(True)
    return policy
