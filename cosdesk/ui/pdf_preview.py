"""The pages of a PDF as they will be printed, one under another, with zoom and page number."""

import re

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import (
    QLabel,
    QPushButton,
    QSpinBox,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from cosdesk.ui.folding_row import FoldingRow
from cosdesk.ui.theme import STEP, icon

_ZOOM_STEP = 1.2
_ZOOM_BOUNDS = (0.25, 4.0)
_ABOVE = 12
"""Points left free above words that were looked for."""


def load_pdf(content: bytes) -> QPdfDocument:
    """A PDF held in memory; ``ValueError`` for bytes that are none."""
    document = QPdfDocument()
    # A child of the document: it must not go before what reads from it.
    buffer = QBuffer(document)
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    if document.status() != QPdfDocument.Status.Ready:
        raise ValueError(f"the PDF was not read: {document.error().name}")
    return document


class PdfPreview(QWidget):
    """Shows a PDF, or a sentence in its place.  ``turned`` carries the page at hand, from 1, and their number."""

    turned = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document: QPdfDocument | None = None
        self._content = b""
        self._remedy_action: QAction | None = None
        self._nothing = QPdfDocument(self)
        self.view = QPdfView(self)
        self.view.setAccessibleName("Страницы отчёта")
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.view.setDocument(self._nothing)
        self.view.setFrameShape(QPdfView.Shape.NoFrame)
        self.view.pageNavigator().currentPageChanged.connect(self._show_page_number)
        self._make_actions()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._make_message())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._make_bar())
        layout.addWidget(self._stack, 1)
        self.show_message("")

    # --- what is shown

    @property
    def content(self) -> bytes:
        """The bytes of the PDF shown, empty when none is."""
        return self._content

    @property
    def page(self) -> int:
        """The number of the page at hand, from 1."""
        return self.view.pageNavigator().currentPage() + 1

    @property
    def page_count(self) -> int:
        return self._document.pageCount() if self._document else 0

    @property
    def message(self) -> str:
        """The sentence shown in place of pages, empty while pages are shown."""
        return "" if self._document else self._message.text()

    def show_pdf(self, content: bytes, keep_place: bool) -> None:
        """Shows these pages; ``keep_place`` stays where the former ones were scrolled to."""
        bars = self.view.verticalScrollBar(), self.view.horizontalScrollBar()
        places = [bar.value() for bar in bars]
        document = load_pdf(content)
        self.view.setDocument(document)
        self._document, self._content = document, content
        if keep_place:
            for bar, place in zip(bars, places, strict=True):
                bar.setValue(place)
        else:
            self.view.pageNavigator().jump(0, QPointF())
        self._stack.setCurrentIndex(0)
        self._allow()

    def show_message(self, sentence: str, action: QAction | None = None) -> None:
        """A sentence instead of pages, with what can be done about it."""
        self.view.setDocument(self._nothing)
        self._document, self._content = None, b""
        self._message.setText(sentence)
        self._remedy.setVisible(action is not None)
        self._remedy_action = action
        if action is not None:
            self._remedy.setText(action.text())
        self._stack.setCurrentIndex(1)
        self._allow()

    def turn_to(self, words: str) -> None:
        """Turns to where these words first begin a line; stays where they do not."""
        if self._document is None or not words:
            return
        sought = re.compile(r"^\s*" + r"\s+".join(map(re.escape, words.split())), re.MULTILINE)
        for page in range(self._document.pageCount()):
            text = self._document.getAllText(page).text()
            found = sought.search(text)
            if found:
                place = self._document.getSelectionAtIndex(page, found.start(), len(found[0])).boundingRectangle()
                self.view.pageNavigator().jump(page, QPointF(0, max(0.0, place.top() - _ABOVE)))
                return

    # --- construction

    def _make_actions(self) -> None:
        def action(text: str, icon_name: str, keys: list[str]) -> QAction:
            made = QAction(icon(icon_name), text, self) if icon_name else QAction(text, self)
            made.setShortcuts([QKeySequence(key) for key in keys])
            made.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            made.setToolTip(f"{text} ({keys[0]})")
            self.addAction(made)
            return made

        self.zoom_out_action = action("Мельче", "zoom-out", ["Ctrl+-"])
        self.zoom_in_action = action("Крупнее", "zoom-in", ["Ctrl++", "Ctrl+="])
        self.fit_action = action("По ширине", "", ["Ctrl+0"])
        self.zoom_out_action.triggered.connect(lambda: self._zoom(1 / _ZOOM_STEP))
        self.zoom_in_action.triggered.connect(lambda: self._zoom(_ZOOM_STEP))
        self.fit_action.triggered.connect(lambda: self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth))

    def _make_bar(self) -> FoldingRow:
        self._page = QSpinBox()
        self._page.setAccessibleName("Страница")
        self._page.setKeyboardTracking(False)
        self._page.valueChanged.connect(self._turn)
        self._pages = QLabel()
        # The count comes after the layout: room for it is kept from the start.
        self._pages.setMinimumWidth(self.fontMetrics().horizontalAdvance("из 000"))
        bar = FoldingRow()
        bar.setContentsMargins(STEP, STEP, STEP, STEP)
        bar.setSpacing(STEP)
        caption = QLabel("Страница")
        caption.setBuddy(self._page)
        for widget in (caption, self._page, self._pages):
            bar.addWidget(widget)
        bar.addStretch(1)
        for action in (self.zoom_out_action, self.zoom_in_action, self.fit_action):
            button = QToolButton()
            button.setDefaultAction(action)
            button.setAutoRaise(True)
            button.setAccessibleName(action.text())
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            bar.addWidget(button)
        return bar

    def _make_message(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(STEP * 4, STEP * 4, STEP * 4, STEP * 4)
        column.setSpacing(STEP * 2)
        self._message = QLabel()
        self._message.setTextFormat(Qt.TextFormat.PlainText)
        self._message.setWordWrap(True)
        self._message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._remedy = QPushButton()
        self._remedy.clicked.connect(lambda: self._remedy_action.trigger() if self._remedy_action else None)
        column.addStretch(2)
        column.addWidget(self._message)
        column.addWidget(self._remedy, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        return page

    # --- moving about

    def _zoom(self, factor: float) -> None:
        view, (least, most) = self.view, _ZOOM_BOUNDS
        shown = view.zoomFactor()
        if view.zoomMode() != QPdfView.ZoomMode.Custom and self._document is not None:
            shown = self._fitted_zoom(self._document)
        view.setZoomMode(QPdfView.ZoomMode.Custom)
        view.setZoomFactor(min(max(shown * factor, least), most))

    def _fitted_zoom(self, document: QPdfDocument) -> float:
        """What «по ширине» amounts to: the widest page within the margins of the view."""
        points = max(document.pagePointSize(page).width() for page in range(document.pageCount()))
        margins = self.view.documentMargins()
        room = self.view.viewport().width() - margins.left() - margins.right()
        return room / (points * self.view.logicalDpiX() / 72)

    def _turn(self, page: int) -> None:
        self.view.pageNavigator().jump(page - 1, QPointF())

    def _allow(self) -> None:
        shown = self._document is not None
        for action in (self.zoom_in_action, self.zoom_out_action, self.fit_action):
            action.setEnabled(shown)
        self._page.setEnabled(shown)
        self._show_page_number()

    def _show_page_number(self) -> None:
        count = self.page_count
        page = self.page if count else 0
        self._page.blockSignals(True)
        self._page.setRange(min(1, count), count)
        self._page.setValue(page)
        self._page.setSpecialValueText("" if count else "–")
        self._page.blockSignals(False)
        self._pages.setText(f"из {count}" if count else "")
        self.turned.emit(page, count)
