"""What changed between an approved edition and another or the present state: было, стало, основание."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from cosdesk.domain.district import Snapshot
from cosdesk.domain.edition import Difference, Edition, differences
from cosdesk.domain.roadmap import RoadmapContents
from cosdesk.reports.changes import FOR_ALL, NOTHING_CHANGED, changes_document, ground_key
from cosdesk.reports.document import Document
from cosdesk.reports.typography import short_date
from cosdesk.ui.delegates import CellDelegate, soften_selection
from cosdesk.ui.theme import STEP
from cosdesk.ui.wording import counted

_HEADINGS = ("Структурный элемент", "Что изменено", "Было", "Стало", "Основание")
_GROUND = len(_HEADINGS) - 1
_WIDTHS = (260, 130, 220, 220, 160)


class ChangesDialog(QDialog):
    """The table, copied or printed.  A ground is typed beside its change, or once for all.

    ``grounds`` are those typed before, by ``ground_key``.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        contents: RoadmapContents,
        editions: Sequence[Edition],
        chosen: Edition,
        grounds: Mapping[str, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._grounds = dict(grounds or {})
        self._snapshot, self._contents, self._editions = snapshot, contents, tuple(editions)
        self._found: tuple[Difference, ...] = ()
        self.setWindowTitle("Что изменилось")
        self.resize(1060, 560)
        self.since = QComboBox()
        self.until = QComboBox()
        for field, name in ((self.since, "С редакции"), (self.until, "По")):
            field.setAccessibleName(name)
        for edition in self._editions:
            self.since.addItem(edition.name.capitalize(), edition)
        self.since.setCurrentIndex(self._editions.index(chosen))
        self.ground = QLineEdit()
        self.ground.setAccessibleName("Основание для всех строк")
        self.ground.setPlaceholderText("приказ от … № …")
        self.table = self._make_table()
        self._count = QLabel()
        form = QFormLayout()
        form.setSpacing(STEP)
        form.addRow("С", self.since)
        form.addRow("По", self.until)
        form.addRow("Основание для всех строк", self.ground)
        layout = QVBoxLayout(self)
        layout.setSpacing(STEP)
        layout.addLayout(form)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._count)
        layout.addWidget(self._make_buttons())
        self._offer_until()
        self.since.currentIndexChanged.connect(lambda: self._offer_until())
        self.until.currentIndexChanged.connect(lambda: self._compare())
        self.ground.textEdited.connect(self._ground_all)

    def _make_table(self) -> QTableWidget:
        table = QTableWidget(0, len(_HEADINGS))
        table.setAccessibleName("Изменения")
        table.setHorizontalHeaderLabels(_HEADINGS)
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setItemDelegate(CellDelegate(table, lines=8))
        soften_selection(table)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        for column, width in enumerate(_WIDTHS):
            table.setColumnWidth(column, width)
        table.horizontalHeader().setSectionResizeMode(_GROUND, QHeaderView.ResizeMode.Stretch)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), table, self.copy)
        return table

    def _make_buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.paper_button = buttons.addButton("Таблица изменений…", QDialogButtonBox.ButtonRole.ActionRole)
        self.paper_button.setToolTip("Посмотреть, напечатать, сохранить в PDF, Excel или Word")
        self.paper_button.clicked.connect(self.show_paper)
        copy = buttons.addButton("Копировать", QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(self.copy)
        buttons.rejected.connect(self.reject)
        return buttons

    # --- what is compared

    def _offer_until(self) -> None:
        """Editions after the chosen one, and the present state, which is offered first."""
        place = self.since.currentIndex()
        self.until.blockSignals(True)
        self.until.clear()
        self.until.addItem("нынешнее состояние", None)
        for edition in self._editions[place + 1 :]:
            self.until.addItem(edition.name.capitalize(), edition)
        self.until.blockSignals(False)
        self._compare()

    def _compare(self) -> None:
        before: Edition = self.since.currentData()
        after: Edition | None = self.until.currentData()
        self._found = differences(before.contents, after.contents if after else self._contents)
        self.ground.setText(after.act if after else self._grounds.get(FOR_ALL, ""))
        self.table.setRowCount(len(self._found))
        for row, change in enumerate(self._found):
            for column, text in enumerate((change.place, change.field, change.before or "–", change.after or "–")):
                cell = QTableWidgetItem(text)
                cell.setFlags(cell.flags() & ~Qt.ItemFlag.ItemIsEditable)
                self.table.setItem(row, column, cell)
            ground = self._grounds.get(ground_key(change)) or self.ground.text()
            self.table.setItem(row, _GROUND, QTableWidgetItem(ground))
        self.table.resizeRowsToContents()
        count = len(self._found)
        self._count.setText(counted(count, "изменение", "изменения", "изменений") if count else NOTHING_CHANGED)

    def _ground_all(self, text: str) -> None:
        for row in range(self.table.rowCount()):
            self._cell(row, _GROUND).setText(text)

    @property
    def grounds(self) -> dict[str, str]:
        """Those typed before and now: what the next table is offered."""
        common = self.ground.text().strip()
        own = {ground_key(change): self._cell(row, _GROUND).text().strip() for row, change in enumerate(self._found)}
        is_present = self.until.currentData() is None
        # An approved edition brings its act with it: that is no ground of the present changes.
        typed = {key: "" if text == common else text for key, text in own.items() if is_present or text != common}
        if is_present:
            typed[FOR_ALL] = common
        return {key: text for key, text in (self._grounds | typed).items() if text}

    def _cell(self, row: int, column: int) -> QTableWidgetItem:
        cell = self.table.item(row, column)
        assert cell is not None
        return cell

    # --- what is done with it

    def document(self) -> Document:
        """The table of changes as a document, with the grounds typed."""
        after: Edition | None = self.until.currentData()
        until = f"по {after.name.replace('редакция', 'редакцию', 1)}" if after else ""
        until = until or f"по состоянию на {short_date(self._snapshot.today)}"
        grounds = {change: self._cell(row, _GROUND).text() for row, change in enumerate(self._found)}
        return changes_document(self._snapshot.district, self.since.currentData(), until, self._found, grounds)

    def show_paper(self) -> None:
        from cosdesk.ui.document_dialog import DocumentDialog

        document = self.document()
        DocumentDialog("Таблица изменений", lambda: document, self).exec()

    def copy(self) -> None:
        """The chosen rows, all when none is chosen, as Excel takes them."""
        rows = sorted({index.row() for index in self.table.selectedIndexes()}) or range(self.table.rowCount())
        lines = ["\t".join(_HEADINGS)] if len(rows) == self.table.rowCount() else []
        for row in rows:
            lines.append("\t".join(" ".join(self._cell(row, c).text().split()) for c in range(len(_HEADINGS))))
        QGuiApplication.clipboard().setText("\n".join(lines))
