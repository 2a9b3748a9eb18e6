"""One part of a form as fields: words in a line, wordings in boxes, yes or no, and the columns of its table."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from cosdesk.forms.draft import FormDraft, Place
from cosdesk.forms.paper_form import SIGNERS
from cosdesk.reports.template_words import Word, words
from cosdesk.ui.form_columns import FormColumns
from cosdesk.ui.form_labels import KEY_NAMES, SIGNER_NAMES
from cosdesk.ui.form_parts import FormField, FormPart, Shape
from cosdesk.ui.template_box import TemplateBox
from cosdesk.ui.theme import STEP, icon

_LINES = {Shape.WORDING: 2, Shape.LINES: 4, Shape.TEXT: 12}


class FormFields(QScrollArea):
    """``changed`` tells that the draft is another; ``refused`` carries what was typed wrong."""

    changed = Signal()
    refused = Signal(str)

    def __init__(
        self, draft: FormDraft, part: FormPart, names: dict[str, str] | None, blocks: Mapping[str, str],
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        """``names`` are what a wording may name, None where texts are plain; ``blocks`` as ``block_names`` gives."""
        super().__init__(parent)
        self._draft, self.part, self._names = draft, part, names
        self.fields: dict[str, TemplateBox | QLineEdit | QCheckBox | QComboBox] = {}
        with_blocks = any(field.shape is Shape.BLOCKS for field in part.fields)
        self.blocks = {key: QCheckBox(name) for key, name in blocks.items()} if with_blocks else {}
        self.columns: FormColumns | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(STEP, 0, STEP, STEP)
        column.setSpacing(STEP // 2)
        for field in part.fields:
            self._add(column, field)
        if part.column_fields is not None:
            self.columns = FormColumns(draft, part.place, part.column_fields)
            self.columns.changed.connect(self.changed)
            self.columns.refused.connect(self.refused)
            column.addWidget(QLabel("Графы"))
            column.addWidget(self.columns, 1)
        elif not any(field.shape is Shape.TEXT for field in part.fields):
            column.addStretch(1)
        self.setWidget(page)
        self.refresh()

    def refresh(self) -> None:
        """Shows what the draft holds."""
        for key, field in self.fields.items():
            value = self._draft.value(*self._place(key))
            if isinstance(field, QCheckBox):
                default = next(each.default for each in self.part.fields if each.key == key)
                field.setChecked(default if value is None else bool(value))
            elif isinstance(field, TemplateBox):
                field.show_text("\n".join(value) if isinstance(value, list) else str(value or "").rstrip("\n"))
            elif isinstance(field, QComboBox):
                field.setCurrentIndex(field.findData(value or SIGNERS[0]))
            elif field.text() != str(value or ""):
                field.setText(str(value or ""))
        for key, box in self.blocks.items():
            box.setChecked(key in self._shown_blocks())
        if self.columns is not None:
            self.columns.refresh()

    def mark(self, line: int | None, source: str, start: int) -> None:
        """Marks the faulty line of the form's text in the box that holds it; ``start`` is where the part begins."""
        for key, field in self.fields.items():
            if isinstance(field, TemplateBox):
                first = _first_line(source, key, start) if line is not None else None
                count = field.document().blockCount()
                inside = line is not None and first is not None and first <= line < first + count
                field.mark(line - first + 1 if inside and line is not None and first is not None else None)

    def _place(self, key: str) -> Place:
        return (*self.part.place, key)

    def _words(self, key: str) -> Sequence[Word]:
        return tuple(words(self._names, key)) if self._names is not None else ()

    def _add(self, column: QVBoxLayout, field: FormField) -> None:
        name = KEY_NAMES[field.key]
        if field.shape is Shape.FLAG:
            box = QCheckBox(name)
            box.clicked.connect(lambda checked, field=field: self._put_flag(field, checked))
            column.addWidget(box)
            self.fields[field.key] = box
            return
        label = QLabel(name)
        column.addWidget(label)
        if field.shape is Shape.BLOCKS:
            for block in self.blocks.values():
                block.clicked.connect(self._put_blocks)
                column.addWidget(block)
            return
        if field.shape is Shape.SIGNER:
            signers = QComboBox()
            signers.setAccessibleName(name)
            for key in SIGNERS:
                signers.addItem(SIGNER_NAMES[key], key)
            signers.activated.connect(lambda: self._put_whole(signers.currentData(), field.key))
            column.addWidget(signers)
            self.fields[field.key] = signers
            return
        if field.shape is Shape.PLAIN:
            line = QLineEdit()
            line.setAccessibleName(name)
            line.textEdited.connect(lambda text, key=field.key: self._put(text.strip(), key))
            line.editingFinished.connect(self._draft.end_step)
            label.setBuddy(line)
            column.addWidget(line)
            self.fields[field.key] = line
            return
        known = self._words(field.key)
        written = TemplateBox(name, _LINES[field.shape], known)
        written.typed.connect(lambda text, field=field: self._put_wording(field, text))
        label.setBuddy(written)
        column.addWidget(written, 1 if field.shape is Shape.TEXT else 0)
        self.fields[field.key] = written
        if known and field.shape is Shape.TEXT:
            offer = QPushButton(icon("add"), "Вставить слово… (Ctrl+Пробел)")
            offer.setAutoDefault(False)
            offer.clicked.connect(written.offer)
            column.addWidget(offer, 0, Qt.AlignmentFlag.AlignLeft)

    def _put_wording(self, field: FormField, text: str) -> None:
        if field.shape is Shape.LINES:
            self._put([line for line in text.split("\n") if line.strip()], field.key)
        elif field.shape is Shape.WORDING:
            self._put(" ".join(text.split("\n")), field.key)
        else:
            self._put(f"{text}\n" if "\n" in text else text, field.key)

    def _put_flag(self, field: FormField, checked: bool) -> None:
        self._put_whole(None if checked is field.default else checked, field.key)

    def _shown_blocks(self) -> list[str]:
        return list(self._draft.value(*self._place("blocks")) or ())

    def _put_blocks(self) -> None:
        """Those marked, in the order in which they stood; a new one comes last."""
        marked = [key for key, box in self.blocks.items() if box.isChecked()]
        before = self._shown_blocks()
        kept = [key for key in before if key in marked or key not in self.blocks]
        self._put_whole([*kept, *(key for key in marked if key not in before)] or None, "blocks")

    def _put_whole(self, value: str | list[str] | bool | None, key: str) -> None:
        """As a step of its own."""
        self._draft.end_step()
        self._put(value, key)
        self._draft.end_step()

    def _put(self, value: str | list[str] | bool | None, key: str) -> None:
        before = self._draft.value(*self._place(key))
        if value in ("", [], None) and before is None:
            return
        self._draft.put(value, *self._place(key))
        self.changed.emit()


def _first_line(source: str, key: str, start: int) -> int | None:
    """On which line of the form's text the value of a key begins."""
    lines = source.split("\n")
    for number, line in enumerate(lines[start - 1 :], start):
        if number > start and line.lstrip().startswith("[["):
            return None
        if line.partition("=")[0].strip() == key:
            opened = line.partition("=")[2].strip()
            return number + 1 if opened in ("'''", '"""', "[") else number
    return None
