"""The page «Документы»: the register of documents, what is done without one, and the document at hand."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QModelIndex, QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from cosdesk.domain.evidence import Evidence
from cosdesk.domain.missing_evidence import MissingEvidence, missing_evidence
from cosdesk.intake.papers import Paper
from cosdesk.store.evidence_files import EvidenceFile
from cosdesk.ui import document_edits, use_chooser
from cosdesk.ui.document_model import DocumentModel
from cosdesk.ui.document_panel import WIDTH, DocumentPanel
from cosdesk.ui.evidence_dialog import AddEvidenceDialog
from cosdesk.ui.expected_papers import expect_papers
from cosdesk.ui.file_drop import FileDrop
from cosdesk.ui.folding_row import FoldingRow, tool_button
from cosdesk.ui.missing_list import MissingList
from cosdesk.ui.page import EmptyState, Place
from cosdesk.ui.panel_parts import beside
from cosdesk.ui.paper_files import PaperFiles
from cosdesk.ui.register_page import RegisterPage
from cosdesk.ui.row_chooser import Entry, ListChooser, RowChooser
from cosdesk.ui.signed_scans import SignedScans, is_scan, unsigned_file
from cosdesk.ui.tasks import Tasks
from cosdesk.ui.theme import STEP
from cosdesk.ui.typed_values import shorten
from cosdesk.ui.wording import counted
from cosdesk.ui.workspace import Workspace

_TABLES = {
    "evidence", "evidence_file", "evidence_use", "proof", "item", "roadmap", "indicator", "execution",
    "monitoring_round", "expected_paper",
}  # fmt: skip
_SHOWN = ("Все документы", "Без файла", "Ничего не подтверждают")


class DocumentsPage(RegisterPage):
    """Two faces, the register and what is missing; the panel belongs to the register."""

    HELP = (
        "Пишите прямо в ячейке: Enter – вниз, Tab – дальше. Новый документ – в последней строке"
        " или перетащите сюда скан."
    )

    def __init__(self, workspace: Workspace, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(workspace, tasks, DocumentModel(workspace), "documents", parent)
        self.documents: DocumentModel = self.model  # type: ignore[assignment]
        self._missing: tuple[MissingEvidence, ...] = ()
        self._typing_first = False
        self._papers = PaperFiles(workspace, tasks, self)
        self._papers.told.connect(self.notice.say)
        self._scans = SignedScans(workspace, tasks, self)
        self._scans.told.connect(self.notice.say)
        self.panel = DocumentPanel()
        self.missing = MissingList()
        self._make_actions()
        self._lay_out()
        self._connect()

    # --- construction

    def _make_actions(self) -> None:
        make = self.make_action
        self.add_action = make("Добавить документ", "Добавить", "add", "Ins", self.add)
        self.attach_action = make("Приложить файл…", "Приложить файл", "attach", "Ctrl+Shift+O", self.attach)
        self.tie_action = make("Что подтверждает…", "Что подтверждает", "roadmap", "Ctrl+K", self.tie)
        self.open_action = make("Открыть файл", "Открыть", "open", "Ctrl+Return", self.open_file)
        self.delete_action = make("Удалить документ", "Удалить", "delete", "Ctrl+Del", self.delete, on_sheet=True)
        self.panel_action = make("Панель документа", "Панель", "panel", "F4", lambda: None)
        self.panel_action.setCheckable(True)
        self.panel_action.setChecked(True)
        self.panel_action.toggled.connect(self._show_panel)
        self.lead_action = make("Перейти к строке", "Перейти к строке", "roadmap", "", self._lead_missing)
        self.name_action = make("Указать документ…", "Указать документ", "add", "", self.name_missing)
        self.expect_action = make("Какие документы ожидаются…", "Что ожидается", "documents", "", self.expect)
        self.print_action = make("Список недостающих документов…", "Список для печати", "print", "", self.print_missing)

    def _lay_out(self) -> None:
        self.view.setAccessibleName("Реестр документов")
        self.view.addActions([self.add_action, self.attach_action, self.tie_action, self.open_action])
        self.missing.addActions([self.name_action, self.attach_action, self.expect_action, self.lead_action])
        self.filter.setAccessibleName("Какие документы показать")
        self.filter.addItems(_SHOWN)
        bar = FoldingRow()
        self.faces = QTabBar()
        self.faces.setAccessibleName("Реестр или недостающее")
        self.faces.setDrawBase(False)
        self.faces.setExpanding(False)
        self.faces.addTab("Реестр")
        self.faces.addTab("Нет документа")
        bar.addWidget(self.faces)
        bar.addSpacing(STEP)
        self._own = [tool_button(a) for a in (self.add_action, self.attach_action, self.tie_action, self.delete_action)]
        others = (self.name_action, self.attach_action, self.expect_action, self.lead_action, self.print_action)
        self._others = [tool_button(a) for a in others]
        for button in (*self._own, *self._others):
            bar.addWidget(button)
        for button in self._others:
            # The window must not grow for both faces' buttons side by side.
            button.hide()
        bar.addWidget(self.filter)
        bar.addStretch(1)
        self._panel_button = tool_button(self.panel_action)
        bar.addWidget(self._panel_button)
        self._lists = QStackedWidget()
        self._lists.addWidget(self.view)
        self._lists.addWidget(self.missing)
        self._lists.addWidget(EmptyState("Всё исполненное подтверждено документами.", []))
        self._empty = EmptyState(
            "Здесь ведётся реестр документов, которые подтверждают исполнение: приказы, справки, протоколы."
            " Перетащите сюда сканы – номер и дата возьмутся из имени файла – или впишите первый документ.",
            [self.attach_action, self.add_action],
        )
        self._lists.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(beside(self._lists, self.panel, WIDTH, "documents-splitter"), 1)
        column.addWidget(self.notice)

    def _connect(self) -> None:
        self.faces.currentChanged.connect(lambda: self._show_face())
        self.view.selectionModel().currentChanged.connect(lambda: self._show_document())
        self.view.doubleClicked.connect(self._double_clicked)
        self.missing.activated.connect(lambda: self._lead_missing())
        self.missing.selectionModel().selectionChanged.connect(lambda: self._enable())
        self.panel.led.connect(self.led)
        self.panel.attach_wanted.connect(self.attach)
        self.panel.tie_wanted.connect(self.tie)
        self.panel.tie_value_wanted.connect(self.tie_values)
        self.panel.tie_round_wanted.connect(self.tie_rounds)
        self.panel.release_wanted.connect(self._release)
        self.panel.open_wanted.connect(self._papers.open)
        self.panel.save_wanted.connect(self._papers.save_as)
        self.panel.replace_wanted.connect(self._replace)
        self.panel.scan_wanted.connect(lambda: self._take_scan(()))
        self.panel.remove_wanted.connect(lambda file: document_edits.remove_file(self.workspace, file))
        self._drops = []
        for widget, take in (
            (self.view.viewport(), self._drop_on_register), (self.missing.viewport(), self._drop_on_missing),
            (self.panel.viewport(), self._drop_on_panel), (self._empty, self._drop_anywhere),
        ):  # fmt: skip
            drop = FileDrop(widget)
            drop.dropped.connect(take)
            self._drops.append(drop)

    # --- what a page answers

    def refresh(self, tables: frozenset[str]) -> None:
        if tables and not tables & _TABLES:
            return
        self.documents.refresh()
        self.fit_columns("title", 150)
        self.view.freeze(1)
        self._missing = missing_evidence(self.workspace.snapshot, self.workspace.states)
        self.faces.setTabText(1, f"Нет документа: {len(self._missing)}" if self._missing else "Нет документа")
        for drop in self._drops:
            drop.enabled = self.documents.editable
        if self.documents.records:
            self._typing_first = False
        self._show_face()

    def search(self, text: str) -> None:
        super().search(text)
        self._fill_missing()

    def status_text(self) -> str:
        count = len(self.documents.records)
        words = [counted(count, "документ", "документа", "документов")] if count else []
        if count and self.shown_count() != count:
            words.append(f"показано {self.shown_count()}")
        bare = sum(not self.documents.files.get(record.id) for record in self.documents.records)
        if bare:
            words.append(f"без файла {bare}")
        if self._missing:
            words.append(f"не хватает {len(self._missing)}")
        return ", ".join(words)

    def menu_actions(self) -> list[QAction]:
        return [
            self.add_action, self.attach_action, self.tie_action, self.open_action, self.delete_action,
            self.panel_action,
        ]  # fmt: skip

    # --- the document at hand

    @property
    def chosen(self) -> Evidence | None:
        """The document of the row at hand, None on the blank one."""
        index = self.view.currentIndex()
        record = self.documents.record(self.proxy.mapToSource(index).row()) if index.isValid() else None
        return record if isinstance(record, Evidence) else None

    def add(self) -> None:
        """The hand goes to the blank row."""
        self._typing_first = True
        self.faces.setCurrentIndex(0)
        self._show_face()
        self.view.go_to_blank("kind")

    def attach(self) -> None:
        """Files for the document at hand, for the rows without one, or, on the blank row, for new documents."""
        if self.faces.currentIndex() == 1:
            ties = [_tie(each) for each in self.missing.chosen]
            self._papers.choose("Файлы документов", lambda papers: self._take_new(papers, ties))
        elif (document := self.chosen) is not None:
            self._papers.choose("Файл документа", lambda papers: self._attach_to(document, papers))
        else:
            self._papers.choose("Файлы документов", lambda papers: self._take_new(papers, ()))

    def tie(self) -> None:
        """Asks which rows the chosen documents prove too."""
        documents = self.view.chosen_records()
        if not documents:
            return
        proved = set.intersection(*(set(document.item_ids) for document in documents))
        title = f"Что подтверждает: {shorten(documents[0].label, 50)}"
        chooser = RowChooser(self.workspace.snapshot, title, proved, parent=self)
        if chooser.exec() == QDialog.DialogCode.Accepted:
            document_edits.tie(self.workspace, documents, map(document_edits.Tie, chooser.chosen))
        chooser.deleteLater()

    def tie_values(self) -> None:
        """Asks which values of indicators the chosen documents prove too."""
        documents, snapshot = self.view.chosen_records(), self.workspace.snapshot
        if documents:
            proved = set.intersection(*(set(document.values) for document in documents))
            entries = use_chooser.value_entries(snapshot, proved)
            self._tie_uses(documents, "Показатель и его значение", entries, lambda key: document_edits.ValueTie(*key))

    def tie_rounds(self) -> None:
        """Asks which rounds of monitoring the chosen documents prove too."""
        documents, snapshot = self.view.chosen_records(), self.workspace.snapshot
        if documents:
            proved = set.intersection(*(set(document.round_ids) for document in documents))
            entries = use_chooser.round_entries(snapshot, proved)
            self._tie_uses(documents, "Мониторинг", entries, document_edits.RoundTie)

    def _tie_uses(
        self, documents: Sequence[Evidence], heading: str, entries: Iterable[Entry],
        tie_of: Callable[[Any], document_edits.AnyTie],
    ) -> None:  # fmt: skip
        title = f"Что подтверждает: {shorten(documents[0].label, 50)}"
        chooser = ListChooser(title, heading, entries, parent=self)
        if chooser.exec() == QDialog.DialogCode.Accepted:
            document_edits.tie(self.workspace, documents, map(tie_of, chooser.keys))
        chooser.deleteLater()

    def open_file(self) -> None:
        if (document := self.chosen) and (files := self.documents.files.get(document.id)):
            self._papers.open(files[0])

    def delete(self) -> None:
        if documents := self.view.chosen_records():
            self.notice.say(document_edits.delete_documents(self.workspace, documents))

    def name_missing(self) -> None:
        """A document, typed in words or known, for the chosen rows without one."""
        chosen = self.missing.chosen
        if not chosen:
            return
        names = ", ".join(each.item.number or f"«{shorten(each.item.title)}»" for each in chosen[:5])
        dialog = AddEvidenceDialog(self.workspace.snapshot.evidence, f"Документ подтверждает: {names}", self)
        if dialog.exec() == QDialog.DialogCode.Accepted and dialog.evidence.papers:
            document_edits.name_documents(self.workspace, dialog.evidence.papers, [_tie(each) for each in chosen])
        dialog.deleteLater()

    def _release(self, proved: document_edits.AnyTie) -> None:
        if document := self.chosen:
            document_edits.release(self.workspace, document, proved)

    def expect(self) -> None:
        """Asks which kinds of documents the chosen rows expect."""
        if chosen := self.missing.chosen:
            expect_papers(self.workspace, list({each.item.id: each.item for each in chosen}.values()), self)

    def print_missing(self) -> None:
        """What has no document, as a document to print or send."""
        from cosdesk.reports.catalog import report
        from cosdesk.reports.request import Request
        from cosdesk.ui.document_dialog import DocumentDialog

        contents, snapshot = self.workspace.contents, self.workspace.snapshot
        if contents is not None:
            found, request = report("missing-evidence"), Request(contents.roadmap.id)
            dialog = DocumentDialog(found.title, lambda: found.build(snapshot, request), self)
            dialog.exec()
            dialog.deleteLater()

    def _replace(self, file: EvidenceFile) -> None:
        self._papers.choose(
            "Заменить файл", lambda papers: document_edits.replace_file(self.workspace, file, papers[0]), several=False
        )

    def _lead_missing(self) -> None:
        if chosen := self.missing.chosen:
            self.led.emit(Place(chosen[0].roadmap_id, chosen[0].item.id))

    def _double_clicked(self, index: QModelIndex) -> None:
        key = self.documents.column(index.column()).key
        document = self.chosen
        if document is None:
            return
        if key == "file":
            if self.documents.files.get(document.id):
                self.open_file()
            elif self.documents.editable:
                self.attach()
        elif key == "proves" and self.documents.editable:
            self.tie()

    # --- files that come in

    def _drop_on_register(self, paths: Sequence[Path], point: QPoint) -> None:
        index = self.view.indexAt(point)
        document = self.documents.record(self.proxy.mapToSource(index).row()) if index.isValid() else None
        if document is None:
            self._drop_anywhere(paths)
        else:
            self._drop_on_document(document, paths)

    def _drop_on_missing(self, paths: Sequence[Path], point: QPoint) -> None:
        missing = self.missing.missing_at(self.missing.indexAt(point))
        ties = [_tie(missing)] if missing else []
        self._papers.read(paths, lambda papers: self._take_new(papers, ties))

    def _drop_on_panel(self, paths: Sequence[Path], _: QPoint) -> None:
        if (document := self.chosen) is None:
            self._drop_anywhere(paths)
        else:
            self._drop_on_document(document, paths)

    def _drop_on_document(self, document: Evidence, paths: Sequence[Path]) -> None:
        if is_scan(paths) and unsigned_file(self.workspace, document.id):
            self._scans.take_for_document(document, paths)
        else:
            self._papers.read(paths, lambda papers: self._attach_to(document, papers))

    def _take_scan(self, paths: Sequence[Path]) -> None:
        if (document := self.chosen) is not None:
            self._scans.take_for_document(document, paths)

    def _drop_anywhere(self, paths: Sequence[Path], _: QPoint | None = None) -> None:
        self._papers.read(paths, lambda papers: self._take_new(papers, ()))

    def _attach_to(self, document: Evidence, papers: list[Paper]) -> None:
        document_edits.attach(self.workspace, document, papers)
        self.view.choose(document.id)

    def _take_new(self, papers: list[Paper], ties: Sequence[document_edits.Tie]) -> None:
        ids = document_edits.add_papers(self.workspace, papers, ties)
        if self.faces.currentIndex() == 0:
            self.view.choose(ids[0], "number")
        label = papers[0].proposal.label
        self.notice.say(
            f"Добавлен документ: {label}. Проверьте номер и дату."
            if len(papers) == 1
            else f"Добавлено файлов: {len(papers)}. Проверьте номера и даты."
        )

    # --- showing

    def _fill_missing(self) -> None:
        """Only where it is looked at: thousands may be missing."""
        if self.faces.currentIndex() == 1:
            self.missing.show_missing(self._missing, self._query)

    def _show_face(self) -> None:
        own = self.faces.currentIndex() == 0
        self._fill_missing()
        # An empty register says what belongs here until one asks to type.
        is_empty = not self.documents.records and not self._typing_first
        self._lists.setCurrentIndex((3 if is_empty else 0) if own else (1 if self._missing else 2))
        for button in self._own:
            button.setVisible(own)
        for button in self._others:
            button.setVisible(not own)
        self.filter.setVisible(own)
        self._panel_button.setVisible(own)
        self.panel.setVisible(own and not is_empty and self.panel_action.isChecked())
        self.notice.complain("")
        if not own:
            self.notice.say("Enter – перейти к строке. Файл документа можно перетащить прямо на строку списка.")
        self._show_document()

    def _show_document(self) -> None:
        document = self.chosen
        files = self.documents.files.get(document.id, ()) if document else ()
        unsigned = bool(document and files and unsigned_file(self.workspace, document.id))
        self.panel.show_document(document, files, self.workspace.snapshot, self.documents.editable, unsigned)
        self._enable()

    def _enable(self) -> None:
        editable, document = self.documents.editable, self.chosen
        own = self.faces.currentIndex() == 0
        self.add_action.setEnabled(editable)
        self.attach_action.setEnabled(editable and (own or bool(self.missing.chosen)))
        self.tie_action.setEnabled(editable and own and document is not None)
        self.delete_action.setEnabled(editable and own and document is not None)
        self.open_action.setEnabled(bool(document and self.documents.files.get(document.id)))
        self.name_action.setEnabled(editable and bool(self.missing.chosen))
        self.lead_action.setEnabled(bool(self.missing.chosen))
        self.expect_action.setEnabled(editable and bool(self.missing.chosen))
        self.print_action.setEnabled(bool(self._missing))
        self.view.paste_action.setEnabled(editable)
        self.view.clear_action.setEnabled(editable)

    def _show_panel(self, shown: bool) -> None:
        focused = self.focusWidget()
        if not shown and focused is not None and self.panel.isAncestorOf(focused):
            self.view.setFocus()
        self.panel.setVisible(shown and self.faces.currentIndex() == 0)

    def _passes(self, record: Evidence) -> bool:
        match self.filter.currentIndex():
            case 1:
                return not self.documents.files.get(record.id)
            case 2:
                return not self.documents.proofs.get(record.id)
            case _:
                return True


def _tie(missing: MissingEvidence) -> document_edits.Tie:
    return document_edits.Tie(missing.item.id, missing.record.id if missing.record else None)
