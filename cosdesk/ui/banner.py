"""The line above the page that stays while something is out of the ordinary: read-only, recovered, a full disk."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from cosdesk.ui.theme import STEP, Tone, fill_of, ink_of


class Banner(QWidget):
    """One sentence, perhaps a button that does what it advises, and a cross."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._button = QPushButton()
        self._button.clicked.connect(self._act)
        self._button.hide()
        self._cross = QToolButton()
        self._cross.setText("×")
        self._cross.setAutoRaise(True)
        self._cross.setToolTip("Скрыть")
        self._cross.setAccessibleName("Скрыть сообщение")
        self._cross.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(STEP * 2, STEP, STEP, STEP)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._button)
        layout.addWidget(self._cross)
        self._run: Callable[[], object] | None = None
        self.setAutoFillBackground(True)
        self.hide()

    @property
    def text(self) -> str:
        """What it says, empty while it is hidden."""
        return "" if self.isHidden() else self._text.text()

    def say(self, sentence: str, advice: str = "", run: Callable[[], object] | None = None) -> None:
        """Shows the sentence, with a button named ``advice`` that does ``run``."""
        self.recolour()
        self._text.setText(sentence)
        self._button.setText(advice)
        self._button.setVisible(bool(advice))
        self._run = run
        self.show()

    def recolour(self) -> None:
        """In the present colours, light or dark."""
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.Window, fill_of(Tone.AMBER))
        palette.setColor(QPalette.ColorRole.WindowText, ink_of(Tone.AMBER))
        self.setPalette(palette)

    def _act(self) -> None:
        if self._run is not None:
            self._run()
