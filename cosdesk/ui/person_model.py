"""The directory as a sheet: a row a person or a group, typed in place."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt

from cosdesk.dataclass import dataclass
from cosdesk.domain.people import name_key, rows_by_name
from cosdesk.domain.person import Membership, Person
from cosdesk.domain.roadmap import Item
from cosdesk.errors import UserError
from cosdesk.store.people import change_person
from cosdesk.ui.delegates import CellRole
from cosdesk.ui.headers import GROUP_ROLE
from cosdesk.ui.sheet import Cells, SheetModel
from cosdesk.ui.sheet_delegate import LONG_TEXT_ROLE
from cosdesk.ui.workspace import Workspace

Index = QModelIndex | QPersistentModelIndex

MEMBERSHIPS = {
    Membership.PERSON: "человек",
    Membership.LIST: "группа",
    Membership.SCHOOL_HEADS: "руководители школ",
}


@dataclass(frozen=True, slots=True)
class PersonColumn:
    """A column: a field of ``Person``, or «members» and «rows» which are worded."""

    field: str
    heading: str
    width: int
    group: str = ""


COLUMNS = (
    PersonColumn("name", "Имя в дорожной карте", 190),
    PersonColumn("membership", "Кто это", 160),
    PersonColumn("rows", "Строк", 66),
    PersonColumn("full_name", "Фамилия, имя, отчество", 210),
    PersonColumn("position", "Должность", 190),
    PersonColumn("organisation", "Организация", 170),
    PersonColumn("phone", "Телефон", 150),
    PersonColumn("email", "Электронная почта", 200),
    PersonColumn("members", "Состав группы", 190),
    PersonColumn("genitive", "кого (родительный)", 190, "Фамилия, имя, отчество по падежам"),
    PersonColumn("dative", "кому (дательный)", 190, "Фамилия, имя, отчество по падежам"),
    PersonColumn("accusative", "кого (винительный)", 190, "Фамилия, имя, отчество по падежам"),
    PersonColumn("instrumental", "кем (творительный)", 190, "Фамилия, имя, отчество по падежам"),
)
_LONG = frozenset({"full_name", "position", "organisation"})
ROWS = next(number for number, column in enumerate(COLUMNS) if column.field == "rows")


class PersonModel(SheetModel):
    """People in the order of the directory."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._people: tuple[Person, ...] = ()
        self._rows: dict[str, list[tuple[int, Item]]] = {}

    def refresh(self) -> None:
        """Reads the workspace; the rows are reset only when they are others than before."""
        snapshot = self._workspace.snapshot
        people = snapshot.people
        self._rows = rows_by_name(snapshot.roadmaps)
        if [p.id for p in people] == [p.id for p in self._people]:
            self._people = people
            if people:
                self.dataChanged.emit(self.index(0, 0), self.index(len(people) - 1, len(COLUMNS) - 1))
            return
        self.beginResetModel()
        self._people = people
        self.endResetModel()

    @property
    def people(self) -> tuple[Person, ...]:
        return self._people

    def person(self, row: int) -> Person:
        return self._people[row]

    def row_of(self, person_id: int) -> int | None:
        return next((row for row, person in enumerate(self._people) if person.id == person_id), None)

    def rows_of(self, person: Person) -> list[tuple[int, Item]]:
        """The rows that name a person, each with its roadmap's id."""
        return self._rows.get(name_key(person.name), [])

    # --- what Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._people)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self.plain(index)
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == ROWS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
        if role == CellRole.LINES:
            return 0 if COLUMNS[index.column()].field in _LONG else 1
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal and 0 <= section < len(COLUMNS):
            if role == Qt.ItemDataRole.DisplayRole:
                return COLUMNS[section].heading
            if role == GROUP_ROLE:
                return COLUMNS[section].group
            if role == LONG_TEXT_ROLE:
                return COLUMNS[section].field in _LONG
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if COLUMNS[index.column()].field != "rows" and self._workspace.is_writable:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def sort_key(self, index: Index) -> tuple[object, ...]:
        if index.column() == ROWS:
            return (len(self.rows_of(self._people[index.row()])),)
        return (self.plain(index).casefold(),)

    # --- what a sheet answers

    def plain(self, index: Index) -> str:
        person, field = self._people[index.row()], COLUMNS[index.column()].field
        match field:
            case "membership":
                return MEMBERSHIPS[person.membership]
            case "rows":
                return str(len(self.rows_of(person)) or "")
            case "members":
                by_id = {known.id: known for known in self._people}
                return "; ".join(by_id[member].name for member in person.member_ids if member in by_id)
            case _:
                return str(getattr(person, field))

    def title(self, cells: Cells) -> str:
        index = cells[0][0]
        return f"{COLUMNS[index.column()].heading}: {self._people[index.row()].name}"

    def complaint(self, cells: Cells) -> str:
        try:
            self._changed(cells)
        except UserError as error:
            return str(error)
        return ""

    def write(self, cells: Cells, title: str) -> None:
        changed = self._changed(cells)
        with self._workspace.edit(title) as edit:
            for person in changed:
                change_person(edit, person)

    def _changed(self, cells: Cells) -> list[Person]:
        changed: dict[int, Person] = {}
        for index, text in cells:
            person = changed.get(index.row(), self._people[index.row()])
            changed[index.row()] = with_field(person, COLUMNS[index.column()].field, text, self._people)
        return list(changed.values())


def with_field(person: Person, field: str, text: str, people: tuple[Person, ...]) -> Person:
    """The person with a field as typed; ``UserError`` for a wrong one."""
    words = " ".join(text.split())
    change: Any = words
    if field == "name":
        if not words:
            raise UserError("Имя не может быть пустым. Впишите его или удалите строку.")
        if any(other.id != person.id and name_key(other.name) == name_key(words) for other in people):
            raise UserError(f"«{words}» в справочнике уже есть.")
    elif field == "membership":
        found = next((kind for kind, name in MEMBERSHIPS.items() if words and name.startswith(words.lower())), None)
        if found is None:
            raise UserError(f"«{words}» – не то: пишите {', '.join(MEMBERSHIPS.values())}.")
        change = found
    elif field == "members":
        return _with_members(person, words, people)
    return replace(person, **{field: change})


def _with_members(group: Person, words: str, people: tuple[Person, ...]) -> Person:
    """Members are named as in the directory, parted by semicolons."""
    names = [name.strip() for name in words.split(";") if name.strip()]
    if names and group.membership is not Membership.LIST:
        raise UserError("Состав есть только у группы. Впишите «группа» в столбец «Кто это».")
    ids = []
    for name in names:
        found = next((p for p in people if name_key(p.name) == name_key(name) and p.id != group.id), None)
        if found is None:
            raise UserError(f"«{name}» в справочнике нет. Пишите имена из справочника через точку с запятой.")
        ids.append(found.id)
    return replace(group, member_ids=tuple(dict.fromkeys(ids)))
