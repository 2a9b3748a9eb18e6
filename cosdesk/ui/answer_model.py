"""The grid of one round: a school a row, a question a column, what was answered last time beside what is empty."""

from collections.abc import Mapping, Sequence
from enum import Enum

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt

from cosdesk.dataclass import dataclass
from cosdesk.domain.answers import ValueFaultError, read_value, value_text
from cosdesk.domain.monitoring import Answer, AnswerState, Question, QuestionType, Remark, Value
from cosdesk.domain.organisation import School
from cosdesk.errors import UserError
from cosdesk.intake.answers import RoundDesk
from cosdesk.store.monitoring import BY_HAND, comment_answer, recount, save_answer
from cosdesk.ui.delegates import CellRole
from cosdesk.ui.sheet import Cells, SheetModel
from cosdesk.ui.sheet_delegate import CHOICES_ROLE
from cosdesk.ui.text_search import folded
from cosdesk.ui.theme import Tone
from cosdesk.ui.typed_values import is_blank, shorten
from cosdesk.ui.workspace import Workspace

Index = QModelIndex | QPersistentModelIndex
STATE_TONES = {
    AnswerState.NOT_SENT: Tone.GREY,
    AnswerState.SENT: Tone.BLUE,
    AnswerState.RECEIVED: Tone.GREEN,
    AnswerState.REWORK: Tone.RED,
    AnswerState.ACCEPTED: Tone.GREEN,
}
_YES_NO = ("", "да", "нет")
_LETTER = 8
"""Pixels of a letter: a column is as wide as its heading's longest word, where that is not too much."""
_WIDTHS = {QuestionType.TEXT: 170, QuestionType.CHOICE: 130, QuestionType.YES_NO: 110, QuestionType.DATE: 104}


class Part(Enum):
    """What a column that is no question shows; the value is its heading."""

    SCHOOL = "Школа"
    STATE = "Состояние"
    VERDICT = "Вывод"
    COMMENT = "Примечание"


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """A school with its answer and what it answered last time."""

    school: School
    answer: Answer
    last: Mapping[str, Value]

    def remarks(self, key: str) -> list[Remark]:
        return [remark for remark in self.answer.remarks if remark.question == key]


