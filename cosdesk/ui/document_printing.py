"""Qt's print dialog over the pages that a preview shows."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from cosdesk.reports.document import Document
from cosdesk.ui.pdf_preview import PdfPreview
from cosdesk.ui.tasks import Tasks


def ask_and_print(
    document: Document, preview: PdfPreview, tasks: Tasks, told: Callable[[str], None], parent: QWidget
) -> None:
    """Asks for printer, pages and sides and prints aside; ``told`` gets a sentence at the end."""
    from PySide6.QtGui import QPageSize
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    from cosdesk.ui.pdf_printing import pages_to_print, print_pdf

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(document.file_name)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle("Печать документа")
    dialog.setMinMax(1, preview.page_count)
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintCurrentPage)
    if dialog.exec() != QPrintDialog.DialogCode.Accepted:
        return
    content = preview.content
    pages = pages_to_print(printer, preview.page_count, preview.page - 1)
    tasks.run(
        f"Печатается: {document.file_name}",
        lambda progress: print_pdf(content, printer, pages, progress),
        lambda _: told("Отправлено на печать."),
    )
