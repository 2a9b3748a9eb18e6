"""Closing a reporting period to changes, and opening it again with a reason that is kept."""

from PySide6.QtWidgets import QWidget

from cosdesk.domain.period import Period
from cosdesk.store.periods import close_period, reopen_period
from cosdesk.ui.messages import ask
from cosdesk.ui.reason_dialog import ReasonDialog
from cosdesk.ui.workspace import Workspace

_WIDTH = 460


def is_closed(workspace: Workspace, period: Period) -> bool:
    """Whether the period's values may not be changed now."""
    return any(closure.stands and closure.period == period.code for closure in workspace.snapshot.closures)


def close_or_reopen(workspace: Workspace, period: Period, parent: QWidget) -> None:
    """Asks, then closes an open period or opens a closed one again."""
    if is_closed(workspace, period):
        dialog = ReopenDialog(period, parent)
        if dialog.exec():
            with workspace.edit(f"Период «{period.label}» открыт снова") as edit:
                reopen_period(edit, period.code, dialog.reason)
        return
    question = (
        f"Закрыть период «{period.label}»? Факт показателей, причины и меры, ответы школ за этот период нельзя будет"
        " изменить, пока вы не откроете его снова с указанием причины."
    )
    if ask(question, "Закрыть период", parent=parent):
        with workspace.edit(f"Закрытие периода «{period.label}»") as edit:
            close_period(edit, period.code, workspace.file.who)


class ReopenDialog(ReasonDialog):
    """``reason`` is what was typed; an empty one is not accepted."""

    def __init__(self, period: Period, parent: QWidget | None = None) -> None:
        sentence = f"Период «{period.label}» закрыт. Причина, по которой он открыт снова, останется в файле."
        name = "Причина, по которой период открыт снова"
        super().__init__(sentence, "&Причина", name, "Открыть период", _WIDTH, parent)
        self.setWindowTitle("Открыть период снова")
        self.line.setPlaceholderText("Например: школа прислала уточнённые сведения")
