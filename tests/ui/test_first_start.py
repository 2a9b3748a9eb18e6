"""The first start: three choices; a new district is asked for its name alone, with its cases to be confirmed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCommandLinkButton, QDialogButtonBox, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from cosdesk.domain.district import District
from cosdesk.intake.importing import import_document
from cosdesk.reports.cases import district_cases
from cosdesk.ui.district_dialog import DistrictDialog
from cosdesk.ui.files import accept_draft
from cosdesk.ui.main_window import MainWindow
from cosdesk.ui.new_roadmap_dialog import NewRoadmapDialog
from cosdesk.ui.settings import last_folder, settings

from .hands import keys

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot) -> Iterator[MainWindow]:
    settings().clear()
    window = MainWindow()
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    yield window
    window.tasks.stop()
    window.workspace.close()
    settings().clear()


@pytest.fixture
def dialog(qtbot: QtBot) -> DistrictDialog:
    made = DistrictDialog(District(""), short=True)
    qtbot.addWidget(made)
    made.show()
    return made


def ok(dialog: DistrictDialog):
    return dialog._buttons.button(QDialogButtonBox.StandardButton.Ok)


def name(dialog: DistrictDialog, text: str) -> None:
    dialog.fields["name"].setFocus()
    dialog.fields["name"].selectAll()
    keys(dialog.fields["name"], text)


def cases(dialog: DistrictDialog) -> tuple[str, str]:
    return dialog.fields["name_genitive"].text(), dialog.fields["name_locative"].text()


def test_three_large_choices_and_nothing_else_is_asked(window: MainWindow) -> None:
    titles = [button.text() for button in window._start_page.findChildren(QCommandLinkButton)]
    assert titles == [
        "Открыть дорожную карту из Word или Excel",
        "Создать новую по одной из форм",
        "Посмотреть пример",
    ]


def test_a_choice_is_made_by_the_keyboard_and_shows_the_focus(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    button = window._start_page.findChildren(QCommandLinkButton)[2]
    plain = button.grab().toImage()
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    assert button.grab().toImage() != plain
    qtbot.keyClick(button, Qt.Key.Key_Return)
    assert window.workspace.snapshot.district.name == "Заречный район"


def test_a_new_roadmap_needs_a_name_a_place_and_a_form(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[str] = []

    def fill(dialog: DistrictDialog) -> int:
        asked.extend(dialog.fields)
        name(dialog, "Ольховский район")
        ok(dialog).click()
        return dialog.result()

    monkeypatch.setattr(DistrictDialog, "exec", fill)
    monkeypatch.setattr(NewRoadmapDialog, "exec", lambda dialog: dialog.accept() or dialog.result())
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "Ольховский район.cosdesk"), ""))
    next(b for b in window._start_page.findChildren(QCommandLinkButton) if b.text().startswith("Создать")).click()
    district = window.workspace.snapshot.district
    assert asked == ["name", "name_genitive", "name_locative"]
    assert (district.name_genitive, district.name_locative) == ("Ольховского района", "Ольховском районе")
    assert (district.head_name, district.office, district.coordinator_name) == ("", "", "")
    assert len(window.workspace.snapshot.roadmaps) == 1


def test_after_the_example_a_document_is_taken_into_a_file_of_ones_own(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = last_folder()
    window.demo_action.trigger()
    assert window.workspace.snapshot.district.name == "Заречный район"
    assert last_folder() == before
    example = window.workspace.file.path

    def fill(dialog: DistrictDialog) -> int:
        name(dialog, "Ольховский район")
        ok(dialog).click()
        return dialog.result()

    monkeypatch.setattr(DistrictDialog, "exec", fill)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "Ольховский район.cosdesk"), ""))
    source = tmp_path / "план.txt"
    source.write_text(
        "№\tНаименование мероприятия\tСрок\tОтветственный\n1\tПровести совещание\tмай 2026 г.\tМетодист\n", "utf-8"
    )
    accept_draft(window, import_document(source))
    assert window.workspace.file.path == tmp_path / "Ольховский район.cosdesk" != example
    assert [item.title for item in window.workspace.snapshot.roadmaps[0].items] == ["Провести совещание"]
    # The arrows go on among the rows, not among the periods above them.
    page = window.page
    assert page is not None and page.isAncestorOf(window.focusWidget())
    window.show_page("Сегодня").take_keyboard()
    today = window.page
    assert today is not None and today.isAncestorOf(window.focusWidget())


@pytest.mark.parametrize(
    ("page", "button", "leads_to"),
    [("Сегодня", "Перейти к дорожной карте", "Дорожная карта"), ("Мониторинг", "Перейти к школам", "Школы")],
)
def test_an_empty_page_leads_to_where_it_is_filled(
    window: MainWindow, tmp_path: Path, page: str, button: str, leads_to: str
) -> None:
    window.workspace.create(tmp_path / "Новый.cosdesk", District("Новый район"))
    shown = window.show_page(page)
    (way,) = [each for each in shown.findChildren(QPushButton) if each.isVisible() and each.text() == button]
    way.click()
    assert window.page is window.show_page(leads_to)


def test_cases_are_proposed_as_one_types_and_shown_in_a_sentence(dialog: DistrictDialog, qtbot: QtBot) -> None:
    assert not ok(dialog).isEnabled()
    name(dialog, "Луговской муниципальный округ")
    qtbot.waitUntil(lambda: cases(dialog) != ("", ""))
    assert cases(dialog) == ("Луговского муниципального округа", "Луговском муниципальном округе")
    assert "«школы в Луговском муниципальном округе»" in dialog._sample.text()
    assert ok(dialog).isEnabled()


def test_a_case_of_the_users_own_stays_and_one_is_proposed_even_for_a_quick_hand(dialog: DistrictDialog) -> None:
    name(dialog, "Заречный район")
    assert dialog.district.name_locative == "Заречном районе"
    dialog.fields["name_genitive"].selectAll()
    keys(dialog.fields["name_genitive"], "Заречного р-на")
    name(dialog, "Луговой район")
    district = dialog.district
    assert (district.name_genitive, district.name_locative) == ("Заречного р-на", "Луговом районе")


def test_a_whole_card_keeps_what_it_does_not_ask(qtbot: QtBot) -> None:
    present = District("Заречный район", "Край", "Заречного р-на", "Заречном районе", uid="мета")
    whole = DistrictDialog(present)
    qtbot.addWidget(whole)
    assert whole.district == present


@pytest.mark.parametrize(
    ("place", "genitive", "locative"),
    [
        ("Сосновоборский городской округ", "Сосновоборского городского округа", "Сосновоборском городском округе"),
        ("город Сосновый Бор", "города Сосновый Бор", "городе Сосновый Бор"),
        ("Заречное городское поселение", "Заречного городского поселения", "Заречном городском поселении"),
        ("муниципальное образование «Энск»", "муниципального образования «Энск»", "муниципальном образовании «Энск»"),
        ("ЗАТО Северный", "ЗАТО Северный", "ЗАТО Северный"),
        ("Абвгд", "", ""),
        ("", "", ""),
        ("«»", "", ""),
        ("123", "", ""),
    ],
)
def test_cases_of_places_that_are_no_plain_district(place: str, genitive: str, locative: str) -> None:
    assert district_cases(place) == (genitive, locative)
