"""«Показать, что где»: a few bubbles over the living window, each pointing at one thing; left at any moment."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPainterPath, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from cosdesk.dataclass import dataclass
from cosdesk.ui.panel_parts import plain_label
from cosdesk.ui.settings import settings
from cosdesk.ui.theme import STEP, accent, mute, scaled

if TYPE_CHECKING:
    from cosdesk.ui.main_window import MainWindow

_WIDTH = 340
_SEEN = "tour/seen"


@dataclass(frozen=True)
class Stop:
    """Where the tour stops: the page to turn to (empty: the one at hand), what to point at, what to say of it."""

    title: str
    text: str
    target: Callable[[MainWindow], QWidget | None]
    page: str = ""


def _child(name: str) -> Callable[[MainWindow], QWidget | None]:
    """The widget of that class or object name; the classes are those of pages that are loaded by then."""

    def find(window: MainWindow) -> QWidget | None:
        found = (child for child in window.findChildren(QWidget) if name in (type(child).__name__, child.objectName()))
        return next((child for child in found if child.isVisibleTo(window)), None)

    return find


STOPS = (
    Stop(
        "Страницы",
        "Слева – страницы, Alt+1…9. Число рядом – сколько там ждёт: просрочено, ниже плана, не ответили школы.",
        _child("Navigation"),
        "Сегодня",
    ),
    Stop(
        "Что горит",
        "С этой страницы начинается день: что просрочено, что скоро, чего не хватает. Двойной щелчок ведёт к строке.",
        lambda window: window.page,
    ),
    Stop(
        "Дорожная карта",
        "Править можно прямо в таблице. Ctrl+Enter отмечает исполнение, Ctrl+Z отменяет что угодно."
        " Сохранять не нужно: всё записывается сразу.",
        _child("RoadmapView"),
        "Дорожная карта",
    ),
    Stop(
        "Всё о строке",
        "Срок, исполнители, записи об исполнении, документы, история. Скан документа можно перетащить прямо сюда.",
        _child("ItemPanel"),
    ),
    Stop(
        "Отчётный период",
        "За него показываются показатели и составляются отчёты.",
        _child("PeriodChooser"),
    ),
    Stop(
        "Отчёты",
        "Документы составляются сами из записей. Посмотрите, поправьте слова и сохраните в PDF, Word или Excel.",
        _child("ReportList"),
        "Отчёты",
    ),
    Stop(
        "Сохранность и справка",
        "Здесь видно, когда сохранено и когда сделана копия. F1 – справка о странице, Ctrl+, – настройки.",
        _child("StatusBar"),
        "Сегодня",
    ),
)


class Tour(QWidget):
    """Dims the window but for one thing and says what that is; «→» goes on, «←» back, Esc leaves."""

    def __init__(self, window: MainWindow, stops: tuple[Stop, ...] = STOPS) -> None:
        super().__init__(window)
        self._window = window
        self._stops = stops
        self._at = -1
        self._hole = QRect()
        self._make_bubble()
        for key, run in (
            (Qt.Key.Key_Right, self.go_on),
            (Qt.Key.Key_Left, self.go_back),
            (Qt.Key.Key_Escape, self.leave),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(run)
        # A page that has just been turned to takes a moment to lay itself out.
        self._settle = QTimer(self, singleShot=True, interval=60)
        self._settle.timeout.connect(self._place)
        window.installEventFilter(self)
        self.setGeometry(window.rect())
        self.show()
        self.go_on()

    def _make_bubble(self) -> None:
        self.bubble = QFrame(self)
        self.bubble.setFrameShape(QFrame.Shape.StyledPanel)
        self.bubble.setAutoFillBackground(True)
        self.bubble.setFixedWidth(scaled(_WIDTH))
        self._title, self._text, self._count = plain_label("", bold=True), plain_label(""), plain_label("")
        self._count.setWordWrap(False)
        mute(self._count)
        self.back, self.next, self.end = QPushButton("Назад"), QPushButton("Дальше"), QPushButton("Закончить")
        for button, run in ((self.back, self.go_back), (self.next, self.go_on), (self.end, self.leave)):
            button.clicked.connect(run)
        buttons = QHBoxLayout()
        buttons.addWidget(self._count, 1)
        for button in (self.end, self.back, self.next):
            buttons.addWidget(button)
        self._column = column = QVBoxLayout(self.bubble)
        column.setContentsMargins(STEP * 2, STEP * 2, STEP * 2, STEP * 2)
        column.setSpacing(STEP)
        column.addWidget(self._title)
        column.addWidget(self._text)
        column.addLayout(buttons)
        QWidget.setTabOrder(self.next, self.back)
        QWidget.setTabOrder(self.back, self.end)

    # --- going

    @property
    def stop(self) -> Stop:
        return self._stops[self._at]

    def go_on(self) -> None:
        """To the next thing that is there to be seen; after the last one the tour ends."""
        if not self._go(1):
            self.leave()

    def go_back(self) -> None:
        self._go(-1)

    def leave(self) -> None:
        """Ends the tour wherever it is; it is not offered again."""
        settings().setValue(_SEEN, "1")
        self._window.removeEventFilter(self)
        self.hide()
        self.deleteLater()
        if page := self._window.page:
            page.setFocus()

    def _go(self, step: int) -> bool:
        place = self._at + step
        while 0 <= place < len(self._stops):
            stop = self._stops[place]
            if stop.page:
                self._window.show_page(stop.page)
            if stop.target(self._window) is not None:
                self._at = place
                self._show()
                return True
            place += step
        return False

    def _show(self) -> None:
        self._title.setText(self.stop.title)
        self._text.setText(self.stop.text)
        self._count.setText(f"{self._at + 1} из {len(self._stops)}")
        self.back.setEnabled(self._at > 0)
        self.next.setText("Дальше" if self._at + 1 < len(self._stops) else "Готово")
        # A screen reader reads the button that has the focus: with it, what the bubble says.
        self.bubble.setAccessibleName(self.stop.title)
        self.next.setAccessibleDescription(f"{self.stop.title}. {self.stop.text}")
        self.raise_()
        self.next.setFocus()
        self._place()
        self._settle.start()

    # --- placing

    def _place(self) -> None:
        """The hole over what is spoken of, the bubble beside it, all within the window."""
        self.setGeometry(self._window.rect())
        target = self.stop.target(self._window)
        if target is not None:
            hole = QRect(target.mapTo(self._window, QPoint(0, 0)), target.size())
            self._hole = hole.adjusted(-4, -4, 4, 4).intersected(self.rect())
        # A frame with lines that wrap does not know by itself how high it is at its width.
        edges = 2 * self.bubble.frameWidth()
        width = self.bubble.maximumWidth()
        self.bubble.resize(width, self._column.totalHeightForWidth(width - edges) + edges)
        self.bubble.move(beside(self._hole, self.bubble.size(), self.rect()))
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        dim, hole = QPainterPath(), QPainterPath()
        dim.addRect(QRectF(self.rect()))
        hole.addRoundedRect(QRectF(self._hole), STEP, STEP)
        painter.fillPath(dim - hole, QColor(0, 0, 0, 120))
        painter.setPen(QPen(accent(), 2))
        painter.drawPath(hole)
        painter.end()


def beside(hole: QRect, bubble: QSize, window: QRect) -> QPoint:
    """Where a bubble stands: right of what it speaks of, left, under, over; else in its lower right corner."""
    gap = STEP + STEP // 2
    room = window.adjusted(STEP, STEP, -STEP, -STEP)
    down = max(room.top(), min(hole.top(), room.bottom() - bubble.height()))
    along = max(room.left(), min(hole.left(), room.right() - bubble.width()))
    for corner in (
        QPoint(hole.right() + gap, down),
        QPoint(hole.left() - gap - bubble.width(), down),
        QPoint(along, hole.bottom() + gap),
        QPoint(along, hole.top() - gap - bubble.height()),
    ):
        if room.contains(QRect(corner, bubble)):
            return corner
    inner = hole.intersected(room)
    return QPoint(inner.right() - bubble.width() - gap, inner.bottom() - bubble.height() - gap)


def is_seen() -> bool:
    """Whether the tour was taken or left on this computer."""
    return settings().value(_SEEN) is not None


def start(window: MainWindow) -> Tour:
    """The tour over the open file; over the example where none is open."""
    from cosdesk.ui import files

    if not window.workspace.is_open:
        files.open_demo(window)
    return Tour(window)
