"""Changing the language of everything at once: words, direction, and Qt's own dialogs."""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtGui import QGuiApplication

from erp_desktop.core import i18n

NAMES = {"ar": "العربية", "fr": "Français", "en": "English"}

_translators: list[QTranslator] = []


def use(language: str, country: str = "DZ") -> None:
    """Speak `language` from now on; the window is mirrored if it is written so."""
    words = i18n.words(language, country)
    _translate_qt(words.language)
    QLocale.setDefault(QLocale(words.locale))
    direction = Qt.LayoutDirection
    QGuiApplication.setLayoutDirection(
        direction.RightToLeft if words.is_right_to_left else direction.LeftToRight
    )
    i18n.use(language, country)


def _translate_qt(language: str) -> None:
    for old in _translators:
        QCoreApplication.removeTranslator(old)
    _translators.clear()
    if language == "en":
        return
    translator = QTranslator()
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(f"qtbase_{language}", folder):
        QCoreApplication.installTranslator(translator)
        _translators.append(translator)
