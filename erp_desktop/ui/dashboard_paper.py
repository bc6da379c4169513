"""A dashboard on paper: one page, in light colours whatever the theme."""

from PySide6.QtCore import QBuffer, QCoreApplication, QEvent, QIODevice, QMarginsF, QRectF, QSize
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter, QPixmap
from PySide6.QtWidgets import QGridLayout, QWidget

from erp_desktop.core.i18n import N_
from erp_desktop.ui import theme
from erp_desktop.ui.charts import ChartCard
from erp_desktop.ui.dashboard_parts import TASK_COLUMNS, Dashboard, TileCard
from erp_desktop.ui.parts import card, column, kind, label, row

_WIDTH, _DOTS, _MARGIN_MM = 1180, 192, 12.0
_ABREAST, _CHART_HEIGHT, _MOST_TASKS, _SHARP = 5, 330, 8, 2


def paper(title: str, about: str, dashboard: Dashboard) -> bytes:
    """Return a dashboard as PDF; the window is not touched.

    Args:
        title: Already translated.
        about: What stands beside it: how old the figures are.
        dashboard: What is drawn.
    """
    sheet = _sheet(title, about, dashboard)
    content = QBuffer()
    content.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(content)
    writer.setTitle(title)
    writer.setCreator("ERP Desktop")
    writer.setResolution(_DOTS)
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    size, lying = QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Landscape
    orientation = lying if _is_wide(sheet) else QPageLayout.Orientation.Portrait
    writer.setPageLayout(QPageLayout(size, orientation, margins, QPageLayout.Unit.Millimeter))
    painter = QPainter(writer)
    room = QRectF(0, 0, writer.width(), writer.height())
    scale = min(room.width() / sheet.width(), room.height() / sheet.height())
    painter.scale(scale, scale)
    # An axis finds out how wide its words are when it is drawn for the first time.
    sheet.grab()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    picture = QPixmap(sheet.size() * _SHARP)
    picture.setDevicePixelRatio(_SHARP)
    sheet.render(picture)
    painter.drawPixmap(QRectF(sheet.rect()), picture, QRectF(picture.rect()))
    painter.end()
    sheet.deleteLater()
    content.close()
    return bytes(content.data().data())


def _is_wide(sheet: QWidget) -> bool:
    """Whether a sheet fills more of a page that lies than of one that stands."""
    return sheet.height() < sheet.width()


def _sheet(title: str, about: str, dashboard: Dashboard) -> QWidget:
    """Return the dashboard as a widget of its own, never shown."""
    sheet: QWidget = kind(QWidget(), "paper")
    sheet.setStyleSheet(theme.style_sheet(theme.LIGHT, theme.Look("light")))
    heading, muted = label(look="title"), label(look="muted")
    heading.setText(title)
    muted.setText(about)
    charts = [_chart(chart) for chart in dashboard.charts]
    pairs = [row(*charts[n : n + 2], spacing=theme.SPACE_L) for n in range(0, len(charts), 2)]
    cards = [TileCard(tile, str) for tile in dashboard.tiles]
    tiles = [row(*cards[n : n + _ABREAST]) for n in range(0, len(cards), _ABREAST)]
    head = row(heading, muted, None)
    tasks = [_tasks(dashboard)] if dashboard.tasks else []
    sheet.setLayout(column(head, *tiles, *pairs, *tasks, spacing=theme.SPACE_L))
    sheet.ensurePolished()
    sheet.resize(QSize(_WIDTH, sheet.sizeHint().height()))
    return sheet


def _tasks(dashboard: Dashboard) -> QWidget:
    grid = QGridLayout()
    grid.setColumnStretch(0, 1)
    grid.setHorizontalSpacing(theme.SPACE_XL)
    for line, task in enumerate(dashboard.tasks[:_MOST_TASKS]):
        for place, each in enumerate(TASK_COLUMNS):
            shown = label()
            shown.setText(each.text(task))
            grid.addWidget(shown, line, place)
    return card(label(N_("To do"), "heading"), grid)


def _chart(chart: object) -> ChartCard:
    made = ChartCard(theme.LIGHT)
    made.setFixedHeight(_CHART_HEIGHT)
    made.show_chart(chart)  # type: ignore[arg-type] # a line or bars
    return made
