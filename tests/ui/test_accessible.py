"""Every page and dialog in every look: named, whole, Russian, readable, and within the keyboard's reach."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QLibraryInfo, Qt, QTranslator
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QStyleOptionViewItem,
    QToolButton,
    QWidget,
)

from cosdesk.domain.period import Period, PeriodKind
from cosdesk.ui.main_window import PAGES, MainWindow
from cosdesk.ui.sheet import SheetView
from cosdesk.ui.theme import USUAL_POINTS, Scheme, apply_theme
from cosdesk.ui.tour import STOPS, Tour
from tests.ui.faults import MARGIN, cut, doubled, foreign, jumps, nameless, pale, title_of, unreachable
from tests.ui.screens import dialog_classes, dialogs, make_busy_demo, settle

SCREENS = ((1366, 768), (1024, 600))
MANY_SCREENS = (*SCREENS, (1280, 720), (1920, 1080))
TITLES = [title for title, _, _ in PAGES]
BARS = 40
"""Pixels that a title bar and a taskbar take of a screen's height."""
LOOKS = [(scheme, percent) for scheme in (Scheme.LIGHT, Scheme.DARK) for percent in (100, 125, 150)]
# The smallest screen that letters of that size are promised on, and what there is room for on it.
ROOM = {100: (1024, 600 - BARS), 125: (1280, 720 - BARS), 150: (1366, 768 - BARS)}


