"""Approved editions of the roadmap at hand: approving one, looking at an old one, what changed since."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from cosdesk.domain.edition import Edition, next_number
from cosdesk.domain.roadmap import RoadmapContents
from cosdesk.errors import UserError
from cosdesk.paper_request import keep_grounds, kept_grounds
from cosdesk.reports.roadmap import build_edition
from cosdesk.store.editions import add_edition, require_free_number
from cosdesk.ui.delegates import plain_tooltip, soften_selection
from cosdesk.ui.list_copy import enable_copy
from cosdesk.ui.roadmap_edits import open_contents
from cosdesk.ui.text_fields import DateField
from cosdesk.ui.theme import STEP
from cosdesk.ui.workspace import Workspace

_HEADINGS = ("Редакция", "Дата", "Чем утверждена", "Кто утвердил", "Отпечаток", "Содержание")
_WIDTHS = (80, 90, 260, 170, 170, 180)


def approve_edition(workspace: Workspace, parent: QWidget | None = None) -> Edition | None:
    """Asks for number, date, act and person and freezes the roadmap at hand; None when given up."""
    contents = open_contents(workspace)
    dialog = ApproveDialog(contents, _editions_of(workspace, contents), workspace.snapshot.today, parent)
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return None
    with workspace.edit(f"Утверждение редакции {dialog.number}") as edit:
        add_edition(edit, contents, dialog.number, dialog.on.day, dialog.act.text().strip(), dialog.who.text().strip())
    return _editions_of(workspace, contents)[-1]


def _editions_of(workspace: Workspace, contents: RoadmapContents) -> tuple[Edition, ...]:
    return tuple(e for e in workspace.snapshot.editions if e.roadmap_id == contents.roadmap.id)


class ApproveDialog(QDialog):
    """Number, date, act and person; the act and person of the roadmap's own stamp are proposed."""

    def __init__(
        self, contents: RoadmapContents, known: tuple[Edition, ...], today: date, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._known = known
        self.setWindowTitle("Утвердить редакцию")
        self.setMinimumWidth(520)
        stamp = next((stamp for stamp in contents.stamps if stamp.kind == "approved"), None)
        first = stamp if stamp and not known else None
        self._number = QLineEdit(next_number(known))
        self._number.setAccessibleName("Номер редакции")
        self.on = DateField("Дата утверждения", first.on if first and first.on else today)
        self.act = QLineEdit(first.act if first else "")
        self.act.setAccessibleName("Чем утверждена")
        self.act.setPlaceholderText("постановление от … № …")
        self.who = QLineEdit(" ".join(f"{stamp.position} {stamp.name}".split()) if stamp else "")
        self.who.setAccessibleName("Кто утвердил")
        self.who.setCursorPosition(0)
        form = QFormLayout()
        form.setSpacing(STEP)
        for label, field in (
            ("Номер", self._number), ("Дата", self.on), ("Чем утверждена", self.act), ("Кто утвердил", self.who),
        ):  # fmt: skip
            form.addRow(label, field)
        note = QLabel(
            "Дорожная карта запоминается такой, как сейчас. Работать с ней можно дальше: потом будет видно,"
            " что изменилось. На печати внизу листов встанет отпечаток, по которому бумагу можно сверить с файлом."
        )
        note.setWordWrap(True)
        self.fault = QLabel()
        self.fault.setTextFormat(Qt.TextFormat.PlainText)
        self.fault.setWordWrap(True)
        self.fault.hide()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.button(QDialogButtonBox.StandardButton.Ok).setText("Утвердить")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(STEP * 2)
        layout.addWidget(note)
        layout.addLayout(form)
        layout.addWidget(self.fault)
        layout.addWidget(buttons)

    @property
    def number(self) -> str:
        return " ".join(self._number.text().split())

    def accept(self) -> None:
        try:
            if not self.number:
                raise UserError("Укажите номер редакции.")
            require_free_number(self._known, self.number)
            _ = self.on.day
        except UserError as error:
            self.fault.setText(str(error))
            self.fault.show()
            return
        super().accept()


class EditionsDialog(QDialog):
    """The list, oldest first; what is done goes with the chosen edition."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._contents = open_contents(workspace)
        self.setWindowTitle("Редакции дорожной карты")
        self.resize(980, 380)
        self.list = QTreeWidget()
        self.list.setAccessibleName("Редакции")
        self.list.setHeaderLabels(_HEADINGS)
        self.list.setRootIsDecorated(False)
        for column, width in enumerate(_WIDTHS):
            self.list.setColumnWidth(column, width)
        soften_selection(self.list)
        enable_copy(self.list)
        self.list.itemActivated.connect(lambda: self.show_edition())
        self.list.currentItemChanged.connect(lambda: self._allow())
        self._note = QLabel()
        self._note.setWordWrap(True)
        self.approve_button = _button("Утвердить редакцию…", self.approve)
        self.approve_button.setEnabled(not workspace.file.read_only)
        self.show_button = _button("Посмотреть, напечатать…", self.show_edition)
        self.changes_button = _button("Что изменилось…", self.show_changes)
        close = _button("Закрыть", self.reject)
        row = QHBoxLayout()
        row.setSpacing(STEP)
        for button in (self.approve_button, self.show_button, self.changes_button):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setSpacing(STEP)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._note)
        layout.addLayout(row)
        self._fill()

    @property
    def editions(self) -> tuple[Edition, ...]:
        return _editions_of(self._workspace, self._contents)

    @property
    def chosen(self) -> Edition | None:
        row = self.list.indexOfTopLevelItem(item) if (item := self.list.currentItem()) else -1
        return self.editions[row] if row >= 0 else None

    def _fill(self) -> None:
        self.list.clear()
        for edition in self.editions:
            intact = "не изменено" if edition.is_intact else "изменено в обход программы"
            on = f"{edition.on:%d.%m.%Y}" if edition.on else "–"
            texts = (edition.number, on, edition.act or "–", edition.who or "–", edition.short_fingerprint, intact)
            line = QTreeWidgetItem(self.list, list(texts))
            for column, text in enumerate(texts):
                line.setToolTip(column, plain_tooltip(text))
        if newest := self.list.topLevelItem(self.list.topLevelItemCount() - 1):
            self.list.setCurrentItem(newest)
        self._allow()

    def _allow(self) -> None:
        chosen = self.chosen
        for button in (self.show_button, self.changes_button):
            button.setEnabled(chosen is not None)
        if chosen is None:
            self._note.setText("Утверждённых редакций пока нет.")
        elif not chosen.is_intact:
            self._note.setText(
                "Содержание этой редакции изменено в обход программы: сверьте её с бумагой"
                " и восстановите файл из резервной копии."
            )
        else:
            erased = "Из этой редакции удалены персональные данные; бумага с прежним отпечатком остаётся в силе."
            self._note.setText(erased if chosen.former_fingerprints else "")

    def approve(self) -> None:
        if approve_edition(self._workspace, self):
            self._contents = open_contents(self._workspace)
            self._fill()

    def show_edition(self) -> None:
        """The chosen edition as it was approved, read-only."""
        from cosdesk.ui.document_dialog import DocumentDialog

        if edition := self.chosen:
            build = partial(build_edition, self._workspace.snapshot.district, edition)
            DocumentDialog(edition.name.capitalize(), build, self).exec()

    def show_changes(self) -> None:
        from cosdesk.ui.changes_dialog import ChangesDialog

        if edition := self.chosen:
            file = self._workspace.file
            kept = dict(kept_grounds(file))
            dialog = ChangesDialog(self._workspace.snapshot, self._contents, self.editions, edition, kept, self)
            dialog.exec()
            keep_grounds(file, dialog.grounds)


def _button(text: str, run: Callable[[], None]) -> QPushButton:
    button = QPushButton(text)
    button.setAutoDefault(False)
    button.clicked.connect(lambda: run())
    return button
