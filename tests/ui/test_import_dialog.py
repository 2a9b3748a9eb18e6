"""The preview of an import: what the user sees and can change before accepting."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialogButtonBox, QTabWidget
from pytestqt.qtbot import QtBot

from cosdesk.intake.reading import read_outline
from cosdesk.intake.text import outline_of_text
from cosdesk.ui.import_dialog import ImportDialog
from cosdesk.ui.source_table import SourceTable
from cosdesk.ui.tasks import Tasks

PASTED = "\n".join(
    [
        "Исполнитель\tСрок\tМероприятия\tОжидаемые результаты\t№",
        "Отдел\tмай 2021\tНаписать письмо школам\tПисьмо\t1.1",
        "Школы\tсентябрь 2021\tОбновить сайты\tСправка\t1.2",
    ]
)


def opened(qtbot: QtBot, text: str = PASTED) -> ImportDialog:
    dialog = ImportDialog(outline_of_text(text), "вставка", Tasks())
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def roles(dialog: ImportDialog) -> list[str]:
    table = dialog.findChild(SourceTable)
    assert table is not None
    boxes = [box for box in table.findChildren(QComboBox) if box.accessibleName().startswith("Что в колонке")]
    return [box.currentText() for box in sorted(boxes, key=lambda box: box.x())]


def test_columns_in_any_order_find_their_roles(qtbot: QtBot) -> None:
    dialog = opened(qtbot)
    assert roles(dialog) == ["Ответственный исполнитель", "Срок", "Наименование", "Документ, результат", "№ п/п"]
    assert [item.title for item in dialog.draft.contents.items] == ["Написать письмо школам", "Обновить сайты"]
    buttons = dialog.findChild(QDialogButtonBox)
    assert buttons is not None
    assert "Принять 2\u00a0строки" in {button.text() for button in buttons.buttons()}


def test_the_user_changes_a_role(qtbot: QtBot) -> None:
    dialog = opened(qtbot)
    box = next(b for b in dialog.findChildren(QComboBox) if b.accessibleName() == "Что в колонке 4")
    box.setCurrentIndex(box.findText("Примечание"))
    qtbot.waitUntil(lambda: dialog.draft.contents.items[0].note == "Письмо")
    assert dialog.draft.contents.items[0].expected == ""


def test_a_column_not_taken_is_listed_as_unplaced(qtbot: QtBot) -> None:
    dialog = opened(qtbot)
    box = next(b for b in dialog.findChildren(QComboBox) if b.accessibleName() == "Что в колонке 4")
    box.setCurrentIndex(0)
    qtbot.waitUntil(lambda: {u.text for u in dialog.draft.contents.unplaced} >= {"Письмо", "Справка"})


def test_another_form_is_read_anew(qtbot: QtBot) -> None:
    dialog = opened(qtbot)
    box = next(b for b in dialog.findChildren(QComboBox) if b.accessibleName() == "Форма дорожной карты")
    box.setCurrentIndex(box.findData("controlled"))
    qtbot.waitUntil(lambda: dialog.draft.form.id == "controlled")
    assert len(dialog.draft.contents.items) == 2


def test_years_given_by_hand(qtbot: QtBot) -> None:
    dialog = opened(qtbot)
    dialog._years[0].setValue(2020)
    dialog._years[1].setValue(2026)
    dialog._set_years.setChecked(True)
    qtbot.waitUntil(lambda: dialog.draft.contents.roadmap.years == (2020, 2026))


def test_markup_in_a_document_stays_text(qtbot: QtBot) -> None:
    dialog = opened(qtbot, PASTED.replace("Написать", "<img src=x> Написать"))
    assert dialog.draft.contents.items[0].title.endswith("Написать письмо школам")
    labels = [label for label in dialog.findChildren(type(dialog._summary)) if label.text()]
    assert all(label.textFormat() == Qt.TextFormat.PlainText or "<" not in label.text() for label in labels)


@pytest.mark.parametrize(
    ("name", "rows", "indicators"), [("asekeevo.docx", 48, 6), ("volosovo.docx", 29, 5), ("murom.docx", 15, 10)]
)
def test_the_real_roadmaps(qtbot: QtBot, seeds: Path, name: str, rows: int, indicators: int) -> None:
    dialog = ImportDialog(read_outline(seeds / name), name, Tasks())
    qtbot.addWidget(dialog)
    contents = dialog.draft.contents
    assert (len(contents.items), len(contents.indicators)) == (rows, indicators)
    assert contents.roadmap.source_name == name
    tabs = dialog.findChildren(QTabWidget)
    assert f"Строки – {rows}" in [tab.tabText(0) for tab in tabs]


def test_the_plan_is_shown_first_where_stamps_stand_before_it(qtbot: QtBot) -> None:
    plan = outline_of_text(PASTED)
    stamps = outline_of_text("СОГЛАСОВАНО\tУТВЕРЖДАЮ\nДиректор департамента\tГлава района\n").grids
    dialog = ImportDialog(replace(plan, blocks=(*stamps, *plan.blocks)), "вставка", Tasks())
    qtbot.addWidget(dialog)
    dialog.show()
    shown = [table for table in dialog.findChildren(SourceTable) if table.isVisible()]
    assert [table.grid for table in shown] == list(plan.grids)
