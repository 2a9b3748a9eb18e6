"""Taking in a list of schools: what is new, what is known, and what must be asked about."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from cosdesk.intake.schools import IncomingSchool, Match, merged
from cosdesk.store import schools as store
from cosdesk.ui.decision_sheet import DecisionModel, DecisionRow
from cosdesk.ui.sheet import SheetView
from cosdesk.ui.theme import STEP, Tone
from cosdesk.ui.wording import counted
from cosdesk.ui.workspace import Workspace

ADD, SAME, SKIP, ASK = "добавить", "это она, дополнить", "пропустить", "решите"
_HEADINGS = ("В списке", "Похожая в районе", "Что сделать")
_TONES = {ADD: Tone.GREEN, SAME: Tone.BLUE, SKIP: Tone.GREY, ASK: Tone.AMBER}
_FIRST = {Match.NEW: ADD, Match.KNOWN: SAME, Match.ALIKE: ASK, Match.REPEATED: ASK}


class SchoolImportDialog(QDialog):
    """The preview.  It is accepted only when nothing is left to decide."""

    def __init__(self, incoming: Sequence[IncomingSchool], source: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Импорт школ – {source}")
        self.resize(860, 520)
        self.incoming = list(incoming)
        self.model = DecisionModel(_HEADINGS, (0, 1), [_row(each) for each in incoming], self, _TONES)
        self.model.decided.connect(self._show_left)
        self.table = SheetView(self.model)
        self.table.setAccessibleName("Школы списка")
        self.table.verticalHeader().hide()
        for section, width in enumerate((360, 280, 170)):
            self.table.setColumnWidth(section, width)
        self.table.stretch(0, 240)
        self.table.horizontalHeader().sectionResized.connect(lambda *_: self.table.fit_rows())
        self._told = QLabel()
        self._told.setTextFormat(Qt.TextFormat.PlainText)
        self._told.setWordWrap(True)
        self.same = QPushButton("Похожие – те же школы")
        self.same.clicked.connect(self._take_as_same)
        self.new = QPushButton("Похожие – другие школы")
        self.new.clicked.connect(lambda: self.model.decide_all(ASK, ADD))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        row = QHBoxLayout()
        row.addWidget(self.same)
        row.addWidget(self.new)
        row.addStretch(1)
        row.addWidget(buttons)
        layout = QVBoxLayout(self)
        layout.setSpacing(STEP)
        layout.addWidget(self._told)
        layout.addWidget(self.table, 1)
        layout.addLayout(row)
        self._show_left()
        self.table.fit_rows()

    def _go_to_question(self) -> None:
        """What has to be decided stands in sight, wherever it is in the list."""
        if ASK in self.model.decisions:
            self.table.setCurrentIndex(self.model.index(self.model.decisions.index(ASK), len(_HEADINGS) - 1))
            self.table.scrollTo(self.table.currentIndex())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._go_to_question()

    def _take_as_same(self) -> None:
        self.model.decide_all(ASK, SAME)
        # What the list itself names twice is taken once.
        self.model.decide_all(ASK, SKIP)

    def _show_left(self) -> None:
        decisions = self.model.decisions
        left = decisions.count(ASK)
        for button in (self.same, self.new):
            button.setVisible(bool(left))
        parts = [f"добавить {decisions.count(ADD)}", f"дополнить {decisions.count(SAME)}"]
        if skipped := decisions.count(SKIP):
            parts.append(f"пропустить {skipped}")
        told = f"В списке {counted(len(decisions), 'школа', 'школы', 'школ')}: {', '.join(parts)}."
        if left:
            told += f" Названия похожи, решите сами: {left}."
        self._told.setText(told)
        taken = decisions.count(ADD) + decisions.count(SAME)
        self.ok.setText(f"Принять: {taken}")
        self.ok.setEnabled(not left and taken > 0)


def _row(each: IncomingSchool) -> DecisionRow:
    repeated = each.match is Match.REPEATED
    choices = (ADD, SAME, SKIP) if each.known and not repeated else (ADD, SKIP)
    beside = each.known.name if each.known else ""
    texts = (each.school.name, f"уже стоит в списке выше: {beside}" if repeated else beside)
    return DecisionRow(texts, choices, initial=_FIRST[each.match], hint=each.place)


def take_schools(workspace: Workspace, dialog: SchoolImportDialog, source: str) -> str:
    """The list as one edit; a sentence that says what was done."""
    added = changed = 0
    with workspace.edit(f"Импорт школ ({source})") as edit:
        for each, decision in zip(dialog.incoming, dialog.model.decisions, strict=True):
            if decision == ADD:
                store.add_school(edit, each.school)
                added += 1
            elif decision == SAME and each.known is not None:
                store.change_school(edit, merged(each.school, each.known))
                store.set_counts(edit, each.known.id, each.school.counts)
                changed += 1
    return f"Добавлено школ: {added}, дополнено: {changed}. Вернуть – Ctrl+Z"
