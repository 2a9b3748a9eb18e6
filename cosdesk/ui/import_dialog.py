"""The preview of an import: the document's table, the columns' roles, the result as it will be."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QSpinBox,
    QSplitter,
    QTabWidget,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from cosdesk.domain.roadmap import RoadmapContents
from cosdesk.forms.roadmap_form import roadmap_forms
from cosdesk.intake.draft import Draft
from cosdesk.intake.grid import Outline
from cosdesk.intake.recognise import recognise
from cosdesk.ui.delegates import CellDelegate, CellRole, soften_selection
from cosdesk.ui.list_copy import enable_copy
from cosdesk.ui.settings import remember_state, remembered_state
from cosdesk.ui.source_table import SourceTable
from cosdesk.ui.tasks import Tasks
from cosdesk.ui.theme import STEP
from cosdesk.ui.wording import counted

_RESULT_COLUMNS = (
    ("№", 64),
    ("Наименование", 420),
    ("Срок", 150),
    ("Ответственный", 180),
    ("Документ, результат", 220),
    ("Контролирующее лицо", 170),
)
_INDICATOR_COLUMNS = (
    ("№", 48),
    ("Показатель", 460),
    ("Ед. изм.", 90),
    ("Базовое значение", 130),
    ("План по годам", 380),
)
_NOTICE_COLUMNS = (("Место", 240), ("Что замечено", 800))
_UNPLACED_COLUMNS = (("Место", 240), ("Текст", 800))


class ImportDialog(QDialog):
    """Shows an ``Outline`` as a draft; ``draft`` holds what the user accepted."""

    def __init__(self, outline: Outline, source_name: str, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Импорт – {source_name}")
        self.resize(1180, 700)
        self.restoreGeometry(remembered_state("import"))
        self._outline = outline
        self._source_name = source_name
        self._tasks = tasks
        self._roles: dict[tuple[int, int], str | None] = {}
        self._wanted = 0
        self._draft: Draft | None = None
        self._lay_out()
        # The first reading is waited for: without it there is nothing to show.
        self._show(0, self._read(None, {}, None))
        self._show_first_of_plan()

    @property
    def draft(self) -> Draft:
        """The draft at hand, named after its source."""
        assert self._draft is not None
        contents = self._draft.contents
        roadmap = replace(contents.roadmap, source_name=self._source_name)
        return replace(self._draft, contents=replace(contents, roadmap=roadmap))

    def _lay_out(self) -> None:
        self._form = QComboBox()
        self._form.setAccessibleName("Форма дорожной карты")
        for form in roadmap_forms().values():
            self._form.addItem(form.title, form.id)
        self._form.currentIndexChanged.connect(self._change_form)
        self._set_years = QCheckBox("Годы плана")
        self._years = [QSpinBox(), QSpinBox()]
        for spin, name in zip(self._years, ("Первый год плана", "Последний год плана"), strict=True):
            spin.setRange(2000, 2100)
            spin.setAccessibleName(name)
            spin.valueChanged.connect(self._change_years)
        self._set_years.toggled.connect(self._change_years)
        head = QHBoxLayout()
        head.setSpacing(STEP)
        caption = QLabel("Форма:")
        caption.setBuddy(self._form)
        for widget in (caption, self._form, self._set_years, *self._years):
            head.addWidget(widget)
        head.addStretch(1)
        self._summary = _plain_label()
        self._sources = QTabWidget()
        self._tables = [SourceTable(grid) for grid in self._outline.grids]
        for number, table in enumerate(self._tables):
            table.role_chosen.connect(partial(self._choose_role, number))
            self._sources.addTab(table, table.grid.name[:1].upper() + table.grid.name[1:])
        self._results = QTabWidget()
        self._rows = _list("Строки, как они будут приняты", _RESULT_COLUMNS)
        self._indicators = _list("Показатели", _INDICATOR_COLUMNS)
        self._notices = _list("Замечания", _NOTICE_COLUMNS)
        self._unplaced = _list("Не нашло места", _UNPLACED_COLUMNS)
        for view in (self._rows, self._indicators, self._notices, self._unplaced):
            self._results.addTab(view, view.accessibleName())
        self._split = QSplitter(Qt.Orientation.Vertical)
        self._split.addWidget(self._sources)
        self._split.addWidget(self._results)
        self._split.setChildrenCollapsible(False)
        self._split.setSizes([300, 340])
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._accept = buttons.addButton("Принять", QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(STEP)
        layout.addLayout(head)
        layout.addWidget(self._summary)
        layout.addWidget(self._split, 1)
        layout.addWidget(buttons)

    def _show_first_of_plan(self) -> None:
        """The first table whose columns have roles: stamps that stand before it are a table too."""
        known = [reading.grid for reading in self.draft.tables if any(reading.roles)]
        if known:
            self._sources.setCurrentIndex(min(known))

    # --- reading anew

    def _choose_role(self, grid: int, column: int, role: str | None) -> None:
        self._roles[grid, column] = role
        self._read_aside()

    def _change_form(self) -> None:
        # Another form has other fields: roles chosen for the former one mean nothing in it.
        self._roles.clear()
        self._read_aside()

    def _change_years(self) -> None:
        for spin in self._years:
            spin.setEnabled(self._set_years.isChecked())
        self._read_aside()

    def _chosen_years(self) -> tuple[int, int] | None:
        if not self._set_years.isChecked():
            return None
        first, last = (spin.value() for spin in self._years)
        return (first, last) if first <= last else (last, first)

    def _read_aside(self) -> None:
        self._wanted += 1
        wanted = self._wanted
        form, roles, years = self._form.currentData(), dict(self._roles), self._chosen_years()
        self._tasks.run(
            "Разбор документа",
            lambda _: self._read(form, roles, years),
            lambda draft: self._show(wanted, draft),
        )

    def _read(
        self, form: str | None, roles: dict[tuple[int, int], str | None], years: tuple[int, int] | None
    ) -> Draft:
        return recognise(self._outline, roadmap_forms(), form, roles, years)

    # --- showing

    def _show(self, wanted: int, draft: Draft) -> None:
        if wanted != self._wanted:
            return  # the user has chosen otherwise meanwhile
        self._draft = draft
        contents = draft.contents
        with _Silent(self._form, self._set_years, *self._years):
            self._form.setCurrentIndex(self._form.findData(draft.form.id))
            years = contents.roadmap.years
            if years and not self._set_years.isChecked():
                for spin, year in zip(self._years, years, strict=True):
                    spin.setValue(year)
        for spin in self._years:
            spin.setEnabled(self._set_years.isChecked())
        for reading in draft.tables:
            self._tables[reading.grid].show_reading(reading)
        _fill(self._rows, _RESULT_COLUMNS, _result_rows(contents))
        _fill(self._indicators, _INDICATOR_COLUMNS, _indicator_rows(contents))
        _fill(self._notices, _NOTICE_COLUMNS, [([n.place, n.message], False) for n in draft.warnings])
        _fill(self._unplaced, _UNPLACED_COLUMNS, [([u.place, u.text], False) for u in contents.unplaced])
        counts = (len(contents.items), len(contents.indicators), len(draft.warnings), len(contents.unplaced))
        for tab, (title, count) in enumerate(
            zip(("Строки", "Показатели", "Замечания", "Не нашло места"), counts, strict=True)
        ):
            self._results.setTabText(tab, f"{title} – {count}" if count else title)
        self._summary.setText(_summary(draft))
        self._accept.setText(f"Принять {counted(len(contents.items), 'строку', 'строки', 'строк')}")
        self._accept.setEnabled(bool(contents.items or contents.indicators))

    def done(self, result: int) -> None:
        remember_state("import", self.saveGeometry())
        super().done(result)


def _summary(draft: Draft) -> str:
    title = " ".join(draft.contents.roadmap.title.split())
    found = f"Узнана форма «{draft.form.title}». Размещено ячеек: {draft.placed} из {draft.cells}."
    return f"{title}\n{found}" if title else found


def _result_rows(contents: RoadmapContents) -> list[tuple[list[str], bool]]:
    sections = {section.id: f"{section.number} {section.title}".strip() for section in contents.sections}
    levels = contents.levels()
    rows: list[tuple[list[str], bool]] = []
    last: int | None = None
    for item in contents.items:
        if item.section_id != last and item.section_id is not None:
            last = item.section_id
            rows.append(([sections[last]], True))
        indent = "    " * levels[item.id]
        cells = [indent + item.number, item.title, item.term.text, "\n".join(item.responsible), item.expected]
        rows.append(([*cells, "\n".join(item.controller)], False))
    return rows


def _indicator_rows(contents: RoadmapContents) -> list[tuple[list[str], bool]]:
    def number(value: object) -> str:
        return "–" if value is None else str(value).replace(".", ",")

    return [
        (
            [
                indicator.number,
                indicator.title,
                indicator.unit,
                " на ".join(
                    part
                    for part in (
                        number(indicator.baseline),
                        f"{indicator.baseline_on:%d.%m.%Y}" if indicator.baseline_on else "",
                    )
                    if part
                ),
                "; ".join(f"{target.period} – {number(target.value)}" for target in indicator.targets) or "–",
            ],
            False,
        )
        for indicator in contents.indicators
    ]


def _plain_label() -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _list(name: str, columns: tuple[tuple[str, int], ...]) -> QTreeView:
    view = QTreeView()
    view.setAccessibleName(name)
    view.setModel(QStandardItemModel(0, len(columns), view))
    view.setItemDelegate(CellDelegate(view))
    view.setRootIsDecorated(False)
    view.setIndentation(0)
    view.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
    view.setSelectionMode(QTreeView.SelectionMode.ExtendedSelection)
    view.setFrameShape(QTreeView.Shape.NoFrame)
    # Rows are as high as their texts at the present widths, which the first showing changes.
    view.header().sectionResized.connect(lambda *_: view.scheduleDelayedItemsLayout())
    soften_selection(view)
    enable_copy(view)
    return view


def _fill(view: QTreeView, columns: tuple[tuple[str, int], ...], rows: list[tuple[list[str], bool]]) -> None:
    model = view.model()
    assert isinstance(model, QStandardItemModel)
    model.clear()
    model.setHorizontalHeaderLabels([title for title, _ in columns])
    for cells, band in rows:
        line = [QStandardItem(text) for text in cells]
        if band:
            line[0].setData(True, CellRole.BAND)
        model.appendRow(line)
        if band:
            view.setFirstColumnSpanned(model.rowCount() - 1, view.rootIndex(), True)
    header = view.header()
    header.setStretchLastSection(False)
    for column, (_, width) in enumerate(columns):
        header.resizeSection(column, width)
        filled = column < 2 or not rows or any(len(cells) > column and cells[column] for cells, _ in rows)
        view.setColumnHidden(column, not filled)
    header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)


class _Silent:
    """Widgets that show a value without announcing it as the user's choice."""

    def __init__(self, *widgets: QWidget) -> None:
        self._widgets = widgets

    def __enter__(self) -> None:
        for widget in self._widgets:
            widget.blockSignals(True)

    def __exit__(self, *_: object) -> None:
        for widget in self._widgets:
            widget.blockSignals(False)


