"""What a page tells its user: a message that stands, and how far long work has come."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QProgressBar, QSizePolicy, QWidget

from erp_desktop.core.i18n import N_, _
from erp_desktop.ui import theme
from erp_desktop.ui.parts import Tone, button, column, kind, label, row, set_tone, tool
from erp_desktop.ui.work import Progress, Work

_SECONDS_SHOWN = 8


class MessageBar(QFrame):
    """One message at a time; good news goes by itself, bad news stays until dismissed.

    Signals:
        toggled: It has something to say, or nothing any more.
    """

    toggled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        kind(self, "message")
        self._details = ""
        self._text = label()
        self._text.setWordWrap(True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._copy = button(N_("Copy details"), self._on_copy, icon="content-copy", look="quiet")
        self._close = tool(N_("Close"), self.dismiss, icon="close")
        line = row(self._text, self._copy, self._close, spacing=theme.SPACE_S)
        line.setContentsMargins(theme.SPACE_M, theme.SPACE_XS, theme.SPACE_S, theme.SPACE_XS)
        self.setLayout(line)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.dismiss)
        self.hide()

    @property
    def text(self) -> str:
        """What it says now."""
        return self._text.text()

    def show_message(self, message: str, tone: Tone = "ok", details: str = "") -> None:
        """Say `message`; `details` can be copied, and are never shown."""
        self._details = details
        self._text.setText(message)
        self._copy.setVisible(bool(details))
        set_tone(self, tone)
        set_tone(self._text, tone)
        self.show()
        self.toggled.emit()
        if tone == "ok":
            self._timer.start(_SECONDS_SHOWN * 1000)
        else:
            self._timer.stop()

    def dismiss(self) -> None:
        """Say nothing any more."""
        self.hide()
        self.toggled.emit()

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details)


class ProgressPanel(QFrame):
    """Long work: what it is doing, how far it is, how long it will take, and Cancel."""

    def __init__(self, title: str, work: Work, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        kind(self, "card")
        self._work = work
        self._bar = QProgressBar(textVisible=False)
        self._bar.setRange(0, 0)
        self._doing = label(look="muted")
        self._left = label(look="muted")
        self._cancel = button(N_("Cancel"), self._on_cancel)
        self.setLayout(
            column(
                row(label(title, "strong"), None, self._cancel),
                self._bar,
                row(self._doing, None, self._left),
                margins=theme.SPACE_M,
                spacing=theme.SPACE_S,
            )
        )
        work.on_progress = self.show_progress

    def show_progress(self, progress: Progress) -> None:
        """Show how far the work has come."""
        if self._work.is_cancelled:
            return
        # QProgressBar counts in 32 bits; thousandths serve any total.
        done = progress.done * 1000 // progress.total if progress.total else 0
        self._bar.setRange(0, 1000 if progress.total else 0)
        self._bar.setValue(done)
        self._doing.setText(progress.doing)
        self._left.setText(progress.words())

    def _on_cancel(self) -> None:
        self._cancel.setEnabled(False)
        self._bar.setRange(0, 0)
        self._doing.setText(_("Cancelling…"))
        self._left.clear()
        self._work.cancel()


class Notices(QWidget):
    """Where a page's message and its work in progress stand; no room is taken by nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = MessageBar()
        self._panels: list[ProgressPanel] = []
        self._column = column(self.bar, spacing=theme.SPACE_S)
        self.setLayout(self._column)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.bar.toggled.connect(self._on_toggled)
        self.hide()

    def add_work(self, title: str, work: Work) -> ProgressPanel:
        """Show a work until `remove_work`."""
        panel = ProgressPanel(title, work)
        self._panels.append(panel)
        self._column.addWidget(panel)
        self.show()
        return panel

    def remove_work(self, panel: ProgressPanel) -> None:
        """Show a work no more."""
        self._panels.remove(panel)
        panel.hide()
        panel.deleteLater()
        self._on_toggled()

    def _on_toggled(self) -> None:
        self.setVisible(bool(self._panels) or not self.bar.isHidden())
