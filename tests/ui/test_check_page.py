"""The page «Проверка» as a user works with it: mending, dismissing, bringing back, going to the row."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from cosdesk.domain.checks.finding import Rule
from cosdesk.domain.checks.words import is_known
from cosdesk.domain.district import District
from cosdesk.domain.indicator import Indicator
from cosdesk.domain.roadmap import Item, ItemKind, Roadmap, RoadmapContents, Section, Stamp, StampKind, Term
from cosdesk.store.file import DistrictFile
from cosdesk.store.roadmaps import add_roadmap, delete_roadmap
from cosdesk.ui import check_page
from cosdesk.ui.check_page import CheckPage
from cosdesk.ui.delegates import CellRole
from cosdesk.ui.dismiss_dialog import DismissDialog
from cosdesk.ui.page import Page, Place
from cosdesk.ui.workspace import Workspace

CONTENTS = RoadmapContents(
    Roadmap(1, "План Ольховского района,карта", "sections", first_year=2021, last_year=2023),
    stamps=(Stamp(1, StampKind.APPROVED, "УТВЕРЖДАЮ", "Глава района", "К.е. Рощин"),),
    sections=(Section(1, "1", "Связь и и сайты"),),
    items=(
        Item(1, ItemKind.ACTIVITY, "Скорость 50 Мб/c,не ниже", "1", None, 1, Term("2021")),
        Item(2, ItemKind.ACTIVITY, "Проверить сайты", "3", None, 1, Term("2019")),
        Item(3, ItemKind.ACTIVITY, "Справка поитогам", "4", None, 1, Term("2022")),
    ),
    indicators=(Indicator(1, "Доля школ", "1", unit="процент"),),
)
ShowPage = Callable[[type[Page], Workspace], Page]


@pytest.fixture
def workspace(qapp: QApplication, tmp_path: Path) -> Iterator[Workspace]:
    path = tmp_path / "район.cosdesk"
    with DistrictFile.create(path, District("Ольховский район")) as file, file.edit("основа") as edit:
        add_roadmap(edit, CONTENTS)
    opened = Workspace()
    opened.open(path)
    yield opened
    opened.close()


@pytest.fixture
def page(show_page: ShowPage, workspace: Workspace) -> CheckPage:
    # With the dictionary in memory a small roadmap is checked at once.
    is_known("школа")
    shown = show_page(CheckPage, workspace)
    assert isinstance(shown, CheckPage)
    return shown


def lines(page: CheckPage) -> list[list[str]]:
    """What the list shows: bands of one text, findings of three."""
    model = page.list.model()
    rows = []
    for row in range(model.rowCount()):
        texts = [model.index(row, column).data() for column in range(3)]
        rows.append(texts[:1] if model.index(row, 0).data(CellRole.BAND) else texts)
    return rows


def choose(page: CheckPage, *rules: Rule) -> None:
    page.list.clearSelection()
    flags = page.list.selectionModel().SelectionFlag
    for row in range(page.list.model().rowCount()):
        found = page.list.finding_at(row)
        if found and found.rule in rules:
            index = page.list.model().index(row, 0)
            page.list.selectionModel().setCurrentIndex(index, flags.Select | flags.Rows)


def rules(page: CheckPage) -> list[Rule]:
    return [found.rule for found in page.shown]


def answer(monkeypatch: pytest.MonkeyPatch, reason: str, accept: bool = True) -> None:
    """The dialog is answered: the reason typed, then accepted or given up."""

    def exec_(dialog: DismissDialog) -> QDialog.DialogCode:
        dialog.line.setText(reason)
        assert dialog.accept_button.isEnabled() is bool(reason.strip())
        return QDialog.DialogCode.Accepted if accept else QDialog.DialogCode.Rejected

    monkeypatch.setattr(DismissDialog, "exec", exec_)


def test_findings_stand_in_bands_with_place_reason_and_proposal(page: CheckPage) -> None:
    shown = lines(page)
    assert shown[0] == ["Нумерация – 1"]
    assert shown[1][0] == "строка 3, номер"
    assert [line[0] for line in shown if len(line) == 1] == [
        "Нумерация – 1", "Сроки – 1", "Фамилии и инициалы – 1", "Показатели – 1", "Повторы – 1",
        "Буквы, слова и знаки – 4",
    ]  # fmt: skip
    assert ["строка 4, наименование", "Слова написаны слитно: «поитогам».", "Заменить на: «по итогам»"] in shown
    assert page.status_text() == "Замечаний: 9"


def test_a_mend_is_made_undone_and_named(page: CheckPage, workspace: Workspace) -> None:
    choose(page, Rule.GLUED_WORDS)
    page.mend_action.trigger()
    assert workspace.snapshot.roadmaps[0].items[2].title == "Справка по итогам"
    assert Rule.GLUED_WORDS not in rules(page)
    assert workspace.undo_title == "Исправление замечания (строка 4, наименование)"
    workspace.undo()
    assert workspace.snapshot.roadmaps[0].items[2].title == "Справка поитогам"
    assert Rule.GLUED_WORDS in rules(page)


def test_everything_is_mended_at_once_in_one_step(page: CheckPage, workspace: Workspace, qtbot: QtBot) -> None:
    page.list.selectAll()
    assert page.mend_action.text() == "Исправить (6)"
    qtbot.keyClick(page.list, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    contents = workspace.snapshot.roadmaps[0]
    assert contents.roadmap.title == "План Ольховского района, карта"
    assert contents.stamps[0].name == "К.Е. Рощин"
    assert contents.sections[0].title == "Связь и сайты"
    assert [item.title for item in contents.items] == [
        "Скорость 50 Мб/с, не ниже", "Проверить сайты", "Справка по итогам",
    ]  # fmt: skip
    assert rules(page) == [Rule.NUMBER_MISSING, Rule.OUTSIDE_PLAN, Rule.INDICATOR_EMPTY]
    workspace.undo()
    assert len(rules(page)) == 9


def test_what_only_a_person_can_decide_offers_no_mend(page: CheckPage) -> None:
    choose(page, Rule.OUTSIDE_PLAN)
    assert not page.mend_action.isEnabled()
    assert page.dismiss_action.isEnabled() and page.show_action.isEnabled()
    page.list.clearSelection()
    assert not (page.dismiss_action.isEnabled() or page.show_action.isEnabled() or page.restore_action.isEnabled())


def test_a_finding_is_dismissed_for_good_with_a_word_why(
    page: CheckPage, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, "  строка из прежнего плана ")
    choose(page, Rule.OUTSIDE_PLAN)
    page.dismiss_action.trigger()
    assert Rule.OUTSIDE_PLAN not in rules(page)
    assert page.status_text() == "Замечаний: 8, скрыто: 1"
    (kept,) = workspace.file.dismissals()
    assert kept.reason == "строка из прежнего плана"
    workspace.undo()
    assert Rule.OUTSIDE_PLAN in rules(page)


def test_given_up_nothing_is_dismissed(
    page: CheckPage, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, "почему-то", accept=False)
    choose(page, Rule.OUTSIDE_PLAN)
    page.dismiss_action.trigger()
    assert workspace.file.dismissals() == ()


def test_hidden_findings_are_seen_and_brought_back(
    page: CheckPage, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not page.hidden_action.isEnabled()
    answer(monkeypatch, "так утверждено")
    choose(page, Rule.OUTSIDE_PLAN, Rule.INDICATOR_EMPTY)
    page.dismiss_action.trigger()
    assert page.hidden_action.text() == "Показать скрытые (2)"
    page.hidden_action.setChecked(True)
    assert [line[2] for line in lines(page) if len(line) > 1].count("Скрыто: так утверждено") == 2
    choose(page, Rule.OUTSIDE_PLAN)
    assert not page.dismiss_action.isEnabled()
    page.restore_action.trigger()
    assert [dismissal.rule for dismissal in workspace.file.dismissals()] == ["indicator_empty"]
    page.hidden_action.setChecked(False)
    assert Rule.OUTSIDE_PLAN in rules(page)


def test_a_reason_must_be_given(page: CheckPage, qtbot: QtBot) -> None:
    dialog = DismissDialog(page.shown[:1], ["так утверждено"], page)
    qtbot.addWidget(dialog)
    assert not dialog.accept_button.isEnabled()
    qtbot.keyClicks(dialog.line, "  ")
    assert not dialog.accept_button.isEnabled()
    dialog.line.setText(" опечатка  подлинника ")
    assert dialog.accept_button.isEnabled()
    assert dialog.reason == "опечатка подлинника"


@pytest.mark.parametrize(
    ("rule", "place"),
    [
        (Rule.OUTSIDE_PLAN, Place(1, 2, None)),
        (Rule.INDICATOR_EMPTY, Place(1, None, 1)),
        (Rule.WORD_DOUBLED, Place(1, None, None)),
    ],
)
def test_a_finding_leads_to_its_row(page: CheckPage, qtbot: QtBot, rule: Rule, place: Place) -> None:
    choose(page, rule)
    with qtbot.waitSignal(page.led) as led:
        page.show_action.trigger()
    assert led.args == [place]


def test_the_search_finds_word_forms(page: CheckPage) -> None:
    page.search("латинская буква")
    assert rules(page) == [Rule.LATIN_LETTERS]
    page.search("такого нет")
    assert page.shown == [] and page.list.isHidden()
    page.search("")
    assert len(page.shown) == 9


def test_the_chosen_rows_are_copied(page: CheckPage) -> None:
    choose(page, Rule.GLUED_WORDS)
    page.copy_action.trigger()
    assert QApplication.clipboard().text().split("\t") == [
        "строка 4, наименование", "Слова написаны слитно: «поитогам».", "Заменить на: «по итогам»",
    ]  # fmt: skip


def test_an_edit_elsewhere_is_checked_anew_and_the_cursor_stays(page: CheckPage, workspace: Workspace) -> None:
    choose(page, Rule.LATIN_LETTERS)
    row = page.list.currentIndex().row()
    page.mend_action.trigger()
    assert page.list.currentIndex().row() == row
    assert page.list.finding_at(row) is not None


def calm_text(page: CheckPage) -> str:
    from PySide6.QtWidgets import QLabel, QStackedWidget

    stack = page.findChild(QStackedWidget)
    assert stack is not None
    label = stack.currentWidget()
    return label.text() if isinstance(label, QLabel) else ""


def test_where_all_is_right_it_says_so(page: CheckPage, workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    page.list.selectAll()
    page.mend_action.trigger()
    answer(monkeypatch, "так утверждено")
    page.list.selectAll()
    page.dismiss_action.trigger()
    assert calm_text(page) == "Замечаний нет. Скрыто: 3."
    with workspace.edit("пусто") as edit:
        delete_roadmap(edit, 1)
    assert calm_text(page) == "Проверять нечего: в районе нет дорожной карты."


def test_a_large_roadmap_is_checked_aside(
    show_page: ShowPage, workspace: Workspace, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(check_page, "FEW_ROWS", 0)
    page = show_page(CheckPage, workspace)
    assert isinstance(page, CheckPage)
    assert calm_text(page) == "Проверяется…"
    qtbot.waitUntil(lambda: len(page.shown) == 9, timeout=20_000)
    qtbot.waitUntil(lambda: not page.tasks.is_busy, timeout=20_000)
    assert calm_text(page) == ""


def test_a_check_that_was_broken_off_can_be_made_again(
    show_page: ShowPage, workspace: Workspace, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(check_page, "FEW_ROWS", 0)
    monkeypatch.setattr(check_page, "is_dictionary_loaded", lambda: False)
    started = []
    page = show_page(CheckPage, workspace)
    assert isinstance(page, CheckPage)
    qtbot.waitUntil(lambda: len(page.shown) == 9, timeout=20_000)
    qtbot.waitUntil(lambda: not page.tasks.is_busy, timeout=20_000)
    page.tasks.started.connect(lambda task: (started.append(task), task.cancel()))
    page._findings = ()
    page.refresh(frozenset())
    qtbot.waitUntil(lambda: calm_text(page) == "Проверка прервана. Проверить снова – F5", timeout=20_000)
    page.tasks.started.disconnect()
    again: QAction = next(action for action in page.actions() if action.text() == "Проверить снова")
    again.trigger()
    qtbot.waitUntil(lambda: len(page.shown) == 9, timeout=20_000)
    qtbot.waitUntil(lambda: not page.tasks.is_busy, timeout=20_000)


def test_more_than_fit_are_cut_and_said(page: CheckPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cosdesk.ui.check_list.MOST", 2)
    page.search("")
    assert lines(page)[-1] == ["Показаны первые 2 из 9: исправьте их, и появятся следующие."]
    assert sum(len(line) == 3 for line in lines(page)) == 2
