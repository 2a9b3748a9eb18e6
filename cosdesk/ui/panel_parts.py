"""What the panels at the right are made of: plain texts that wrap, flat buttons."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QToolButton

from cosdesk.ui.theme import STEP, icon


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
