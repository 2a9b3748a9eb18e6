"""Taking in a list of schools: what is new, what is known, and what must be asked about."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from cosdesk.intake.schools import IncomingSchool, Match, merged
from cosdesk.store import schools as store
from cosdesk.ui.delegates import CellRole
from cosdesk.ui.sheet import Cells, SheetModel, SheetView
from cosdesk.ui.sheet_delegate import CHOICES_ROLE, LONG_TEXT_ROLE
from cosdesk.ui.theme import STEP, Tone
from cosdesk.ui.wording import counted
from cosdesk.ui.workspace import Workspace

Index = QModelIndex | QPersistentModelIndex
ADD, SAME, SKIP, ASK = "добавить", "это она, дополнить", "пропустить", "решите"
_HEADINGS = ("В списке", "Похожая в районе", "Что сделать")
_TONES = {ADD: Tone.GREEN, SAME: Tone.BLUE, SKIP: Tone.GREY, ASK: Tone.AMBER}
_FIRST = {Match.NEW: ADD, Match.KNOWN: SAME, Match.ALIKE: ASK}


class IncomingModel(SheetModel):
    """A row a school of the list; its last cell is what becomes of it.  ``decided`` is called when one changes."""

    def __init__(self, incoming: Sequence[IncomingSchool], decided: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self.incoming = list(incoming)
        self.decisions = [_FIRST[each.match] for each in incoming]
        self._decided = decided

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.incoming)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(_HEADINGS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == 2 else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        each, decision = self.incoming[index.row()], self.decisions[index.row()]
        texts = (each.school.name, each.known.name if each.known else "", decision)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return texts[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{_HEADINGS[index.column()]}: {texts[index.column()] or 'пусто'}"
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == 0:
            return each.place or None
        if role == CellRole.TONE and index.column() == 2:
            return _TONES[decision]
        if role == CHOICES_ROLE and index.column() == 2:
            return (ADD, SAME, SKIP) if each.known else (ADD, SKIP), True
        return index.column() < 2 if role == LONG_TEXT_ROLE else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _HEADINGS[section]
        return section < 2 if role == LONG_TEXT_ROLE else None

    def plain(self, index: Index) -> str:
        return str(self.data(index) or "")

    def title(self, cells: Cells) -> str:
        return ""

    def complaint(self, cells: Cells) -> str:
        for index, text in cells:
            if text not in (ADD, SAME, SKIP) or (text == SAME and not self.incoming[index.row()].known):
                return "Выберите из списка: что сделать с этой школой."
        return ""

    def write(self, cells: Cells, title: str) -> None:
        for index, text in cells:
            self.decisions[index.row()] = text
        self.dataChanged.emit(self.index(0, 0), self.index(len(self.incoming) - 1, 2))
        self._decided()

    def decide_all(self, decision: str) -> None:
        """The same for every school that is still asked about."""
        self.decisions = [decision if each == ASK else each for each in self.decisions]
        self.dataChanged.emit(self.index(0, 0), self.index(len(self.incoming) - 1, 2))
        self._decided()


class SchoolImportDialog(QDialog):
    """The preview.  It is accepted only when nothing is left to decide."""

    def __init__(self, incoming: Sequence[IncomingSchool], source: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Импорт школ – {source}")
        self.resize(860, 520)
        self.model = IncomingModel(incoming, self._show_left, self)
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
        self.same.clicked.connect(lambda: self.model.decide_all(SAME))
        self.new = QPushButton("Похожие – другие школы")
        self.new.clicked.connect(lambda: self.model.decide_all(ADD))
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


def take_schools(workspace: Workspace, model: IncomingModel, source: str) -> str:
    """The list as one edit; a sentence that says what was done."""
    added = changed = 0
    with workspace.edit(f"Импорт школ ({source})") as edit:
        for each, decision in zip(model.incoming, model.decisions, strict=True):
            if decision == ADD:
                store.add_school(edit, each.school)
                added += 1
            elif decision == SAME and each.known is not None:
                store.change_school(edit, merged(each.school, each.known))
                store.set_counts(edit, each.known.id, each.school.counts)
                changed += 1
    return f"Добавлено школ: {added}, дополнено: {changed}. Вернуть – Ctrl+Z"
