"""How cells are drawn: text wrapped to three lines, a status as a word in a pill, a faint line under each row."""

from enum import IntEnum
from functools import lru_cache
from html import escape
from typing import Any, NamedTuple

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QHelpEvent, QPainter, QPalette, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QTreeView,
    QWidget,
)

from cosdesk.ui.hyphenation import SOFT_HYPHEN, hyphenated
from cosdesk.ui.theme import Tone, accent, chosen_tint, faint_line, fill_of, ink_of, muted_ink

Index = QModelIndex | QPersistentModelIndex

MARGIN_X = 6
MARGIN_Y = 5
_PILL_X = 8
_PILL_Y = 2


class CellRole(IntEnum):
    """What a model tells of a cell beyond Qt's own roles."""

    TONE = Qt.ItemDataRole.UserRole + 1
    """A ``Tone``: the text is drawn as a pill of that colour."""
    MUTED = Qt.ItemDataRole.UserRole + 2
    """True for what stands there only for the sake of its neighbours."""
    BAND = Qt.ItemDataRole.UserRole + 3
    """True for a heading over all columns."""
    LINES = Qt.ItemDataRole.UserRole + 4
    """How many lines the text may take, where it is not the delegate's usual number."""


class CellLook(NamedTuple):
    """All that is drawn of a cell; ``lines`` 0 is the delegate's usual number, ``ink`` None the usual colour."""

    text: str = ""
    tone: Tone | None = None
    band: bool = False
    muted: bool = False
    lines: int = 0
    right: bool = False
    ink: QColor | None = None


class Wrapped(NamedTuple):
    """A text as lines that fit; ``cut`` when some of it did not."""

    lines: tuple[str, ...]
    cut: bool


@lru_cache(maxsize=50_000)
def _wrap(text: str, width: int, limit: int, font_key: str) -> Wrapped:
    font = QFont()
    font.fromString(font_key)
    metrics = QFontMetrics(font)
    if "\n" not in text and metrics.horizontalAdvance(text) <= width:
        return Wrapped((text,), False)
    text = " ".join(_breakable(word, width, metrics) for word in text.split(" "))
    layout = QTextLayout(text.replace("\n", "\u2028"), font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    lines: list[str] = []
    cut = False
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        start, end = line.textStart(), line.textStart() + line.textLength()
        if len(lines) == limit - 1 and end < len(text):
            rest = _shown(text[start:].replace("\n", " "))
            lines.append(metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width))
            # What was broken by hand may still fit on the last line.
            cut = lines[-1] != rest
            break
        lines.append(_shown(text[start:end].rstrip("\n")))
    layout.endLayout()
    return Wrapped(tuple(lines), cut)


def _breakable(word: str, width: int, metrics: QFontMetrics) -> str:
    """A word too long for the line with soft hyphens where it may be broken."""
    # The layout counts in parts of a pixel: what just fits by whole ones it would break before the last letter.
    if len(word) < 6 or metrics.horizontalAdvance(word) < width:
        return word
    return hyphenated(word)


def _shown(line: str) -> str:
    """A line as drawn: a soft hyphen is seen only where the line ends with it."""
    seen = line.rstrip()
    broken = seen.endswith(SOFT_HYPHEN)
    return seen.replace(SOFT_HYPHEN, "") + ("-" if broken else "")


def wrap(text: str, width: int, limit: int, font: QFont) -> Wrapped:
    """The text in at most ``limit`` lines of ``width`` pixels, the last one elided; kept, for it is asked often."""
    return _wrap(text, max(width, 16), limit, font.toString())


def plain_tooltip(text: str) -> str:
    """A tooltip that shows the text as it is: tooltips guess markup, and a text from a file may hold some."""
    return f'<p style="white-space:pre-wrap">{escape(text)}</p>'


def soften_selection(view: QAbstractItemView) -> None:
    """A selected row is tinted, so that the pills on it keep their colours."""
    palette = view.palette()
    tint = chosen_tint()
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
        palette.setColor(group, QPalette.ColorRole.Highlight, tint)
        palette.setColor(group, QPalette.ColorRole.HighlightedText, palette.color(group, QPalette.ColorRole.Text))
    view.setPalette(palette)


def draw_pill(painter: QPainter, rect: QRect, lines: tuple[str, ...], tone: Tone, metrics: QFontMetrics) -> None:
    """A word, or a few lines, in a soft filled pill at the top left of ``rect``."""
    width = max(metrics.horizontalAdvance(line) for line in lines) + 2 * _PILL_X
    height = len(lines) * metrics.lineSpacing() + 2 * _PILL_Y
    pill = QRectF(rect.left() + 0.5, rect.top() + 0.5, min(width, rect.width()) - 1, height - 1)
    edge = ink_of(tone)
    edge.setAlpha(70)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(edge)
    painter.setBrush(fill_of(tone))
    radius = min(height / 2, metrics.lineSpacing() / 2 + _PILL_Y)
    painter.drawRoundedRect(pill, radius, radius)
    painter.restore()
    painter.setPen(ink_of(tone))
    _draw_lines(painter, QRect(rect.left() + _PILL_X, rect.top() + _PILL_Y, int(pill.width()), height), lines, metrics)


