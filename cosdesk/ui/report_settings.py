"""What a report is made with, at its side: row, signer, contacts, parts left out; each report remembers its own."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from cosdesk.dataclass import dataclass
from cosdesk.domain.district import Snapshot
from cosdesk.domain.paper import PaperRecord
from cosdesk.domain.person import Membership, Person
from cosdesk.domain.roadmap import RoadmapContents
from cosdesk.reports.catalog import Report
from cosdesk.reports.due import expecting_row
from cosdesk.reports.request import LETTERHEAD, Signer
from cosdesk.reports.typography import list_name
from cosdesk.ui.delegates import plain_tooltip
from cosdesk.ui.theme import STEP, icon

_TITLE = 70
_WIDEST = 480


@dataclass(frozen=True)
class Choices:
    """What was chosen for one report; ``signer_id`` is a person of the directory, None the head."""

    item_id: int | None = None
    signer_id: int | None = None
    left_out: frozenset[str] = frozenset()
    contacts: bool = True


class ReportSettings(QWidget):
    """``changed`` tells that something else was chosen; ``choices`` are those of the report shown last."""

    changed = Signal()
    letterhead_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices: dict[str, Choices] = {}
        self._report: Report | None = None
        self._snapshot: Snapshot | None = None
        self._contents: RoadmapContents | None = None
        # Asked for only where a paper bears it.
        self.letterhead_note = QLabel("Бланк учреждения ещё не заполнен.")
        self.letterhead_note.setWordWrap(True)
        self.letterhead_button = QPushButton(icon("edit"), "Бланк учреждения…")
        self.letterhead_button.clicked.connect(self.letterhead_wanted)
        self.row_label = QLabel()
        self.row_label.setTextFormat(Qt.TextFormat.PlainText)
        self.row_label.setWordWrap(True)
        self.row_button = QPushButton(icon("edit"), "Выбрать строку…")
        self.row_button.clicked.connect(self.ask_row)
        self.signer_label = QLabel("&Подписывает:")
        self.signer = QComboBox()
        self.signer_label.setBuddy(self.signer)
        self.signer.setAccessibleName("Кто подписывает")
        # As wide as the side, not as its longest name; the list unfolds wider.
        self.signer.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.signer.setMinimumContentsLength(8)
        self.signer.activated.connect(lambda place: self._take(signer_id=self.signer.itemData(place)))
        self.parts_button = QPushButton("Части документа")
        self.parts_menu = QMenu(self.parts_button)
        self.parts_button.setMenu(self.parts_menu)
        self.contacts_box = QCheckBox("Телефоны и адреса")
        self.contacts_box.setChecked(True)
        self.contacts_box.toggled.connect(lambda shown: self._take(contacts=shown))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(STEP)
        signing = (self.signer_label, self.signer)
        letterhead = (self.letterhead_note, self.letterhead_button)
        for widget in (self.row_label, self.row_button, *letterhead, *signing, self.parts_button, self.contacts_box):
            layout.addWidget(widget)

    def show_report(self, report: Report, snapshot: Snapshot, contents: RoadmapContents | None) -> None:
        """Shows what can be chosen for the report; a row that is gone is forgotten."""
        self._report, self._snapshot, self._contents = report, snapshot, contents
        known = {item.id: item for item in contents.items} if contents else {}
        choices = self._choices.get(report.id, Choices())
        if choices.item_id not in known:
            proposed = expecting_row(report, contents, snapshot.rounds) if report.needs_row else None
            choices = replace(choices, item_id=proposed)
        self._choices[report.id] = choices
        item = known.get(choices.item_id or 0)
        self.row_label.setVisible(report.needs_row)
        self.row_button.setVisible(report.needs_row)
        bears_letterhead = LETTERHEAD in dict(report.parts)
        self.letterhead_button.setVisible(bears_letterhead)
        self.letterhead_note.setVisible(bears_letterhead and not snapshot.letterhead.is_filled)
        title = " ".join(f"{item.number} {item.title}".split()) if item else "не выбрана"
        self.row_label.setText(f"Строка: {title if len(title) <= _TITLE else title[:_TITLE].rstrip() + '…'}")
        self.contacts_box.blockSignals(True)
        self.contacts_box.setChecked(choices.contacts)
        self.contacts_box.blockSignals(False)
        self.contacts_box.setVisible(report.sections is not None)
        self._fill_parts(report, choices)
        self._fill_signers(report, snapshot, choices.signer_id)

    @property
    def choices(self) -> Choices:
        return self._choices.get(self._report.id, Choices()) if self._report else Choices()

    def choices_of(self, report_id: str) -> Choices:
        """What was chosen for a report, shown now or not."""
        return self._choices.get(report_id, Choices())

    def signer_of(self, report_id: str, snapshot: Snapshot) -> Signer | None:
        """Who signs a report in the head's place; None: the head."""
        signer_id = self.choices_of(report_id).signer_id
        person = next((person for person in signers(snapshot) if person.id == signer_id), None)
        # Under a document a position begins the line.
        return Signer(_capital(person.position), person.full_name or person.name, person.id) if person else None

    def choose_row(self, report_id: str, item_id: int) -> None:
        """The row of a report that is to be shown next."""
        self._choices[report_id] = replace(self._choices.get(report_id, Choices()), item_id=item_id)

    def choose_as(self, record: PaperRecord) -> None:
        """What a document of the journal was made with, for the next; a signer who is gone gives way to the head."""
        left_out = frozenset(record.left_out)
        self._choices[record.report] = Choices(record.item_id, record.signer_id, left_out, record.contacts)

    def ask_row(self) -> None:
        from cosdesk.ui.row_chooser import RowChooser

        if self._snapshot is None or self._contents is None:
            return
        own = replace(self._snapshot, roadmaps=(self._contents,))
        chooser = RowChooser(own, "Строка, по которой составляется документ", one=True, parent=self)
        if self.choices.item_id is not None:
            chooser.choose(self.choices.item_id)
        if chooser.exec() and chooser.chosen:
            self._take(item_id=chooser.chosen[0])

    def _fill_parts(self, report: Report, choices: Choices) -> None:
        self.parts_menu.clear()
        for part, title in report.parts:
            action = QAction(title.replace("&", "&&"), self.parts_menu)
            action.setCheckable(True)
            action.setChecked(part not in choices.left_out)
            action.toggled.connect(lambda shown, part=part: self._show_part(part, shown))
            self.parts_menu.addAction(action)
        self.parts_button.setVisible(len(report.parts) > 1)

    def _fill_signers(self, report: Report, snapshot: Snapshot, signer_id: int | None) -> None:
        people, district = signers(snapshot), snapshot.district
        self.signer.clear()
        self.signer.addItem(_signer_line(district.head_name, district.head_position) or "Руководитель", None)
        for person in people:
            self.signer.addItem(_signer_line(person.full_name or person.name, person.position), person.id)
        self.signer.setCurrentIndex(max(self.signer.findData(signer_id), 0) if signer_id is not None else 0)
        self.signer.setToolTip(plain_tooltip(self.signer.currentText()))
        self.signer.view().setMinimumWidth(min(self.signer.view().sizeHintForColumn(0) + STEP * 4, _WIDEST))
        for widget in (self.signer_label, self.signer):
            widget.setVisible(report.sections is not None and bool(people))

    def _show_part(self, part: str, shown: bool) -> None:
        left_out = self.choices.left_out
        self._take(left_out=left_out - {part} if shown else left_out | {part})

    def _take(self, **values: object) -> None:
        if self._report is not None:
            self._choices[self._report.id] = replace(self.choices, **values)  # type: ignore[arg-type]
            self.changed.emit()


def signers(snapshot: Snapshot) -> list[Person]:
    """People of the directory who can sign: those whose position is known, the head left out."""
    # The district's card may name the head in full and the directory by initials.
    head = list_name(snapshot.district.head_name)
    people = [person for person in snapshot.people if person.membership is Membership.PERSON and person.position]
    return [person for person in people if list_name(person.full_name or person.name) != head]


def _signer_line(name: str, position: str) -> str:
    return ", ".join(part for part in (list_name(name), position if name else _capital(position)) if part)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
