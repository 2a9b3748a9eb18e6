"""The row at hand, at the right: every field edited where it stands, its executions, documents and history."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from cosdesk.domain.evidence import Evidence
from cosdesk.domain.evidence_register import expected_kinds, row_papers
from cosdesk.domain.roadmap import Item, ItemKind, Term
from cosdesk.domain.schedule import understand_term
from cosdesk.domain.schedule_wording import meaning
from cosdesk.domain.state import ItemState
from cosdesk.forms.roadmap_form import FIELD_LABELS, RoadmapForm
from cosdesk.ui.evidence_field import clear_layout
from cosdesk.ui.execution_list import ExecutionList
from cosdesk.ui.expected_papers import expect_papers, paper_line
from cosdesk.ui.item_history import read_history
from cosdesk.ui.pill import Pill
from cosdesk.ui.roadmap_columns import cell_text, page_columns
from cosdesk.ui.roadmap_edits import change_cell, change_row, reference, set_flag
from cosdesk.ui.text_fields import GrowingText, LineField
from cosdesk.ui.theme import STATUS_TONES, STEP, Tone, ink_of, mute, muted_ink, scaled
from cosdesk.ui.workspace import Workspace

WIDTH = 300
_TERM_FIELDS = ("term", "start", "end")
_PEOPLE = ("responsible", "controller")
_READINGS = {
    "": "понимать как обычно",
    "every_year": "понимать: каждый год",
    "once": "понимать: один раз",
}
_HISTORY_LIMIT = 40


class Choice(QComboBox):
    """A drop-down that the wheel leaves alone while one only scrolls past it."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class ItemPanel(QScrollArea):
    """Shows one row and writes each field as its own edit.

    ``record_wanted`` carries the end of the term to be marked (or None), ``record_change_wanted``
    and ``record_delete_wanted`` an ``Execution``, the others an ``Evidence``; the page answers them.
    """

    record_wanted = Signal(object)
    record_change_wanted = Signal(object)
    record_delete_wanted = Signal(object)
    document_wanted = Signal()
    compose_wanted = Signal()
    document_change_wanted = Signal(object)
    document_remove_wanted = Signal(object)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._state: ItemState | None = None
        self._expected_by_hand: tuple[str, ...] | None = None
        self._years: tuple[int, int] | None = None
        self._names: Sequence[str] = ()
        self.fields: dict[str, GrowingText | LineField] = {}
        self._captions: dict[str, QLabel] = {}
        self.setAccessibleName("Строка дорожной карты: все поля")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(scaled(WIDTH - 40))
        self._lay_out()

    # --- construction

    def _lay_out(self) -> None:
        body = QWidget()
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(STEP * 2, STEP, STEP * 2, STEP * 2)
        self._column.setSpacing(STEP // 2)
        self._status = QHBoxLayout()
        self._column.addLayout(self._status)
        self._column.addLayout(self._make_head())
        self._add_field("title", GrowingText("Наименование"))
        self._add_term()
        self.term_meaning = _label()
        self._column.addWidget(self.term_meaning)
        self.reading = Choice()
        self.reading.setAccessibleName("Как понимать срок")
        for reading, label in _READINGS.items():
            self.reading.addItem(label, reading)
        self.reading.activated.connect(self._write_reading)
        self._column.addWidget(self.reading)
        for field in _PEOPLE:
            self._add_field(field, GrowingText(f"{FIELD_LABELS[field]}, по одному в строке", names=()))
        for field in ("expected", "note"):
            self._add_field(field, GrowingText(FIELD_LABELS[field]))
        self._add_flags()
        self._add_heading("Исполнение")
        self.executions = ExecutionList()
        self.executions.mark_wanted.connect(self.record_wanted)
        self.executions.change_wanted.connect(self.record_change_wanted)
        self.executions.delete_wanted.connect(self.record_delete_wanted)
        self._column.addWidget(self.executions)
        self._add_heading("Документы")
        self._expected = QVBoxLayout()
        self._column.addLayout(self._expected)
        self._documents = QVBoxLayout()
        self._column.addLayout(self._documents)
        self._add_document = _button("Добавить документ…")
        self._add_document.clicked.connect(self.document_wanted)
        self._column.addWidget(self._add_document)
        self.expect_button = _button("Какие документы ожидаются…")
        self.expect_button.clicked.connect(self._expect)
        self._column.addWidget(self.expect_button)
        self.compose_button = _button("Составить документ…")
        self.compose_button.clicked.connect(self.compose_wanted)
        self._column.addWidget(self.compose_button)
        self._add_history()
        self._column.addStretch(1)
        self.setWidget(body)
        body.setMinimumWidth(0)

    def _make_head(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(STEP // 2)
        number = LineField("Номер")
        number.left.connect(lambda text: self._write("number", text))
        self.fields["number"] = number
        self.kind = Choice()
        self.kind.setAccessibleName("Вид строки")
        for kind in ItemKind:
            self.kind.addItem(kind.label, kind)
        self.kind.activated.connect(self._write_kind)
        number.setMaximumWidth(scaled(84))
        for column, (caption, field) in enumerate((("Номер", number), ("Вид", self.kind))):
            label = _caption(caption)
            label.setBuddy(field)
            grid.addWidget(label, 0, column)
            grid.addWidget(field, 1, column)
        grid.setColumnStretch(1, 1)
        return grid

    def _add_field(self, field: str, widget: GrowingText | LineField) -> None:
        caption = self._captions[field] = _caption(FIELD_LABELS[field])
        caption.setBuddy(widget)
        widget.left.connect(lambda text: self._write(field, text))
        self.fields[field] = widget
        self._column.addWidget(caption)
        self._column.addWidget(widget)

    def _add_term(self) -> None:
        """One field, or beginning and end side by side: the form says which."""
        pair = QGridLayout()
        pair.setSpacing(STEP // 2)
        for place, field in enumerate(_TERM_FIELDS):
            line = LineField(FIELD_LABELS[field], "сентябрь; ежегодно, май" if field == "term" else "")
            line.textEdited.connect(self._tell_meaning)
            if field == "term":
                self._add_field(field, line)
                continue
            line.left.connect(partial(self._write, field))
            self.fields[field] = line
            caption = self._captions[field] = _caption(FIELD_LABELS[field])
            caption.setBuddy(line)
            pair.addWidget(caption, 0, place)
            pair.addWidget(line, 1, place)
        self._column.addLayout(pair)

    def _add_flags(self) -> None:
        self.at_risk = QCheckBox("Есть риск срыва")
        self.cancelled = QCheckBox("Отменено")
        row = QHBoxLayout()
        row.setContentsMargins(0, STEP // 2, 0, 0)
        for box, field in ((self.at_risk, "at_risk"), (self.cancelled, "cancelled")):
            box.clicked.connect(lambda checked, field=field: self._write_flag(field, checked))
            row.addWidget(box)
        row.addStretch(1)
        self._column.addLayout(row)

    def _add_heading(self, text: str) -> None:
        heading = QLabel(text)
        font = heading.font()
        font.setBold(True)
        heading.setFont(font)
        heading.setContentsMargins(0, STEP, 0, 0)
        self._column.addWidget(heading)

    def _add_history(self) -> None:
        self.history_button = _button("История")
        self.history_button.setCheckable(True)
        self.history_button.setArrowType(Qt.ArrowType.RightArrow)
        self.history_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.history_button.toggled.connect(self._show_history)
        self._column.addWidget(self.history_button)
        self.history = _label()
        self.history.hide()
        self._column.addWidget(self.history)

    def in_order(self) -> list[QWidget]:
        """The fields from the top down, for the tabulator."""
        number, *others = self.fields.values()
        lasting = (self.at_risk, self.cancelled, self.executions, self._add_document, self.expect_button)
        return [number, self.kind, *others, *lasting, self.compose_button, self.history_button]

    # --- showing

    @property
    def item(self) -> Item | None:
        return self._state.item if self._state else None

    def use_form(self, form: RoadmapForm, years: tuple[int, int] | None, names: Sequence[str]) -> None:
        """The roadmap's form, its years and the people known: what decides which fields there are."""
        self._years, self._names = years, names
        shown = {column.field for column in page_columns(form)} | {"title", "number"}
        if form.plan.layout == "heaped":
            shown.add("expected")
        self._form_fields = shown
        for field in _PEOPLE:
            widget = self.fields[field]
            if isinstance(widget, GrowingText) and widget.completer:
                widget.completer.set_names(names)

    def forget(self) -> None:
        """Shows nothing, writes nothing: the row belonged to another file."""
        self._state = None

    def show_state(self, state: ItemState | None) -> None:
        """Fills the panel; a text just being typed in a field of this row stays."""
        expected = self._workspace.snapshot.expected_papers.get(state.item.id) if state is not None else None
        if state is not None and state is self._state and expected == self._expected_by_hand:
            return
        self._expected_by_hand = expected
        if self._state and (state is None or state.item.id != self._state.item.id):
            self.finish()
        self._state = state
        if state is None:
            return
        read_only = self._workspace.file.read_only
        for field, widget in self.fields.items():
            text = cell_text(state.item, field)
            widget.show_text(text)
            widget.setReadOnly(read_only)
            if field in self._captions:
                shown = field in self._form_fields or bool(text and field not in _TERM_FIELDS)
                widget.setVisible(shown)
                self._captions[field].setVisible(shown)
        self._show_choices(state, read_only)
        self._tell_meaning()
        self.executions.show_state(state, read_only)
        self._show_expected(state, read_only)
        self._show_documents(state.evidence, read_only)
        self._show_history()

    def _show_choices(self, state: ItemState, read_only: bool) -> None:
        clear_layout(self._status)
        self._status.addWidget(Pill(state.status.label, STATUS_TONES[state.status]))
        self._status.addStretch(1)
        self.kind.setCurrentIndex(self.kind.findData(state.item.kind))
        self.at_risk.setChecked(state.item.at_risk)
        self.cancelled.setChecked(state.item.cancelled)
        for widget in (self.kind, self.reading, self.at_risk, self.cancelled):
            widget.setEnabled(not read_only)
        self._add_document.setVisible(not read_only)

    def _show_expected(self, state: ItemState, read_only: bool) -> None:
        """The kinds of documents that the row expects, each with its state."""
        clear_layout(self._expected)
        self.expect_button.setVisible(not read_only)
        contents = self._workspace.contents
        if contents is None:
            return
        kinds = expected_kinds(state.item, self._workspace.snapshot.expected_papers)
        for line in row_papers(self._workspace.snapshot, contents, state):
            if not kinds or line.kind in kinds:
                self._expected.addWidget(paper_line(line))

    def _show_documents(self, papers: Sequence[Evidence], read_only: bool) -> None:
        clear_layout(self._documents)
        if not papers:
            self._documents.addWidget(_label("Документов нет."))
        for paper in papers:
            self._documents.addWidget(self._document(paper, read_only))

    def _document(self, paper: Evidence, read_only: bool) -> QWidget:
        widget = QWidget()
        column = QVBoxLayout(widget)
        column.setContentsMargins(0, 0, 0, STEP // 2)
        column.setSpacing(0)
        column.addWidget(_label(paper.label, muted=False))
        if not read_only:
            row = QHBoxLayout()
            row.setSpacing(0)
            for text, signal in (
                ("Изменить", self.document_change_wanted), ("Убрать", self.document_remove_wanted),
            ):  # fmt: skip
                button = _button(text)
                button.setAccessibleName(f"{text}: {paper.label}")
                button.clicked.connect(lambda _=False, signal=signal: signal.emit(paper))
                row.addWidget(button)
            row.addStretch(1)
            column.addLayout(row)
        return widget

    def _tell_meaning(self) -> None:
        """What the term means, as it stands in the fields now."""
        texts = {field: self.fields[field].text() for field in _TERM_FIELDS}  # type: ignore[union-attr]
        term = Term(texts["term"]) if "term" in self._form_fields else Term("", texts["start"], texts["end"])
        unchanged = self._state and all(cell_text(self._state.item, field) == text for field, text in texts.items())
        schedule = self._state.schedule if self._state and unchanged else understand_term(term, self._years)
        told = meaning(schedule)
        if schedule.assumption and schedule.windows:
            told += f"\nПринято: {schedule.assumption}"
        chosen = self.item.reading if self.item else ""
        # Offered only where something was assumed: a day or a named year leaves no choice.
        self.reading.setVisible(bool(chosen or (unchanged and schedule.assumption and schedule.windows)))
        self.reading.setCurrentIndex(self.reading.findData(chosen))
        self.term_meaning.setText(told[:1].upper() + told[1:])
        palette = self.term_meaning.palette()
        wrong = not schedule.understood or bool(schedule.problem)
        palette.setColor(self.term_meaning.foregroundRole(), ink_of(Tone.AMBER) if wrong else muted_ink())
        self.term_meaning.setPalette(palette)

    def _show_history(self) -> None:
        is_open = self.history_button.isChecked()
        self.history_button.setArrowType(Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.RightArrow)
        self.history.setVisible(is_open)
        if is_open and self.item:
            edits = self._workspace.file.journal.history_of("item", self.item.id)
            entries = read_history(edits[:_HISTORY_LIMIT], self._workspace.snapshot.evidence)
            self.history.setText("\n\n".join(entry.text for entry in entries))

    # --- writing

    def finish(self) -> None:
        """Writes what is being typed."""
        for widget in self.fields.values():
            widget.finish()

    def _write(self, field: str, text: str) -> None:
        if self.item:
            change_cell(self._workspace, self.item, field, text)

    def _write_kind(self) -> None:
        kind = ItemKind(self.kind.currentData())
        if self.item and kind is not self.item.kind:
            change_row(self._workspace, replace(self.item, kind=kind), f"Вид {reference(self.item)}")

    def _write_reading(self) -> None:
        reading = self.reading.currentData()
        if self.item and reading != self.item.reading:
            change_row(
                self._workspace, replace(self.item, reading=reading), f"Понимание срока {reference(self.item)}"
            )

    def _expect(self) -> None:
        if self.item:
            self.finish()
            expect_papers(self._workspace, [self.item], self)

    def _write_flag(self, field: str, checked: bool) -> None:
        if self.item:
            set_flag(self._workspace, [self.item], field, checked)


def _caption(text: str) -> QLabel:
    label = _label(text)
    label.setContentsMargins(0, STEP // 2, 0, 0)
    return label


def _label(text: str = "", muted: bool = True) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if muted:
        mute(label)
    return label


def _button(text: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setAutoRaise(True)
    return button
