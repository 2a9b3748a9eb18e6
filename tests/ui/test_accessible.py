"""Every widget of every page and dialog: it has a name, its words are whole, and they are Russian."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date

import pytest
from PySide6.QtCore import QAbstractTableModel, QLibraryInfo, Qt, QTranslator
from PySide6.QtGui import QTextDocumentFragment
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QCalendarWidget,
    QCheckBox,
    QComboBox,
    QDialog,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QStyleOptionViewItem,
    QTabBar,
    QTextEdit,
    QToolButton,
    QWidget,
)

from cosdesk.demo import make_demo
from cosdesk.form_library import FormKind
from cosdesk.forms.monitoring_draft import draft_of
from cosdesk.forms.monitoring_form import monitoring_form
from cosdesk.intake.schools import read_schools
from cosdesk.intake.text import outline_of_text
from cosdesk.reports.requisites import EVERY
from cosdesk.store.backup import Backup
from cosdesk.ui.backups_dialog import BackupsDialog
from cosdesk.ui.collect_dialog import CollectDialog
from cosdesk.ui.district_dialog import DistrictDialog
from cosdesk.ui.editions_dialog import ApproveDialog, EditionsDialog
from cosdesk.ui.evidence_dialog import AddEvidenceDialog, EvidenceDialog
from cosdesk.ui.expected_papers import ExpectedPapersDialog
from cosdesk.ui.forms_dialog import FormsDialog
from cosdesk.ui.help_panel import HelpPanel
from cosdesk.ui.import_dialog import ImportDialog
from cosdesk.ui.letterhead_dialog import LetterheadDialog
from cosdesk.ui.main_window import PAGES, MainWindow
from cosdesk.ui.merge_dialog import MergeDialog
from cosdesk.ui.monitoring_form_editor import MonitoringFormEditor
from cosdesk.ui.new_roadmap_dialog import NewRoadmapDialog
from cosdesk.ui.next_years_dialog import NextYearsDialog
from cosdesk.ui.person_merge_dialog import PersonMergeDialog
from cosdesk.ui.record_dialog import RecordDialog
from cosdesk.ui.requisites_dialog import RequisitesDialog
from cosdesk.ui.roadmap_head_dialog import RoadmapHeadDialog
from cosdesk.ui.round_dialog import RoundDialog
from cosdesk.ui.row_chooser import ListChooser, RowChooser
from cosdesk.ui.row_document_dialog import RowDocumentDialog
from cosdesk.ui.school_import import SchoolImportDialog
from cosdesk.ui.settings_dialog import SettingsDialog
from cosdesk.ui.sheet import SheetView
from cosdesk.ui.tasks import Tasks
from cosdesk.ui.theme import apply_theme
from cosdesk.ui.tour import STOPS, Tour
from cosdesk.ui.use_chooser import value_entries
from cosdesk.ui.workspace import Workspace

INTERACTIVE = (
    QAbstractButton, QLineEdit, QTextEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox, QAbstractItemView
)  # fmt: skip
SCREENS = ((1366, 768), (1024, 600))
LATIN = re.compile(r"[A-Za-z][A-Za-z-]*")
ALLOWED = re.compile(
    # Qt's own word for «ОК», programs and formats, keys, names of files and addresses, Roman numbers of quarters.
    r"\b(?:OK|PDF|Excel|Word|Windows|Linux|JSON|CSV|QR)\b|(?:(?:Ctrl|Alt|Shift)\+)+\S+|\b(?:Ctrl|Enter|Tab|Esc|Del|Ins|Home|End|F\d+)\b"
    r"|[\w.+-]+@[\w.-]+|https?://\S+|\.[a-z]{2,8}\b|\b\w[\w-]*\.[A-Za-z]{2,8}\b|\b[IVX]+\b|\bcosdesk\b"
)
_MARGIN = 2
"""Pixels by which letters may overlap their box: side bearings, not a cut word."""


@pytest.fixture(scope="module")
def window(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    """The window with the demo open, in the program's own font and with Qt's own words in Russian."""
    font, palette = qapp.font(), qapp.palette()
    translator = QTranslator()
    assert translator.load("qtbase_ru", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    qapp.installTranslator(translator)
    apply_theme(qapp)
    path = tmp_path_factory.mktemp("demo") / "Пример.cosdesk"
    make_demo(path, date(2021, 10, 15))
    shown = MainWindow()
    shown.open_file(path)
    shown.show()
    yield shown
    shown.close()
    qapp.removeTranslator(translator)
    qapp.setFont(font)
    qapp.setPalette(palette)


def _title(widget: QWidget) -> str:
    chain: list[str] = []
    at: QWidget | None = widget
    while at is not None and len(chain) < 3:
        chain.append(type(at).__name__)
        at = at.parentWidget()
    return " < ".join(chain)


def _all(root: QWidget) -> list[QWidget]:
    return [root, *(child for child in root.findChildren(QWidget) if child.isVisible() and _ours(child))]


def _ours(widget: QWidget) -> bool:
    """Not what Qt builds inside its own widgets, which bears the outer widget's name."""
    if widget.objectName().startswith("qt_") or isinstance(widget, QHeaderView | QTabBar):
        return False
    parent = widget.parentWidget()
    if isinstance(parent, QComboBox | QAbstractSpinBox | QLineEdit | QCalendarWidget | QTabBar):
        return False
    # The corner button of a table.
    return not (type(widget) is QAbstractButton and isinstance(parent, QAbstractItemView))


