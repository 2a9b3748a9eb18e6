"""«Отправить»: a draft in the user's mail program with the document; what was typed is offered the next time."""

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from cosdesk.dataclass import dataclass
from cosdesk.domain.evidence import describe
from cosdesk.domain.organisation import School
from cosdesk.errors import UserError
from cosdesk.exchange.mail import addresses_in, greeting, letter_with
from cosdesk.reports.document import Document
from cosdesk.reports.export import render, write_file
from cosdesk.reports.references import quoted
from cosdesk.ui.page import Page
from cosdesk.ui.report_order import Order
from cosdesk.ui.settings import last_folder, remember_folder
from cosdesk.ui.tasks import Progress
from cosdesk.ui.theme import STEP
from cosdesk.ui.wording import counted
from cosdesk.ui.workspace import Workspace

_TO, _TEXT = "mail.to", "mail.text."
_HELLO = "Здравствуйте!"
_FORMATS = (("pdf", "PDF"), ("docx", "Word"), ("xlsx", "Excel"))


@dataclass(frozen=True)
class Sending:
    """What was asked for: ``each``, a draft a school with its own letter; ``formats`` of the files enclosed."""

    to: str
    subject: str
    text: str
    formats: tuple[str, ...]
    each: bool


class SendDialog(QDialog):
    """Addressee, subject, text and files of a letter; of letters to schools one draft for all or one each."""

    def __init__(
        self, order: Order, document: Document, to: str, text: str, hidden: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Отправить по почте")
        self.setMinimumWidth(560)
        report = order.report
        self.to = QLineEdit(to)
        self.to.setAccessibleName("Кому")
        self.to.setPlaceholderText("адрес; несколько – через запятую")
        self.subject = QLineEdit(document.title.removesuffix("."))
        self.subject.setAccessibleName("Тема")
        self.subject.setCursorPosition(0)
        self.text = QPlainTextEdit(text)
        self.text.setAccessibleName("Текст письма")
        self.text.setTabChangesFocus(True)
        self.files = {name: QCheckBox(title) for name, title in _FORMATS}
        self.files["pdf"].setChecked(True)
        self.each = QRadioButton("Отдельное письмо каждой школе")
        self.all = QRadioButton("Одно письмо, адреса школ – в скрытой копии")
        (self.each if report.each_school else self.all).setChecked(True)
        form = QFormLayout()
        form.setSpacing(STEP)
        form.addRow("&Кому", self.to)
        form.addRow("&Тема", self.subject)
        form.addRow("Т&екст", self.text)
        enclosed = QHBoxLayout()
        for box in self.files.values():
            box.toggled.connect(lambda: self._allow())
            enclosed.addWidget(box)
        enclosed.addStretch(1)
        form.addRow("Вложить", enclosed)
        layout = QVBoxLayout(self)
        layout.setSpacing(STEP * 2)
        if report.to_schools:
            told = QLabel(
                f"Школ с адресом почты: {hidden}." if hidden else "Ни у одной школы нет адреса почты: впишите его сами."
            )
            told.setWordWrap(True)
            layout.addWidget(told)
            if report.each_school:
                layout.addWidget(self.each)
                layout.addWidget(self.all)
        layout.addLayout(form)
        note = QLabel("Откроется черновик в вашей почтовой программе; отправите его вы сами.")
        note.setWordWrap(True)
        layout.addWidget(note)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.ok.setText("Подготовить письмо")
        layout.addWidget(buttons)

    @property
    def sending(self) -> Sending:
        """What was asked for."""
        formats = tuple(name for name, box in self.files.items() if box.isChecked())
        each = self.each.isChecked()
        return Sending(self.to.text().strip(), self.subject.text(), self.text.toPlainText(), formats, each)

    def _allow(self) -> None:
        self.ok.setEnabled(any(box.isChecked() for box in self.files.values()))


def send(page: Page, order: Order, document: Document, pdf: bytes) -> None:
    """Asks what to send and opens the draft; drafts for each school go into a folder that is asked for."""
    workspace, report = page.workspace, order.report
    schools = schools_with_address(workspace) if report.to_schools else []
    to = "" if report.to_schools else workspace.file.setting(_TO)
    text = workspace.file.setting(_TEXT + report.id) or proposed_text(order, document)
    dialog = SendDialog(order, document, to, text, len(schools), page)
    if not dialog.exec():
        return
    sending = dialog.sending
    if not report.to_schools:
        workspace.file.keep_setting(_TO, sending.to)
    # Words that name this period would be wrong in the next.
    kept = "" if sending.text == proposed_text(order, document) else sending.text
    workspace.file.keep_setting(_TEXT + report.id, kept)
    if report.each_school and sending.each and schools:
        _write_each(page, order, sending, schools)
        return
    hidden = ", ".join(address for school in schools for address in addresses_in(school.email))
    files = [
        (f"{document.file_name}.{name}", pdf if name == "pdf" else render(document, name)) for name in sending.formats
    ]
    draft = letter_with(workspace.snapshot.district, sending.subject, sending.text, files, sending.to, hidden)
    path = Path(tempfile.mkdtemp(prefix="cosdesk-")) / f"{document.file_name}.eml"
    write_file(path, draft)
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        raise UserError(f"Почтовая программа не открылась. Черновик письма лежит здесь: «{path}».")


def proposed_text(order: Order, document: Document) -> str:
    """«Здравствуйте! Направляем документ …», where nothing was typed before."""
    period = f" ({order.request.period.label})" if order.request.period else ""
    title = document.title.removesuffix(".")
    if title.startswith(("О ", "Об ", "Обо ")):
        # The heading of an order or a letter does not say what it is.
        title = f"{describe(order.report.title).kind} {quoted(title)}".lstrip()
    return f"{_HELLO}\n\nНаправляем документ: {title}{period}."


def schools_with_address(workspace: Workspace) -> list[School]:
    """The schools that work today and have an address."""
    snapshot = workspace.snapshot
    return [s for s in snapshot.schools if s.works_on(snapshot.today) and addresses_in(s.email)]


def _write_each(page: Page, order: Order, sending: Sending, schools: Sequence[School]) -> None:
    name = QFileDialog.getExistingDirectory(page, "Папка для черновиков писем", last_folder())
    if not name:
        return
    folder = Path(name)
    remember_folder(folder / "письмо")

    def work(progress: Progress) -> Path:
        for count, school in enumerate(schools):
            progress.step(count, len(schools))
            write_file(folder / _file_name(school), school_letter(order, sending, school))
        return folder

    def done(folder: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            raise UserError(f"Папка не открылась. Черновики писем лежат здесь: «{folder}».")

    title = counted(len(schools), "письмо", "письма", "писем")
    page.tasks.run(f"Готовится: {title}", work, done)


def school_letter(order: Order, sending: Sending, school: School) -> bytes:
    """The draft for one school with the letter addressed to it."""
    document = order.report.build(order.snapshot, replace(order.request, school_id=school.id))
    files = [(f"{document.file_name}.{name}", render(document, name)) for name in sending.formats]
    text = sending.text
    if text.startswith(_HELLO):
        text = greeting(school) + text[len(_HELLO) :]
    to = ", ".join(addresses_in(school.email))
    return letter_with(order.snapshot.district, sending.subject, text, files, to)


def _file_name(school: School) -> str:
    from cosdesk.store.evidence_files import clean_name

    return f"{Path(clean_name(f'{school.label}.eml')).stem} ({school.id}).eml"
