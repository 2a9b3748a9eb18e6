"""Fields that are saved on leaving them: a text that grows with its lines, a line, a date with a calendar."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QMenu, QPlainTextEdit, QWidget, QWidgetAction

from cosdesk.errors import UserError
from cosdesk.ui.line_completer import LineCompleter
from cosdesk.ui.theme import icon
from cosdesk.ui.typed_values import read_day


def text_height(field: QPlainTextEdit) -> int:
    """The height of a field's text at its present width, pixels."""
    # Asking for a block's place lays it out; the document's own size knows only what was painted.
    layout, block, height = field.document().documentLayout(), field.document().firstBlock(), 0.0
    while block.isValid():
        height += layout.blockBoundingRect(block).height()
        block = block.next()
    return int(height)


def _leaves_undo(event: QEvent) -> bool:
    """Whether the keys ask to undo or redo: with nothing typed in the field they mean the program's own undo."""
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    return event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)


class GrowingText(QPlainTextEdit):
    """A text as high as its lines; ``left`` carries it when one leaves the field having changed it.

    Escape brings back what stood there, Tab goes on to the next field.  ``names`` are offered
    while one types, one a line.
    """

    left = Signal(str)

    def __init__(
        self, name: str, names: Sequence[str] | None = None, lowest: int = 1, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._shown = ""
        self._finishing = False
        self._lowest = lowest
        self.completer = LineCompleter(self, names) if names is not None else None
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(4)
        self.textChanged.connect(self._grow)
        self._grow()

    def event(self, event: QEvent) -> bool:
        if _leaves_undo(event) and not self.document().isModified():
            event.ignore()
            return False
        return super().event(event)

    def show_text(self, text: str) -> None:
        """Shows a text; what is just being typed is left alone."""
        if self.hasFocus() and self.document().isModified():
            return
        self._shown = text
        if text != self.toPlainText():
            self.setPlainText(text)
        self.document().setModified(False)

    def finish(self) -> None:
        """Gives up the text, if it was changed."""
        text = self.toPlainText()
        if text == self._shown or self.isReadOnly() or self._finishing:
            return
        self._finishing = True
        try:
            self.left.emit(text)
            # Only now: a text that could not be written stays one to be written.
            self._shown = text
            self.document().setModified(False)
        finally:
            self._finishing = False

    def _grow(self) -> None:
        lowest = self._lowest * self.fontMetrics().lineSpacing()
        height = max(text_height(self), lowest) + 2 * int(self.document().documentMargin()) + 4
        if height != self.height():
            self.setFixedHeight(height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.completer is not None and self.completer.is_open:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Escape):
                event.ignore()
                return
        elif event.key() == Qt.Key.Key_Escape and self.document().isModified():
            self.setPlainText(self._shown)
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.finish()


class LineField(QLineEdit):
    """A text of one line; ``left`` carries it on Enter or on leaving, when it was changed."""

    left = Signal(str)

    def __init__(self, name: str, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = ""
        self._finishing = False
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.editingFinished.connect(self.finish)

    def event(self, event: QEvent) -> bool:
        if _leaves_undo(event) and self.text() == self._shown:
            event.ignore()
            return False
        return super().event(event)

    def show_text(self, text: str) -> None:
        """Shows a text; what is just being typed is left alone."""
        if self.hasFocus() and self.text() != self._shown:
            return
        self._shown = text
        self.setText(text)
        self.setCursorPosition(0)

    def finish(self) -> None:
        """Gives up the text, if it was changed."""
        text = self.text()
        if text == self._shown or self.isReadOnly() or self._finishing:
            return
        self._finishing = True
        try:
            self.left.emit(text)
            self._shown = text
        finally:
            self._finishing = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text() != self._shown:
            self.setText(self._shown)
            return
        super().keyPressEvent(event)


class DateField(QLineEdit):
    """A day typed as ДД.ММ.ГГГГ or chosen in a calendar (Alt+Down); may be empty.  ``changed``: a valid day."""

    changed = Signal()

    def __init__(self, name: str, day: date | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.setAccessibleName(name)
        self.setPlaceholderText("ДД.ММ.ГГГГ")
        self.setMaxLength(12)
        self._open = QAction(icon("today"), "Выбрать в календаре", self)
        self._open.triggered.connect(self._show_calendar)
        self.addAction(self._open, QLineEdit.ActionPosition.TrailingPosition)
        self.setMinimumWidth(128)
        self.textChanged.connect(self._announce)
        self.show_day(day)

    @property
    def day(self) -> date | None:
        """The day, None for an empty field; ``UserError`` when there is no such day."""
        try:
            return read_day(self.text())
        except UserError as error:
            raise UserError(f"{self._name}: {error}") from None

    @property
    def is_valid(self) -> bool:
        try:
            read_day(self.text())
        except UserError:
            return False
        return True

    def _announce(self) -> None:
        if self.is_valid:
            self.changed.emit()

    def show_day(self, day: date | None) -> None:
        self.setText(f"{day:%d.%m.%Y}" if day else "")

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Down
            and event.modifiers() & Qt.KeyboardModifier.AltModifier
        ):
            self._show_calendar()
            return True
        return super().event(event)

    def _show_calendar(self) -> None:
        menu = QMenu(self)
        calendar = QCalendarWidget()
        calendar.setGridVisible(False)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        if self.is_valid and (day := self.day):
            calendar.setSelectedDate(QDate(day.year, day.month, day.day))

        def take(chosen: QDate) -> None:
            self.show_day(date(chosen.year(), chosen.month(), chosen.day()))
            menu.close()

        calendar.clicked.connect(take)
        calendar.activated.connect(take)
        holder = QWidgetAction(menu)
        holder.setDefaultWidget(calendar)
        menu.addAction(holder)
        menu.aboutToShow.connect(calendar.setFocus)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))