class AnswerModel(SheetModel):
    """``desk`` is the round shown, None before the first."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.desk: RoundDesk | None = None
        self.editable = False
        self._columns: list[Part | Question] = []
        self._rows: list[AnswerRow] = []

    def show(self, desk: RoundDesk | None, last: Mapping[int, Mapping[str, Value]], editable: bool) -> None:
        """Another round, or the same one with other answers."""
        rows = []
        if desk is not None:
            rows = [AnswerRow(desk.schools[key], answer, last.get(key, {})) for key, answer in desk.answers.items()]
        columns = _columns_of(desk)
        same = columns == self._columns and [r.school.id for r in rows] == [r.school.id for r in self._rows]
        if same and self.desk is not None and desk is not None and desk.round.id == self.desk.round.id:
            self.desk, self._rows, self.editable = desk, rows, editable
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(columns) - 1))
            return
        self.beginResetModel()
        self.desk, self._rows, self._columns, self.editable = desk, rows, columns, editable
        self.endResetModel()

    # --- shape

    def row(self, number: int) -> AnswerRow:
        return self._rows[number]

    @property
    def rows(self) -> Sequence[AnswerRow]:
        return self._rows

    def column(self, section: int) -> Part | Question:
        return self._columns[section]

    def section_of(self, column: Part | str) -> int:
        """The column of a part, or of the question with that key."""
        for section, each in enumerate(self._columns):
            if each is column or (isinstance(each, Question) and each.key == column):
                return section
        raise LookupError(column)

    def width(self, section: int) -> int:
        column = self._columns[section]
        if isinstance(column, Part):
            return {Part.SCHOOL: 262, Part.STATE: 124, Part.VERDICT: 140, Part.COMMENT: 200}[column]
        longest = max(map(len, column.heading.split()), default=0)
        return max(_WIDTHS.get(column.type, 104), min(longest * _LETTER + 16, 140))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and self.editable:
            column = self._columns[index.column()]
            if isinstance(column, Question) or column is Part.COMMENT:
                flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    # --- cells

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], self._columns[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _shown(row, column, self.desk)
            case Qt.ItemDataRole.EditRole:
                return _plain(row, column)
            case Qt.ItemDataRole.TextAlignmentRole:
                right = isinstance(column, Question) and (column.is_number or column.type is QuestionType.DATE)
                return int(Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft)
            case Qt.ItemDataRole.ToolTipRole:
                return _hint(row, column) or None
            case Qt.ItemDataRole.AccessibleTextRole:
                heading = self.headerData(index.column(), Qt.Orientation.Horizontal)
                return f"{row.school.label}, {heading}: {_shown(row, column, self.desk) or 'пусто'}"
            case CellRole.TONE:
                return _tone(row, column)
            case CellRole.MUTED:
                return isinstance(column, Question) and row.answer.values.get(column.key) is None
            case CellRole.LINES:
                return 1
            case _ if role == CHOICES_ROLE and isinstance(column, Question):
                if column.type is QuestionType.YES_NO:
                    return _YES_NO, True
                return (("", *column.choices), True) if column.choices else None
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        column = self._columns[section]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return column.heading if isinstance(column, Question) else column.value
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.data(self.index(0, section), role) if self._rows else None
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(column, Question):
            return f"{column.heading} ({column.type.label}). {column.hint}".strip()
        return None

    def words(self, number: int) -> str:
        row = self._rows[number]
        return f"{row.school.name} {row.school.label} {' '.join(_plain(row, column) for column in self._columns)}"

    def sort_key(self, index: Index) -> tuple[object, ...]:
        row, column = self._rows[index.row()], self._columns[index.column()]
        if column is Part.STATE:
            return (list(AnswerState).index(row.answer.state),)
        value = row.answer.values.get(column.key) if isinstance(column, Question) else _shown(row, column, self.desk)
        if isinstance(value, str):
            value = folded(value)
        return (False,) if value is None or value == "" else (True, value)

    # --- writing

    def plain(self, index: Index) -> str:
        return _plain(self._rows[index.row()], self._columns[index.column()])

    def title(self, cells: Cells) -> str:
        index = cells[0][0]
        heading = self.headerData(index.column(), Qt.Orientation.Horizontal)
        return f"{self._rows[index.row()].school.label}: {shorten(str(heading), 40).lower()}"

    def complaint(self, cells: Cells) -> str:
        try:
            self._read(cells)
        except UserError as error:
            return str(error)
        return ""

    def write(self, cells: Cells, title: str) -> None:
        self.write_values(self._read(cells), title)
        worst = next((r for index, _ in cells for r in self._told(index)), None)
        if worst is not None:
            self.doubted.emit(f"{worst.message[:1].upper()}{worst.message[1:]}.")

    def write_values(self, values: Mapping[int, Mapping[str, Value]], title: str) -> None:
        """What each school (by id) answers to some questions, in one edit; the others stay."""
        desk = self.desk
        if desk is None:
            return
        with self._workspace.edit(title) as edit:
            for school_id, given in values.items():
                answer, own = desk.answers[school_id], dict(given)
                if "" in own:
                    comment_answer(edit, desk.round.id, school_id, str(own.pop("") or ""))
                if own:
                    school = desk.schools[school_id]
                    save_answer(edit, desk.form, desk.round, school, {**answer.values, **own})
            recount(edit, desk.round.id)

    def last_time(self, indexes: Sequence[Index]) -> dict[int, dict[str, Value]]:
        """Last round's values for those of the cells that are still empty; a school's own cell stands for its row."""
        found: dict[int, dict[str, Value]] = {}
        for index in indexes:
            row, column = self._rows[index.row()], self._columns[index.column()]
            questions = [column] if isinstance(column, Question) else []
            if isinstance(column, Part):
                questions = [each for each in self._columns if isinstance(each, Question)]
            for question in questions:
                last = row.last.get(question.key)
                if row.answer.values.get(question.key) is None and last is not None:
                    found.setdefault(row.school.id, {})[question.key] = last
        return found

    def _told(self, index: Index) -> list[Remark]:
        column = self._columns[index.column()]
        row = self._rows[index.row()]
        if not isinstance(column, Question) or row.answer.values.get(column.key) is None:
            return []
        return row.remarks(column.key)

    def _read(self, cells: Cells) -> dict[int, dict[str, Value]]:
        """Typed texts as values, by school and question; a comment stands under an empty key."""
        found: dict[int, dict[str, Value]] = {}
        for index, text in cells:
            row, column = self._rows[index.row()], self._columns[index.column()]
            if column is Part.COMMENT:
                found.setdefault(row.school.id, {})[""] = " ".join(text.split())
            elif isinstance(column, Question):
                given = found.setdefault(row.school.id, {})
                try:
                    given[column.key] = None if is_blank(text) else read_value(column, text)
                except ValueFaultError as fault:
                    place = f"{row.school.label}, «{column.label}»: " if len(cells) > 1 else f"«{column.label}»: "
                    raise UserError(f"{place}{fault}.") from None
        return found


def _columns_of(desk: RoundDesk | None) -> list[Part | Question]:
    if desk is None:
        return []
    verdict = [Part.VERDICT] if desk.form.requirements else []
    return [Part.SCHOOL, Part.STATE, *desk.form.questions, *verdict, Part.COMMENT]


def _shown(row: AnswerRow, column: Part | Question, desk: RoundDesk | None) -> str:
    answer = row.answer
    if isinstance(column, Question):
        value = answer.values.get(column.key)
        if value is not None:
            return value_text(value)
        if _is_missing(row, column):
            return "пусто" if row.remarks(column.key)[0].message.startswith("не заполнено") else "неверно"
        last = row.last.get(column.key)
        return f"({value_text(last)})" if last is not None else ""
    match column:
        case Part.SCHOOL:
            return row.school.label
        case Part.STATE:
            return answer.state.label
        case Part.VERDICT:
            if answer.complies is None or desk is None:
                return ""
            return desk.form.complies_label if answer.complies else desk.form.fails_label
        case Part.COMMENT:
            return answer.comment


def _is_missing(row: AnswerRow, question: Question) -> bool:
    """A returned workbook lacks the answer; while one types by hand the rest is simply not typed yet."""
    return row.answer.answered and row.answer.source != BY_HAND and bool(row.remarks(question.key))


def _plain(row: AnswerRow, column: Part | Question) -> str:
    if isinstance(column, Question):
        value = row.answer.values.get(column.key)
        return "" if value is None else value_text(value)
    return _shown(row, column, None)


def _tone(row: AnswerRow, column: Part | Question) -> Tone | None:
    if column is Part.STATE:
        return STATE_TONES[row.answer.state]
    if column is Part.VERDICT:
        if row.answer.complies is None:
            return None
        return Tone.GREEN if row.answer.complies else Tone.AMBER
    if isinstance(column, Question):
        remarks = row.remarks(column.key)
        if remarks and (row.answer.values.get(column.key) is not None or _is_missing(row, column)):
            return Tone.RED if any(remark.strict for remark in remarks) else Tone.AMBER
    return None


def _hint(row: AnswerRow, column: Part | Question) -> str:
    if column is Part.VERDICT:
        return "\n".join(f"– {reason}" for reason in row.answer.reasons)
    if column is Part.STATE:
        whole = [remark.message for remark in row.answer.remarks if not remark.question]
        return "\n".join(whole)
    if not isinstance(column, Question):
        return ""
    lines = [remark.message for remark in row.remarks(column.key)] if _tone(row, column) else []
    last = row.last.get(column.key)
    if last is not None:
        lines.append(f"В прошлый раз: {value_text(last)}")
    return "\n".join(lines)
