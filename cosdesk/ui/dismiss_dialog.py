"""Why a finding is no mistake: one line, asked before it is hidden for good."""

from collections.abc import Sequence

from PySide6.QtWidgets import QCompleter, QWidget

from cosdesk.domain.checks.finding import Finding
from cosdesk.ui.reason_dialog import ReasonDialog

_WIDTH = 500


class DismissDialog(ReasonDialog):
    """``reason`` is what was typed; an empty one is not accepted.  ``known`` are reasons given before."""

    def __init__(self, findings: Sequence[Finding], known: Sequence[str], parent: QWidget | None = None) -> None:
        first = findings[0]
        told = f"{first.place}\n{first.message}" if len(findings) == 1 else f"Выбрано замечаний: {len(findings)}."
        sentence = f"{told}\n\nБольше не показывать? Замечание можно вернуть: «Показать скрытые»."
        name = "Почему это не ошибка"
        super().__init__(sentence, "Почему это &не ошибка", name, "Больше не показывать", _WIDTH, parent)
        self.setWindowTitle("Не ошибка")
        self.line.setPlaceholderText("Например: так утверждено постановлением")
        self.line.setCompleter(QCompleter(list(dict.fromkeys(known)), self.line))
