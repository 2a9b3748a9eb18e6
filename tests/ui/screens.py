"""Every dialog of the program, each opened over a busy demo as a user meets it."""

import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from importlib import import_module
from pathlib import Path

from PySide6.QtWidgets import QApplication, QDialog

import cosdesk.ui
from cosdesk.demo import make_demo
from cosdesk.domain.checks.finding import Finding, Rule
from cosdesk.domain.monitoring import Remark
from cosdesk.domain.paper import SectionText
from cosdesk.domain.risk import Risk, RiskKind
from cosdesk.domain.roadmap import Term, Unplaced
from cosdesk.domain.twin import TwinIdentity
from cosdesk.form_library import FormKind, known_form
from cosdesk.forms.monitoring_draft import draft_of
from cosdesk.forms.monitoring_form import monitoring_form
from cosdesk.intake.answer_table import read_answer_table
from cosdesk.intake.answers import CollectedAnswer, Outcome
from cosdesk.intake.schools import read_schools
from cosdesk.intake.text import outline_of_text
from cosdesk.packet import USUAL, Wanted, packet_reports
from cosdesk.reports.catalog import report, reports
from cosdesk.reports.request import Request
from cosdesk.reports.requisites import EVERY
from cosdesk.rounds import desk_of
from cosdesk.store.backup import Backup
from cosdesk.store.editions import add_edition
from cosdesk.store.file import DistrictFile
from cosdesk.store.risks import add_risk
from cosdesk.store.roadmaps import change_item
from cosdesk.twin_changes import Proposal, TwinChange, Verdict
from cosdesk.ui.backups_dialog import BackupsDialog
from cosdesk.ui.changes_dialog import ChangesDialog
from cosdesk.ui.collect_dialog import CollectDialog
from cosdesk.ui.dismiss_dialog import DismissDialog
from cosdesk.ui.district_dialog import DistrictDialog
from cosdesk.ui.document_dialog import DocumentDialog
from cosdesk.ui.editions_dialog import ApproveDialog, EditionsDialog
from cosdesk.ui.evidence_dialog import AddEvidenceDialog, EvidenceDialog
from cosdesk.ui.expected_papers import ExpectedPapersDialog
from cosdesk.ui.forms_dialog import FormsDialog
from cosdesk.ui.help_panel import HelpPanel
from cosdesk.ui.import_dialog import ImportDialog
from cosdesk.ui.letterhead_dialog import LetterheadDialog
from cosdesk.ui.main_window import MainWindow
from cosdesk.ui.merge_dialog import MergeDialog
from cosdesk.ui.monitoring_form_editor import MonitoringFormEditor
from cosdesk.ui.new_roadmap_dialog import NewRoadmapDialog
from cosdesk.ui.next_years_dialog import NextYearsDialog
from cosdesk.ui.packet_dialog import PacketDialog
from cosdesk.ui.page import Place
from cosdesk.ui.password_dialog import PasswordDialog
from cosdesk.ui.pasted_dialog import PastedDialog
from cosdesk.ui.period_closing import ReopenDialog
from cosdesk.ui.person_merge_dialog import PersonMergeDialog
from cosdesk.ui.reason_dialog import ReasonDialog
from cosdesk.ui.record_dialog import RecordDialog
from cosdesk.ui.report_form_editor import ReportFormEditor
from cosdesk.ui.report_order import Order
from cosdesk.ui.requisites_dialog import RequisitesDialog
from cosdesk.ui.risks_dialog import RisksDialog
from cosdesk.ui.roadmap_head_dialog import RoadmapHeadDialog
from cosdesk.ui.round_dialog import RoundDialog
from cosdesk.ui.row_chooser import ListChooser, RowChooser
from cosdesk.ui.row_document_dialog import RowDocumentDialog
from cosdesk.ui.school_import import SchoolImportDialog
from cosdesk.ui.schools_behind_dialog import SchoolsBehindDialog
from cosdesk.ui.section_texts_dialog import SectionTextsDialog
from cosdesk.ui.sending import SendDialog
from cosdesk.ui.settings_dialog import SettingsDialog
from cosdesk.ui.tasks import Tasks
from cosdesk.ui.twin_dialog import TwinDialog
from cosdesk.ui.unplaced_dialog import UnplacedDialog
from cosdesk.ui.use_chooser import value_entries
from cosdesk.ui.workspace import Workspace

