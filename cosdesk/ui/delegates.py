"""How cells are drawn: text wrapped to three lines, a status as a word in a pill, a faint line under each row."""

from enum import IntEnum
from functools import lru_cache
from html import escape
from typing import Any, NamedTuple

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QPainter, QPalette, QTextLayout, QTextOption
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

from cosdesk.ui.theme import Tone, accent, faint_line, fill_of, ink_of, is_dark, muted_ink

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
            rest = text[start:].replace("\n", " ")
            lines.append(metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width))
            # What was broken by hand may still fit on the last line.
            cut = lines[-1] != rest
            break
        lines.append(text[start:end].rstrip("\n"))
    layout.endLayout()
    return Wrapped(tuple(lines), cut)


def wrap(text: str, width: int, limit: int, font: QFont) -> Wrapped:
    """The text in at most ``limit`` lines of ``width`` pixels, the last one elided; kept, for it is asked often."""
    return _wrap(text, max(width, 16), limit, font.toString())


def plain_tooltip(text: str) -> str:
    """A tooltip that shows the text as it is: tooltips guess markup, and a text from a file may hold some."""
    return f'<p style="white-space:pre-wrap">{escape(text)}</p>'


def soften_selection(view: QAbstractItemView) -> None:
    """A selected row is tinted, so that the pills on it keep their colours."""
    palette = view.palette()
    tint = QColor("#2c3b4d") if is_dark() else QColor("#e3ebf5")
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

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        text, font, metrics = index.data(), option.font, option.fontMetrics
        count, extra = 1, 0
        if text:
            pill = index.data(CellRole.TONE) is not None
            font = self._font(font, index)
            count = len(self._wrapped(index, text, self._width(index), font).lines)
            extra = 2 * _PILL_Y if pill else 0
        return QSize(0, count * metrics.lineSpacing() + 2 * MARGIN_Y + extra + 1)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        rect: QRect = option.rect
        palette: QPalette = option.palette
        band = bool(index.data(CellRole.BAND))
        if band and not option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, palette.brush(QPalette.ColorRole.AlternateBase))
        widget: QWidget = self._view
        widget.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, widget)
        painter.setPen(faint_line())
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(accent())
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        if text := index.data():
            self._paint_text(painter, option, index, text)
        painter.restore()

    def _paint_text(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, text: str) -> None:
        font = self._font(option.font, index)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        tone = index.data(CellRole.TONE)
        body = option.rect.adjusted(MARGIN_X, MARGIN_Y, -MARGIN_X, -MARGIN_Y)
        lines = self._wrapped(index, text, option.rect.width(), font).lines
        painter.setClipRect(option.rect)
        if tone is not None:
            draw_pill(painter, body, lines, tone, metrics)
            return
        ink = index.data(Qt.ItemDataRole.ForegroundRole)
        if ink is None:
            muted = index.data(CellRole.MUTED)
            ink = muted_ink() if muted else option.palette.color(QPalette.ColorRole.Text)
        painter.setPen(ink)
        alignment = index.data(Qt.ItemDataRole.TextAlignmentRole) or 0
        _draw_lines(painter, body, lines, metrics, right=bool(int(alignment) & int(Qt.AlignmentFlag.AlignRight)))

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """The whole text of a cell that could not show it; the model's own tooltip where it gives one."""
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return False
        text = index.data(Qt.ItemDataRole.ToolTipRole) or ""
        shown = index.data() or ""
        if not text and self._wrapped(index, shown, option.rect.width(), self._font(option.font, index)).cut:
            text = shown
        QToolTip.showText(event.globalPos(), plain_tooltip(text) if text else "", view)
        return True

    def _wrapped(self, index: Index, text: str, width: int, font: QFont) -> Wrapped:
        pill = index.data(CellRole.TONE) is not None
        limit = index.data(CellRole.LINES) or self._lines
        return wrap(text, width - 2 * MARGIN_X - (2 * _PILL_X if pill else 0), limit, font)

    @staticmethod
    def _font(font: QFont, index: Index) -> QFont:
        if not index.data(CellRole.BAND):
            return font
        bold = QFont(font)
        bold.setBold(True)
        return bold

    def _width(self, index: Index) -> int:
        """The width the cell is drawn in, which Qt does not tell when it asks for the height."""
        view: Any = self._view
        if isinstance(view, QTreeView):
            column = index.column()
            band = column == 0 and view.isFirstColumnSpanned(index.row(), index.parent())
            width = view.header().length() if band else view.columnWidth(column)
            if column == view.treePosition() or (view.treePosition() < 0 and column == 0):
                width -= view.indentation() * _depth(index, view.rootIsDecorated())
            return width
        return int(view.columnWidth(index.column())) if isinstance(view, QTableView) else view.viewport().width()


def _depth(index: Index, root_decorated: bool) -> int:
    depth = int(root_decorated)
    parent = index.parent()
    while parent.isValid():
        depth += 1
        parent = parent.parent()
    return depth
