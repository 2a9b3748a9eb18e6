"""Names that look alike: each pair is joined only when the user says which writing is right."""

from collections.abc import Callable

from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from cosdesk.domain.people import Likeness, alike, name_key, people_to_add, rows_by_name
from cosdesk.ui.delegates import soften_selection
from cosdesk.ui.person_edits import join
from cosdesk.ui.theme import STEP
from cosdesk.ui.wording import counted
from cosdesk.ui.workspace import Workspace

_HEADINGS = ("Имя", "Строк", "Похоже на", "Строк")
_NONE = "Похожих имён нет."


def alike_names(workspace: Workspace) -> list[Likeness]:
    """Pairs among the names of the directory and of the roadmaps."""
    snapshot = workspace.snapshot
    people = [*snapshot.people, *people_to_add(snapshot.roadmaps, snapshot.people)]
    rows = rows_by_name(snapshot.roadmaps)
    names = [person.name for person in people]
    return alike(names, [len(rows.get(name_key(name), ())) for name in names])


class PersonMergeDialog(QDialog):
    """The pairs, and two buttons: which of the two names stays.  Ctrl+Z takes a joining back."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._pairs: list[Likeness] = []
        self.setWindowTitle("Похожие имена")
        self.resize(680, 380)
        note = QLabel(
            "Может быть, это один человек, записанный по-разному. Решаете вы: выберите пару и имя, которое остаётся."
            " Другое будет заменено им во всех строках дорожных карт."
        )
        note.setWordWrap(True)
        self.list = QTreeWidget()
        self.list.setAccessibleName("Похожие имена")
        self.list.setHeaderLabels(_HEADINGS)
        self.list.setRootIsDecorated(False)
        for column, width in enumerate((230, 60, 230, 60)):
            self.list.setColumnWidth(column, width)
        soften_selection(self.list)
        self.list.currentItemChanged.connect(lambda: self._offer())
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.keep_one = _button(lambda: self.join(keep_one=True))
        self.keep_other = _button(lambda: self.join(keep_one=False))
        close = _button(self.reject)
        close.setText("Закрыть")
        row = QHBoxLayout()
        row.setSpacing(STEP)
        row.addWidget(self.keep_one)
        row.addWidget(self.keep_other)
        row.addStretch(1)
        row.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setSpacing(STEP)
        for part in (note, self.list, self.told):
            layout.addWidget(part)
        layout.addLayout(row)
        self._fill()

    def _fill(self) -> None:
        self._pairs = alike_names(self._workspace)
        self.list.clear()
        for pair in self._pairs:
            QTreeWidgetItem(self.list, [pair.one, str(pair.rows[0]), pair.other, str(pair.rows[1])])
        if first := self.list.topLevelItem(0):
            self.list.setCurrentItem(first)
        elif not self.told.text():
            self.told.setText(_NONE)
        self._offer()

    @property
    def chosen(self) -> Likeness | None:
        item = self.list.currentItem()
        return self._pairs[self.list.indexOfTopLevelItem(item)] if item else None

    def _offer(self) -> None:
        pair = self.chosen
        editable = pair is not None and not self._workspace.file.read_only
        for button, name in ((self.keep_one, pair.one if pair else ""), (self.keep_other, pair.other if pair else "")):
            button.setEnabled(editable)
            button.setText(f"Оставить «{name}»" if name else "Оставить")

    def join(self, keep_one: bool) -> None:
        """Puts one name of the chosen pair in place of the other everywhere."""
        pair = self.chosen
        if pair is None:
            return
        kept, gone = (pair.one, pair.other) if keep_one else (pair.other, pair.one)
        count = join(self._workspace, gone, kept)
        rows = counted(count, "строке", "строках", "строках")
        self.told.setText(f"«{gone}» заменено на «{kept}» в {rows}. Отменить – Ctrl+Z в главном окне.")
        self._fill()


def _button(run: Callable[[], None]) -> QPushButton:
    button = QPushButton()
    button.setAutoDefault(False)
    button.clicked.connect(lambda: run())
    return button