def _open(qapp: QApplication, folder: Path, scheme: Scheme, percent: int) -> Iterator[MainWindow]:
    """The window with the busy demo, with Qt's own words in Russian."""
    font, palette = qapp.font(), qapp.palette()
    translator = QTranslator()
    assert translator.load("qtbase_ru", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    qapp.installTranslator(translator)
    apply_theme(qapp, scheme, USUAL_POINTS * percent / 100)
    path = folder / "Пример.cosdesk"
    make_busy_demo(path)
    shown = MainWindow()
    shown.open_file(path)
    shown.workspace.choose_period(Period(2021, PeriodKind.QUARTER, 3))
    shown.show()
    yield shown
    shown.close()
    qapp.removeTranslator(translator)
    qapp.setFont(font)
    qapp.setPalette(palette)


@pytest.fixture(scope="module")
def window(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    """In the usual look."""
    yield from _open(qapp, tmp_path_factory.mktemp("demo"), Scheme.LIGHT, 100)


@pytest.fixture
def looked(qapp: QApplication, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[tuple[MainWindow, int]]:
    """In the look asked for, and the letters' size in percent."""
    scheme, percent = request.param
    for shown in _open(qapp, tmp_path, scheme, percent):
        yield shown, percent


def complaints(window: MainWindow, screens: Sequence[tuple[int, int]]) -> list[str]:
    """Faults of the page at hand."""
    page = window.page
    assert page is not None
    found = [f"без имени: {name}" for name in nameless(page)] + [f"латиница: {text}" for text in foreign(page)]
    found += [f"бледно: {text}" for text in pale(page)] + [f"дважды: {letter}" for letter in doubled(page)]
    found += [f"без Tab: {name}" for name in unreachable(page)]
    for width, height in screens:
        window.resize(width, height)
        settle()
        found += [f"{width}×{height}: {text}" for text in cut(window)]
    return found


def dialog_faults(window: MainWindow, name: str, room: tuple[int, int]) -> list[str]:
    """Faults of a dialog opened anew, on a screen with that much room."""
    dialog = dialogs(window)[name]()
    dialog.show()
    settle()
    found = [f"без имени: {text}" for text in nameless(dialog)] + [f"латиница: {text}" for text in foreign(dialog)]
    found += [f"бледно: {text}" for text in pale(dialog)] + [f"дважды: {letter}" for letter in doubled(dialog)]
    found += [f"без Tab: {text}" for text in unreachable(dialog)] + [f"обход: {text}" for text in jumps(dialog)]
    found += [f"обрезано: {text}" for text in cut(dialog)]
    least = dialog.minimumSizeHint().expandedTo(dialog.minimumSize())
    if least.width() > room[0] or least.height() > room[1]:
        found.append(f"велико: {least.width()}×{least.height()}")
    found += _keys(dialog)
    dialog.close()
    dialog.deleteLater()
    return [f"{name}: {fault}" for fault in found]


def _keys(dialog: QDialog) -> list[str]:
    """What Enter and Esc do not do."""
    found = []
    for box in dialog.findChildren(QDialogButtonBox):
        main = [b for b in box.buttons() if box.buttonRole(b) is QDialogButtonBox.ButtonRole.AcceptRole]
        if (
            main
            and not any(isinstance(b, QPushButton) and b.isDefault() for b in main if b.isEnabled())
            and any(b.isEnabled() for b in main)
        ):
            found.append("Enter не делает главного")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    if dialog.isVisible():
        found.append("Esc не закрывает")
    return found


@pytest.mark.parametrize("title", TITLES)
def test_a_page_is_named_whole_and_russian(window: MainWindow, title: str) -> None:
    window.show_page(title)
    found = complaints(window, SCREENS)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("title", TITLES)
def test_a_page_fits_a_small_screen(window: MainWindow, title: str) -> None:
    window.show_page(title)
    QApplication.processEvents()
    least = window.minimumSizeHint()
    assert least.width() <= ROOM[100][0] and least.height() <= ROOM[100][1]


def test_every_dialog_is_looked_at(window: MainWindow) -> None:
    assert {name.partition(",")[0] for name in dialogs(window)} == {each.__name__ for each in dialog_classes()}


def test_a_dialog_is_named_whole_and_within_reach(window: MainWindow) -> None:
    found = [fault for name in dialogs(window) for fault in dialog_faults(window, name, ROOM[100])]
    assert not found, "\n".join(found)


def test_the_menus_letters_are_each_its_own(window: MainWindow) -> None:
    titles = [action.text() for action in window.menuBar().actions()]
    assert all("&" in title for title in titles)
    assert len({title[title.index("&") + 1].casefold() for title in titles}) == len(titles)


@pytest.mark.long
@pytest.mark.parametrize("looked", LOOKS, indirect=True, ids=lambda look: f"{look[0]}, {look[1]} %")
def test_every_look_shows_every_page_whole(looked: tuple[MainWindow, int]) -> None:
    window, percent = looked
    width, height = ROOM[percent]
    screens = [screen for screen in MANY_SCREENS if screen[0] >= width]
    found = []
    for title in TITLES:
        window.show_page(title)
        found += [f"{title}: {fault}" for fault in complaints(window, screens)]
        least = window.minimumSizeHint()
        if least.width() > width or least.height() > height:
            found.append(f"{title}: велико: {least.width()}×{least.height()}")
    assert not found, "\n".join(found)


@pytest.mark.long
@pytest.mark.parametrize("looked", LOOKS, indirect=True, ids=lambda look: f"{look[0]}, {look[1]} %")
def test_every_look_shows_every_dialog_whole(looked: tuple[MainWindow, int]) -> None:
    window, percent = looked
    found = [fault for name in dialogs(window) for fault in dialog_faults(window, name, ROOM[percent])]
    assert not found, "\n".join(found)


def test_the_tour_is_named_whole(window: MainWindow) -> None:
    tour = Tour(window)
    for _ in STOPS:
        QApplication.processEvents()
        assert nameless(tour) + cut(tour) + foreign(tour) + pale(tour) == []
        tour.go_on()


def test_the_checks_can_fail(qapp: QApplication) -> None:
    root = QWidget()
    button, label, edit = QPushButton("Settings", root), QLabel("Дорожная карта района", root), QLineEdit(root)
    label.setFixedWidth(40)
    root.show()
    assert foreign(root) == ["Settings"]
    assert len(cut(root)) == 1 and nameless(root) == [title_of(edit)]
    edit.setAccessibleName("Поиск")
    button.setText("Сохранить в PDF, Ctrl+P")
    label.setFixedWidth(400)
    assert not nameless(root) + foreign(root)
    root.close()


def test_a_narrow_toolbar_keeps_pictures_and_gives_its_words_back(window: MainWindow) -> None:
    page = window.show_page("Документы")
    styles: list[list[Qt.ToolButtonStyle]] = []
    for width in (1400, 1000, 1400):
        window.resize(width, 640)
        for _ in range(4):
            QApplication.processEvents()
        buttons = [button for button in page.findChildren(QToolButton) if button.isVisible() and button.text()]
        styles.append([button.toolButtonStyle() for button in buttons])
    words, picture = Qt.ToolButtonStyle.ToolButtonTextBesideIcon, Qt.ToolButtonStyle.ToolButtonIconOnly
    assert styles[0] == styles[2] and words in styles[1] and styles[0].count(picture) < styles[1].count(picture)


def test_tiles_of_today_stand_whole_in_two_rows(window: MainWindow) -> None:
    page = window.show_page("Сегодня")
    rows = {}
    for width in (1024, 1800):
        window.resize(width, 700)
        for _ in range(4):
            QApplication.processEvents()
        tiles = [tile for tile in page.findChildren(QToolButton) if "\n" in tile.text()]
        rows[width] = len({tile.y() for tile in tiles})
        assert all(tile.visibleRegion().boundingRect().size() == tile.size() for tile in tiles)
    assert rows == {1024: 2, 1800: 1}


@pytest.mark.parametrize("title", ["Показатели", "Мониторинг", "Школы", "Документы", "Люди"])
def test_no_cell_of_a_sheet_is_lower_than_its_text(window: MainWindow, title: str) -> None:
    page = window.show_page(title)
    for _ in range(4):
        QApplication.processEvents()
    sheets = [sheet for sheet in page.findChildren(SheetView) if sheet.isVisible()]
    low = []
    for sheet in sheets:
        option = QStyleOptionViewItem()
        sheet.initViewItemOption(option)
        model = sheet.model()
        for row in range(min(model.rowCount(), 15)):
            for column in range(model.columnCount()):
                index = model.index(row, column)
                if sheet.isColumnHidden(column):
                    continue
                if sheet.itemDelegateForIndex(index).sizeHint(option, index).height() > sheet.rowHeight(row) + MARGIN:
                    low.append((row, column, index.data()))
    assert sheets and low == []