def _is_rich(text: str) -> bool:
    return bool(re.search(r"<(?:b|i|p|a|br|span|h\d)\b[^>]*>", text))


def _text(widget: QWidget) -> str:
    if isinstance(widget, QLabel):
        text = re.sub("&(?!&)", "", widget.text()) if widget.buddy() else widget.text()
        return QTextDocumentFragment.fromHtml(text).toPlainText() if _is_rich(text) else text
    if isinstance(widget, QAbstractButton):
        return re.sub("&(?!&)", "", widget.text())
    return widget.title() if isinstance(widget, QGroupBox) else ""


def _name(widget: QWidget) -> str:
    buddies = [label for label in widget.window().findChildren(QLabel) if label.buddy() is widget]
    return widget.accessibleName() or _text(widget).strip() or (_text(buddies[0]) if buddies else "")


def nameless(root: QWidget) -> list[str]:
    """Widgets one can act upon that a screen reader has no word for."""
    return [_title(widget) for widget in _all(root) if isinstance(widget, INTERACTIVE) and not _name(widget)]


def cut(root: QWidget) -> list[str]:
    """Labels and buttons narrower than their one line, or lower than their lines."""
    found = []
    for widget in _all(root):
        text = _text(widget)
        if not text or widget.visibleRegion().isEmpty():
            continue
        metrics = widget.fontMetrics()
        if isinstance(widget, QLabel) and widget.wordWrap():
            if widget.heightForWidth(widget.width()) > widget.height() + _MARGIN:
                found.append(f"{text!r}: {widget.height()} high, {widget.heightForWidth(widget.width())} wanted")
            continue
        wanted = max(metrics.horizontalAdvance(line) for line in text.split("\n"))
        if isinstance(widget, QPushButton | QToolButton | QCheckBox | QRadioButton) and not widget.icon().isNull():
            wanted += widget.iconSize().width()
        if isinstance(widget, QToolButton) and widget.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly:
            continue
        room = widget.contentsRect().width()
        if wanted > room + _MARGIN:
            found.append(f"{text!r}: {room} wide, {wanted} wanted")
        if metrics.height() * (text.count("\n") + 1) > widget.height() + _MARGIN:
            found.append(f"{text!r}: {widget.height()} high")
    return found


def _words(root: QWidget) -> Iterator[str]:
    yield root.windowTitle()
    for widget in _all(root):
        yield _text(widget)
        yield widget.accessibleName()
        yield widget.toolTip()
        if isinstance(widget, QLineEdit | QPlainTextEdit):
            yield widget.placeholderText()
        if isinstance(widget, QComboBox):
            yield from (widget.itemText(row) for row in range(widget.count()))
        if isinstance(widget, QAbstractItemView) and (model := widget.model()) is not None:
            count = model.columnCount() if isinstance(model, QAbstractTableModel) else 0
            yield from (str(model.headerData(section, Qt.Orientation.Horizontal) or "") for section in range(count))
    for action in root.actions():
        yield action.text()


def foreign(root: QWidget) -> list[str]:
    """Texts with Latin words that are no name of a program, a key, a file or an address."""
    found = []
    for text in _words(root):
        plain = QTextDocumentFragment.fromHtml(text).toPlainText() if _is_rich(text) else text
        if LATIN.search(ALLOWED.sub("", plain)):
            found.append(plain)
    return found


def complaints(root: QWidget, sizes: Sequence[tuple[int, int]] = SCREENS[:1]) -> list[str]:
    found = [f"без имени: {name}" for name in nameless(root)]
    found += [f"латиница: {text}" for text in foreign(root)]
    for width, height in sizes:
        root.window().resize(width, height)
        for _ in range(4):
            QApplication.processEvents()
        found += [f"{width}×{height}: {text}" for text in cut(root)]
    return found


@pytest.mark.parametrize("title", [title for title, _, _ in PAGES])
def test_a_page_is_named_whole_and_russian(window: MainWindow, title: str) -> None:
    window.show_page(title)
    assert complaints(window, SCREENS) == []


@pytest.mark.parametrize("title", [title for title, _, _ in PAGES])
def test_a_page_fits_a_small_screen(window: MainWindow, title: str) -> None:
    window.show_page(title)
    QApplication.processEvents()
    least = window.minimumSizeHint()
    # A title bar and a taskbar leave 560 of 600.
    assert least.width() <= 1024 and least.height() <= 560


