"""The page «Сегодня»: what burns, each line leading to its row."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from cosdesk.domain.agenda import AgendaLine, Topic, counts
from cosdesk.ui.long_list import LongList
from cosdesk.ui.page import EmptyState, Page, Place
from cosdesk.ui.settings import remember_state, remembered_state
from cosdesk.ui.tasks import Tasks
from cosdesk.ui.theme import STEP, Tone, fill_of, icon, ink_of, scaled
from cosdesk.ui.today_model import TONES, TodayModel
from cosdesk.ui.workspace import Workspace


class TodayPage(Page):
    """Tiles with counts above, the lines by topic below; a tile shows its topic alone."""

    def __init__(self, workspace: Workspace, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(workspace, tasks, parent)
        self._lines: tuple[AgendaLine, ...] = ()
        self._text = ""
        self._tiles: dict[Topic, _Tile] = {}
        for topic in Topic:
            tile = self._tiles[topic] = _Tile(topic)
            tile.toggled.connect(self._fill)
        self._calm = QLabel("Сегодня ничего не горит: просроченного нет, сроков в этом и следующем месяце нет.")
        self._calm.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._calm.setWordWrap(True)
        self.roadmap_action = QAction(icon("roadmap"), "Перейти к дорожной карте", self)
        self.roadmap_action.triggered.connect(lambda: self.page_wanted.emit("Дорожная карта"))
        self._empty = EmptyState(
            "Здесь видно, что горит сегодня. В районе пока нет дорожной карты: откройте её из документа Word или Excel"
            " либо создайте новую.",
            [self.roadmap_action],
        )
        self._model = TodayModel()
        self._view = self._make_view()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(STEP, STEP, STEP, 0)
        layout.setSpacing(STEP)
        layout.addWidget(_Tiles(list(self._tiles.values())))
        layout.addWidget(self._empty, 1)
        layout.addWidget(self._calm, 1)
        layout.addWidget(self._view, 1)

    def _make_view(self) -> LongList:
        view = LongList(self._model)
        view.setAccessibleName("Что требует внимания")
        view.activated.connect(self._lead)
        go = QAction(icon("open"), "Перейти к строке", view)
        go.triggered.connect(lambda: self._lead(view.currentIndex()))
        view.insertAction(view.actions()[0], go)
        self._model.modelReset.connect(self._span)
        self._model.rowsInserted.connect(self._span)
        return view

    def refresh(self, tables: frozenset[str]) -> None:
        self._lines = self.workspace.agenda
        found = counts(self._lines)
        for topic, tile in self._tiles.items():
            tile.show_count(found[topic])
        self._fill()

    def search(self, text: str) -> None:
        self._text = text
        self._fill()

    def status_text(self) -> str:
        return f"Просрочено: {counts(self._lines)[Topic.OVERDUE]}"

    def shown_lines(self) -> list[AgendaLine]:
        """What the tiles and the search let through."""
        chosen = {topic for topic, tile in self._tiles.items() if tile.isChecked()} or set(Topic)
        words = self._text.lower().split()
        return [
            line
            for line in self._lines
            if line.topic in chosen and all(word in f"{line.number} {line.title}".lower() for word in words)
        ]

    def _fill(self) -> None:
        lines = self.shown_lines()
        has_roadmap = self.workspace.contents is not None
        self._empty.setVisible(not self._lines and not has_roadmap)
        self._calm.setVisible(not self._lines and has_roadmap)
        self._view.setVisible(bool(self._lines))
        self._model.show_lines(lines)
        header = self._view.header()
        if not header.restoreState(remembered_state("today")):
            for column, width in enumerate((96, 72, 624, 220)):
                header.resizeSection(column, scaled(width))
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        remember_state("today", header.saveState())
        self._view.measure_again()

    def _span(self) -> None:
        for row in self._model.bands:
            self._view.setFirstColumnSpanned(row, QModelIndex(), True)

    def _lead(self, index: QModelIndex) -> None:
        line = self._model.line(index.row())
        if line is not None:
            self.led.emit(Place(line.roadmap_id, line.item_id, line.indicator_id, line.round_id))


class _Tiles(QWidget):
    """The tiles side by side, in two rows where the window is narrow."""

    def __init__(self, tiles: list["_Tile"]) -> None:
        super().__init__()
        # Laid out by hand: a layout would hold the window as wide as the rows stand now.
        self._own = tiles
        for tile in tiles:
            tile.setParent(self)
        policy = self.sizePolicy()
        policy.setVerticalPolicy(policy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def minimumSizeHint(self) -> QSize:
        return QSize(max(map(_width, self._rows(0))), self._height(1))

    def sizeHint(self) -> QSize:
        return QSize(_width(self._own), self._height(1))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._height(len(self._rows(width)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        height = self._height(1)
        for row, tiles in enumerate(self._rows(self.width())):
            spare, left = (self.width() - _width(tiles)) // len(tiles), 0
            for tile in tiles:
                width = tile.sizeHint().width() + spare
                tile.setGeometry(left, row * (height + STEP), width, height)
                left += width + STEP

    def _rows(self, width: int) -> list[list["_Tile"]]:
        half = (len(self._own) + 1) // 2
        return [self._own] if width >= _width(self._own) else [self._own[:half], self._own[half:]]

    def _height(self, rows: int) -> int:
        return rows * (max(tile.minimumHeight() for tile in self._own) + STEP) - STEP


def _width(tiles: Sequence["_Tile"]) -> int:
    """Of tiles side by side, in pixels."""
    return sum(tile.sizeHint().width() + STEP for tile in tiles) - STEP


class _Tile(QToolButton):
    """A topic with its count; pressed, it shows its lines alone."""

    def __init__(self, topic: Topic) -> None:
        super().__init__()
        self._topic = topic
        self.setCheckable(True)
        self.setMinimumHeight(64)
        self.setSizePolicy(self.sizePolicy().Policy.Expanding, self.sizePolicy().Policy.Fixed)
        self.show_count(0)

    def show_count(self, count: int) -> None:
        self.setText(f"{count}\n{self._topic.label}")
        self.setAccessibleName(f"{self._topic.label}: {count}")
        tone = TONES[self._topic] if count else Tone.GREY
        fill, ink = fill_of(tone).name(), ink_of(tone).name()
        self.setStyleSheet(
            f"QToolButton {{ background: {fill}; color: {ink}; border: 1px solid {fill}; border-radius: 8px; }}"
            f"QToolButton:checked, QToolButton:focus {{ border: 2px solid {ink}; }}"
        )
