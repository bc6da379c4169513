"""All colours, sizes and fonts of the program, once; UX.md 1 says why they are what they are."""

import sys
from dataclasses import asdict, dataclass
from functools import cache
from string import Template

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from erp_desktop import house
from erp_desktop.ui import follow

THEMES = ("light", "dark", "system")
DENSITIES = ("comfortable", "compact")

SPACE_XS, SPACE_S, SPACE_M, SPACE_L, SPACE_XL = 4, 8, 12, 16, 24
ICON = QSize(18, 18)


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one theme; a field's name is its name in the style sheet."""

    background: str
    surface: str
    raised: str
    line: str
    field_line: str
    text: str
    muted: str
    faint: str
    accent: str
    accent_hover: str
    accent_press: str
    accent_text: str
    soft: str
    hover: str
    ok: str
    ok_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str
    plain_soft: str
    navigation: str
    navigation_on: str
    navigation_text: str
    navigation_strong: str


LIGHT = Tokens(
    background="#F5F6F8",
    surface="#FFFFFF",
    raised="#F9FAFB",
    line="#E4E7EC",
    field_line="#D0D5DD",
    text="#182230",
    muted="#667085",
    faint="#98A2B3",
    accent="#0F766E",
    accent_hover="#0D665F",
    accent_press="#0B554F",
    accent_text="#FFFFFF",
    soft="#E6F4F2",
    hover="#F2F4F7",
    ok="#067647",
    ok_soft="#ECFDF3",
    warn="#B54708",
    warn_soft="#FFFAEB",
    bad="#B42318",
    bad_soft="#FEF3F2",
    plain_soft="#F2F4F7",
    navigation="#12212E",
    navigation_on="#203444",
    navigation_text="#AEBBC7",
    navigation_strong="#FFFFFF",
)
DARK = Tokens(
    background="#0F1720",
    surface="#17212B",
    raised="#1B2733",
    line="#263241",
    field_line="#34455A",
    text="#E6EBF0",
    muted="#93A1B0",
    faint="#6B7A8A",
    accent="#2DD4BF",
    accent_hover="#5EEAD4",
    accent_press="#14B8A6",
    accent_text="#062B27",
    soft="#12322F",
    hover="#1F2C39",
    ok="#4ADE94",
    ok_soft="#10301F",
    warn="#FDB663",
    warn_soft="#33240F",
    bad="#FB8A80",
    bad_soft="#3A1A18",
    plain_soft="#223040",
    navigation="#12212E",
    navigation_on="#203444",
    navigation_text="#AEBBC7",
    navigation_strong="#FFFFFF",
)


@dataclass(frozen=True, slots=True)
class Look:
    """What one user prefers to look at."""

    theme: str = "system"
    density: str = "comfortable"

    @property
    def row_height(self) -> int:
        """Height of a table's row in pixels."""
        return 26 if self.density == "compact" else 38

    @property
    def field_height(self) -> int:
        """Height of fields and buttons in pixels."""
        return 28 if self.density == "compact" else 36


_look = Look()


def look() -> Look:
    """Return what the user looks at now."""
    return _look


def tokens() -> Tokens:
    """Return the colours of now."""
    return DARK if is_dark() else LIGHT


def is_dark() -> bool:
    """Whether the dark theme shows, by choice or because the system is dark."""
    if _look.theme != "system":
        return _look.theme == "dark"
    hints = QGuiApplication.styleHints()
    return bool(hints) and hints.colorScheme() == Qt.ColorScheme.Dark


def color(name: str) -> QColor:
    """Return a token by name, for those who paint themselves."""
    return QColor(getattr(tokens(), name))


def use(chosen: Look) -> None:
    """Show everything in `chosen` from now on."""
    global _look  # noqa: PLW0603 - one window, one look
    _look = chosen
    application = QApplication.instance()
    if isinstance(application, QApplication):
        _dress(application)
        follow.refresh()


def start(application: QApplication, chosen: Look) -> None:
    """Give the program its font and look, and follow the system when it turns dark."""
    application.setStyle("Fusion")
    application.setFont(interface_font())
    use(chosen)
    QGuiApplication.styleHints().colorSchemeChanged.connect(_on_system)


def _on_system() -> None:
    if _look.theme == "system":
        use(_look)


def _dress(application: QApplication) -> None:
    application.setPalette(_palette(tokens()))
    application.setStyleSheet(style_sheet(tokens(), _look))


def style_sheet(colors: Tokens, chosen: Look) -> str:
    """Return the style sheet of the whole program."""
    sizes = {
        "row": chosen.row_height,
        "field": chosen.field_height - 2,
        "button": chosen.field_height - 2,
    }
    return _template().substitute(asdict(colors), **sizes, icons=_icons_folder())


@cache
def _template() -> Template:
    return Template((house.folder("resources") / "theme" / "erp.qss").read_text("utf-8"))


def _icons_folder() -> str:
    shade = "dark" if is_dark() else "light"
    return (house.folder("resources") / "theme" / shade).as_posix()


def _palette(colors: Tokens) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for roles, name in (
        ((role.Window,), colors.background),
        ((role.Base, role.Button, role.ToolTipBase), colors.surface),
        ((role.AlternateBase,), colors.raised),
        ((role.WindowText, role.Text, role.ButtonText, role.ToolTipText), colors.text),
        ((role.PlaceholderText,), colors.muted),
        ((role.Highlight, role.Accent), colors.accent),
        ((role.HighlightedText,), colors.accent_text),
        ((role.Link,), colors.accent),
        ((role.Mid, role.Midlight, role.Dark), colors.line),
    ):
        for each in roles:
            palette.setColor(each, QColor(name))
    for each in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, each, QColor(colors.faint))
    return palette


def interface_font() -> QFont:
    """Return the system's interface font with companions that have Arabic."""
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).families()
    noto = ["Noto Sans", "Noto Sans Arabic"]
    font = QFont([*noto, *system] if sys.platform.startswith("linux") else [*system, *noto])
    font.setPointSizeF(10)
    return font


def arabic_font() -> QFont:
    """Return the interface font led by its Arabic companion, which sets the line's height."""
    font = QFont(QApplication.font())
    font.setFamilies(["Noto Sans Arabic", *font.families()])
    return font


def is_right_to_left() -> bool:
    """Whether the window is mirrored now."""
    return QGuiApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft


def restyle(widget: QWidget) -> None:
    """Let the style sheet see that a property of `widget` has changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
