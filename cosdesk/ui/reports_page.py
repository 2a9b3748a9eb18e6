"""The page «Отчёты»: choose a report, see its pages, save or print them; the journal of what was made."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from cosdesk.domain.paper import PaperRecord
from cosdesk.domain.period import parse_period
from cosdesk.errors import UserError
from cosdesk.packet import Packet
from cosdesk.paper_request import completed
from cosdesk.reports.catalog import Report, reports
from cosdesk.reports.document import Document
from cosdesk.reports.due import due_papers
from cosdesk.reports.export import FORMATS, write_document, write_file
from cosdesk.reports.request import Request
from cosdesk.reports.requisites import empty_fields, lacking
from cosdesk.reports.typography import plan_years
from cosdesk.ui.document_printing import ask_and_print
from cosdesk.ui.packet_work import run_packet
from cosdesk.ui.page import Page
from cosdesk.ui.panel_parts import action_button, plain_label
from cosdesk.ui.paper_journal import PaperJournal
from cosdesk.ui.pdf_preview import PdfPreview
from cosdesk.ui.report_acts import change_words, note_paper
from cosdesk.ui.report_build import ReportBuild
from cosdesk.ui.report_list import ORDERS, ReportList
from cosdesk.ui.report_order import Built, Order
from cosdesk.ui.report_settings import ReportSettings
from cosdesk.ui.requisites_dialog import Answer, ask_requisites
from cosdesk.ui.saved_file import SavedFile
from cosdesk.ui.settings import last_folder, remember_folder
from cosdesk.ui.tasks import Progress, Tasks
from cosdesk.ui.text_search import Query
from cosdesk.ui.theme import STEP, icon, scaled
from cosdesk.ui.wording import counted
from cosdesk.ui.workspace import Workspace

_LEFT, _RIGHT = 232, 224
_SPARE = 40  # pixels that the list can do without on a narrow screen
_FORMAT_NAMES = {"pdf": "PDF", "xlsx": "Excel", "docx": "Word"}
_FILTERS = {"pdf": "Документ PDF (*.pdf)", "xlsx": "Книга Excel (*.xlsx)", "docx": "Документ Word (*.docx)"}
_BUILDING = "Отчёт составляется…"


class ReportsPage(Page):
    """Reports at the left, pages in the middle, what can be done with them at the right."""

    def __init__(self, workspace: Workspace, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(workspace, tasks, parent)
        self.build = ReportBuild(tasks, self)
        self._make_actions()
        self._lay_out()
        self.build.begun.connect(self._show_begun)
        self.build.made.connect(self._show)
        self.build.failed.connect(lambda: self.preview.show_message("Отчёт не составлен.", self.again_action))

    # --- construction

    def _make_actions(self) -> None:
        def action(text: str, icon_name: str, run: Callable[[], None]) -> QAction:
            made = QAction(icon(icon_name), text, self)
            made.triggered.connect(lambda: run())
            return made

        self.save_actions = {
            name: action(f"Сохранить {_FORMAT_NAMES.get(name, name)}…", "save", partial(self.save, name))
            for name in FORMATS
        }
        self.print_action = action("Печать…", "print", self.print_report)
        self.print_action.setToolTip("Печать (Ctrl+P)")
        self.words_action = action("Изменить текст…", "edit", self.edit_words)
        self.form_action = action("Изменить форму…", "edit", self.change_form)
        self.form_action.setToolTip("Заголовки, разделы, слова и графы этого документа")
        self.send_action = action("Отправить по почте…", "export", self.send)
        self.packet_action = action("Квартальный пакет…", "save", self.make_packet)
        self.packet_action.setToolTip("Несколько документов за период в одну папку")
        self.again_action = action("Составить снова", "redo", self.build.start)

    def _lay_out(self) -> None:
        self.preview = PdfPreview()
        self.preview.turned.connect(self._allow)
        own = QWidget()
        layout = QHBoxLayout(own)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._make_list())
        layout.addWidget(self.preview, 1)
        layout.addWidget(self._make_side())
        self.journal = PaperJournal(self.workspace, self.tasks)
        self.journal.again.connect(self._make_again)
        self.journal.counted.connect(self.status_changed)
        # Which document a paper became is no edit: nobody else tells of it.
        self.journal.scans.told.connect(lambda: self._show_journal())
        self._shown = QStackedWidget()
        self._shown.addWidget(own)
        self._shown.addWidget(self.journal)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.faces = QTabBar()
        self.faces.setAccessibleName("Документы или журнал")
        self.faces.setDrawBase(False)
        self.faces.setExpanding(False)
        self.faces.addTab("Документы")
        self.faces.addTab("Журнал")
        self.faces.currentChanged.connect(lambda: self._show_face())
        column.addWidget(self.faces)
        column.addWidget(self._shown, 1)

    def _make_list(self) -> QWidget:
        side = QWidget()
        side.setMinimumWidth(scaled(_LEFT - _SPARE))
        side.setMaximumWidth(scaled(_LEFT))
        self.order = QComboBox()
        self.order.setAccessibleName("Порядок документов")
        self.order.addItems(ORDERS)
        self.list = ReportList(reports())
        self.order.currentIndexChanged.connect(self.list.set_order)
        self.list.currentRowChanged.connect(lambda: self._turn())
        column = QVBoxLayout(side)
        column.setContentsMargins(STEP, STEP, 0, 0)
        column.setSpacing(STEP)
        column.addWidget(self.order)
        column.addWidget(self.list, 1)
        return side

    def _make_side(self) -> QWidget:
        side, body = QWidget(), QWidget()
        side.setFixedWidth(scaled(_RIGHT))
        # With a row and a signer it is taller than a low screen; what was saved is always seen below.
        settings = QScrollArea()
        settings.setAccessibleName("Настройки документа")
        settings.setFrameShape(QScrollArea.Shape.NoFrame)
        settings.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        settings.setWidgetResizable(True)
        settings.setWidget(body)
        self.saved = SavedFile()
        self.saved.setContentsMargins(STEP * 2, STEP, STEP * 2, STEP)
        whole = QVBoxLayout(side)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(settings, 1)
        whole.addWidget(self.saved)
        column = QVBoxLayout(body)
        column.setContentsMargins(STEP * 2, STEP * 2, STEP * 2, STEP * 2)
        column.setSpacing(STEP)
        self._about = plain_label("")
        column.addWidget(self._about)
        self.settings = ReportSettings()
        self.settings.changed.connect(lambda: self._ask())
        self.settings.letterhead_wanted.connect(self._edit_letterhead)
        column.addWidget(self.settings)
        column.addSpacing(STEP)
        for action in (self.words_action, *self.save_actions.values(), self.print_action, self.send_action):
            column.addWidget(action_button(action))
        column.addSpacing(STEP)
        for action in (self.packet_action, self.form_action):
            column.addWidget(action_button(action))
        column.addStretch(1)
        return side

    # --- the window's calls

    def refresh(self, tables: frozenset[str]) -> None:
        self._show_journal()
        self._ask(at_once=not tables)

    def menu_actions(self) -> list[QAction]:
        own = [self.words_action, *self.save_actions.values(), self.print_action, self.send_action]
        return [*own, self.packet_action, self.form_action]

    def take_forms(self) -> None:
        self.build.order = None
        self.list.show_reports(reports())
        self._ask(at_once=True)

    def search(self, text: str) -> None:
        self.list.search(Query(text))
        self.journal.search(Query(text))

    def status_text(self) -> str:
        if not self.workspace.is_open:
            return ""
        if self._shown.currentIndex() == 1:
            return counted(self.journal.shown_count, "документ", "документа", "документов")
        return f"к сроку: {len(self.list.all_due)}" if self.list.all_due else ""

    def print_report(self) -> None:
        """Asks for the printer and prints the report at hand, once it is built."""
        self._with_requisites(self._print)

    def save(self, file_format: str) -> None:
        """Asks for a file and writes the report at hand into it, once it is built."""
        self._with_requisites(lambda document, pdf: self._save(document, pdf, file_format))

    # --- what is due, what was made

    def _show_journal(self) -> None:
        """What is due and was made, beside the list, and, where it is looked at, the journal itself."""
        if not self.workspace.is_open:
            return
        snapshot, records = self.workspace.snapshot, self.workspace.file.paper_records()
        made: dict[str, datetime] = {}
        for record in records:
            made.setdefault(record.report, record.at)
        due = due_papers(
            snapshot, self.workspace.contents, records, self.list.reports, self.workspace.states
        )
        self.list.show_state(due, made, snapshot.today)
        self.faces.setTabText(1, f"Журнал: {len(records)}" if records else "Журнал")
        if self._shown.currentIndex() == 1:
            self.journal.show_records(records, snapshot.evidence)
        self.status_changed.emit()

    def _show_face(self) -> None:
        self._shown.setCurrentIndex(self.faces.currentIndex())
        self._show_journal()

    def _turn(self) -> None:
        """Another line of the list; what is due brings its row and period with it."""
        due = self.list.due
        if due is not None and due.item_id is not None:
            self.settings.choose_row(due.report_id, due.item_id)
        if due is not None and due.period is not None:
            self.workspace.choose_period(due.period)
        self._ask(at_once=True)

    def _make_again(self, record: PaperRecord) -> None:
        """Turns to the report of the journal's record with its row, period, signer and parts."""
        if record.report not in {report.id for report in self.list.reports}:
            raise UserError(f"Формы документа «{record.title}» больше нет, составить его снова нельзя.")
        if record.roadmap_id is not None:
            self.workspace.choose_roadmap(record.roadmap_id)
        if record.period:
            self.workspace.choose_period(parse_period(record.period))
        self.settings.choose_as(record)
        self.faces.setCurrentIndex(0)
        self.list.choose(record.report)
        self._ask(at_once=True)

    # --- building

    def _ask(self, at_once: bool = False) -> None:
        """Shows what is asked for now; the pages of another report or period are taken away at once."""
        report = self.list.report
        if report is None or not self.workspace.is_open:
            return
        self.settings.show_report(report, self.workspace.snapshot, self.workspace.contents)
        order = Order(
            self.workspace.file.path,
            report,
            self.workspace.snapshot,
            self._request(report),
        )
        before = self.build.order
        same = order.is_same_paper(before)
        if same and before is not None and order.snapshot is before.snapshot:
            return
        if not same:
            self.preview.show_message(_BUILDING)
            self.saved.forget()
        self.build.ask(order, at_once)
        self._describe(order)

    def _request(self, report: Report, item_id: int | None = None) -> Request:
        contents, choices = self.workspace.contents, self.settings.choices_of(report.id)
        request = Request(
            contents.roadmap.id if contents else None,
            self.workspace.period if report.needs_period else None,
            (item_id or choices.item_id) if report.needs_row else None,
            self.settings.signer_of(report.id, self.workspace.snapshot),
            left_out=choices.left_out,
            contacts=choices.contacts,
        )
        # Read here: the file belongs to the window's thread.
        return completed(self.workspace.file, self.workspace.snapshot, report, request)

    def _show_begun(self) -> None:
        if self.build.built is None or self.preview.message:
            self.preview.show_message(_BUILDING)

    def _show(self, built: Built, keep_place: bool) -> None:
        if built.document is None:
            self.preview.show_message(built.refusal)
        else:
            self.preview.show_pdf(built.pdf, keep_place)

    def _with_requisites(self, act: Callable[[Document, bytes], None]) -> None:
        """Asks for what the document lacks of the district's details, then does it, with them or without."""

        def complete(document: Document, pdf: bytes) -> None:
            assert self.build.order is not None
            fields = lacking(self.workspace.snapshot, document, self.build.order.request)
            match ask_requisites(self.workspace, fields, self):
                case Answer.GO_ON:
                    act(document, pdf)
                case Answer.WRITTEN:
                    self.build.do(act)

        self.build.do(complete)

    # --- saving and printing

    def _save(self, document: Document, pdf: bytes, file_format: str) -> None:
        proposal = str(Path(last_folder()) / f"{document.file_name}.{file_format}")
        title = f"Сохранить {_FORMAT_NAMES.get(file_format, file_format)}"
        name, _ = QFileDialog.getSaveFileName(self, title, proposal, _FILTERS.get(file_format, ""))
        if not name:
            return
        path = Path(name)
        if path.suffix.lower() != f".{file_format}":
            path = path.with_name(f"{path.name}.{file_format}")
        self.saved.forget()

        def write(_: Progress) -> Path:
            if file_format == "pdf":
                write_file(path, pdf)
            else:
                write_document(document, path, file_format)
            return path

        self.tasks.run(f"Сохраняется: {path.name}", write, self._tell_saved)

    def _tell_saved(self, path: Path) -> None:
        remember_folder(path)
        self._note(path)
        self.saved.show_file(path)

    def _note(self, path: Path) -> None:
        built = self.build.built
        if built is not None and built.document is not None and path.is_file():
            note_paper(self.workspace, built.order.report, built.order.request, built.document, path)
            self._describe(built.order)
            self._show_journal()

    def send(self) -> None:
        """A draft of a letter with the report as PDF, opened in the user's mail program."""
        self._with_requisites(self._send)

    def _send(self, document: Document, pdf: bytes) -> None:
        from cosdesk.ui.sending import send

        if self.build.order is not None:
            send(self, self.build.order, document, pdf)

    def make_packet(self) -> None:
        """Several documents of the period into a folder, each as its own settings say."""
        if ask_requisites(self.workspace, empty_fields(self.workspace.snapshot), self) is Answer.GIVEN_UP:
            return
        run_packet(self, self.list.all_due, self._request, self._tell_packet)

    def _tell_packet(self, packet: Packet, sentence: str) -> None:
        for made in packet.made:
            note_paper(self.workspace, made.part.report, made.part.request, made.document, made.path)
        if self.build.order is not None:
            self._describe(self.build.order)
        self._show_journal()
        self.saved.show_folder(sentence, packet.made[0].path.parent if packet.made else None)

    def edit_words(self) -> None:
        """The report's sections in the user's own words, kept with the report and its period."""
        if self.build.order is not None:
            change_words(self.workspace, self.build.order.report, self.build.order.request, self)

    def _edit_letterhead(self) -> None:
        from cosdesk.ui.letterhead_dialog import edit_letterhead

        edit_letterhead(self)

    def change_form(self) -> None:
        """The form of the report at hand: its headings, columns, wording and order."""
        from cosdesk.form_library import FormKind, known_form
        from cosdesk.forms.roadmap_form import roadmap_form
        from cosdesk.ui.forms_dialog import open_form

        report, contents = self.list.report, self.workspace.contents
        if report is None:
            return
        if report.id == "roadmap" and contents is not None:
            entry = known_form(roadmap_form(contents.roadmap.form).id, FormKind.ROADMAP)
        else:
            entry = known_form(report.id, FormKind.REPORT, FormKind.PAPER)
        saved = open_form(self.workspace, entry, self)
        if saved is not None:
            self.take_forms()
            if saved != report.id and entry.kind is not FormKind.ROADMAP:
                self.list.choose(saved)

    def _print(self, document: Document, _: bytes) -> None:
        ask_and_print(document, self.preview, self.tasks, self.saved.tell, self)

    # --- words

    def _describe(self, order: Order) -> None:
        contents = self.workspace.contents
        period = order.request.period
        if period is not None:
            lines = [f"Период: {period.label}", f"Нарастающим итогом: {period.cumulative_label}."]
        elif order.report.sections is None and contents is not None and contents.roadmap.years is not None:
            lines = [f"Весь срок плана: {plan_years(contents.roadmap.years)}."]
        else:
            lines = []
        if order.report.purpose:
            lines.insert(0, f"{order.report.purpose}.")
        if contents is not None and len(self.workspace.snapshot.roadmaps) > 1:
            lines.append(f"По дорожной карте: {contents.roadmap.title}")
        made = next((r for r in self.workspace.file.paper_records() if r.report == order.report.id), None)
        if made is not None:
            lines.append(f"Последний раз: {made.at:%d.%m.%Y %H:%M}, {Path(made.place).name}")
        self._about.setText("\n\n".join(lines))

    def _allow(self) -> None:
        self.words_action.setEnabled(self.build.order is not None and self.build.order.report.sections is not None)
        has_form = self.build.order is not None and self.build.order.report.id not in ("changes", "year-calendar")
        self.form_action.setEnabled(has_form)
        for action in (*self.save_actions.values(), self.print_action, self.send_action):
            action.setEnabled(not self.preview.message or self.preview.message == _BUILDING)
