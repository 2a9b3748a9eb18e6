"""A pasted table of answers, as the user takes it in: looked over, decided, written in one step."""

from decimal import Decimal

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from cosdesk.domain.organisation import School
from cosdesk.errors import UserError
from cosdesk.forms.monitoring_form import monitoring_form
from cosdesk.intake.answer_table import read_answer_table
from cosdesk.intake.text import outline_of_text
from cosdesk.rounds import new_round
from cosdesk.store.monitoring import add_round, recount, save_answer
from cosdesk.store.schools import add_school
from cosdesk.ui import pasted_dialog
from cosdesk.ui.answer_model import Part
from cosdesk.ui.monitoring_page import MonitoringPage
from cosdesk.ui.pasted_dialog import EMPTY, REPLACE, SAME, SKIP, WRITE, PastedDialog
from cosdesk.ui.workspace import Workspace
from tests.ui.hands import paste_at

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
FORM = monitoring_form("internet")
NAMES = ("Лесная СОШ", "Полевая ООШ", "Сосновоборская НОШ")
TABLE = (
    "Школа\tСкорость по договору\tИзмеренная скорость\tЦвет\n"
    "Лесная СОШ\t100\t95\tбелый\nПолевая ООШ\t80\t70\t\nСосноборская НОШ\t50\t40\t\nЛицей\t1\t1\t\n"
)


@pytest.fixture
def page(workspace: Workspace, show_page) -> MonitoringPage:
    """A round where the second school has answered one question."""
    with workspace.edit("Школы") as edit:
        for name in NAMES:
            add_school(edit, School(0, name))
    found = new_round(workspace.snapshot, FORM, "2021")
    with workspace.edit("Мониторинг") as edit:
        add_round(edit, found, FORM, workspace.snapshot.schools)
    with workspace.edit("Ответ") as edit:
        school = workspace.snapshot.schools[1]
        save_answer(edit, FORM, workspace.snapshot.rounds[0], school, {"speed_contract": Decimal(60)})
        recount(edit, 1)
    return show_page(MonitoringPage, workspace)


def values(page: MonitoringPage) -> list[dict[str, object]]:
    return [dict(answer.values) for answer in page.workspace.file.answers(1)]


def shown(page: MonitoringPage, qtbot: QtBot) -> PastedDialog:
    desk = page.model.desk
    assert desk is not None
    dialog = PastedDialog(read_answer_table(outline_of_text(TABLE), desk, page.workspace.snapshot.today), desk, page)
    qtbot.addWidget(dialog)
    return dialog


def test_nothing_is_replaced_or_guessed_unasked(page: MonitoringPage, qtbot: QtBot) -> None:
    dialog = shown(page, qtbot)
    assert dialog.model.decisions == [WRITE, EMPTY, SKIP, ""]
    told = dialog._told.text()
    assert "Не размещены столбцы: «Цвет»." in told and "школа не узнана в 1, похожа на известную в 1" in told
    assert "Скорость по договору: 80 вместо 60" in dialog.model.texts(1)[2]
    assert dialog.ok.text() == "Записать: 2\u00a0школы"
    assert dialog.values == {1: {"speed_contract": 100, "speed_measured": 95}, 2: {"speed_measured": 70}}
    dialog.replace_all.click()
    assert dialog.model.decisions == [WRITE, REPLACE, SKIP, ""] and not dialog.replace_all.isEnabled()
    for row, decision in ((2, SAME), (0, SKIP)):
        assert dialog.model.setData(dialog.model.index(row, 4), decision)
    assert not dialog.model.setData(dialog.model.index(0, 4), "как-нибудь")
    assert dialog.values == {2: {"speed_contract": 80, "speed_measured": 70},
                             3: {"speed_contract": 50, "speed_measured": 40}}  # fmt: skip


def test_the_clipboard_goes_in_as_one_step(page: MonitoringPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pasted_dialog.PastedDialog, "exec", lambda _: QDialog.DialogCode.Accepted)
    before = values(page)
    QGuiApplication.clipboard().setText(TABLE)
    page.commands.table_action.trigger()
    assert values(page)[0] == {"speed_contract": 100, "speed_measured": 95}
    assert values(page)[1] == {"speed_contract": 60, "speed_measured": 70}
    assert page.workspace.undo_title == "Таблица ответов: школ 2" and "школ: 2" in page.notice.text()
    page.workspace.undo()
    assert values(page) == before


def test_an_empty_clipboard_is_told(page: MonitoringPage) -> None:
    QGuiApplication.clipboard().setText(" ")
    with pytest.raises(UserError, match="В буфере обмена нет таблицы"):
        page.commands.take_table()


def test_a_block_over_closed_cells_says_what_was_left(page: MonitoringPage) -> None:
    column = page.model.section_of(Part.STATE)
    paste_at(page.grid, page.proxy.index(0, column), "принято\t100\t95")
    assert values(page)[0] == {"speed_contract": 100, "speed_measured": 95}
    assert page.notice.text().startswith("Не вставлено ячеек: 1. Они вычисляются или закрыты для изменения")
    state = page.proxy.index(1, column).data()
    paste_at(page.grid, page.proxy.index(1, column), f"{state}\t90")
    assert values(page)[1]["speed_contract"] == 90
    assert "Не вставлено" not in page.notice.text()
