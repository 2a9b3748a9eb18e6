"""Colours, spacing and icons: one accent, soft pills for statuses, light and dark."""

from enum import Enum, StrEnum
from functools import cache

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

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


def chosen_tint() -> QColor:
    """The ground of a selected row, soft enough for the pills on it to keep their colours."""
    return QColor("#2c3b4d") if is_dark() else QColor("#e3ebf5")


def row_tint() -> QColor:
    """The ground of the row at hand, where single cells of it are selected."""
    return QColor("#252d37") if is_dark() else QColor("#f3f7fc")


class Scheme(StrEnum):
    """What the user wishes: the system's own colours, or always the same."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


USUAL_POINTS = 10
"""The size of the window's letters."""

# Colours by role, for what is alive; the last line for what is disabled.
_Role = QPalette.ColorRole
_LIGHT_ROLES = {
    _Role.Window: "#f4f6f8",
    _Role.Base: "#ffffff",
    _Role.AlternateBase: "#f8f9fb",
    _Role.Button: "#f7f8fa",
    _Role.WindowText: "#1c2530",
    _Role.Text: "#1c2530",
    _Role.ButtonText: "#1c2530",
    _Role.PlaceholderText: "#55606d",
    _Role.ToolTipBase: "#ffffff",
    _Role.ToolTipText: "#1c2530",
    _Role.BrightText: "#8c1414",
    _Role.Link: "#1f5fa8",
    _Role.LinkVisited: "#6a3fa0",
    _Role.Light: "#ffffff",
    _Role.Midlight: "#eceff2",
    _Role.Mid: "#c3cad2",
    _Role.Dark: "#9aa3ad",
    _Role.Shadow: "#6a737d",
    _Role.Highlight: "#1f5fa8",
    _Role.HighlightedText: "#ffffff",
}
_DARK_ROLES = {
    _Role.Window: "#2a2f36",
    _Role.Base: "#1a1e23",
    _Role.AlternateBase: "#20242a",
    _Role.Button: "#353b44",
    _Role.WindowText: "#e6e9ed",
    _Role.Text: "#e6e9ed",
    _Role.ButtonText: "#e6e9ed",
    _Role.PlaceholderText: "#aab3be",
    _Role.ToolTipBase: "#2d323a",
    _Role.ToolTipText: "#e6e9ed",
    _Role.BrightText: "#fbc4c4",
    _Role.Link: "#7fb2f0",
    _Role.LinkVisited: "#c3a6f0",
    _Role.Light: "#4a515b",
    _Role.Midlight: "#3b414a",
    _Role.Mid: "#363c45",
    _Role.Dark: "#15181c",
    _Role.Shadow: "#0c0e10",
    _Role.Highlight: "#2f5f96",
    _Role.HighlightedText: "#ffffff",
}
_BOXES = ("QCheckBox", "QRadioButton", "QListWidget")
"""Widgets with boxes to tick: their edges must be seen also where nothing is ticked."""
_TYPED = ("QLineEdit", "QAbstractSpinBox", "QComboBox", "QPushButton", "QToolButton", "QPlainTextEdit", "QTextEdit")
"""Widgets whose frame tells where the keyboard is."""
_EDGE = "#c1cedd"
"""Fusion draws the edge of a box a good deal darker than the window it stands on: 3:1 on every ground."""
_INK_ROLES = (_Role.WindowText, _Role.Text, _Role.ButtonText)


def apply_theme(application: QApplication, scheme: Scheme = Scheme.SYSTEM, points: float = USUAL_POINTS) -> None:
    """Fusion in light or dark, as wished or as the system has it, with the house's accent and letters."""
    if application.style().name() != "fusion":
        application.setStyle("Fusion")
    font = QFont(application.font())
    font.setPointSizeF(points)
    application.setFont(font)
    dark = _wants_dark(application, scheme)
    palette = _palette(dark)
    application.setPalette(palette)
    _sharpen(application, palette, dark)


def _sharpen(application: QApplication, palette: QPalette, dark: bool) -> None:
    """Edges of boxes and of what has the keyboard, which Fusion derives from the colours of surfaces."""
    focus = QPalette(palette)
    if dark:
        focus.setColor(_Role.Highlight, accent())
        focus.setColor(_Role.HighlightedText, QColor(_DARK_ROLES[_Role.Base]))
        for name in _TYPED:
            application.setPalette(focus, name)  # type: ignore[arg-type]
    boxed = QPalette(palette)
    boxed.setColor(_Role.Window, QColor(_EDGE))
    for name in _BOXES:
        # The stub asks for bytes, which the binding refuses.
        application.setPalette(boxed, name)  # type: ignore[arg-type]


def _wants_dark(application: QApplication, scheme: Scheme) -> bool:
    hints = application.styleHints()
    # The frame that the system draws follows too, where the system lets it.
    wished = {Scheme.LIGHT: Qt.ColorScheme.Light, Scheme.DARK: Qt.ColorScheme.Dark}
    hints.setColorScheme(wished.get(scheme, Qt.ColorScheme.Unknown))
    if scheme is not Scheme.SYSTEM:
        return scheme is Scheme.DARK
    if hints.colorScheme() is not Qt.ColorScheme.Unknown:
        return hints.colorScheme() is Qt.ColorScheme.Dark
    return application.style().standardPalette().color(QPalette.ColorRole.Window).lightness() < 128


def _palette(dark: bool) -> QPalette:
    palette = QPalette()
    for role, colour in (_DARK_ROLES if dark else _LIGHT_ROLES).items():
        palette.setColor(role, QColor(colour))
    for role in _INK_ROLES:
        # A colour set for all groups would make what is disabled look alive.
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor("#79828d" if dark else "#8a939e"))
    palette.setColor(QPalette.ColorGroup.Disabled, _Role.Highlight, QColor("#363c45" if dark else "#c3cad2"))
    return palette


def scaled(pixels: int) -> int:
    """A width that was measured with letters of the usual size, for the letters that are set."""
    points = QApplication.font().pointSizeF()
    return round(pixels * points / USUAL_POINTS) if points > 0 else pixels


def mute(label: QWidget) -> None:
    """Secondary text; it follows the palette when the colours change."""
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)


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
