"""The school at hand in a round: its state, what the form concludes, what is wrong, when it answered."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cosdesk.domain.answers import judge, school_facts, value_text
from cosdesk.domain.period import parse_period
from cosdesk.intake.answers import RoundDesk
from cosdesk.ui.answer_model import STATE_TONES, AnswerRow
from cosdesk.ui.evidence_field import clear_layout
from cosdesk.ui.panel_parts import SidePanel, flat_button, part_heading, plain_label
from cosdesk.ui.pill import Pill
from cosdesk.ui.theme import Tone

WIDTH = 270


class AnswerPanel(SidePanel):
    """``question_wanted`` carries the key of a question to turn to; ``letter_wanted``: a reply to the school."""

    question_wanted = Signal(str)
    letter_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Ответ школы", WIDTH - 40, parent)

    def show_answer(self, row: AnswerRow | None, desk: RoundDesk | None) -> None:
        """All of a school's answer; a hint where none is chosen."""
        clear_layout(self._column)
        add = self._column.addWidget
        if row is None or desk is None:
            add(plain_label("Выберите школу, и здесь будет всё о её ответе."))
            self._column.addStretch(1)
            return
        answer, school = row.answer, row.school
        add(plain_label(school.label, bold=True))
        add(Pill(answer.state.label, STATE_TONES[answer.state]))
        contact = ", ".join(part for part in (school.head, school.phone, school.email) if part)
        if contact:
            add(plain_label(contact))
        if answer.sent_at:
            add(plain_label(f"Форма отправлена {answer.sent_at:%d.%m.%Y %H:%M}"))
        if answer.as_of:
            add(plain_label(f"Ответ от {answer.as_of:%d.%m.%Y %H:%M}, {answer.source}"))
        self._add_verdict(row, desk)
        self._add_remarks(row, desk)
        add(flat_button("Письмо школе…", self.letter_wanted.emit, "export"))
        self._column.addStretch(1)

    def _add_verdict(self, row: AnswerRow, desk: RoundDesk) -> None:
        answer = row.answer
        if answer.complies is not None:
            words = desk.form.complies_label if answer.complies else desk.form.fails_label
            self._column.addWidget(part_heading("Вывод"))
            self._column.addWidget(Pill(words, Tone.GREEN if answer.complies else Tone.AMBER))
            for reason in answer.reasons:
                self._column.addWidget(plain_label(f"– {reason}"))
        if desk.form.computed and answer.answered:
            end = parse_period(desk.round.period).end
            computed = judge(desk.form, answer.values, school_facts(row.school, end, end)).computed
            for each in desk.form.computed:
                told = f"{each.label}: {value_text(computed.get(each.key))} {each.unit}"
                self._column.addWidget(plain_label(told.strip()))

    def _add_remarks(self, row: AnswerRow, desk: RoundDesk) -> None:
        if not row.answer.remarks:
            return
        self._column.addWidget(part_heading("Замечания"))
        for remark in row.answer.remarks:
            cell = f" (ячейка {remark.cell})" if remark.cell else ""
            self._column.addWidget(plain_label(f"{remark.message[:1].upper()}{remark.message[1:]}{cell}"))
            question = desk.form.question(remark.question)
            if question is not None:
                lead = flat_button("Показать ячейку", lambda _=False, key=question.key: self.question_wanted.emit(key))
                lead.setAccessibleName(f"Показать ячейку «{question.label}»")
                self._column.addWidget(lead)
