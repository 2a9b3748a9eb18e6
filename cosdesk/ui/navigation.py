"""The list of pages at the left, with counts of what waits on each; on a narrow screen its pictures alone."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from cosdesk.ui.theme import ICON, STEP, icon, scaled

_WIDTH = 188
_FOLDED = 64
"""Pixels of a picture and a count of two digits."""
_NARROW = 1000
"""Pixels of a window on whose pages names would leave too little room: 1366×768 at 150 % has 911."""
_COUNT = Qt.ItemDataRole.UserRole


class Navigation(QListWidget):
    """One line a page: icon, name, count.  ``chosen`` carries the line's number."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Разделы программы")
        self.setIconSize(ICON)
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.is_folded = False
        self.fit_letters()
        self.setItemDelegate(_LineDelegate(self))
        self.viewport().setAutoFillBackground(False)
        self.currentRowChanged.connect(self.chosen)

    def fit_letters(self) -> None:
        """As wide as its longest name with the letters that are set."""
        self.setFixedWidth(scaled(_FOLDED if self.is_folded else _WIDTH))

    def fold(self, folded: bool) -> None:
        """Names are seen no more, or again; a hint still tells them."""
        if folded != self.is_folded:
            self.is_folded = folded
            self.fit_letters()

    @property
    def spare(self) -> int:
        """Pixels that folding would still give to the pages."""
        return 0 if self.is_folded else scaled(_WIDTH) - scaled(_FOLDED)

    def add(self, title: str, icon_name: str, shortcut: str) -> None:
        line = QListWidgetItem(icon(icon_name), title)
        line.setToolTip(f"{title} ({shortcut})")
        self.addItem(line)

    def show_count(self, row: int, count: int) -> None:
        """A number at the right of the line; nothing for 0."""
        self.item(row).setData(_COUNT, count)


class NavigationRow(QHBoxLayout):
    """The list and the pages; the list folds before a page would be cut."""

    def __init__(self, navigation: Navigation, pages: QWidget) -> None:
        super().__init__()
        self._navigation = navigation
        self.setSpacing(0)
        self.addWidget(navigation)
        self.addWidget(pages, 1)

    def minimumSize(self) -> QSize:
        least = super().minimumSize()
        return QSize(least.width() - self._navigation.spare, least.height())

    def setGeometry(self, rect: QRect) -> None:
        names = self.minimumSize().width() + scaled(_WIDTH) - scaled(_FOLDED)
        self._navigation.fold(rect.width() < max(_NARROW, names))
        super().setGeometry(rect)


class _LineDelegate(QStyledItemDelegate):
    def __init__(self, navigation: Navigation) -> None:
        super().__init__(navigation)
        self._navigation = navigation

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, option.fontMetrics.height() + STEP * 2)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.save()
        rect: QRect = option.rect
        palette: QPalette = option.palette
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        ink = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.WindowText
        if selected:
            painter.fillRect(rect, palette.brush(QPalette.ColorRole.Highlight))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, palette.brush(QPalette.ColorRole.Midlight))
        picture = index.data(Qt.ItemDataRole.DecorationRole)
        top = rect.top() + (rect.height() - ICON.height()) // 2
        picture.paint(
            painter,
            QRect(rect.left() + STEP * 2, top, ICON.width(), ICON.height()),
            mode=picture.Mode.Selected if selected else picture.Mode.Normal,
        )
        painter.setPen(palette.color(ink))
        body = rect.adjusted(STEP * 2 + ICON.width() + STEP, 0, -STEP * 2, 0)
        if self._navigation.is_folded:
            body = rect.adjusted(0, 0, -STEP // 2, 0)
        else:
            painter.drawText(body, Qt.AlignmentFlag.AlignVCenter, index.data())
        if count := index.data(_COUNT):
            painter.drawText(body, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, str(count))
        painter.restore()
