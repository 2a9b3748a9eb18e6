"""A sheet whose first columns stay in sight while the rest is scrolled aside."""

from typing import cast

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPalette, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QStyle, QStyleOptionViewItem, QWidget

from cosdesk.ui.headers import GroupedHeader
from cosdesk.ui.sheet import SheetModel, SheetView
from cosdesk.ui.theme import faint_line

Index = QModelIndex | QPersistentModelIndex


class FrozenSheet(SheetView):
    """``freeze`` keeps that many visible columns at the left; a picture of them lies over the scrolled table."""

    # Known before Qt's own construction, which scrolls already.
    _frozen = 0

    def __init__(
        self, sheet: SheetModel, model: QAbstractItemModel | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(sheet, model, parent)
        self._picture = _FrozenPicture(self)
        self._picture.hide()
        self.horizontalScrollBar().valueChanged.connect(lambda: self._lay_picture())
        self.horizontalHeader().sectionResized.connect(lambda: self._lay_picture())

    def freeze(self, count: int) -> None:
        """So many of the visible columns stay."""
        self._frozen = count
        self._lay_picture()

    def frozen_columns(self) -> list[int]:
        return self._visible_columns()[: self._frozen]

    def frozen_width(self) -> int:
        return sum(self.columnWidth(column) for column in self.frozen_columns())

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        super().scrollTo(index, hint)
        if index.column() in self.frozen_columns():
            # What is typed there is typed in the table itself, which must not lie under its own picture.
            self.horizontalScrollBar().setValue(0)
            return
        hidden = self.frozen_width() - self.columnViewportPosition(index.column())
        if hidden > 0:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - hidden)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_picture()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._picture.isVisible():
            self._picture.update()

    def _lay_picture(self) -> None:
        shown = bool(self._frozen and self.horizontalScrollBar().value())
        if shown:
            header, view = self.horizontalHeader(), self.viewport().geometry()
            top = view.top() - header.height()
            self._picture.setGeometry(QRect(view.left(), top, self.frozen_width(), view.bottom() - top + 1))
            self._picture.raise_()
            self._picture.update()
        self._picture.setVisible(shown)


class _FrozenPicture(QWidget):
    """The frozen columns as they would be drawn unscrolled; a click leads to the cell itself."""

    def __init__(self, view: FrozenSheet) -> None:
        super().__init__(view)
        self._view = view
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        view, painter = self._view, QPainter(self)
        header = cast(GroupedHeader, view.horizontalHeader())
        painter.fillRect(self.rect(), view.palette().brush(QPalette.ColorRole.Base))
        top = header.height()
        left = 0
        for column in view.frozen_columns():
            width = view.columnWidth(column)
            self._paint_cells(painter, column, QRect(left, top, width, self.height() - top))
            painter.setClipRect(left, 0, width, top)
            header.paintSection(painter, QRect(left, 0, width, top), column)
            left += width
        painter.setClipping(False)
        painter.setPen(faint_line().darker(125))
        painter.drawLine(self.width() - 1, 0, self.width() - 1, self.height())
        painter.end()

    def _paint_cells(self, painter: QPainter, column: int, area: QRect) -> None:
        view = self._view
        model, delegate, chosen = view.model(), view.itemDelegate(), view.selectionModel()
        row = max(view.rowAt(0), 0)
        while row < model.rowCount():
            top = area.top() + view.rowViewportPosition(row)
            if top > area.bottom():
                break
            option = QStyleOptionViewItem()
            view.initViewItemOption(option)
            index = model.index(row, column)
            option.rect = QRect(area.left(), top, area.width(), view.rowHeight(row))
            if chosen.isSelected(index):
                option.state |= QStyle.StateFlag.State_Selected
            painter.save()
            painter.setClipRect(option.rect.intersected(area))
            delegate.paint(painter, option, index)
            painter.restore()
            row += 1

    def _index_at(self, event: QMouseEvent) -> QModelIndex:
        view, point = self._view, event.position().toPoint()
        row = view.rowAt(point.y() - view.horizontalHeader().height())
        left = 0
        for column in view.frozen_columns():
            left += view.columnWidth(column)
            if point.x() < left:
                return view.model().index(row, column) if row >= 0 else QModelIndex()
        return QModelIndex()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self._index_at(event)
        if index.isValid():
            self._view.setFocus()
            self._view.setCurrentIndex(index)
            self._view.scrollTo(index)

    def wheelEvent(self, event: QWheelEvent) -> None:
        QApplication.sendEvent(self._view.viewport(), event)
