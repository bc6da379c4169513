"""The picture of a product: chosen, pasted or dropped; made small elsewhere."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage, QKeyEvent, QKeySequence, QPixmap
from PySide6.QtWidgets import QLabel, QWidget
from typing_extensions import override

from erp_desktop.core.i18n import N_, _
from erp_desktop.ui import theme
from erp_desktop.ui.fields import Field
from erp_desktop.ui.follow import follow
from erp_desktop.ui.parts import button, column, kind, row
from modules.catalog.pictures import content_of

_EDGE = 132


class PictureField(Field):
    """Shows a picture; the value is `image/jpeg;base64,…`, empty without one.

    Signals:
        asked: The user wants to choose a file.
        given: A path, or the bytes of a picture, that was dropped or pasted.
    """

    asked = Signal()
    given = Signal(object)

    def __init__(self, name: str, title: str) -> None:
        self._value = ""
        self._shown: QLabel = kind(QLabel(alignment=Qt.AlignmentFlag.AlignCenter), "picture")
        self._shown.setFixedSize(_EDGE, _EDGE)
        self._shown.setWordWrap(True)
        self._shown.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        editor = QWidget()
        super().__init__(name, title, editor)
        self._remove = button(N_("Remove"), self._on_remove, icon="close", look="quiet")
        actions = (
            button(N_("Choose…"), self.asked.emit, icon="image-outline", look="quiet"),
            button(N_("Paste"), self._on_paste, icon="content-paste", look="quiet"),
            self._remove,
        )
        beside = column(*(row(each, None) for each in actions), None, spacing=theme.SPACE_XS)
        editor.setLayout(row(self._shown, beside, None))
        self.setFocusProxy(self._shown)
        self._shown.setAcceptDrops(True)
        self._shown.installEventFilter(self)
        follow(self._shown, self._show)

    @override
    def read(self) -> str:
        return self._value

    @override
    def show_value(self, value: Any) -> None:
        self._value = str(value or "")
        self._show()

    def take(self, picture: str) -> None:
        """Take a picture as the user's."""
        self.show_value(picture)
        self.edited()

    def _show(self) -> None:
        self._remove.setEnabled(bool(self._value))
        if not self._value:
            self._shown.setText(_("Drop a picture here"))
            return
        self._shown.setPixmap(pixmap_of(self._value, _EDGE - 8))

    def _on_remove(self) -> None:
        self.take("")

    def _on_paste(self) -> None:
        found = picture_in(QGuiApplication.clipboard().mimeData())
        if found is None:
            self.show_error(_("There is no picture to paste. Copy one first."))
        else:
            self.given.emit(found)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDropEvent):
            found = picture_in(event.mimeData())
            if found is not None:
                event.acceptProposedAction()
                if event.type() == QEvent.Type.Drop:
                    self.given.emit(found)
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.matches(QKeySequence.StandardKey.Paste):
                self._on_paste()
                return True
            if event.matches(QKeySequence.StandardKey.Delete):
                self._on_remove()
                return True
        return super().eventFilter(watched, event)


def picture_in(data: QMimeData) -> Path | bytes | None:
    """Return the picture in what was dropped or copied: a file, or the picture itself."""
    files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    if files:
        return files[0]
    image = QImage(data.imageData()) if data.hasImage() else QImage()
    if image.isNull():
        return None
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload] # Qt takes a name
    return bytes(content.data())


def pixmap_of(picture: str, edge: int) -> QPixmap:
    """Return a picture no larger than `edge`."""
    pixmap = QPixmap()
    pixmap.loadFromData(content_of(picture))
    if pixmap.isNull():
        return pixmap
    keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return pixmap.scaled(edge, edge, keep, smooth)