def _dialogs(workspace: Workspace) -> dict[str, Callable[[], QDialog]]:
    snapshot, contents = workspace.snapshot, workspace.contents
    assert contents is not None
    today = snapshot.today
    return {
        "district": lambda: DistrictDialog(snapshot.district),
        "district, short": lambda: DistrictDialog(snapshot.district, short=True),
        "import": lambda: ImportDialog(
            outline_of_text("№\tМероприятие\tСрок\tИсполнитель\n1\tЗамеры\tмай 2021\tМетодист"), "вставка", Tasks()
        ),
        "record": lambda: RecordDialog([workspace.states[contents.items[0].id]], snapshot.evidence, today),
        "head": lambda: RoadmapHeadDialog(contents),
        "editions": lambda: EditionsDialog(workspace),
        "approve": lambda: ApproveDialog(contents, snapshot.editions, today),
        "backups": lambda: BackupsDialog("Пример.cosdesk", _BACKUPS, Tasks()),
        "new roadmap": lambda: NewRoadmapDialog(today),
        "next years": lambda: NextYearsDialog(contents, today.year),
        "document": lambda: EvidenceDialog(snapshot.evidence[0], 3),
        "new document": lambda: AddEvidenceDialog(snapshot.evidence, "Документ подтверждает: 1.1"),
        "rows": lambda: RowChooser(snapshot, "Строки"),
        "values": lambda: ListChooser("Что подтверждает", "Показатель и его значение", value_entries(snapshot, ())),
        "expected": lambda: ExpectedPapersDialog(contents.items[:1], snapshot.expected_papers),
        "people": lambda: PersonMergeDialog(workspace),
        "round": lambda: RoundDialog(workspace),
        "schools": lambda: SchoolImportDialog(read_schools(_SCHOOLS, snapshot.schools, today), "список"),
        "merge": lambda: MergeDialog(snapshot.schools[:1], snapshot.schools[1:], today),
        "answers": lambda: CollectDialog([]),
        "letterhead": lambda: LetterheadDialog(snapshot.district, snapshot.letterhead, Tasks()),
        "requisites": lambda: RequisitesDialog(EVERY),
        "forms": lambda: FormsDialog(workspace, kind=FormKind.MONITORING),
        "monitoring form": lambda: MonitoringFormEditor(draft_of(monitoring_form("network").source)),
        "paper": lambda: RowDocumentDialog(workspace, contents.items[0]),
    }


_BACKUPS: list[Backup] = []
_SCHOOLS = outline_of_text("Школа\tНаселённый пункт\nМБОУ «Речная СОШ»\tс. Речное")
DIALOGS = (
    "district", "district, short", "import", "record", "head", "editions", "approve", "backups", "new roadmap",
    "next years", "document", "new document", "rows", "values", "expected", "people",
    "round", "schools", "merge", "answers", "paper",
    "letterhead", "requisites", "forms", "monitoring form",
)  # fmt: skip


@pytest.mark.parametrize("name", DIALOGS)
def test_a_dialog_is_named_whole_and_russian(window: MainWindow, name: str) -> None:
    dialog = _dialogs(window.workspace)[name]()
    dialog.show()
    for _ in range(4):
        QApplication.processEvents()
    found = nameless(dialog) + cut(dialog) + foreign(dialog)
    least = dialog.minimumSizeHint()
    dialog.close()
    dialog.deleteLater()
    assert found == []
    assert least.width() <= 1024 and least.height() <= 560


def test_the_settings_are_named_whole(window: MainWindow) -> None:
    window.settings_action.trigger()
    dialog = window.findChild(SettingsDialog)
    assert dialog is not None
    QApplication.processEvents()
    assert nameless(dialog) + cut(dialog) + foreign(dialog) == []
    assert dialog.minimumSizeHint().width() <= 1024 and dialog.minimumSizeHint().height() <= 560
    dialog.close()


def test_the_tour_is_named_whole(window: MainWindow) -> None:
    tour = Tour(window)
    for _ in STOPS:
        QApplication.processEvents()
        assert nameless(tour) + cut(tour) + foreign(tour) == []
        tour.go_on()


def test_the_help_is_named_whole(window: MainWindow) -> None:
    window.help_action.trigger()
    panel = window.findChild(HelpPanel)
    assert panel is not None
    assert nameless(panel) + cut(panel) == []
    panel.close()


def test_the_checks_can_fail(qapp: QApplication) -> None:
    root = QWidget()
    button, label, edit = QPushButton("Settings", root), QLabel("Дорожная карта района", root), QLineEdit(root)
    label.setFixedWidth(40)
    root.show()
    assert foreign(root) == ["Settings"]
    assert len(cut(root)) == 1 and nameless(root) == [_title(edit)]
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
                if sheet.itemDelegate().sizeHint(option, index).height() > sheet.rowHeight(row) + _MARGIN:
                    low.append((row, column, index.data()))
    assert sheets and low == []
