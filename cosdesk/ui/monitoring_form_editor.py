"""The editor of a monitoring form: its words, questions, checks and indicators, with the school's sheet beside them."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from cosdesk.errors import UserError
from cosdesk.form_library import FormEntry, renamed, save_form
from cosdesk.forms.monitoring_draft import HEAD, MonitoringDraft, draft_of, new_draft, next_version
from cosdesk.forms.monitoring_form import monitoring_forms
from cosdesk.ui.draft_head_editor import DraftHeadEditor
from cosdesk.ui.draft_history import DraftFault, DraftHistory
from cosdesk.ui.draft_part_editor import PART_TITLES, DraftPartEditor
from cosdesk.ui.form_preview import FormPreview
from cosdesk.ui.messages import choose
from cosdesk.ui.notice_line import NoticeLine
from cosdesk.ui.panel_parts import plain_label
from cosdesk.ui.theme import STEP, icon

_HELP = "Ctrl+Ins – новая строка, Ctrl+Del – удалить, Alt+↑ и Alt+↓ – переставить, Ctrl+Z – отменить"


def edit_monitoring_form(entry: FormEntry, parent: QWidget | None) -> str | None:
    """Lets the user change the form, a copy of it where it is built in; the id of the form saved."""
    return _open(entry.source if entry.own else renamed(entry.source, f"{entry.title} – своя форма"), parent)


def create_monitoring_form(parent: QWidget | None) -> str | None:
    """A form of the user's own from nothing; the id of the form saved."""
    title = "Новая форма"
    draft = new_draft("own", title).with_entry("question", 0, {"key": "q1", "label": "", "type": "text"})
    return _open(renamed(draft.source, title), parent)


def _open(source: str, parent: QWidget | None) -> str | None:
    dialog = MonitoringFormEditor(draft_of(source), parent)
    dialog.exec()
    dialog.deleteLater()
    return dialog.saved_id


class MonitoringFormEditor(QDialog):
    """``saved_id`` is the id of the form once it was saved, None before."""

    def __init__(self, draft: MonitoringDraft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.saved_id: str | None = None
        self.history = DraftHistory(draft, self)
        self.head = DraftHeadEditor(self.history)
        self.parts = {part: DraftPartEditor(self.history, part) for part in PART_TITLES}
        self.preview = FormPreview(self.history)
        self.notice = NoticeLine(_HELP)
        self.resize(QSize(1310, 690).boundedTo(self.screen().availableSize()))
        self._make_actions()
        self._lay_out()
        for part in self.parts.values():
            part.told.connect(self.notice.complain)
        self.history.changed.connect(self._refresh)
        self._refresh()

    def _make_actions(self) -> None:
        self.undo_action = QAction("Отменить", self)
        self.undo_action.setShortcut(QKeySequence(QKeySequence.StandardKey.Undo))
        self.undo_action.triggered.connect(self.history.undo)
        self.redo_action = QAction("Повторить", self)
        self.redo_action.setShortcuts([QKeySequence("Ctrl+Y"), QKeySequence("Ctrl+Shift+Z")])
        self.redo_action.triggered.connect(self.history.redo)
        self.save_action = QAction("Сохранить", self)
        self.save_action.setShortcut(QKeySequence(QKeySequence.StandardKey.Save))
        self.save_action.triggered.connect(self.save)
        self.addActions([self.undo_action, self.redo_action, self.save_action])

    def _lay_out(self) -> None:
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.head, "Название")
        for part, editor in self.parts.items():
            self.tabs.addTab(editor, PART_TITLES[part])
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(STEP, 0, 0, 0)
        column.addWidget(plain_label("Что получит школа", bold=True))
        column.addWidget(self.preview, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.tabs)
        splitter.addWidget(right)
        splitter.setSizes([910, 370])
        splitter.setStretchFactor(0, 1)
        self.undo_button = QPushButton(icon("undo"), "Отменить")
        self.undo_button.clicked.connect(self.undo_action.trigger)
        self.save_button = QPushButton("Сохранить")
        self.save_button.clicked.connect(self.save_action.trigger)
        close = QPushButton("Закрыть")
        close.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(self.undo_button)
        row.addStretch(1)
        for button in (self.save_button, close):
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setSpacing(STEP)
        layout.addWidget(splitter, 1)
        layout.addWidget(self.notice)
        layout.addLayout(row)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)  # Enter goes on in the sheet

    @property
    def form_id(self) -> str:
        return str(self.history.draft.values(HEAD).get("id", ""))

    @property
    def title(self) -> str:
        return str(self.history.draft.values(HEAD).get("title", ""))

    def _refresh(self) -> None:
        history = self.history
        self.setWindowTitle(f"Форма мониторинга – {self.title}{' (изменена)' if history.is_changed else ''}")
        for place, (part, title) in enumerate([(HEAD, "Название"), *PART_TITLES.items()]):
            count = sum(fault.part == part for fault in history.faults)
            self.tabs.setTabText(place, f"{title} – ошибок {count}" if count else title)
        for action, word, step in ((self.undo_action, "Отменить", history.undo_title),
                                   (self.redo_action, "Повторить", history.redo_title)):  # fmt: skip
            action.setText(f"{word}: {step}" if step else word)
            action.setEnabled(bool(step))
        self.undo_button.setEnabled(self.undo_action.isEnabled())
        self.undo_button.setToolTip(f"{self.undo_action.text()} (Ctrl+Z)")
        self.notice.complain(self._whole_fault())

    def _whole_fault(self) -> str:
        fault = next((fault for fault in self.history.faults if fault.row < 0), None)
        return f"{PART_TITLES[fault.part]}: {fault.phrase}." if fault else ""

    # --- keeping

    def save(self) -> None:
        """Keeps the form and closes; turns to what is wrong where something is."""
        self.head.finish()
        self.setFocus()  # an open cell gives up what is typed in it
        if faults := self.history.faults:
            self._turn_to(faults[0])
            raise UserError(
                f"Форма не сохранена. {_place(faults[0])}: {faults[0].phrase}. Исправьте и сохраните ещё раз."
            )
        form_id, forms = self.form_id, monitoring_forms()
        if any(form.title.casefold() == self.title.casefold() for key, form in forms.items() if key != form_id):
            self._turn_to(DraftFault(HEAD, 0, "title", ""))
            raise UserError(f"Форма с названием «{self.title}» уже есть. Назовите свою иначе, чтобы их различать.")
        known = form_id in forms
        draft = next_version(self.history.draft) if known and self.history.is_changed else self.history.draft
        save_form(draft.source)
        self.saved_id = form_id
        self.accept()

    def _turn_to(self, fault: DraftFault) -> None:
        place = [HEAD, *PART_TITLES].index(fault.part)
        self.tabs.setCurrentIndex(place)
        if fault.part != HEAD and fault.row >= 0:
            self.parts[fault.part].choose(fault.row, fault.key)
        elif fault.key in self.head.fields:
            self.head.fields[fault.key].setFocus()

    def reject(self) -> None:
        """Asks before what was changed is lost."""
        self.head.finish()
        if self.history.is_changed:
            answer = choose(f"Форма «{self.title}» изменена. Сохранить её?", ["Сохранить", "Не сохранять"], self)
            if answer is None:
                return
            if answer == 0:
                self.save()
                return
        super().reject()


def _place(fault: DraftFault) -> str:
    if fault.part == HEAD:
        return "Вкладка «Название»"
    row = f", строка {fault.row + 1}" if fault.row >= 0 else ""
    return f"Вкладка «{PART_TITLES[fault.part]}»{row}"
