"""The help beside the work: a page of it, found by its words; nothing is ever fetched from a network."""

from typing import Any

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QImage, QTextCharFormat, QTextCursor, QTextDocument, QTextFormat
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QTextBrowser,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from cosdesk.help_pages import HelpPage, find, help_page, help_pages
from cosdesk.paths import resources_folder
from cosdesk.ui.theme import STEP, icon

WIDTH = 520
_MARGIN = 28  # of the text inside the browser, with its scroll bar


class HelpBrowser(QTextBrowser):
    """One page.  ``led`` carries the name of the page that a link leads to."""

    led = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Текст справки")
        self.document().setDocumentMargin(STEP)
        self.anchorClicked.connect(self._follow)

    def show_page(self, page: HelpPage) -> None:
        self.document().clear()
        self.setMarkdown(page.text)
        self._calm_headings()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _calm_headings(self) -> None:
        """Markdown's headings are made for a page, not for a column."""
        block = self.document().begin()
        while block.isValid():
            if level := block.blockFormat().headingLevel():
                look = QTextCharFormat()
                look.setProperty(QTextFormat.Property.FontSizeAdjustment, 0)
                look.setFontPointSize(self.font().pointSizeF() * (1.4 if level == 1 else 1.15))
                cursor = QTextCursor(block)
                cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
                cursor.mergeCharFormat(look)
            block = block.next()

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Pictures of our own folder only, as wide as the text."""
        # By the name alone: no address can lead elsewhere.
        path = resources_folder() / "help" / "pictures" / QUrl(name).fileName()
        if kind != QTextDocument.ResourceType.ImageResource.value or not path.is_file():
            return None
        picture = QImage(str(path))
        width = max(self.viewport().width() - _MARGIN, 200)
        return picture.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)

    def _follow(self, address: QUrl) -> None:
        name = address.fileName()
        if not address.scheme() and name.endswith(".md"):
            self.led.emit(name.removesuffix(".md"))


class HelpPanel(QDialog):
    """Search above, the page below; words typed give a list of the pages that hold them.

    A window over the work, not a part of it: the tables need all the width of a small screen.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Справка")
        self.setModal(False)
        self._past: list[str] = []
        self._at = ""
        self._search = QLineEdit()
        self._search.setPlaceholderText("Найти в справке…")
        self._search.setAccessibleName("Найти в справке")
        self._search.setClearButtonEnabled(True)
        self._pause = QTimer(self, singleShot=True, interval=150)
        self._pause.timeout.connect(self._show_found)
        self._search.textChanged.connect(lambda: self._pause.start())
        self._search.returnPressed.connect(self._open_first)
        self.browser = HelpBrowser()
        self.browser.led.connect(self.show_page)
        self.list = QListWidget()
        self.list.setAccessibleName("Страницы справки")
        self.list.setWordWrap(True)
        self.list.itemActivated.connect(self._open)
        self.list.itemClicked.connect(self._open)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.browser)
        self._stack.addWidget(self.list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(STEP, STEP, STEP, STEP)
        layout.setSpacing(STEP)
        layout.addLayout(self._make_bar())
        layout.addWidget(self._stack, 1)
        self._place(parent)

    def _place(self, over: QWidget) -> None:
        """At the right of the window, as high as it."""
        corner = over.mapToGlobal(over.rect().topRight())
        height = max(over.height() - STEP * 14, 360)
        self.setGeometry(corner.x() - WIDTH - STEP, corner.y() + STEP * 8, WIDTH, height)

    def _make_bar(self) -> QHBoxLayout:
        bar = QHBoxLayout()
        bar.setSpacing(STEP)
        for icon_name, name, run in (("undo", "Назад", self._back), ("documents", "Содержание", self._show_contents)):
            button = QToolButton()
            button.setIcon(icon(icon_name))
            button.setText(name)
            button.setToolTip(name)
            button.setAccessibleName(name)
            button.setAutoRaise(True)
            button.clicked.connect(run)
            bar.addWidget(button)
        bar.addWidget(self._search, 1)
        return bar

    # --- showing

    @property
    def page_id(self) -> str:
        """The page at hand, empty while the list is shown."""
        return self._at if self._stack.currentWidget() is self.browser else ""

    def show_page(self, page_id: str) -> None:
        """Shows the page of that name, the first where there is none."""
        page = help_page(page_id)
        if self._at and self._at != page.id:
            self._past.append(self._at)
        self._at = page.id
        self._stack.setCurrentWidget(self.browser)
        self.show()
        self.browser.show_page(page)

    def _back(self) -> None:
        if self._stack.currentWidget() is self.list and self._at:
            self._stack.setCurrentWidget(self.browser)
        elif self._past:
            self._at = ""
            self.show_page(self._past.pop())

    def _show_contents(self) -> None:
        self._search.clear()
        self._fill([(page, "") for page in help_pages()])

    def _show_found(self) -> None:
        if self._search.text().strip():
            self._fill([(found.page, found.excerpt) for found in find(self._search.text())])
        elif self._at:
            self._stack.setCurrentWidget(self.browser)

    def _fill(self, pages: list[tuple[HelpPage, str]]) -> None:
        self.list.clear()
        for page, excerpt in pages:
            line = QListWidgetItem(f"{page.title}\n{excerpt}" if excerpt else page.title)
            line.setData(Qt.ItemDataRole.UserRole, page.id)
            self.list.addItem(line)
        if not pages:
            nothing = QListWidgetItem("Ничего не найдено. Попробуйте другое слово или начало слова.")
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(nothing)
        self.list.setCurrentRow(0)
        self._stack.setCurrentWidget(self.list)

    def _open(self, line: QListWidgetItem) -> None:
        if page_id := line.data(Qt.ItemDataRole.UserRole):
            self.show_page(page_id)

    def _open_first(self) -> None:
        self._pause.stop()
        self._show_found()
        if self._stack.currentWidget() is self.list:
            self.list.setFocus()
