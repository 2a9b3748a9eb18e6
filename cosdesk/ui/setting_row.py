"""One line of «Настройки»: its label, its control, what it changes, the way back to what is usual."""

from PySide6.QtCore import QSignalBlocker, Qt, QTimer
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QToolButton,
    QWidget,
)

from cosdesk.ui.panel_parts import plain_label
from cosdesk.ui.setting_kinds import ActionSetting, ChoiceSetting, NumberSetting, Setting, TextSetting
from cosdesk.ui.theme import STEP, mute, scaled

_LABEL, _SHORT_FIELD = 236, 96
_PAUSE = 400
"""Milliseconds after the last step of a number before it is kept: a held arrow is one edit, not twenty."""


class SettingRow(QWidget):
    """A setting on the screen.  ``refresh`` shows what holds, ``finish`` keeps what has just been typed."""

    def __init__(self, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setting = setting
        self._label = plain_label(setting.label)
        self._label.setFixedWidth(scaled(_LABEL))
        self._effect = plain_label(setting.effect)
        mute(self._effect)
        self.reset = QToolButton()
        self.reset.setText("Вернуть обычное")
        self.reset.setAccessibleName(f"Вернуть обычное: {setting.label}")
        self.reset.setAutoRaise(True)
        self.reset.clicked.connect(self._bring_back)
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(0, STEP // 2, 0, STEP // 2)
        self._layout.setHorizontalSpacing(STEP)
        self._layout.setVerticalSpacing(2)
        self._layout.setColumnStretch(2, 1)
        self._layout.addWidget(self._label, 0, 0)
        self._layout.addWidget(self.reset, 0, 3)
        self._layout.addWidget(self._effect, 1, 1, 1, 3)

    def _place(self, control: QWidget, unit: str = "") -> None:
        control.setAccessibleName(" ".join(part for part in (self.setting.label, unit) if part))
        control.setAccessibleDescription(self.setting.effect)
        self._label.setBuddy(control)
        self._layout.addWidget(control, 0, 1, 1, 1 if unit else 2, Qt.AlignmentFlag.AlignVCenter)
        if unit:
            self._layout.addWidget(plain_label(unit), 0, 2)
        self.setTabOrder(control, self.reset)

    def refresh(self) -> None:
        raise NotImplementedError

    def finish(self) -> None:
        """Nothing waits to be kept."""

    def _bring_back(self) -> None:
        raise NotImplementedError


class _NumberRow(SettingRow):
    def __init__(self, setting: NumberSetting) -> None:
        super().__init__(setting)
        self._number = setting
        self.control = QSpinBox()
        self.control.setKeyboardTracking(False)
        self.control.setFixedWidth(scaled(_SHORT_FIELD))
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._keep)
        self.control.valueChanged.connect(lambda: self._pause.start())
        self.control.editingFinished.connect(self.finish)
        self._place(self.control, setting.unit)

    def refresh(self) -> None:
        if self._pause.isActive():
            return
        value = self._number.read()
        with QSignalBlocker(self.control):
            self.control.setRange(*self._number.bounds())
            self.control.setValue(value)
        self.reset.setVisible(value != self._number.usual)

    def finish(self) -> None:
        self.control.interpretText()
        if self._pause.isActive():
            self._pause.stop()
            self._keep()

    def _keep(self) -> None:
        if self.control.value() != self._number.read():
            self._number.write(self.control.value())
        self.refresh()

    def _bring_back(self) -> None:
        self._pause.stop()
        self._number.write(self._number.usual)
        self.refresh()


class _ChoiceRow(SettingRow):
    def __init__(self, setting: ChoiceSetting) -> None:
        super().__init__(setting)
        self._choice = setting
        self.control = QComboBox()
        for value, label in setting.options:
            self.control.addItem(label, value)
        self.control.setFixedWidth(scaled(2 * _SHORT_FIELD))
        self.control.activated.connect(lambda: self._write(self.control.currentData()))
        self._place(self.control)

    def refresh(self) -> None:
        value = self._choice.read()
        self.control.setCurrentIndex(self.control.findData(value))
        self.reset.setVisible(value != self._choice.usual)

    def _bring_back(self) -> None:
        self._write(self._choice.usual)

    def _write(self, value: str) -> None:
        self._choice.write(value)
        self.refresh()


class _TextRow(SettingRow):
    def __init__(self, setting: TextSetting) -> None:
        super().__init__(setting)
        self._text = setting
        self.control = QLineEdit()
        self.control.setPlaceholderText(setting.hint)
        self.control.editingFinished.connect(self.finish)
        self._place(self.control)

    def refresh(self) -> None:
        value, usual = self._text.read(), self._text.usual()
        if not self.control.hasFocus() or not self.control.isModified():
            self.control.setText(value)
            self.control.setCursorPosition(0)
        self.reset.setVisible(bool(usual) and value != usual)
        self.reset.setToolTip(f"Вернуть обычное: {usual}" if usual else "Вернуть обычное")

    def finish(self) -> None:
        if not self.control.isModified():
            return
        typed = " ".join(self.control.text().split())
        self.control.setModified(False)
        if typed != self._text.read() and (typed or not self._text.required):
            self._text.write(typed)
        self.refresh()

    def _bring_back(self) -> None:
        self.control.setModified(False)
        self._text.write(self._text.usual())
        self.refresh()


class _ActionRow(SettingRow):
    def __init__(self, setting: ActionSetting) -> None:
        super().__init__(setting)
        self._action = setting
        self.control = QPushButton(setting.button)
        self.control.setAutoDefault(False)
        self.control.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.control.clicked.connect(self._run)
        self._place(self.control)
        self.reset.setText("Больше не использовать")
        self.reset.setAccessibleName(f"Больше не использовать: {setting.label}")

    def refresh(self) -> None:
        state = self._action.read()
        self._effect.setText(" ".join(part for part in (state, self.setting.effect) if part))
        self.reset.setVisible(bool(state) and self._action.forget is not None)

    def _run(self) -> None:
        self._action.run()
        self.refresh()

    def _bring_back(self) -> None:
        if self._action.forget is not None:
            self._action.forget()
        self.refresh()


def row_of(setting: Setting) -> SettingRow:
    """The line that shows a setting of that kind."""
    match setting:
        case NumberSetting():
            return _NumberRow(setting)
        case ChoiceSetting():
            return _ChoiceRow(setting)
        case TextSetting():
            return _TextRow(setting)
        case ActionSetting():
            return _ActionRow(setting)
    raise TypeError(type(setting).__name__)
