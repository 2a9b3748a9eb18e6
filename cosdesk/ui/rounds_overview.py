"""All rounds of monitoring as one list: who asked what, until when, how many answered and who has not."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QStandardItem
from PySide6.QtWidgets import QComboBox, QStackedWidget, QVBoxLayout, QWidget

from cosdesk.dataclass import dataclass
from cosdesk.domain.district import Snapshot
from cosdesk.domain.monitoring import AnswerState, Round
from cosdesk.domain.period import parse_period
from cosdesk.domain.roadmap import Item
from cosdesk.ui.delegates import CellRole
from cosdesk.ui.page import EmptyState
from cosdesk.ui.searchable_list import SearchableList, list_cell
from cosdesk.ui.text_search import Query, folded
from cosdesk.ui.theme import Tone, icon
from cosdesk.ui.typed_values import shorten

_COLUMNS = (
    ("Мониторинг", 220), ("Форма", 150), ("Период", 118), ("Ответили", 90), ("Состояние", 140), ("Ответить до", 112),
    ("Кто не ответил", 210), ("Строка дорожной карты", 154),
)  # fmt: skip
_SHOWN = ("Все мониторинги", "Открытые", "Срок прошёл", "Завершённые")


class RoundsOverview(QWidget):
    """``wanted`` carries the id of the round to turn to."""

    wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._snapshot: Snapshot | None = None
        self._form_titles: dict[str, str] = {}
        self._query = Query("")
        self.list = SearchableList("Все мониторинги", _COLUMNS, 0)
        self.list.setFrameShape(SearchableList.Shape.NoFrame)
        self.filter = QComboBox()
        self.filter.setAccessibleName("Какие мониторинги показать")
        self.filter.addItems(_SHOWN)
        self.open_action = QAction(icon("monitoring"), "Открыть мониторинг", self.list)
        self.open_action.setIconText("Открыть")
        self.open_action.setToolTip("Ответы школ этого мониторинга (Enter)")
        self.open_action.triggered.connect(lambda: self._open())
        self.list.insertAction(self.list.copy_action, self.open_action)
        self.list.activated.connect(lambda: self._open())
        self._whole = QStackedWidget()
        self._whole.addWidget(self.list)
        self._whole.addWidget(EmptyState("Таких мониторингов нет. Измените отбор или слова поиска.", []))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._whole)
        self.filter.currentIndexChanged.connect(lambda: self._fill())
        self.list.selectionModel().currentChanged.connect(lambda: self._enable())

    def show_rounds(self, snapshot: Snapshot) -> None:
        """All rounds of the district; the one at hand stays."""
        self._snapshot = snapshot
        if not self._form_titles:
            from cosdesk.forms.monitoring_form import monitoring_forms

            self._form_titles = {form.id: form.title for form in monitoring_forms().values()}
        self._fill()

    def look_for(self, query: Query) -> None:
        self._query = query
        self.list.look_for(query)
        self._enable()

    def status_text(self) -> str:
        shown, known = self.list.shown_count, len(self._snapshot.rounds) if self._snapshot else 0
        return f"Мониторингов: {known}" + (f", показано {shown}" if shown != known else "")

    def _fill(self) -> None:
        if self._snapshot is not None:
            rounds = [each for each in self._snapshot.rounds if self._passes(each, self._snapshot)]
            names = _Names(
                self._form_titles,
                {school.id: school.label for school in self._snapshot.schools},
                {item.id: _row_label(item) for contents in self._snapshot.roadmaps for item in contents.items},
            )
            self.list.fill((each.id, _cells(each, names, self._snapshot.today)) for each in rounds)
            self.list.look_for(self._query)
        self._enable()

    def _passes(self, found: Round, snapshot: Snapshot) -> bool:
        match self.filter.currentIndex():
            case 1:
                return found.is_open
            case 2:
                return found.is_late(snapshot.today)
            case 3:
                return not found.is_open
            case _:
                return True

    def _enable(self) -> None:
        self._whole.setCurrentIndex(0 if self.list.shown_count else 1)
        self.open_action.setEnabled(self.list.chosen is not None)

    def _open(self) -> None:
        if (chosen := self.list.chosen) is not None:
            self.wanted.emit(chosen)


@dataclass(frozen=True, slots=True)
class _Names:
    """What ids stand for: forms, schools and rows of roadmaps."""

    forms: Mapping[str, str]
    schools: Mapping[int, str]
    rows: Mapping[int, str]


def _cells(found: Round, names: _Names, today: date) -> list[QStandardItem]:
    form = names.forms.get(found.form, "")
    period = parse_period(found.period)
    silent = [names.schools[school_id] for school_id in found.waiting if school_id in names.schools]
    row = names.rows.get(found.item_id, "") if found.item_id else ""
    states = states_text(found)
    answered = list_cell(f"{found.answered} из {found.asked}", found.answered / (found.asked or 1))
    answered.setData(_answered_tone(found), CellRole.TONE)
    due = list_cell(f"{found.due:%d.%m.%Y}" if found.due else "", found.due.isoformat() if found.due else "")
    if found.is_late(today):
        due.setData(Tone.RED, CellRole.TONE)
    return [
        list_cell(found.title or form, folded(found.title or form)),
        list_cell(form, folded(form)),
        list_cell(period.label, period.start.isoformat() + period.end.isoformat()),
        answered,
        list_cell(states, states),
        due,
        list_cell(_silent_text(found, silent), len(silent)),
        list_cell(row, folded(row)),
    ]


def states_text(found: Round) -> str:
    """«принято 3, получено 5, на доработке 1», with «завершён» where it is over."""
    order = (AnswerState.ACCEPTED, AnswerState.RECEIVED, AnswerState.REWORK, AnswerState.SENT, AnswerState.NOT_SENT)
    words = [f"{state.label} {count}" for state in order if (count := found.counts.get(state, 0))]
    return ", ".join([*words, *([] if found.is_open else ["завершён"])])


def _answered_tone(found: Round) -> Tone:
    if found.answered == found.asked:
        return Tone.GREEN
    return Tone.AMBER if found.is_open else Tone.GREY


def _silent_text(found: Round, silent: Sequence[str]) -> str:
    if not silent:
        # The names are kept for open rounds only.
        return "" if found.is_open or found.answered == found.asked else str(found.asked - found.answered)
    return f"{len(silent)} из {found.asked}: {', '.join(silent)}"


def _row_label(item: Item) -> str:
    return f"{item.number} {shorten(item.title, 80)}".strip()
