"""The schools behind a value that a round counted: what each gave, found, sorted, copied."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from PySide6.QtGui import QStandardItem
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from cosdesk.domain.indicator import share
from cosdesk.domain.monitoring import MonitoringForm, SchoolShare
from cosdesk.domain.organisation import School
from cosdesk.reports.typography import DASH, number
from cosdesk.ui.answer_model import STATE_TONES
from cosdesk.ui.delegates import CellRole
from cosdesk.ui.panel_parts import plain_label
from cosdesk.ui.searchable_list import SearchableList, list_cell
from cosdesk.ui.text_search import Query, folded
from cosdesk.ui.theme import STEP, Tone
from cosdesk.ui.wording import counted

_COLUMNS = (
    ("Школа", 240), ("Числитель", 92), ("Знаменатель", 108), ("%", 60), ("Вывод", 150), ("Почему", 280), ("Ответ", 120),
)  # fmt: skip


class SchoolsBehindDialog(QDialog):
    """``told`` is the value itself in words, over the list; ``title`` names the indicator and the period."""

    def __init__(
        self,
        title: str,
        told: str,
        shares: Sequence[SchoolShare],
        schools: Mapping[int, School],
        form: MonitoringForm,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.resize(1120, 560)
        self.line = QLineEdit()
        self.line.setPlaceholderText("Найти школу или вывод")
        self.line.setAccessibleName("Найти в списке школ")
        self.line.setClearButtonEnabled(True)
        self.view = SearchableList("Школы за показателем", _COLUMNS, 0)
        self.view.fill((each.school_id, _cells(each, schools[each.school_id], form)) for each in shares)
        self._count = plain_label("")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.copy_button = buttons.addButton("Скопировать всё", QDialogButtonBox.ButtonRole.ActionRole)
        self.copy_button.clicked.connect(self.view.copy_all)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(STEP)
        for widget in (plain_label(told, bold=True), self.line, self.view, self._count, buttons):
            layout.addWidget(widget, int(widget is self.view))
        self.finished.connect(self.deleteLater)
        self.line.textChanged.connect(self._search)
        self._search("")
        self.line.setFocus()

    def _search(self, text: str) -> None:
        self.view.look_for(Query(text))
        shown, known = self.view.shown_count, self.view.count
        told = counted(known, "школа", "школы", "школ")
        self._count.setText(told if shown == known else f"{told}, показано {shown}")


def _cells(part: SchoolShare, school: School, form: MonitoringForm) -> list[QStandardItem]:
    verdict, tone = _verdict(part, form)
    numbers = (part.numerator, part.denominator, share(part.numerator, part.denominator))
    cells = [
        list_cell(school.label, folded(school.label)),
        *(_number_cell(value) for value in numbers),
        list_cell(verdict, folded(verdict)),
        list_cell(why := "; ".join(part.reasons), folded(why)),
        list_cell(part.state.label, part.state.label),
    ]
    if tone is not None:
        cells[4].setData(tone, CellRole.TONE)
    cells[6].setData(STATE_TONES[part.state], CellRole.TONE)
    return cells


def _number_cell(value: Decimal | None) -> QStandardItem:
    return list_cell(DASH if value is None else number(value), -1.0 if value is None else float(value), right=True)


def _verdict(part: SchoolShare, form: MonitoringForm) -> tuple[str, Tone | None]:
    if not part.state.counts:
        return "не учтена", None
    if part.complies is None:
        return "", None
    return (form.complies_label, Tone.GREEN) if part.complies else (form.fails_label, Tone.AMBER)
