"""«Настройки»: everything that can be set on one page, found by its words; each change holds at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from cosdesk.ui.panel_parts import part_heading, plain_label
from cosdesk.ui.setting_lines import UNDO_TITLE, setting_lines
from cosdesk.ui.setting_row import SettingRow, row_of
from cosdesk.ui.theme import STEP, mute, scaled

if TYPE_CHECKING:
    from cosdesk.ui.main_window import MainWindow

_WIDTH, _HEIGHT = 880, 620
_NO_FILE = "Настройки района хранятся в его файле. Откройте файл района, чтобы изменить их."
_READ_ONLY = "Файл района открыт только для чтения: его настройки изменить нельзя."


class SettingsDialog(QDialog):
    """Beside the work, not over it: what a change does is seen in the window at once."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.setWindowTitle("Настройки")
        self.setModal(False)
        self._window = window
        self.search = QLineEdit()
        self.search.setPlaceholderText("Найти настройку…")
        self.search.setAccessibleName("Найти настройку")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self._note = plain_label("")
        mute(self._note)
        self.undo, self.redo = QToolButton(), QToolButton()
        self.rows: list[SettingRow] = []
        self._sections: list[tuple[QWidget, list[SettingRow]]] = []
        self._nothing = plain_label("Ничего не найдено. Попробуйте другое слово или начало слова.")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(STEP * 2, STEP * 2, STEP * 2, STEP * 2)
        layout.setSpacing(STEP)
        layout.addWidget(self.search)
        layout.addWidget(self._note)
        layout.addWidget(self._make_page(), 1)
        layout.addLayout(self._make_foot())
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self).activated.connect(self.search.setFocus)
        for signal in (window.workspace.opened, window.workspace.changed):
            signal.connect(self.refresh)
        self._fit_screen()
        self._filter("")
        self.refresh()

    def _make_page(self) -> QScrollArea:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, STEP, 0)
        column.setSpacing(0)
        present = ""
        for setting in setting_lines(self._window):
            if setting.section != present:
                present = setting.section
                heading = part_heading(present)
                column.addWidget(heading)
                self._sections.append((heading, []))
            row = row_of(setting)
            column.addWidget(row)
            self.rows.append(row)
            self._sections[-1][1].append(row)
        column.addWidget(self._nothing)
        column.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(page)
        return area

    def _make_foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        for button, action in ((self.undo, self._window.undo_action), (self.redo, self._window.redo_action)):
            button.setDefaultAction(action)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setAutoRaise(True)
            foot.addWidget(button)
        foot.addStretch(1)
        close = QPushButton("Закрыть")
        close.setAutoDefault(False)
        close.clicked.connect(self.close)
        foot.addWidget(close)
        return foot

    def _fit_screen(self) -> None:
        room = self.screen().availableSize()
        self.resize(min(scaled(_WIDTH), room.width() - STEP * 4), min(_HEIGHT, room.height() - STEP * 8))

    # --- showing

    def refresh(self) -> None:
        """Every line as it stands now, also after an undo or with another file."""
        workspace = self._window.workspace
        self._note.setText("" if workspace.is_writable else _READ_ONLY if workspace.is_open else _NO_FILE)
        self._note.setVisible(bool(self._note.text()))
        # Here only settings are taken back: what else was done last is not seen from this window.
        self.undo.setVisible(workspace.undo_title.startswith(UNDO_TITLE))
        self.redo.setVisible(workspace.redo_title.startswith(UNDO_TITLE))
        for row in self.rows:
            row.setEnabled(workspace.is_writable or not row.setting.in_file)
            row.refresh()

    def _filter(self, text: str) -> None:
        for heading, rows in self._sections:
            for row in rows:
                row.setVisible(row.setting.is_found_by(text))
            heading.setVisible(any(not row.isHidden() for row in rows))
        self._nothing.setVisible(all(row.isHidden() for row in self.rows))

    # --- Qt's events

    def showEvent(self, event: QShowEvent) -> None:
        self.refresh()
        self.search.setFocus()
        super().showEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._finish()
        super().closeEvent(event)

    def reject(self) -> None:
        self._finish()
        super().reject()

    def _finish(self) -> None:
        """What was typed last is kept too."""
        for row in self.rows:
            if row.isEnabled():
                row.finish()


def open_settings(window: MainWindow) -> None:
    """Shows the settings, the same window each time."""
    dialog = window.findChild(SettingsDialog) or SettingsDialog(window)
    dialog.show()
    dialog.activateWindow()
