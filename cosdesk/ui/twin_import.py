"""A filled Excel twin opened in the window: read aside, looked over, taken in as one edit."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

from cosdesk.errors import UserError
from cosdesk.intake.answer_twin import TwinWorkbook
from cosdesk.twin_changes import Material, Proposal, TwinChange, material, propose
from cosdesk.twin_taking import take
from cosdesk.ui.wording import counted

if TYPE_CHECKING:
    from cosdesk.ui.main_window import MainWindow


def take_twin(window: "MainWindow", book: TwinWorkbook) -> None:
    """Compares the workbook with the open district and shows what it changes."""
    workspace = window.workspace
    held = material(workspace.file, workspace.snapshot, book)
    window.tasks.run(
        f"Сравнение «{book.file}»", lambda _: propose(held, book), lambda found: _look_over(window, held, found)
    )


def _look_over(window: "MainWindow", held: Material, proposal: Proposal) -> None:
    from cosdesk.ui.twin_dialog import TwinDialog

    if not proposal.changes:
        window.statusBar().showMessage(f"В книге «{proposal.file}» нет ничего нового.", 10_000)
        return
    dialog = TwinDialog(proposal, window)
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    chosen = dialog.chosen
    dialog.deleteLater()
    if accepted and chosen:
        window.keeping.before("перед импортом", lambda: _write(window, held, proposal, chosen))


def _write(window: "MainWindow", held: Material, proposal: Proposal, chosen: list[TwinChange]) -> None:
    workspace = window.workspace
    if workspace.snapshot is not held.snapshot:
        raise UserError("Пока вы смотрели изменения, данные района изменились. Откройте книгу ещё раз.")
    with workspace.edit(f"Из книги «{proposal.file}»") as edit:
        take(edit, held.snapshot, proposal, chosen)
    told = counted(len(chosen), "изменение", "изменения", "изменений")
    window.statusBar().showMessage(f"Взято из книги: {told}. Вернуть – Ctrl+Z", 10_000)
