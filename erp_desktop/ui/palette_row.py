"""One line of the palette: icon, title, and in grey what it is."""

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from erp_desktop.ui import theme
from erp_desktop.ui.parts import label, row


class PaletteRow(QWidget):
    """Shows one thing found; a long title gives way to its note."""

    def __init__(self, picture: QIcon, title: str, note: str) -> None:
        super().__init__()
        shown = QLabel()
        shown.setPixmap(picture.pixmap(theme.ICON))
        words = label()
        words.setText(title)
        words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        grey = label(look="muted")
        grey.setText(note)
        line = row(shown, words, grey, spacing=theme.SPACE_M)
        line.setStretch(1, 1)
        line.setContentsMargins(theme.SPACE_S, 0, theme.SPACE_S, 0)
        self.setLayout(line)
