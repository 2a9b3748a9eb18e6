"""A PDF onto paper: its pages drawn at the printer's own resolution, strip by strip."""

from collections.abc import Iterator

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPageLayout, QPainter
from PySide6.QtPdf import QPdfDocument, QPdfDocumentRenderOptions
from PySide6.QtPrintSupport import QPrinter

from cosdesk.errors import UserError
from cosdesk.ui.pdf_preview import load_pdf
from cosdesk.ui.tasks import Progress

_STRIP = 512
"""Rows of dots drawn at once: a whole sheet at 1200 dots an inch would take half a gigabyte."""


def pages_to_print(printer: QPrinter, count: int, current: int) -> list[int]:
    """The numbers of the pages asked for, from 0, in the order of printing; ``current`` from 0."""
    match printer.printRange():
        case QPrinter.PrintRange.PageRange if printer.fromPage():
            pages = list(range(printer.fromPage() - 1, min(printer.toPage() or count, count)))
        case QPrinter.PrintRange.CurrentPage:
            pages = [current]
        case _:
            pages = list(range(count))
    if printer.pageOrder() == QPrinter.PageOrder.LastPageFirst:
        pages.reverse()
    copies = 1 if printer.supportsMultipleCopies() else max(printer.copyCount(), 1)
    return pages * copies if printer.collateCopies() else [page for page in pages for _ in range(copies)]


def print_pdf(content: bytes, printer: QPrinter, pages: list[int], progress: Progress) -> None:
    """Prints those pages; may run off the window's thread.  ``UserError`` when the printer does not take them."""
    if not pages:
        raise UserError("Печатать нечего: страниц с такими номерами в отчёте нет. Проверьте номера страниц.")
    document = load_pdf(content)
    printer.setFullPage(True)
    _lay_sheet(printer, document, pages[0])
    painter = QPainter()
    if not painter.begin(printer):
        raise UserError(
            f"Принтер «{printer.printerName() or printer.outputFileName()}» не начал печать."
            " Проверьте, включён ли он и доступен ли, и повторите."
        )
    try:
        for place, page in enumerate(pages):
            progress.step(place, len(pages))
            if place:
                _lay_sheet(printer, document, page)
                if not printer.newPage():
                    raise UserError("Принтер прервал печать. Проверьте бумагу и очередь печати и повторите.")
            _draw_page(painter, printer, document, page)
    except BaseException:
        printer.abort()
        raise
    finally:
        painter.end()


def _lay_sheet(printer: QPrinter, document: QPdfDocument, page: int) -> None:
    size = document.pagePointSize(page)
    wide = size.width() > size.height()
    printer.setPageOrientation(QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait)


def _draw_page(painter: QPainter, printer: QPrinter, document: QPdfDocument, page: int) -> None:
    sheet = printer.paperRect(QPrinter.Unit.DevicePixel).size()
    dots = document.pagePointSize(page) * printer.resolution() / 72
    # In its true size; on a smaller sheet it shrinks to fit.
    scale = min(sheet.width() / dots.width(), sheet.height() / dots.height())
    size = (dots * min(scale, 1)).toSize()
    for strip in strips(size):
        painter.drawImage(QRectF(strip), render_strip(document, page, size, strip))


def render_strip(document: QPdfDocument, page: int, size: QSize, strip: QRect) -> QImage:
    """A part of the page drawn in that size, on white: some printer drivers turn transparency black."""
    options = QPdfDocumentRenderOptions()
    options.setScaledSize(size)
    # Qt 6.12 takes the clip's last dots for its size, which squeezes the strip by a dot.
    options.setScaledClipRect(strip.adjusted(0, 0, 1, 1))
    image = document.render(page, strip.size(), options)
    painter = QPainter(image)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationOver)
    painter.fillRect(image.rect(), Qt.GlobalColor.white)
    painter.end()
    return image


def strips(size: QSize) -> Iterator[QRect]:
    """The page cut across, from top to foot."""
    for top in range(0, size.height(), _STRIP):
        yield QRect(0, top, size.width(), min(_STRIP, size.height() - top))
