"""The words of a paper section by section: composed by the program, changed by hand, kept with the period."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import (
    QAction,
    QFont,
    QKeyEvent,
    QKeySequence,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from cosdesk.domain.paper import SectionText, outdated
from cosdesk.domain.period import parse_period
from cosdesk.reports.request import Section
from cosdesk.ui.messages import ask
from cosdesk.ui.theme import STEP

_BULLET = "– "


class SectionTextsDialog(QDialog):
    """``changed`` and ``dropped`` tell what is to be kept and what goes back to the composed words.

    ``sections`` are the composed ones; ``kept`` the texts of every period of this report and row;
    ``place`` is a text without words that says for what they are.
    """

    def __init__(
        self,
        sections: Sequence[Section],
        kept: Sequence[SectionText],
        place: SectionText,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Текст документа")
        self.resize(860, 560)
        self._sections = tuple(sections)
        self._place = place
        own = [text for text in kept if text.period == place.period]
        self._own = {text.section: text for text in own}
        self._earlier = _nearest(kept, place.period)
        self._given_up: dict[str, SectionText] = {}
        self._shown = -1
        self.changed: dict[str, SectionText] = {}
        self.dropped: set[str] = set()
        self._lay_out()
        self.list.setCurrentRow(0)

    def _lay_out(self) -> None:
        self.list = QListWidget()
        self.list.setAccessibleName("Разделы документа")
        self.list.addItems([section.title for section in self._sections])
        self.list.setFixedWidth(240)
        self.list.setWordWrap(True)
        self.editor = QTextEdit()
        self.editor.setAccessibleName("Текст раздела")
        self.editor.setAcceptRichText(False)
        self.editor.setTabChangesFocus(True)
        self.editor.installEventFilter(self)
        self.note = QLabel()
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setWordWrap(True)
        self.bold_action = QAction("Полужирный абзац", self)
        self.bold_action.setShortcut(QKeySequence("Ctrl+B"))
        self.bold_action.triggered.connect(self._toggle_bold)
        self.list_action = QAction("Перечень", self)
        self.list_action.triggered.connect(self._toggle_list)
        self.anew_button = QPushButton("Составить заново")
        self.anew_button.clicked.connect(self._compose_anew)
        self.back_button = QPushButton("Вернуть мой текст")
        self.back_button.clicked.connect(self._bring_back)
        self.earlier_button = QPushButton()
        self.earlier_button.clicked.connect(self._take_earlier)
        bar = QHBoxLayout()
        for action in (self.bold_action, self.list_action):
            button = QPushButton(action.text())
            button.setAutoDefault(False)
            button.clicked.connect(action.trigger)
            bar.addWidget(button)
            self.addAction(action)
        bar.addStretch(1)
        for button in (self.earlier_button, self.back_button, self.anew_button):
            button.setAutoDefault(False)
            bar.addWidget(button)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        right = QVBoxLayout()
        right.setSpacing(STEP)
        right.addLayout(bar)
        right.addWidget(self.editor, 1)
        right.addWidget(self.note)
        body = QHBoxLayout()
        body.addWidget(self.list)
        body.addLayout(right, 1)
        layout = QVBoxLayout(self)
        layout.addLayout(body, 1)
        layout.addWidget(buttons)
        self.list.currentRowChanged.connect(self._turn)

    def accept(self) -> None:
        self._take()
        super().accept()

    def reject(self) -> None:
        """Nothing typed goes without a word."""
        self._take()
        question = "Текст изменён. Закрыть окно без сохранения?"
        if not (self.changed or self.dropped) or ask(question, "Не сохранять", "Вернуться к тексту", self, True):
            super().reject()

    # --- sections

    def _turn(self, row: int) -> None:
        self._take()
        self._shown = row
        section = self._sections[row]
        text = self._present(section)
        self._fill(text.paragraphs if text else section.paragraphs, text)
        earlier = self._earlier.get(section.id)
        self.earlier_button.setVisible(earlier is not None)
        if earlier is not None:
            self.earlier_button.setText(f"Взять текст за {parse_period(earlier.period).label}")
        self._tell(section, text)

    def _present(self, section: Section) -> SectionText | None:
        if section.id in self.dropped:
            return None
        return self.changed.get(section.id) or self._own.get(section.id)

    def _fill(self, paragraphs: Sequence[str], text: SectionText | None) -> None:
        self.editor.clear()
        cursor = self.editor.textCursor()
        for place, paragraph in enumerate(paragraphs):
            if place:
                cursor.insertBlock()
            shape = QTextBlockFormat()
            shape.setBottomMargin(STEP)
            cursor.setBlockFormat(shape)
            look = QTextCharFormat()
            look.setFontWeight(QFont.Weight.Bold if text and text.is_bold(place) else QFont.Weight.Normal)
            cursor.setBlockCharFormat(look)
            cursor.insertText(paragraph, look)
        self.editor.moveCursor(QTextCursor.MoveOperation.Start)
        self.editor.document().setModified(False)
        self.editor.document().clearUndoRedoStacks()

    def _tell(self, section: Section, text: SectionText | None) -> None:
        """What of the typed words no longer fits the figures."""
        found = outdated(text, section.paragraphs) if text else None
        lines = []
        if found:
            lines += ["Данные с тех пор изменились."]
            lines += [f"Осталось в тексте: {sentence}" for sentence in found.standing]
            lines += [f"По данным теперь: {sentence}" for sentence in found.fresh]
        elif text:
            lines.append("Текст изменён вами; данным он не противоречит.")
        self.note.setText("\n".join(lines))
        self.anew_button.setEnabled(text is not None)
        self.back_button.setVisible(section.id in self._given_up)

    # --- words

    def _take(self) -> None:
        """Keeps what was typed in the section shown."""
        if self._shown < 0 or not self.editor.document().isModified():
            return
        section = self._sections[self._shown]
        paragraphs, bold = self._typed()
        if paragraphs == section.paragraphs and not bold:
            self.dropped.add(section.id)
            self.changed.pop(section.id, None)
            return
        self.dropped.discard(section.id)
        place = self._place
        self.changed[section.id] = SectionText(
            0, place.report, section.id, place.roadmap_id, place.item_id, place.period, paragraphs, bold,
            section.paragraphs,
        )  # fmt: skip

    def _typed(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        paragraphs: list[str] = []
        bold: list[str] = []
        block = self.editor.document().begin()
        while block.isValid():
            if text := block.text().replace("\u2028", " ").strip():
                if _is_bold(QTextCursor(block)):
                    bold.append(str(len(paragraphs)))
                paragraphs.append(text)
            block = block.next()
        return tuple(paragraphs), tuple(bold)

    def _compose_anew(self) -> None:
        """The composed words in place of the typed ones, which can be brought back while the window is open."""
        section = self._sections[self._shown]
        self._take()
        if (typed := self._present(section)) is not None:
            self._given_up[section.id] = typed
        self.editor.document().setModified(False)
        self.changed.pop(section.id, None)
        self.dropped.add(section.id)
        self._turn(self._shown)

    def _bring_back(self) -> None:
        section = self._sections[self._shown]
        typed = self._given_up.pop(section.id)
        self.editor.document().setModified(False)
        self.dropped.discard(section.id)
        if typed != self._own.get(section.id):
            self.changed[section.id] = typed
        self._turn(self._shown)

    def _take_earlier(self) -> None:
        """The words of the period before as a draft; what stood there can be brought back."""
        section = self._sections[self._shown]
        self._take()
        if (typed := self._present(section)) is not None:
            self._given_up[section.id] = typed
        earlier = self._earlier[section.id]
        self._fill(earlier.paragraphs, earlier)
        self.editor.document().setModified(True)
        self._tell(section, replace(earlier, period=self._place.period))

    def _toggle_bold(self) -> None:
        """All paragraphs of the selection bold, or, where they are, plain again."""
        look = QTextCharFormat()
        blocks = self._chosen_blocks()
        is_bold = all(_is_bold(QTextCursor(block)) for block in blocks)
        look.setFontWeight(QFont.Weight.Normal if is_bold else QFont.Weight.Bold)
        with self._one_step():
            for block in blocks:
                cursor = QTextCursor(block)
                cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
                cursor.mergeCharFormat(look)
                cursor.mergeBlockCharFormat(look)

    def _toggle_list(self) -> None:
        """All paragraphs of the selection lines of a list, or, where they are, plain again."""
        blocks = self._chosen_blocks()
        is_list = all(block.text().startswith(_BULLET) for block in blocks)
        with self._one_step():
            for block in blocks:
                if is_list:
                    _drop_bullet(block)
                elif not block.text().startswith(_BULLET):
                    QTextCursor(block).insertText(_BULLET)

    def _chosen_blocks(self) -> list[QTextBlock]:
        """The paragraphs that the selection touches, else the one at hand."""
        cursor, document = self.editor.textCursor(), self.editor.document()
        first = document.findBlock(cursor.selectionStart()).blockNumber()
        last = document.findBlock(cursor.selectionEnd()).blockNumber()
        return [document.findBlockByNumber(number) for number in range(first, last + 1)]

    @contextmanager
    def _one_step(self) -> Iterator[None]:
        """What is done within is one step of the editor's own undo."""
        cursor = self.editor.textCursor()
        cursor.beginEditBlock()
        try:
            yield
        finally:
            cursor.endEditBlock()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes on with a list, and in an empty line of it ends it."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if is_enter and self._goes_on():
                return True
        return super().eventFilter(watched, event)

    def _goes_on(self) -> bool:
        """Whether the list took the Enter."""
        cursor = self.editor.textCursor()
        text = cursor.block().text()
        if not text.startswith(_BULLET) or cursor.hasSelection() or cursor.positionInBlock() < len(_BULLET):
            return False
        if text == _BULLET:
            _drop_bullet(cursor.block())
        else:
            cursor.insertBlock()
            cursor.insertText(_BULLET)
            self.editor.setTextCursor(cursor)
        return True


def _drop_bullet(block: QTextBlock) -> None:
    cursor = QTextCursor(block)
    cursor.movePosition(QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor, len(_BULLET))
    cursor.removeSelectedText()


def _nearest(kept: Sequence[SectionText], period: str) -> dict[str, SectionText]:
    """By section, the words of the last period that ended before this one, else of the first that follows."""
    if not period:
        return {}
    end = parse_period(period).end
    others = [text for text in kept if text.period and text.period != period]
    # The nearest comes last and stays.
    others.sort(key=lambda text: _distance(parse_period(text.period).end, end), reverse=True)
    return {text.section: text for text in others}


def _distance(other: date, end: date) -> tuple[bool, timedelta]:
    return other > end, abs(end - other)


def _is_bold(cursor: QTextCursor) -> bool:
    """Whether the paragraph at whose beginning the cursor stands is bold."""
    cursor.movePosition(QTextCursor.MoveOperation.NextCharacter)
    return cursor.charFormat().fontWeight() >= QFont.Weight.Bold
