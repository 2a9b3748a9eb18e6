"""Which kinds of documents a row expects, with what became of each, and the dialog in which they are chosen."""

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from cosdesk.domain.evidence import DOCUMENT_KINDS
from cosdesk.domain.evidence_register import PaperLine, PaperState, expected_kinds, proposed_kinds
from cosdesk.domain.roadmap import Item
from cosdesk.ui import document_edits
from cosdesk.ui.panel_parts import flat_button, plain_label
from cosdesk.ui.pill import Pill
from cosdesk.ui.theme import STEP, Tone
from cosdesk.ui.typed_values import shorten
from cosdesk.ui.workspace import Workspace

PAPER_TONES = {
    PaperState.RECEIVED: Tone.GREEN,
    PaperState.MISSING: Tone.AMBER,
    PaperState.EXPECTED: Tone.GREY,
}


def expect_papers(workspace: Workspace, items: Sequence[Item], parent: QWidget) -> None:
    """Asks which kinds those rows expect, and writes it."""
    dialog = ExpectedPapersDialog(items, workspace.snapshot.expected_papers, parent)
    if dialog.exec() == QDialog.DialogCode.Accepted:
        kinds = dialog.kinds
        as_text = all(kinds == proposed_kinds(item) for item in items)
        document_edits.expect(workspace, items, () if as_text else kinds)
    dialog.deleteLater()


def paper_line(line: PaperLine) -> QWidget:
    """«справка» and «отсутствует» beside it."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(STEP)
    row.addWidget(plain_label(line.kind or "документ"), 1)
    row.addWidget(Pill(line.state.label, PAPER_TONES[line.state]), 0, Qt.AlignmentFlag.AlignTop)
    return holder


class ExpectedPapersDialog(QDialog):
    """``kinds`` are those marked, in the order of the list; none are as the rows' texts say."""

    def __init__(
        self, items: Sequence[Item], by_hand: Mapping[int, tuple[str, ...]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._items = items
        chosen = [kind for item in items for kind in expected_kinds(item, by_hand)]
        self.setWindowTitle("Какие документы ожидаются")
        self.setMinimumWidth(420)
        names = ", ".join(item.number or f"«{shorten(item.title, 30)}»" for item in items[:5])
        said = "; ".join(dict.fromkeys(" ".join(item.expected.split()) for item in items if item.expected))
        layout = QVBoxLayout(self)
        layout.setSpacing(STEP)
        layout.addWidget(plain_label(f"Чем подтверждается исполнение: {names}", bold=True))
        if said:
            layout.addWidget(plain_label(f"В дорожной карте: {shorten(said, 200)}"))
        self.list = QListWidget()
        self.list.setAccessibleName("Виды документов")
        self.list.setMinimumHeight(12 * self.fontMetrics().height())
        layout.addWidget(self.list, 1)
        self.other = QLineEdit()
        self.other.setAccessibleName("Другой вид документа")
        self.other.setPlaceholderText("другой вид, например, сертификат")
        row = QHBoxLayout()
        row.addWidget(self.other, 1)
        row.addWidget(flat_button("Добавить", self.add_other, "add"))
        layout.addLayout(row)
        self.text_button = flat_button("Как сказано в дорожной карте", self.take_from_text)
        layout.addWidget(self.text_button)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        self.mark(chosen)

    @property
    def kinds(self) -> tuple[str, ...]:
        self.add_other()
        entries = [self.list.item(row) for row in range(self.list.count())]
        return tuple(entry.text() for entry in entries if entry.checkState() == Qt.CheckState.Checked)

    def mark(self, kinds: Iterable[str]) -> None:
        """Marks exactly those, the marked ones first."""
        marked = list(dict.fromkeys(kinds))
        self.list.clear()
        for kind in dict.fromkeys((*marked, *DOCUMENT_KINDS)):
            entry = QListWidgetItem(kind)
            entry.setFlags(Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            entry.setCheckState(Qt.CheckState.Checked if kind in marked else Qt.CheckState.Unchecked)
            self.list.addItem(entry)

    def add_other(self) -> None:
        """Marks the kind that stands in the line."""
        kind = " ".join(self.other.text().split()).lower()
        self.other.clear()
        if kind:
            self.mark((*self.kinds, kind))

    def take_from_text(self) -> None:
        """Marks what the rows' own words name."""
        self.mark(kind for item in self._items for kind in proposed_kinds(item))
