"""What a heap of returned workbooks came to: accepted, with remarks, to be sent back; older ones are asked about."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from cosdesk.intake.answers import CollectedAnswer, Outcome
from cosdesk.ui.delegates import CellRole
from cosdesk.ui.sheet import Cells, SheetModel, SheetView
from cosdesk.ui.sheet_delegate import CHOICES_ROLE, LONG_TEXT_ROLE
from cosdesk.ui.theme import STEP, Tone
from cosdesk.ui.wording import counted

Index = QModelIndex | QPersistentModelIndex
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


class CollectedModel(SheetModel):
    """A row a file; only what becomes of an older answer is chosen."""

    def __init__(self, collected: Sequence[CollectedAnswer], parent: QObject) -> None:
        super().__init__(parent)
        self.collected = list(collected)
        self.decisions = [KEEP if each.outcome is Outcome.OLDER else "" for each in collected]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.collected)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(_HEADINGS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        asks = index.isValid() and index.column() == 4 and bool(self.decisions[index.row()])
        return flags | Qt.ItemFlag.ItemIsEditable if asks else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        each, column = self.collected[index.row()], index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self.texts(index.row())[column]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{_HEADINGS[column]}: {self.texts(index.row())[column] or 'пусто'}"
        if role == CellRole.TONE:
            return OUTCOME_TONES[each.outcome] if column == 2 else None
        if role == CellRole.LINES:
            return 8 if column == 3 else 0
        if role == CHOICES_ROLE and column == 4:
            return (KEEP, REPLACE), True
        return column in (0, 1, 3) if role == LONG_TEXT_ROLE else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _HEADINGS[section]
        return section in (0, 1, 3) if role == LONG_TEXT_ROLE else None

    def texts(self, row: int) -> tuple[str, ...]:
        each = self.collected[row]
        lines = [each.message] if each.message else []
        lines += [f"{f'{remark.cell}: ' if remark.cell else ''}{remark.message}" for remark in each.remarks]
        school = each.school.label if each.school else ""
        return each.file, school, each.outcome.label, "\n".join(lines), self.decisions[row]

    def plain(self, index: Index) -> str:
        return str(self.data(index) or "")

    def title(self, cells: Cells) -> str:
        return ""

    def complaint(self, cells: Cells) -> str:
        return "" if all(text in (KEEP, REPLACE) for _, text in cells) else "Выберите решение из списка."

    def write(self, cells: Cells, title: str) -> None:
        for index, text in cells:
            self.decisions[index.row()] = text
        self.dataChanged.emit(self.index(0, 0), self.index(len(self.collected) - 1, 4))


class CollectDialog(QDialog):
    """The results before anything is written.  ``letters_wanted``: the user asked for drafts of replies."""

    def __init__(self, collected: Sequence[CollectedAnswer], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Ответы школ")
        self.resize(1060, 540)
        self.letters_wanted = False
        self.model = CollectedModel(collected, self)
        self.table = SheetView(self.model)
        self.table.setAccessibleName("Что получилось с каждым файлом")
        self.table.verticalHeader().hide()
        for section, width in enumerate(_WIDTHS):
            self.table.setColumnWidth(section, width)
        self.table.setColumnHidden(4, not any(self.model.decisions))
        self.table.stretch(3, 240)
        self.table.horizontalHeader().sectionResized.connect(lambda *_: self.table.fit_rows())
        told = QLabel(summary(collected))
        told.setTextFormat(Qt.TextFormat.PlainText)
        told.setWordWrap(True)
        copy = QPushButton("Скопировать список")
        copy.clicked.connect(self.copy)
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
        for each, decision in zip(self.model.collected, self.model.decisions, strict=True):
            strict = any(remark.strict for remark in each.remarks)
            outcome = Outcome.SENT_BACK if strict else Outcome.ACCEPTED
            found.append(replace(each, outcome=outcome) if decision == REPLACE else each)
        return found

    def copy(self) -> None:
        """The whole list as Word and Excel take it."""
        rows = [self.model.texts(row) for row in range(self.model.rowCount())]
        lines = ["\t".join(" ".join(text.split()) for text in row) for row in [_HEADINGS, *rows]]
        QGuiApplication.clipboard().setText("\n".join(lines))

    def _accept_with_letters(self) -> None:
        self.letters_wanted = True
        self.accept()


def summary(collected: Sequence[CollectedAnswer]) -> str:
    """«12 файлов: принято 9, с замечаниями 1, вернуть 2.»"""
    parts = []
    for outcome in Outcome:
        if count := sum(each.outcome is outcome for each in collected):
            parts.append(f"{outcome.label} – {count}")
    return f"{counted(len(collected), 'файл', 'файла', 'файлов')}: {', '.join(parts)}."
