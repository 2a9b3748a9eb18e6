"""A filled Excel twin looked over: what it changes cell by cell, and what of it is taken into the district."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from cosdesk.twin_changes import Proposal, TwinChange, Verdict
from cosdesk.ui.decision_sheet import DecisionModel, DecisionRow
from cosdesk.ui.sheet import SheetView
from cosdesk.ui.theme import STEP, Tone, scaled
from cosdesk.ui.wording import counted

TAKE, LEAVE = "взять", "оставить"
_HEADINGS = ("Ячейка", "Строка", "Графа", "В программе", "В книге", "Что это", "Замечание", "Решение")
_WIDTHS = (112, 190, 116, 150, 150, 150, 180, 92)
_TONES = {
    Verdict.OFFERED: Tone.BLUE,
    Verdict.ADDED: Tone.GREEN,
    Verdict.EMPTIED: Tone.AMBER,
    Verdict.CONFLICT: Tone.RED,
    Verdict.DOUBTFUL: Tone.AMBER,
    Verdict.REFUSED: Tone.GREY,
}


class TwinDialog(QDialog):
    """The changes before anything is written; ``chosen`` are those to take."""

    def __init__(self, proposal: Proposal, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Изменения из книги – {proposal.file}")
        self.resize(1180, 600)
        self._changes = proposal.changes
        rows = [_row(change) for change in proposal.changes]
        self.model = DecisionModel(_HEADINGS, (1, 3, 4, 6), rows, self, {TAKE: Tone.GREEN})
        self.table = SheetView(self.model)
        self.table.setAccessibleName("Что изменено в книге")
        self.table.verticalHeader().hide()
        for section, width in enumerate(_WIDTHS):
            self.table.setColumnWidth(section, scaled(width))
        self.table.stretch(4, 160)
        self.table.horizontalHeader().sectionResized.connect(lambda *_: self.table.fit_rows())
        told = QLabel("\n".join((_summary(proposal), *proposal.notes)))
        told.setTextFormat(Qt.TextFormat.PlainText)
        told.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setSpacing(STEP)
        layout.addWidget(told)
        layout.addWidget(self.table, 1)
        layout.addLayout(self._buttons())
        self.model.decided.connect(self._tell)
        self._tell()
        self.table.fit_rows()

    def _buttons(self) -> QHBoxLayout:
        copy = QPushButton("Скопировать список")
        copy.clicked.connect(self.model.copy_all)
        everything, nothing = QPushButton("Взять всё"), QPushButton("Оставить всё")
        everything.clicked.connect(lambda: self.model.decide_all(LEAVE, TAKE))
        nothing.clicked.connect(lambda: self.model.decide_all(TAKE, LEAVE))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._accept = buttons.button(QDialogButtonBox.StandardButton.Ok)
        row = QHBoxLayout()
        for button in (copy, everything, nothing):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(buttons)
        return row

    @property
    def chosen(self) -> list[TwinChange]:
        """The changes to take."""
        pairs = zip(self._changes, self.model.decisions, strict=True)
        return [change for change, decision in pairs if decision == TAKE]

    def _tell(self) -> None:
        count = len(self.chosen)
        self._accept.setText(f"Взять {counted(count, 'изменение', 'изменения', 'изменений')}")
        self._accept.setEnabled(count > 0)


def _row(change: TwinChange) -> DecisionRow:
    place = f"{change.sheet}, {change.place}"
    texts = (place, change.row, change.heading, change.now or "–", change.given or "–")
    choices: tuple[str, ...] = ()
    if change.verdict is not Verdict.REFUSED:
        choices = (TAKE, LEAVE) if change.verdict.is_plain else (LEAVE, TAKE)
    return DecisionRow((*texts, change.verdict.label, change.note), choices, {5: _TONES[change.verdict]})


def _summary(proposal: Proposal) -> str:
    """«Документ «Дорожная карта»: 5 изменений, ждут решения – 1, не принимаются – 1.»"""
    found = [change.verdict for change in proposal.changes]
    refused = found.count(Verdict.REFUSED)
    asked = len(found) - refused - sum(verdict.is_plain for verdict in found)
    parts = [counted(len(found), "изменение", "изменения", "изменений")]
    parts += [f"ждут решения – {asked}"] if asked else []
    parts += [f"не принимаются – {refused}"] if refused else []
    return f"Документ «{proposal.title}»: {', '.join(parts)}."