TODAY = date(2021, 10, 15)
_ROADMAP = outline_of_text("№\tМероприятие\tСрок\tИсполнитель\n1\tЗамеры\tмай 2021\tМетодист")
_SCHOOLS = outline_of_text("Школа\tНаселённый пункт\nМБОУ «Речная СОШ»\tс. Речное")
_BACKUPS = [
    Backup(Path("Пример 2021-10-14 перед импортом.cosdesk"), datetime(2021, 10, 14, 9, 5), "перед импортом", 900_000),
    Backup(Path("Пример 2021-10-13.cosdesk"), datetime(2021, 10, 13, 18, 0), "", 890_000),
]
_FINDING = Finding(
    Rule.TERM_NOT_UNDERSTOOD, "строка 1.2, срок", "Срок «по мере готовности» не понят.", "Укажите месяц и год", 1, "m"
)


def make_busy_demo(path: Path, today: date = TODAY) -> None:
    """The demo with what a year leaves behind: an approved edition, a change since, risks, faults to be found."""
    make_demo(path, today)
    with DistrictFile.open(path) as file:
        contents = file.snapshot().roadmaps[0]
        first, second = contents.items[1:3]
        with file.edit("Редакция") as edit:
            add_edition(edit, contents, "1", date(2021, 1, 11), "постановление от 11.01.2021 № 14", "Глава района")
        with file.edit("Правка") as edit:
            change_item(edit, replace(first, title=f"{first.title} , в том числе в в сёлах"))
            change_item(edit, replace(second, term=Term("по мере готовности")))
            add_risk(edit, Risk(0, RiskKind.RISK, "Обрыв линии связи", "2021-Q3", contents.roadmap.id, first.id,
                                cause="Старые опоры", measure="Договор с оператором", due=date(2021, 11, 1),
                                responsible="Методист"))  # fmt: skip


def settle() -> None:
    """Lets what was asked of the window happen, layouts and all."""
    for _ in range(4):
        QApplication.processEvents()


def dialog_classes() -> set[type[QDialog]]:
    """Every class of a dialog that the package of the window holds."""
    for module in pkgutil.iter_modules(cosdesk.ui.__path__, "cosdesk.ui."):
        import_module(module.name)
    found, waiting = set[type[QDialog]](), [QDialog]
    while waiting:
        for each in waiting.pop().__subclasses__():
            waiting.append(each)
            if each.__module__.startswith("cosdesk.ui."):
                found.add(each)
    return found


def dialogs(window: MainWindow) -> Mapping[str, Callable[[], QDialog]]:
    """How each is opened, by its class's name; after a comma, another face of the same class."""
    workspace = window.workspace
    return {**_of_roadmap(workspace), **_of_monitoring(workspace), **_of_papers(workspace), **_of_files(window)}


def _of_roadmap(workspace: Workspace) -> dict[str, Callable[[], QDialog]]:
    snapshot, contents = workspace.snapshot, workspace.contents
    assert contents is not None
    today, items, editions = snapshot.today, contents.items, snapshot.editions
    identity = TwinIdentity("uid", "roadmap", contents.roadmap.id)
    twins = tuple(
        TwinChange("План", f"C{number}", "1.1 Замеры", "Срок", "май 2021", "июнь 2021", verdict, "Изменено и там.")
        for number, verdict in enumerate(Verdict, 5)
    )
    place = Place(contents.roadmap.id, indicator_id=contents.indicators[0].id)
    return {
        "ImportDialog": lambda: ImportDialog(_ROADMAP, "вставка", Tasks()),
        "RecordDialog": lambda: RecordDialog([workspace.states[items[0].id]], snapshot.evidence, today),
        "RoadmapHeadDialog": lambda: RoadmapHeadDialog(contents),
        "EditionsDialog": lambda: EditionsDialog(workspace),
        "ApproveDialog": lambda: ApproveDialog(contents, editions, today),
        "ChangesDialog": lambda: ChangesDialog(snapshot, contents, editions, editions[0]),
        "TwinDialog": lambda: TwinDialog(Proposal("План.xlsx", "План", identity, contents, twins)),
        "NewRoadmapDialog": lambda: NewRoadmapDialog(today),
        "NextYearsDialog": lambda: NextYearsDialog(contents, today.year),
        "UnplacedDialog": lambda: UnplacedDialog([Unplaced(1, "таблица 2, строка 4", "Примечание под таблицей")]),
        "RisksDialog": lambda: RisksDialog(workspace, place),
        "DismissDialog": lambda: DismissDialog([_FINDING], ["так утверждено"]),
        "ReopenDialog": lambda: ReopenDialog(workspace.period),
        "ReasonDialog": lambda: ReasonDialog(
            "Причина останется в файле.", "&Причина", "Причина", "Записать", 400, None
        ),
        "PersonMergeDialog": lambda: PersonMergeDialog(workspace),
        "RowChooser": lambda: RowChooser(snapshot, "Строки"),
    }


