"""A pasted table of answers looked over: what goes where, what was not placed, and what becomes of each row."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from cosdesk.domain.answers import value_text
from cosdesk.domain.monitoring import Value
from cosdesk.intake.answer_table import PastedAnswer, PastedTable
from cosdesk.intake.answers import RoundDesk
from cosdesk.intake.schools import Match
from cosdesk.ui.decision_sheet import DecisionModel, DecisionRow
from cosdesk.ui.sheet import SheetView
from cosdesk.ui.theme import STEP, Tone, scaled
from cosdesk.ui.wording import counted

WRITE, REPLACE, EMPTY, SAME, SKIP = "записать", "заменить прежнее", "только пустые", "это она, записать", "пропустить"
_HEADINGS = ("В таблице", "Школа", "Ответы", "Замечания", "Решение")
_WIDTHS = (190, 190, 260, 250, 150)


class PastedDialog(QDialog):
    """``values`` is what the user agreed to, by school."""

    def __init__(self, found: PastedTable, desk: RoundDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Таблица ответов из буфера обмена")
        self.resize(1080, 560)
        self._found, self._desk = found, desk
        self.model = DecisionModel(_HEADINGS, (0, 1, 2, 3), [_row(each, desk) for each in found.answers], self)
        self.table = SheetView(self.model)
        self.table.setAccessibleName("Строки таблицы ответов")
        self.table.verticalHeader().hide()
        for section, width in enumerate(_WIDTHS):
            self.table.setColumnWidth(section, scaled(width))
        self.table.stretch(2, 220)
        self.table.horizontalHeader().sectionResized.connect(lambda *_: self.table.fit_rows())
        self._told = QLabel()
        self._told.setTextFormat(Qt.TextFormat.PlainText)
        self._told.setWordWrap(True)
        copy = QPushButton("Скопировать список")
        copy.clicked.connect(self.model.copy_all)
        self.replace_all = QPushButton("Заменить прежние везде")
        self.replace_all.clicked.connect(lambda: self.model.decide_all(EMPTY, REPLACE))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        row = QHBoxLayout()
        row.addWidget(copy)
        row.addWidget(self.replace_all)
        row.addStretch(1)
        row.addWidget(buttons)
        layout = QVBoxLayout(self)
        layout.setSpacing(STEP)
        layout.addWidget(self._told)
        layout.addWidget(self.table, 1)
        layout.addLayout(row)
        self.model.decided.connect(self._tell)
        self._tell()
        self.table.fit_rows()

    @property
    def values(self) -> dict[int, dict[str, Value]]:
        """By school, the answers to be written; of a school named twice the later row wins."""
        found: dict[int, dict[str, Value]] = {}
        for each, decision in zip(self._found.answers, self.model.decisions, strict=True):
            if each.school is None or decision in ("", SKIP):
                continue
            known = self._desk.answers[each.school.id].values
            given = {key: value for key, value in each.values.items() if decision != EMPTY or known.get(key) is None}
            if given:
                found.setdefault(each.school.id, {}).update(given)
        return found

    def _tell(self) -> None:
        answers, values = self._found.answers, self.values
        headings = ", ".join(f"«{heading}»" for heading, _ in self._found.placed)
        lines = [f"Столбцы, в которых узнаны вопросы: {headings}."]
        if self._found.unplaced:
            lines.append(f"Не размещены столбцы: {', '.join(f'«{text}»' for text in self._found.unplaced)}.")
        unknown = sum(each.match is Match.NEW for each in answers)
        asked = sum(each.match is Match.ALIKE for each in answers)
        told = f"Строк со школами: {len(answers)}"
        told += f", школа не узнана в {unknown}" if unknown else ""
        told += f", похожа на известную в {asked} – решите сами" if asked else ""
        lines.append(f"{told}.")
        self._told.setText("\n".join(lines))
        self.replace_all.setEnabled(EMPTY in self.model.decisions)
        self.ok.setText(f"Записать: {counted(len(values), 'школа', 'школы', 'школ')}")
        self.ok.setEnabled(bool(values))


def _row(each: PastedAnswer, desk: RoundDesk) -> DecisionRow:
    if each.school is None:
        remarks = ("нет такой школы в этом мониторинге", *each.remarks)
        return DecisionRow((each.name, "", _words(each, desk, {}), "\n".join(remarks)), (), {0: Tone.RED})
    known = desk.answers[each.school.id].values
    remarks = each.remarks
    differing = any(known.get(key) not in (None, value) for key, value in each.values.items())
    choices: tuple[str, ...]
    if not each.values or all(known.get(key) == value for key, value in each.values.items()):
        choices = ()
        remarks = (*remarks, "ответы уже такие же" if each.values else "ответов в строке нет")
    elif each.match is Match.ALIKE:
        choices = (SKIP, SAME)
        remarks = ("название только похоже", *remarks)
    elif each.repeated:
        choices = (SKIP, REPLACE)
        remarks = ("эта школа уже была выше", *remarks)
    else:
        choices = (EMPTY, REPLACE, SKIP) if differing else (WRITE, SKIP)
    tones = {1: Tone.AMBER} if each.match is Match.ALIKE else {}
    return DecisionRow((each.name, each.school.label, _words(each, desk, known), "\n".join(remarks)), choices, tones)


def _words(each: PastedAnswer, desk: RoundDesk, known: Mapping[str, Value]) -> str:
    """«Скорость: 55 вместо 40», an answer a line."""
    lines = []
    for key, value in each.values.items():
        question = desk.form.question(key)
        before = known.get(key)
        instead = "" if before in (None, value) else f" вместо {value_text(before)}"
        lines.append(f"{question.label if question else key}: {value_text(value)}{instead}")
    return "\n".join(lines)
