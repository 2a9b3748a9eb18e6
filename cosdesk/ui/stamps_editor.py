"""The stamps of a roadmap: УТВЕРЖДАЮ, СОГЛАСОВАНО, at the left or right of the first sheet."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from cosdesk.domain.roadmap import Stamp, StampKind
from cosdesk.errors import UserError
from cosdesk.ui.text_fields import DateField, GrowingText
from cosdesk.ui.theme import STEP, icon

_HEADINGS = ("УТВЕРЖДАЮ", "УТВЕРЖДЕН", "УТВЕРЖДЕНА", "УТВЕРЖДЕНО", "СОГЛАСОВАНО", "СОГЛАСОВАН", "СОГЛАСОВАНА")
_SIDES = (("справа", "right"), ("слева", "left"), ("на листе согласования", "sheet"))


class StampsEditor(QWidget):
    """A list of stamps at the left, the fields of the one at hand at the right."""

    def __init__(self, stamps: Sequence[Stamp], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stamps = list(stamps)
        self._row = -1
        self.list = QListWidget()
        self.list.setAccessibleName("Грифы")
        self.list.setMinimumWidth(200)
        self.add = QPushButton(icon("add"), "Добавить гриф")
        self.remove = QPushButton(icon("delete"), "Убрать")
        self._make_fields()
        left = QVBoxLayout()
        left.addWidget(self.list, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.add)
        buttons.addWidget(self.remove)
        left.addLayout(buttons)
        layout = QHBoxLayout(self)
        layout.setSpacing(STEP * 2)
        layout.addLayout(left, 2)
        layout.addWidget(self._fields, 3)
        self.add.clicked.connect(self._add)
        self.remove.clicked.connect(self._remove)
        self.list.currentRowChanged.connect(self._choose)
        for stamp in self._stamps:
            self.list.addItem(_label(stamp))
        self.list.setCurrentRow(0 if self._stamps else -1)
        self._choose(self.list.currentRow())

    @property
    def stamps(self) -> tuple[Stamp, ...]:
        """The stamps as typed; ``UserError`` for a date that does not exist."""
        self._keep()
        return tuple(self._stamps)

    def _make_fields(self) -> None:
        self._fields = QWidget()
        column = QVBoxLayout(self._fields)
        column.setContentsMargins(0, 0, 0, 0)
        form = QFormLayout()
        column.addLayout(form)
        column.addStretch(1)
        form.setSpacing(STEP)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.heading = QComboBox()
        self.heading.setEditable(True)
        self.heading.addItems(_HEADINGS)
        self.heading.setAccessibleName("Слово грифа")
        self.side = QComboBox()
        self.side.setAccessibleName("Место на листе")
        for label, side in _SIDES:
            self.side.addItem(label, side)
        self.position = GrowingText("Должность", lowest=2)
        self.name = QLineEdit()
        self.name.setAccessibleName("Инициалы и фамилия")
        self.on = DateField("Дата грифа")
        self.act = QLineEdit()
        self.act.setPlaceholderText("постановлением администрации района от … № …")
        self.act.setAccessibleName("Акт, которым утверждено")
        for label, field in (
            ("Гриф", self.heading), ("Место", self.side), ("Должность", self.position),
            ("И.О. Фамилия", self.name), ("Дата", self.on), ("Акт", self.act),
        ):  # fmt: skip
            form.addRow(label, field)
        self.heading.currentTextChanged.connect(self._rename)
        self.name.textChanged.connect(self._rename)

    def _choose(self, row: int) -> None:
        if row != self._row and 0 <= self._row < len(self._stamps):
            try:
                self._keep()
            except UserError:
                self.list.setCurrentRow(self._row)
                raise
        self._row = row
        chosen = 0 <= row < len(self._stamps)
        self._fields.setVisible(chosen)
        self.remove.setEnabled(chosen)
        if not chosen:
            return
        stamp = self._stamps[row]
        self._row = -1  # while the fields are filled they change nothing
        self.heading.setCurrentText(stamp.heading)
        self.side.setCurrentIndex(self.side.findData(stamp.side))
        self.position.show_text(stamp.position)
        self.name.setText(stamp.name)
        self.on.show_day(stamp.on)
        self.act.setText(stamp.act)
        self._row = row

    def _keep(self) -> None:
        if not 0 <= self._row < len(self._stamps):
            return
        heading = self.heading.currentText().strip()
        stamp = self._stamps[self._row]
        self._stamps[self._row] = replace(
            stamp,
            kind=_kind_in(heading) or stamp.kind,
            heading=heading,
            side=self.side.currentData(),
            position=self.position.toPlainText().strip(),
            name=self.name.text().strip(),
            on=self.on.day,
            act=self.act.text().strip(),
        )

    def _rename(self) -> None:
        if (line := self.list.item(self._row)) is not None and self._row >= 0:
            line.setText(" – ".join(part for part in (self.heading.currentText(), self.name.text()) if part))

    def _add(self) -> None:
        taken = {stamp.side for stamp in self._stamps}
        side = "left" if "right" in taken else "right"
        stamp = Stamp(0, StampKind.APPROVED, "СОГЛАСОВАНО" if side == "left" else "УТВЕРЖДАЮ", side=side)
        self._keep()
        self._stamps.append(stamp)
        self.list.addItem(_label(stamp))
        self.list.setCurrentRow(self.list.count() - 1)
        self.heading.setFocus()

    def _remove(self) -> None:
        row = self._row
        self._row = -1
        del self._stamps[row]
        self.list.takeItem(row)
        self._choose(self.list.currentRow())


def _kind_in(heading: str) -> StampKind | None:
    """What the word of a stamp says of its kind; None for a word of one's own."""
    word = heading.upper()
    if word.startswith("СОГЛАС"):
        return StampKind.AGREED
    return StampKind.APPROVED if word.startswith("УТВЕРЖД") else None


def _label(stamp: Stamp) -> str:
    return " – ".join(part for part in (stamp.heading, stamp.name) if part)
