"""Colours, spacing and icons: one accent, soft pills for statuses, light and dark."""

from enum import Enum
from functools import cache

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QApplication

from cosdesk.domain.execution import Status
from cosdesk.domain.indicator import Achievement
from cosdesk.paths import resources_folder

STEP = 8
"""The rhythm of all margins and gaps, pixels."""

ICON = QSize(20, 20)


class Tone(Enum):
    """The colour of a status; its word always stands beside it."""

    GREEN = "green"
    BLUE = "blue"
    AMBER = "amber"
    RED = "red"
    GREY = "grey"


# (fill, text) pairs; every pair has a contrast of 4.5:1 or more.
_LIGHT = {
    Tone.GREEN: ("#d9f2df", "#125c2b"),
    Tone.BLUE: ("#dbe9fb", "#174a86"),
    Tone.AMBER: ("#fdecc8", "#6b4300"),
    Tone.RED: ("#fbdcdc", "#8c1414"),
    Tone.GREY: ("#e9ebee", "#46505c"),
}
_DARK = {
    Tone.GREEN: ("#1d4228", "#b3eac2"),
    Tone.BLUE: ("#1d3a5f", "#bcd7fa"),
    Tone.AMBER: ("#523a0c", "#fbdd9a"),
    Tone.RED: ("#5c2020", "#fbc4c4"),
    Tone.GREY: ("#3a4048", "#ccd3db"),
}

STATUS_TONES = {
    Status.DONE: Tone.GREEN,
    Status.DONE_LATE: Tone.GREEN,
    Status.IN_PROGRESS: Tone.BLUE,
    Status.AT_RISK: Tone.AMBER,
    Status.OVERDUE: Tone.RED,
    Status.NOT_DUE: Tone.GREY,
    Status.UNDETERMINED: Tone.GREY,
    Status.CANCELLED: Tone.GREY,
}
ACHIEVEMENT_TONES = {
    Achievement.EXCEEDED: Tone.GREEN,
    Achievement.REACHED: Tone.GREEN,
    Achievement.BELOW: Tone.AMBER,
    Achievement.FAILED: Tone.RED,
    Achievement.UNKNOWN: Tone.GREY,
}


def is_dark() -> bool:
    return QGuiApplication.palette().color(QPalette.ColorRole.Window).lightness() < 128


def fill_of(tone: Tone) -> QColor:
    return QColor((_DARK if is_dark() else _LIGHT)[tone][0])


def ink_of(tone: Tone) -> QColor:
    return QColor((_DARK if is_dark() else _LIGHT)[tone][1])


def accent() -> QColor:
    return QColor("#7fb2f0") if is_dark() else QColor("#1f5fa8")


def faint_line() -> QColor:
    """Horizontal lines of tables and edges of panels."""
    return QColor("#454b54") if is_dark() else QColor("#dfe3e8")


def muted_ink() -> QColor:
    """Secondary text, still 4.5:1 on the page."""
    return QColor("#aab3be") if is_dark() else QColor("#55606d")


def apply_theme(application: QApplication) -> None:
    """Fusion with the system's light or dark scheme, the house's accent and a 10-point font."""
    application.setStyle("Fusion")
    font = QFont(application.font())
    font.setPointSizeF(10)
    application.setFont(font)
    palette = application.palette()
    if not is_dark():
        palette.setColor(QPalette.ColorRole.Window, QColor("#f4f6f8"))
        palette.setColor(QPalette.ColorRole.Base, QColor("#ffffff"))
        palette.setColor(QPalette.ColorRole.AlternateBase, QColor("#f8f9fb"))
        palette.setColor(QPalette.ColorRole.WindowText, QColor("#1c2530"))
        palette.setColor(QPalette.ColorRole.Text, QColor("#1c2530"))
        palette.setColor(QPalette.ColorRole.ButtonText, QColor("#1c2530"))
        palette.setColor(QPalette.ColorRole.Button, QColor("#f7f8fa"))
        palette.setColor(QPalette.ColorRole.PlaceholderText, QColor("#67717d"))
        for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
            # A colour set for all groups would make what is disabled look alive.
            palette.setColor(QPalette.ColorGroup.Disabled, role, QColor("#8a939e"))
    palette.setColor(QPalette.ColorRole.Highlight, QColor("#2f5f96") if is_dark() else QColor("#1f5fa8"))
    palette.setColor(QPalette.ColorRole.HighlightedText, QColor("#ffffff"))
    application.setPalette(palette)


@cache
def icon(name: str) -> QIcon:
    """An icon of ``resources/icons`` in the colour of the text, also when the scheme changes."""
    return QIcon(_LineIcon((resources_folder() / "icons" / f"{name}.svg").read_bytes()))


class _LineIcon(QIconEngine):
    """A line drawing whose ``currentColor`` follows the palette."""

    def __init__(self, source: bytes) -> None:
        super().__init__()
        self._source = source

    def clone(self) -> QIconEngine:
        return _LineIcon(self._source)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, pixmap.rect(), mode, state)
        painter.end()
        return pixmap

    def paint(self, painter, rect, mode, state) -> None:  # type: ignore[no-untyped-def]
        from PySide6.QtCore import QRectF
        from PySide6.QtSvg import QSvgRenderer

        group = QPalette.ColorGroup.Disabled if mode == QIcon.Mode.Disabled else QPalette.ColorGroup.Active
        role = QPalette.ColorRole.HighlightedText if mode == QIcon.Mode.Selected else QPalette.ColorRole.ButtonText
        colour = QGuiApplication.palette().color(group, role).name().encode()
        renderer = QSvgRenderer(QByteArray(self._source.replace(b"currentColor", colour)))
        renderer.render(painter, QRectF(rect))
