"""What a coordinator does with reports: chooses, looks, saves, prints; the files are read back by other readers."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document as WordDocument
from openpyxl import load_workbook
from pypdf import PdfReader
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog

from cosdesk.domain.indicator import Actual
from cosdesk.domain.period import Period
from cosdesk.domain.person import Membership, Person
from cosdesk.domain.roadmap import Roadmap
from cosdesk.errors import UserError
from cosdesk.reports.catalog import Report
from cosdesk.reports.request import Request
from cosdesk.store.districts import change_district
from cosdesk.store.indicators import set_actual
from cosdesk.store.people import add_person, delete_person
from cosdesk.store.roadmaps import change_roadmap, delete_roadmap
from cosdesk.ui.pdf_preview import load_pdf
from cosdesk.ui.pdf_printing import pages_to_print, print_pdf, render_strip, strips
from cosdesk.ui.reports_page import ReportsPage
from cosdesk.ui.tasks import CancelledError, Progress

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def page(workspace, show_page, qtbot) -> ReportsPage:
    shown = show_page(ReportsPage, workspace)
    wait_built(shown, qtbot)
    return shown


def wait_built(page: ReportsPage, qtbot) -> None:
    qtbot.waitUntil(lambda: is_settled(page), timeout=20_000)


def is_settled(page: ReportsPage) -> bool:
    return page.build.is_done and not page.tasks.is_busy


def text_of(content: bytes, tmp_path: Path) -> str:
    path = tmp_path / "seen.pdf"
    path.write_bytes(content)
    return " ".join(" ".join(sheet.extract_text().split()) for sheet in PdfReader(path).pages)


def save_into(monkeypatch: pytest.MonkeyPatch, path: Path) -> list[str]:
    """Answers the file dialog; the names it proposed."""
    proposed: list[str] = []

    def answer(_parent, _title, proposal, _filter) -> tuple[str, str]:
        proposed.append(Path(proposal).name)
        return str(path), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    return proposed


# --- the preview


def test_the_roadmap_is_shown_first(page, tmp_path) -> None:
    assert page.preview.page_count >= 1
    assert "Школы подключены к сети" in text_of(page.preview.content, tmp_path)
    assert all(action.isEnabled() for action in page.save_actions.values())


def test_the_report_follows_the_period(page, qtbot, tmp_path) -> None:
    page.list.choose("analytical-report")
    wait_built(page, qtbot)
    assert "январь – июнь 2021" in text_of(page.preview.content, tmp_path).replace("\u00a0", " ")
    page.workspace.choose_period(Period(2021))
    assert page.preview.message  # the pages of the other period are gone at once
    wait_built(page, qtbot)
    assert "январь – июнь 2021" not in text_of(page.preview.content, tmp_path).replace("\u00a0", " ")


def test_an_edit_is_seen_where_one_was_reading(page, qtbot, tmp_path) -> None:
    page.list.choose("analytical-report")
    wait_built(page, qtbot)
    before = page.preview.content
    bar = page.preview.view.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    place = bar.value()
    assert place > 0
    indicator = page.workspace.contents.indicators[0]
    with page.workspace.edit("Факт") as edit:
        set_actual(edit, Actual(0, indicator.id, "2021-Q2", numerator=3, denominator=8))
    assert page.preview.content == before  # until the new ones are there
    wait_built(page, qtbot)
    assert page.preview.content != before
    assert bar.value() == place


def test_an_unchanged_district_is_not_built_again(page) -> None:
    built = page.build.built
    page.refresh(frozenset())
    assert page.build.built is built and not page.build._pause.isActive()


def test_what_cannot_be_built_is_said_in_place_of_pages(page, qtbot) -> None:
    page.list.choose("analytical-report")
    page.workspace.choose_period(Period(2099))
    wait_built(page, qtbot)
    assert "ещё не начался" in page.preview.message
    assert page.preview.page_count == 0
    assert not any(action.isEnabled() for action in page.save_actions.values())
    with pytest.raises(UserError, match="ещё не начался"):
        page.print_report()


def test_another_file_takes_the_pages_away_at_once(page, qtbot, district_template) -> None:
    page.workspace.open(Path(shutil.copy(district_template, district_template.with_name("Второй.cosdesk"))))
    assert page.preview.content == b""
    wait_built(page, qtbot)
    assert page.preview.page_count


def test_a_build_given_up_can_be_asked_for_again(page, qtbot) -> None:
    page.list.choose("analytical-report")
    qtbot.waitUntil(lambda: page.build._task is not None)
    page.build._task.cancel()
    qtbot.waitUntil(lambda: page.preview.message == "Отчёт не составлен.", timeout=20_000)
    page.preview._remedy.click()
    wait_built(page, qtbot)
    assert page.preview.page_count


def test_without_a_roadmap_the_page_says_what_to_do(page, qtbot) -> None:
    with page.workspace.edit("Удаление") as edit:
        delete_roadmap(edit, page.workspace.contents.roadmap.id)
    wait_built(page, qtbot)
    assert "Дорожной карты в этом файле ещё нет" in page.preview.message


def test_a_fault_of_the_program_takes_the_old_pages_away(page, qtbot, monkeypatch) -> None:
    def fail(*_) -> None:
        raise ZeroDivisionError("a bug")

    broken = Report("roadmap", "Дорожная карта", False, fail)
    monkeypatch.setattr(type(page.list), "report", property(lambda _: broken))
    with qtbot.captureExceptions() as caught:
        with page.workspace.edit("Название") as edit:
            change_roadmap(edit, _renamed(page))
        qtbot.waitUntil(lambda: page.preview.message == "Отчёт не составлен.", timeout=20_000)
    assert [kind for kind, *_ in caught] == [ZeroDivisionError]
    assert page.preview.content == b""
    monkeypatch.undo()
    page.build.order = None
    page.refresh(frozenset())
    wait_built(page, qtbot)
    assert page.preview.page_count


def _renamed(page: ReportsPage) -> Roadmap:
    return replace(page.workspace.contents.roadmap, title="Другая карта")


def test_the_preview_zooms_and_turns(page) -> None:
    view = page.preview.view
    page.preview.zoom_in_action.trigger()
    larger = view.zoomFactor()
    page.preview.zoom_out_action.trigger()
    page.preview.zoom_out_action.trigger()
    assert view.zoomFactor() < larger
    page.preview.fit_action.trigger()
    assert view.zoomMode() == view.ZoomMode.FitToWidth
    count = page.preview.page_count
    page.preview._page.setValue(count)
    assert page.preview.page == count


# --- files


@pytest.mark.parametrize("report", ["roadmap", "analytical-report"])
def test_a_pdf_is_saved_as_it_is_shown(page, qtbot, monkeypatch, tmp_path, report: str) -> None:
    page.list.choose(report)
    wait_built(page, qtbot)
    proposed = save_into(monkeypatch, tmp_path / "отчёт")
    page.save_actions["pdf"].trigger()
    path = tmp_path / "отчёт.pdf"
    qtbot.waitUntil(lambda: page.saved.file == path, timeout=10_000)
    assert path.read_bytes() == page.preview.content
    assert proposed[0].endswith(".pdf") and "Ольховский район" in proposed[0]
    assert page.saved.text.text() == "Сохранено: отчёт.pdf"
    assert page.saved.text.accessibleDescription() == str(path)
    assert all(button.isVisible() for button in page.saved.buttons)


def test_excel_and_word_are_saved(page, qtbot, monkeypatch, tmp_path) -> None:
    for file_format in ("xlsx", "docx"):
        path = tmp_path / f"карта.{file_format}"
        save_into(monkeypatch, path)
        page.save_actions[file_format].trigger()
        qtbot.waitUntil(lambda path=path: page.saved.file == path, timeout=10_000)
    rows = [row for sheet in load_workbook(tmp_path / "карта.xlsx") for row in sheet.values]
    assert any("Замеры скорости" in str(cell) for row in rows for cell in row)
    word = WordDocument(str(tmp_path / "карта.docx"))
    assert any("Замеры скорости" in cell.text for table in word.tables for row in table.rows for cell in row.cells)


def test_a_dialog_given_up_changes_nothing(page, monkeypatch) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    page.save("pdf")
    assert page.saved.file is None and not page.tasks.is_busy


def test_a_file_that_cannot_be_written_is_told(page, qtbot, monkeypatch, tmp_path) -> None:
    save_into(monkeypatch, tmp_path / "нет такой папки" / "отчёт.pdf")
    with qtbot.captureExceptions() as caught:
        page.save("pdf")
        qtbot.waitUntil(lambda: not page.tasks.is_busy, timeout=10_000)
    (error,) = [error for _, error, _ in caught]
    assert isinstance(error, UserError) and "папки" in str(error)
    assert page.saved.text.text() == ""


def test_saving_waits_for_the_report_being_built(page, qtbot, monkeypatch, tmp_path) -> None:
    path = tmp_path / "отчёт.pdf"
    save_into(monkeypatch, path)
    page.list.choose("analytical-report")
    page.save("pdf")
    qtbot.waitUntil(lambda: page.saved.file == path, timeout=20_000)
    assert path.read_bytes() == page.preview.content


# --- paper


def printer_into(path: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setResolution(150)
    return printer


def test_pages_are_printed_in_their_size_and_direction(page, qtbot, tmp_path) -> None:
    page.list.choose("analytical-report")
    wait_built(page, qtbot)
    path = tmp_path / "printed.pdf"
    count = page.preview.page_count
    print_pdf(page.preview.content, printer_into(path), list(range(count)), Progress(lambda *_: None))
    shown, printed = load_pdf(page.preview.content), load_pdf(path.read_bytes())
    assert printed.pageCount() == count
    for number in range(count):
        size, other = shown.pagePointSize(number), printed.pagePointSize(number)
        assert (size.width() > size.height()) == (other.width() > other.height())
        assert _ink(printed, number) == pytest.approx(_ink(shown, number), rel=0.1)


def test_strips_join_into_the_page(page) -> None:
    document = load_pdf(page.preview.content)
    size = QSize(1100, 780)
    whole = QImage(size, QImage.Format.Format_RGB32)
    whole.fill(Qt.GlobalColor.white)
    joined = whole.copy()
    painter = QPainter(whole)
    painter.drawImage(0, 0, document.render(0, size))
    painter.end()
    painter = QPainter(joined)
    for strip in strips(size):
        painter.drawImage(strip.topLeft(), render_strip(document, 0, size, strip))
    painter.end()
    assert joined == whole


def _ink(document: QPdfDocument, number: int) -> float:
    """How much of the page is dark, from 0 to 1."""
    size = (document.pagePointSize(number) * 2).toSize()
    picture = render_strip(document, number, size, QRect(QPoint(), size)).scaled(
        100, 100, mode=Qt.TransformationMode.SmoothTransformation
    )
    grey = bytes(picture.convertToFormat(QImage.Format.Format_Grayscale8).constBits())
    return 1 - sum(grey) / 255 / len(grey)


@pytest.mark.parametrize(
    ("ask", "pages"),
    [
        (lambda printer: None, [0, 1, 2, 3, 4]),
        (lambda printer: (printer.setPrintRange(QPrinter.PrintRange.PageRange), printer.setFromTo(2, 3)), [1, 2]),
        (lambda printer: (printer.setPrintRange(QPrinter.PrintRange.PageRange), printer.setFromTo(4, 9)), [3, 4]),
        (lambda printer: printer.setPrintRange(QPrinter.PrintRange.CurrentPage), [2]),
        (lambda printer: printer.setPageOrder(QPrinter.PageOrder.LastPageFirst), [4, 3, 2, 1, 0]),
    ],
)
def test_the_pages_asked_for(qapp, tmp_path, ask, pages: list[int]) -> None:
    printer = printer_into(tmp_path / "none.pdf")
    ask(printer)
    assert pages_to_print(printer, 5, 2) == pages


def test_printing_nothing_is_told(page, tmp_path) -> None:
    with pytest.raises(UserError, match="Печатать нечего"):
        print_pdf(page.preview.content, printer_into(tmp_path / "none.pdf"), [], Progress(lambda *_: None))


def test_printing_can_be_given_up(page, tmp_path) -> None:
    progress = Progress(lambda *_: None)
    progress.cancel()
    with pytest.raises(CancelledError):
        print_pdf(page.preview.content, printer_into(tmp_path / "none.pdf"), [0], progress)


def test_ctrl_p_prints_what_is_shown(page, qtbot, monkeypatch, tmp_path) -> None:
    path = tmp_path / "paper.pdf"

    def accept(dialog: QPrintDialog) -> int:
        printer = dialog.printer()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(path))
        printer.setResolution(150)
        return QPrintDialog.DialogCode.Accepted

    monkeypatch.setattr(QPrintDialog, "exec", accept)
    page.print_report()
    qtbot.waitUntil(lambda: page.saved.text.text() == "Отправлено на печать.", timeout=20_000)
    assert load_pdf(path.read_bytes()).pageCount() == page.preview.page_count


def test_bytes_that_are_no_pdf_are_refused(qapp) -> None:
    with pytest.raises(ValueError, match="PDF"):
        load_pdf(b"no pdf")


def test_a_closed_file_leaves_the_page_quiet(workspace, show_page) -> None:
    page = show_page(ReportsPage, workspace)
    workspace.close()
    page.refresh(frozenset())
    assert page.build.order is not None


def test_the_order_of_a_report_knows_its_paper(page) -> None:
    order = page.build.order
    other = replace(order, request=Request(period=Period(2021)))
    assert order.is_same_paper(order) and not order.is_same_paper(other) and not order.is_same_paper(None)


# --- the signer


def test_another_person_signs_and_each_report_remembers_its_own(page, qtbot, tmp_path) -> None:
    assert not page.settings.signer.isVisible()  # nobody else is known
    with page.workspace.edit("Люди") as edit:
        add_person(edit, Person(0, "Ильина О.П.", full_name="Ильина Ольга Петровна", position="и.о. начальника"))
        add_person(edit, Person(0, "Без должности"))
        add_person(edit, Person(0, "Вершинин А.А.", position="начальник отдела"))
        change_district(edit, replace(page.workspace.snapshot.district, head_name="Вершинин Антон Андреевич"))
        add_person(edit, Person(0, "Руководители ОО", Membership.SCHOOL_HEADS, position="руководители"))
    page.list.choose("analytical-report")
    wait_built(page, qtbot)
    signer = page.settings.signer
    assert signer.isVisible()
    assert [signer.itemText(place).replace("\u00a0", " ") for place in range(signer.count())] == [
        "Вершинин А.А., Начальник отдела образования",
        "Ильина О.П., и.о. начальника",
    ]
    assert "О.П. Ильина" not in text_of(page.preview.content, tmp_path).replace("\u00a0", " ")
    signer.setCurrentIndex(1)
    signer.activated.emit(1)
    wait_built(page, qtbot)
    text = text_of(page.preview.content, tmp_path).replace("\u00a0", " ")
    assert "О.П. Ильина" in text and "И.о. начальника" in text
    page.list.choose("minutes")
    wait_built(page, qtbot)
    assert signer.currentIndex() == 0
    page.list.choose("analytical-report")
    wait_built(page, qtbot)
    assert signer.currentIndex() == 1


def test_a_signer_who_is_gone_gives_way_to_the_head(page, qtbot, tmp_path) -> None:
    with page.workspace.edit("Люди") as edit:
        person_id = add_person(edit, Person(0, "Ильина О.П.", position="И.о. начальника"))
    page.list.choose("analytical-report")
    wait_built(page, qtbot)
    page.settings.signer.activated.emit(1)
    wait_built(page, qtbot)
    with page.workspace.edit("Люди") as edit:
        delete_person(edit, person_id)
    wait_built(page, qtbot)
    assert "Ильина" not in text_of(page.preview.content, tmp_path)
    assert not page.settings.signer.isVisible()


def test_on_a_low_screen_nothing_at_the_side_is_cut_and_what_was_saved_is_seen(page, qtbot) -> None:
    page.resize(1178, 560)
    page.list.choose("monitoring-note")
    wait_built(page, qtbot)
    page.saved.show_file(Path("Справка по итогам мониторинга.pdf"))
    label = page.settings.row_label
    qtbot.waitUntil(lambda: label.height() >= label.heightForWidth(label.width()))
    foot = page.saved.mapTo(page, page.saved.rect().bottomLeft()).y()
    assert page.saved.isVisible() and foot <= page.height()