def _of_monitoring(workspace: Workspace) -> dict[str, Callable[[], QDialog]]:
    snapshot, file = workspace.snapshot, workspace.file
    today, counted = snapshot.today, snapshot.counted[0]
    desk = desk_of(file, snapshot, counted.round_id)
    assert desk is not None
    school = snapshot.schools[0]
    table = outline_of_text(f"Школа\t{desk.form.questions[0].label}\n{school.name}\t7")
    shares = file.schools_behind(counted.round_id, counted.feed)
    answers = [
        CollectedAnswer("Ответ 1.xlsx", Outcome.REFUSED, "Файл повреждён. Попросите школу прислать его ещё раз."),
        CollectedAnswer(
            "Ответ 2.xlsx", Outcome.SENT_BACK, "", desk.round.id, school, {}, (Remark("", "Нет ответов."),)
        ),
    ]
    own = draft_of(monitoring_form("network").source)
    return {
        "RoundDialog": lambda: RoundDialog(workspace),
        "SchoolImportDialog": lambda: SchoolImportDialog(read_schools(_SCHOOLS, snapshot.schools, today), "список"),
        "MergeDialog": lambda: MergeDialog(snapshot.schools[:1], snapshot.schools[1:], today),
        "CollectDialog": lambda: CollectDialog(answers),
        "PastedDialog": lambda: PastedDialog(read_answer_table(table, desk, today), desk),
        "SchoolsBehindDialog": lambda: SchoolsBehindDialog(
            "Школы за показателем", "66,7 %", shares, desk.schools, desk.form
        ),
        "MonitoringFormEditor": lambda: MonitoringFormEditor(own),
    }


def _of_papers(workspace: Workspace) -> dict[str, Callable[[], QDialog]]:
    snapshot, contents = workspace.snapshot, workspace.contents
    assert contents is not None
    analytical = report("analytical-report")
    request = Request(roadmap_id=contents.roadmap.id, period=workspace.period)
    known = tuple(reports())
    row_reports = tuple(each for each in known if each.needs_row)
    offered = [Wanted(each) for each in packet_reports(known)]
    ticked = [wanted for wanted in offered if wanted.report.id in USUAL]

    def texts() -> QDialog:
        assert analytical.sections is not None
        sections = analytical.sections(snapshot, request)
        place = SectionText(0, analytical.id, "", contents.roadmap.id, None, workspace.period.code)
        return SectionTextsDialog(sections, [], place)

    def letter(report_id: str) -> QDialog:
        order = Order(workspace.file.path, report(report_id), snapshot, request)
        document = analytical.build(snapshot, request)
        return SendDialog(order, document, "", "Здравствуйте!", len(snapshot.schools))

    return {
        "EvidenceDialog": lambda: EvidenceDialog(snapshot.evidence[0], 3),
        "AddEvidenceDialog": lambda: AddEvidenceDialog(snapshot.evidence, "Документ подтверждает: 1.1"),
        "ListChooser": lambda: ListChooser(
            "Что подтверждает", "Показатель и его значение", value_entries(snapshot, ())
        ),
        "ExpectedPapersDialog": lambda: ExpectedPapersDialog(contents.items[:1], snapshot.expected_papers),
        "RowDocumentDialog": lambda: RowDocumentDialog(workspace, contents.items[0]),
        "DocumentDialog": lambda: DocumentDialog("Отчёт", lambda: analytical.build(snapshot, request)),
        "SectionTextsDialog": texts,
        "PacketDialog": lambda: PacketDialog(offered, ticked, row_reports, snapshot, workspace.period.label, "Пакет"),
        "SendDialog": lambda: letter("analytical-report"),
        "SendDialog, to schools": lambda: letter("letters"),
        "ReportFormEditor": lambda: ReportFormEditor(workspace, known_form("minutes", FormKind.PAPER)),
        "LetterheadDialog": lambda: LetterheadDialog(snapshot.district, snapshot.letterhead, Tasks()),
        "RequisitesDialog": lambda: RequisitesDialog(EVERY),
    }


def _of_files(window: MainWindow) -> dict[str, Callable[[], QDialog]]:
    district = window.workspace.snapshot.district

    def help_panel() -> QDialog:
        panel = HelpPanel(window)
        panel.show_page("first-hour")
        return panel

    return {
        "DistrictDialog": lambda: DistrictDialog(district),
        "DistrictDialog, short": lambda: DistrictDialog(district, short=True),
        "BackupsDialog": lambda: BackupsDialog("Пример.cosdesk", _BACKUPS, Tasks()),
        "PasswordDialog": lambda: PasswordDialog("Копия под паролем"),
        "PasswordDialog, known": lambda: PasswordDialog("Файл под паролем", "Введите пароль этого файла."),
        "FormsDialog": lambda: FormsDialog(window.workspace),
        "SettingsDialog": lambda: SettingsDialog(window),
        "HelpPanel": help_panel,
    }
