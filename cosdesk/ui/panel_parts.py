"""What panels and dialogs are made of: the column that scrolls, plain texts that wrap, buttons, a fault in red."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QSplitter, QToolButton, QVBoxLayout, QWidget

from cosdesk.ui.settings import remember_state, remembered_state
from cosdesk.ui.theme import STEP, Tone, icon, ink_of, scaled


class SidePanel(QScrollArea):
    """A column of parts at the right of a page, filled anew for whatever is chosen."""

    def __init__(self, name: str, width: int, parent: QWidget | None = None) -> None:
        """``width`` in pixels at the usual size of letters."""
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(scaled(width))
        self.setAccessibleName(name)
        body = QWidget()
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(STEP * 2, STEP, STEP * 2, STEP * 2)
        self._column.setSpacing(STEP // 2)
        self.setWidget(body)


def beside(main: QWidget, side: QWidget, width: int, name: str) -> QSplitter:
    """A page's table with the panel at its right, whose width is remembered by that name.

    ``width`` is the panel's first one, in pixels at the usual size of letters; the table takes all that comes.
    """
    splitter = QSplitter(Qt.Orientation.Horizontal)
    splitter.setChildrenCollapsible(False)
    splitter.setHandleWidth(1)
    splitter.addWidget(main)
    splitter.addWidget(side)
    splitter.setStretchFactor(0, 1)
    if not splitter.restoreState(remembered_state(name)):
        splitter.setSizes([10_000, scaled(width)])
    splitter.splitterMoved.connect(lambda: remember_state(name, splitter.saveState()))
    return splitter


class FaultLabel(QLabel):
    """What is wrong with what was typed, in red; hidden while nothing is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        palette = self.palette()
        palette.setColor(self.foregroundRole(), ink_of(Tone.RED))
        self.setPalette(palette)
        self.hide()

    def complain(self, sentence: str) -> None:
        self.setText(sentence)
        self.setVisible(bool(sentence))


def plain_label(text: str, bold: bool = False) -> QLabel:
    """A text as it is, on as many lines as it takes."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if bold:
        font = label.font()
        font.setBold(True)
        label.setFont(font)
    return label


def part_heading(text: str) -> QLabel:
    """What a part of a panel is of."""
    label = plain_label(text, bold=True)
    label.setContentsMargins(0, STEP, 0, 0)
    return label


def flat_button(text: str, run: Callable[..., object], icon_name: str = "") -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setAutoRaise(True)
    if icon_name:
        button.setIcon(icon(icon_name))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.clicked.connect(run)
    return button


def push_button(text: str, icon_name: str, run: Callable[[], object]) -> QPushButton:
    """A dialog's button that Enter in a field does not press."""
    button = QPushButton(icon(icon_name), text) if icon_name else QPushButton(text)
    button.setAutoDefault(False)
    button.clicked.connect(lambda: run())
    return button


def action_button(action: QAction) -> QPushButton:
    """A push button that follows its action; Enter in a field does not press it."""
    button = push_button(action.text(), "", action.trigger)
    button.setIcon(action.icon())
    button.setToolTip(action.toolTip())
    button.setEnabled(action.isEnabled())
    action.enabledChanged.connect(button.setEnabled)
    return button
