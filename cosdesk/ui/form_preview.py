"""The sheet a school will get of a form, beside the editor."""

from html import escape

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QTextBrowser, QWidget

from cosdesk.domain.monitoring import MonitoringForm, Question, QuestionType
from cosdesk.exchange.workbooks import hint_of
from cosdesk.ui.draft_history import DraftHistory
from cosdesk.ui.hyphenation import hyphenated

_PAUSE = 300
"""Milliseconds after the last change before the sheet is drawn anew."""
_CELL = "border:1px solid #808080; padding:3px"
_ANSWERS = {
    QuestionType.YES_NO: "да / нет ▾",
    QuestionType.CHOICE: "выбрать ▾",
    QuestionType.DATE: "дата",
}


class FormPreview(QTextBrowser):
    """Follows ``history``; what is still wrong is left out and counted below."""

    def __init__(self, history: DraftHistory, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._history = history
        self.setAccessibleName("Что получит школа")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, QColor("#ffffff"))
        palette.setColor(QPalette.ColorRole.Text, QColor("#000000"))
        self.setPalette(palette)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self.show_form)
        history.changed.connect(lambda: self._pause.start())
        self.show_form()

    def show_form(self) -> None:
        place = self.verticalScrollBar().value()
        form = self._history.form
        self.setHtml(sheet_html(form, self._history.draft.count("question")) if form else "")
        self.verticalScrollBar().setValue(place)


def sheet_html(form: MonitoringForm, asked: int) -> str:
    """The sheet «Ответ» of a school's workbook; ``asked`` counts the draft's questions, the wrong ones too."""
    lines = [f"<p><b>{escape(form.title)}</b><br>Название школы</p>"]
    lines += [
        f"<p>{escape(text)}</p>" for text in (form.instruction, f"Норма: {form.norm}" if form.norm else "") if text
    ]
    headings = "".join(
        f'<th style="{_CELL}; background:#e7e6e6">{heading}</th>'
        for heading in ("№", "Что указать", "Ответ", "Ед. изм.", "Как заполнять")
    )
    rows = "".join(_row(number, question) for number, question in enumerate(form.questions, 1))
    look = 'cellspacing="0" style="border-collapse:collapse; margin-top:6px" width="98%"'
    lines.append(f"<table {look}><tr>{headings}</tr>{rows}</table>")
    lines.append("<p><i>* – заполните обязательно.</i></p>")
    if wrong := asked - len(form.questions):
        lines.append(f"<p><i>Вопросов с ошибками, которых здесь ещё не видно: {wrong}.</i></p>")
    if form.requirements:
        lines.append(f"<p>Вывод программы: {escape(form.complies_label)} или {escape(form.fails_label)}.</p>")
    return (
        f"<div style=\"font-family:'Times New Roman','Liberation Serif',serif; font-size:9pt\">{''.join(lines)}</div>"
    )


def _row(number: int, question: Question) -> str:
    answer = _ANSWERS.get(question.type, "")
    texts = (
        str(number),
        question.label + (" *" if question.required else ""),
        answer,
        question.unit,
        hint_of(question),
    )
    cells = []
    for place, text in enumerate(texts):
        look = "; background:#fff7cc; color:#8a7a2c" if place == 2 else ""
        cells.append(f'<td style="{_CELL}{look}">{_broken(text)}</td>')
    return f"<tr>{''.join(cells)}</tr>"


def _broken(text: str) -> str:
    """Markup of a text whose long words may be broken in a narrow cell."""
    return escape(" ".join(hyphenated(word) if len(word) > 9 else word for word in text.split()))
