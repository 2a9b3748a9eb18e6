"""What a heap of returned workbooks came to: accepted, with remarks, to be sent back; older ones are asked about."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from cosdesk.intake.answers import CollectedAnswer, Outcome
from cosdesk.ui.decision_sheet import DecisionModel, DecisionRow
from cosdesk.ui.sheet import SheetView
from cosdesk.ui.theme import STEP, Tone, scaled
from cosdesk.ui.wording import counted

OUTCOME_TONES = {
    Outcome.ACCEPTED: Tone.GREEN,
    Outcome.REMARKS: Tone.AMBER,
    Outcome.SENT_BACK: Tone.RED,
    Outcome.OLDER: Tone.BLUE,
    Outcome.DOUBLED: Tone.GREY,
    Outcome.REFUSED: Tone.RED,
}
KEEP, REPLACE = "оставить прежний", "заменить этим"
_HEADINGS = ("Файл", "Школа", "Итог", "Замечания", "Решение")
_WIDTHS = (180, 180, 196, 330, 150)


class CollectDialog(QDialog):
    """The results before anything is written.  ``letters_wanted``: the user asked for drafts of replies."""

    def __init__(self, collected: Sequence[CollectedAnswer], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Ответы школ")
        self.resize(1060, 540)
        self.letters_wanted = False
        self._collected = list(collected)
        self.model = DecisionModel(_HEADINGS, (0, 1, 3), [_row(each) for each in collected], self)
        self.table = SheetView(self.model)
        self.table.setAccessibleName("Что получилось с каждым файлом")
        self.table.verticalHeader().hide()
        for section, width in enumerate(_WIDTHS):
            self.table.setColumnWidth(section, scaled(width))
        self.table.setColumnHidden(4, not any(self.model.decisions))
        self.table.stretch(3, 240)
        self.table.horizontalHeader().sectionResized.connect(lambda *_: self.table.fit_rows())
        told = QLabel(summary(collected))
        told.setTextFormat(Qt.TextFormat.PlainText)
        told.setWordWrap(True)
        copy = QPushButton("Скопировать список")
        copy.clicked.connect(self.model.copy_all)
        letters = QPushButton("Записать и сохранить письма…")
        letters.setToolTip("Письмо каждой школе, у которой есть замечания: что поправить и где")
        letters.clicked.connect(self._accept_with_letters)
        letters.setEnabled(any(each.remarks and each.school for each in collected))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        buttons.button(QDialogButtonBox.StandardButton.Ok).setText("Записать ответы")
        row = QHBoxLayout()
        row.addWidget(copy)
        row.addStretch(1)
        row.addWidget(letters)
        row.addWidget(buttons)
        layout = QVBoxLayout(self)
        layout.setSpacing(STEP)
        layout.addWidget(told)
        layout.addWidget(self.table, 1)
        layout.addLayout(row)
        self.table.fit_rows()

    @property
    def collected(self) -> list[CollectedAnswer]:
        """The files as decided: an older answer that is to replace the present one counts as accepted."""
        found = []
        for each, decision in zip(self._collected, self.model.decisions, strict=True):
            strict = any(remark.strict for remark in each.remarks)
            outcome = Outcome.SENT_BACK if strict else Outcome.ACCEPTED
            found.append(replace(each, outcome=outcome) if decision == REPLACE else each)
        return found

    def _accept_with_letters(self) -> None:
        self.letters_wanted = True
        self.accept()


def _row(each: CollectedAnswer) -> DecisionRow:
    lines = [each.message] if each.message else []
    lines += [f"{f'{remark.cell}: ' if remark.cell else ''}{remark.message}" for remark in each.remarks]
    texts = (each.file, each.school.label if each.school else "", each.outcome.label, "\n".join(lines))
    return DecisionRow(
        texts, (KEEP, REPLACE) if each.outcome is Outcome.OLDER else (), {2: OUTCOME_TONES[each.outcome]}
    )


def summary(collected: Sequence[CollectedAnswer]) -> str:
    """«12 файлов: принято 9, с замечаниями 1, вернуть 2.»"""
    parts = []
    for outcome in Outcome:
        if count := sum(each.outcome is outcome for each in collected):
            parts.append(f"{outcome.label} – {count}")
    return f"{counted(len(collected), 'файл', 'файла', 'файлов')}: {', '.join(parts)}."