def _draw_lines(
    painter: QPainter, rect: QRect, lines: tuple[str, ...], metrics: QFontMetrics, right: bool = False
) -> None:
    baseline = rect.top() + metrics.ascent()
    for line in lines:
        left = rect.right() + 1 - metrics.horizontalAdvance(line) if right else rect.left()
        painter.drawText(left, baseline, line)
        baseline += metrics.lineSpacing()


class CellDelegate(QStyledItemDelegate):
    """Draws every cell of the program's tables.

    A text wraps to ``lines`` lines and shows the whole on hover; a cell with a ``CellRole.TONE``
    is a pill; ``CellRole.BAND`` makes a heading.  Rows take the height of their tallest cell.
    """

    def __init__(self, view: QAbstractItemView, lines: int = 3) -> None:
        super().__init__(view)
        self._view = view
        self._lines = lines
        self._font = QFont()
        self._take_font(self._font)

    def look(self, index: Index) -> CellLook:
        """What the model says of a cell.  Asked for every cell that is measured or drawn."""
        ink = index.data(Qt.ItemDataRole.ForegroundRole)
        alignment = index.data(Qt.ItemDataRole.TextAlignmentRole) or 0
        return CellLook(
            index.data() or "",
            index.data(CellRole.TONE),
            bool(index.data(CellRole.BAND)),
            bool(index.data(CellRole.MUTED)),
            index.data(CellRole.LINES) or 0,
            bool(int(alignment) & int(Qt.AlignmentFlag.AlignRight)),
            QBrush(ink).color() if ink is not None else None,
        )

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        if option.font != self._font:
            self._take_font(option.font)
        look = self.look(index)
        height = self._spacing
        if look.text:
            if look.lines != 1:
                height *= len(self._wrapped(look, self._width(index, look.band)).lines)
            if look.tone is not None:
                height += 2 * _PILL_Y
        return QSize(0, height + 2 * MARGIN_Y + 1)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = self.look(index)
        painter.save()
        rect: QRect = option.rect
        palette: QPalette = option.palette
        if look.band and not option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, palette.brush(QPalette.ColorRole.AlternateBase))
        widget: QWidget = self._view
        widget.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, widget)
        painter.setPen(faint_line())
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(accent())
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        if look.text:
            self._paint_text(painter, option, look)
        painter.restore()

    def _paint_text(self, painter: QPainter, option: QStyleOptionViewItem, look: CellLook) -> None:
        if option.font != self._font:
            self._take_font(option.font)
        metrics = self._bold_metrics if look.band else self._metrics
        painter.setFont(self._bold if look.band else self._font)
        body = option.rect.adjusted(MARGIN_X, MARGIN_Y, -MARGIN_X, -MARGIN_Y)
        lines = self._wrapped(look, option.rect.width()).lines
        painter.setClipRect(option.rect)
        if look.tone is not None:
            draw_pill(painter, body, lines, look.tone, metrics)
            return
        usual = muted_ink() if look.muted else option.palette.color(QPalette.ColorRole.Text)
        painter.setPen(look.ink or usual)
        _draw_lines(painter, body, lines, metrics, right=look.right)

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """The whole text of a cell that could not show it; the model's own tooltip where it gives one."""
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return False
        text = index.data(Qt.ItemDataRole.ToolTipRole) or ""
        look = self.look(index)
        if not text and self._wrapped(look, option.rect.width()).cut:
            text = look.text
        QToolTip.showText(event.globalPos(), plain_tooltip(text) if text else "", view)
        return True

    def _take_font(self, font: QFont) -> None:
        """Measures a font once: asking it for every cell costs more than the cell."""
        self._font = QFont(font)
        self._bold = QFont(font)
        self._bold.setBold(True)
        self._metrics, self._bold_metrics = QFontMetrics(self._font), QFontMetrics(self._bold)
        self._font_key, self._bold_key = self._font.toString(), self._bold.toString()
        self._spacing = self._metrics.lineSpacing()

    def _wrapped(self, look: CellLook, width: int) -> Wrapped:
        room = width - 2 * MARGIN_X - (0 if look.tone is None else 2 * _PILL_X)
        key = self._bold_key if look.band else self._font_key
        return _wrap(look.text, max(room, 16), look.lines or self._lines, key)

    def _width(self, index: Index, band: bool) -> int:
        """The width the cell is drawn in, which Qt does not tell when it asks for the height."""
        view: Any = self._view
        column = index.column()
        if isinstance(view, QTreeView):
            spanned = band and column == 0 and view.isFirstColumnSpanned(index.row(), index.parent())
            width = view.header().length() if spanned else view.columnWidth(column)
            if column == 0:
                width -= view.indentation() * _depth(index, view.rootIsDecorated())
            return int(width)
        return int(view.columnWidth(column)) if isinstance(view, QTableView) else view.viewport().width()


def _depth(index: Index, root_decorated: bool) -> int:
    depth = int(root_decorated)
    parent = index.parent()
    while parent.isValid():
        depth += 1
        parent = parent.parent()
    return depth
