"""The line under a sheet: what is wrong with what was typed, else how one types here."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from cosdesk.ui.theme import STEP, Tone, ink_of, muted_ink


class NoticeLine(QLabel):
    """``help`` stands there when there is nothing to complain of."""

    def __init__(self, help_text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._help = help_text
        self.setTextFormat(Qt.TextFormat.PlainText)
        # On a narrow screen it takes a second line.
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setContentsMargins(STEP * 2, STEP // 2, STEP * 2, STEP // 2)
        self.complain("")

    def complain(self, sentence: str) -> None:
        """Says what is wrong, in red; an empty sentence brings the help back."""
        self._show(sentence or self._help, ink_of(Tone.RED) if sentence else muted_ink())

    def say(self, sentence: str) -> None:
        """Says what was done."""
        self._show(sentence or self._help, muted_ink())

    def _show(self, text: str, ink: QColor) -> None:
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, ink)
        self.setPalette(palette)
        self.setText(text)
