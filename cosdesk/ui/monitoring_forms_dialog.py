"""The forms of monitoring to choose from: the built-in ones to copy, one's own to change and to delete."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from cosdesk.domain.monitoring import MonitoringForm
from cosdesk.forms.monitoring_form import is_own_form, monitoring_form_faults, monitoring_forms
from cosdesk.ui.monitoring_form_editor import (
    ask_to_delete,
    create_monitoring_form,
    edit_monitoring_form,
)
from cosdesk.ui.notice_line import NoticeLine
from cosdesk.ui.theme import STEP
from cosdesk.ui.wording import counted


class MonitoringFormsDialog(QDialog):
    """``saved_id`` is the form saved last, None where none was."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.saved_id: str | None = None
        self.setWindowTitle("Формы мониторинга")
        self.resize(880, 520)
        self.list = QListWidget()
        self.list.setAccessibleName("Формы мониторинга")
        self.notice = NoticeLine(
            "Встроенная форма не меняется: изменяется её копия, которая станет вашей. Двойной щелчок – изменить."
        )
        self.edit_button = QPushButton()
        self.new_button = QPushButton("Новая форма…")
        self.delete_button = QPushButton("Удалить")
        close = QPushButton("Закрыть")
        buttons = QVBoxLayout()
        for button in (self.edit_button, self.new_button, self.delete_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(close)
        row = QHBoxLayout()
        row.addWidget(self.list, 1)
        row.addLayout(buttons)
        layout = QVBoxLayout(self)
        layout.setSpacing(STEP)
        layout.addLayout(row, 1)
        layout.addWidget(self.notice)
        self.edit_button.clicked.connect(self.edit)
        self.new_button.clicked.connect(lambda: self._take(create_monitoring_form(self)))
        self.delete_button.clicked.connect(self.delete)
        close.clicked.connect(self.reject)
        self.list.itemDoubleClicked.connect(lambda: self.edit())
        self.list.currentRowChanged.connect(lambda: self._enable())
        QShortcut(QKeySequence("Ctrl+Del"), self.list, self.delete, context=Qt.ShortcutContext.WidgetShortcut)
        self.edit_button.setDefault(True)
        self._fill(None)

    @property
    def chosen(self) -> MonitoringForm | None:
        item = self.list.currentItem()
        return monitoring_forms().get(item.data(Qt.ItemDataRole.UserRole)) if item else None

    def _fill(self, chosen: str | None) -> None:
        self.list.clear()
        for form in sorted(monitoring_forms().values(), key=lambda form: (not is_own_form(form.id), form.title)):
            item = QListWidgetItem(f"{form.title} (ваша)" if is_own_form(form.id) else form.title)
            item.setToolTip(counted(len(form.questions), "вопрос", "вопроса", "вопросов"))
            item.setData(Qt.ItemDataRole.UserRole, form.id)
            self.list.addItem(item)
            if form.id == chosen:
                self.list.setCurrentItem(item)
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        self.notice.complain(" ".join(monitoring_form_faults()))
        self._enable()

    def _enable(self) -> None:
        form = self.chosen
        own = form is not None and is_own_form(form.id)
        self.edit_button.setText("Изменить…" if own else "Скопировать и изменить…")
        self.delete_button.setEnabled(own)
        self.edit_button.setEnabled(form is not None)

    def _take(self, saved: str | None) -> None:
        if saved is not None:
            self.saved_id = saved
        self._fill(saved or (self.chosen.id if self.chosen else None))

    def edit(self) -> None:
        if form := self.chosen:
            self._take(edit_monitoring_form(self, form.id))

    def delete(self) -> None:
        form = self.chosen
        if form and is_own_form(form.id) and ask_to_delete(form.id, form.title, self):
            self.saved_id = None if self.saved_id == form.id else self.saved_id
            self._fill(None)
