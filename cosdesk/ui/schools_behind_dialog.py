"""The schools behind a value that a round counted: what each gave, found, sorted, copied."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from PySide6.QtCore import QSortFilterProxyModel, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHeaderView, QLineEdit, QTreeView, QVBoxLayout, QWidget

from cosdesk.domain.indicator import share
from cosdesk.domain.monitoring import MonitoringForm, SchoolShare
from cosdesk.domain.organisation import School
from cosdesk.reports.typography import DASH, number
from cosdesk.ui.answer_model import STATE_TONES
from cosdesk.ui.delegates import CellDelegate, CellRole, soften_selection
from cosdesk.ui.list_copy import enable_copy
from cosdesk.ui.panel_parts import plain_label
from cosdesk.ui.text_search import Query, folded
from cosdesk.ui.theme import STEP, Tone
from cosdesk.ui.wording import counted
from cosdesk.ui.wrapped_header import WrappedHeader

HEADINGS = ("Школа", "Числитель", "Знаменатель", "%", "Вывод", "Ответ")
_WIDTHS = (240, 96, 110, 64, 280, 120)
_ORDER = Qt.ItemDataRole.UserRole + 10


class SchoolsBehindDialog(QDialog):
    """``told`` is the value itself in words, over the list; ``title`` names the indicator and the period."""

    def __init__(
        self,
        title: str,
        told: str,
        shares: Sequence[SchoolShare],
        schools: Mapping[int, School],
        form: MonitoringForm,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.resize(980, 560)
        self.line = QLineEdit()
        self.line.setPlaceholderText("Найти школу или вывод")
        self.line.setAccessibleName("Найти в списке школ")
        self.line.setClearButtonEnabled(True)
        self._items = QStandardItemModel(0, len(HEADINGS), self)
        self._items.setHorizontalHeaderLabels(list(HEADINGS))
        for each in shares:
            self._items.appendRow(_cells(each, schools[each.school_id], form))
        self.proxy = _Found(self)
        self.proxy.setSourceModel(self._items)
        self.view = self._make_view()
        self._count = plain_label("")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.copy_button = buttons.addButton("Скопировать всё", QDialogButtonBox.ButtonRole.ActionRole)
        self.copy_button.clicked.connect(self._copy_all)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(STEP)
        for widget in (plain_label(told, bold=True), self.line, self.view, self._count, buttons):
            layout.addWidget(widget, int(widget is self.view))
        self.finished.connect(self.deleteLater)
        self.line.textChanged.connect(self._search)
        self._search("")
        self.line.setFocus()

    def _make_view(self) -> QTreeView:
        view = QTreeView()
        view.setAccessibleName("Школы за показателем")
        view.setModel(self.proxy)
        view.setItemDelegate(CellDelegate(view))
        view.setRootIsDecorated(False)
        view.setIndentation(0)
        view.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        view.setSelectionMode(QTreeView.SelectionMode.ExtendedSelection)
        view.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        view.setHeader(WrappedHeader(view))
        soften_selection(view)
        self._copy = enable_copy(view)
        header = view.header()
        header.setStretchLastSection(False)
        header.setSortIndicatorClearable(True)
        header.setSectionsClickable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        view.setSortingEnabled(True)
        for column, width in enumerate(_WIDTHS):
            header.resizeSection(column, width)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.sectionResized.connect(lambda: view.scheduleDelayedItemsLayout())
        return view

    def _search(self, text: str) -> None:
        self.proxy.find(Query(text))
        shown, known = self.proxy.rowCount(), self._items.rowCount()
        told = counted(known, "школа", "школы", "школ")
        self._count.setText(told if shown == known else f"{told}, показано {shown}")

    def _copy_all(self) -> None:
        """What is shown, as it is ordered."""
        self.view.selectAll()
        self._copy.trigger()


class _Found(QSortFilterProxyModel):
    """Rows that hold what is looked for; numbers are ordered as numbers, what is missing comes first."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._query = Query("")
        self.setSortRole(_ORDER)

    def find(self, query: Query) -> None:
        self.beginFilterChange()
        self._query = query
        self.endFilterChange()

    def filterAcceptsRow(self, source_row: int, source_parent: object) -> bool:
        source = self.sourceModel()
        words = (str(source.index(source_row, column).data() or "") for column in range(source.columnCount()))
        return not self._query or self._query.matches(" ".join(words))


def _cells(part: SchoolShare, school: School, form: MonitoringForm) -> list[QStandardItem]:
    verdict, tone = _verdict(part, form)
    numbers = (part.numerator, part.denominator, share(part.numerator, part.denominator))
    cells = [
        _cell(school.label, folded(school.label)),
        *(_number_cell(value) for value in numbers),
        _cell(verdict, folded(verdict)),
        _cell(part.state.label, part.state.label),
    ]
    if tone is not None:
        cells[4].setData(tone, CellRole.TONE)
    cells[5].setData(STATE_TONES[part.state], CellRole.TONE)
    if part.reasons:
        cells[4].setToolTip("; ".join(part.reasons))
    return cells


def _cell(text: str, order: object) -> QStandardItem:
    cell = QStandardItem(text)
    cell.setData(order, _ORDER)
    return cell


def _number_cell(value: Decimal | None) -> QStandardItem:
    cell = _cell(DASH if value is None else number(value), -1.0 if value is None else float(value))
    cell.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
    return cell


def _verdict(part: SchoolShare, form: MonitoringForm) -> tuple[str, Tone | None]:
    if not part.state.counts:
        return "не учтена", None
    if part.complies is None:
        return "", None
    return (form.complies_label, Tone.GREEN) if part.complies else (form.fails_label, Tone.AMBER)
