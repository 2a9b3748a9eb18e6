"""Asking for the office's letterhead and the look of papers, beside a letter that bears it."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from cosdesk.domain.district import District
from cosdesk.domain.letterhead import Arrangement, Letterhead, Standard, faults_of
from cosdesk.errors import UserError
from cosdesk.intake.emblem import read_emblem
from cosdesk.store.letterheads import change_letterhead
from cosdesk.ui.file_drop import FileDrop
from cosdesk.ui.panel_parts import plain_label
from cosdesk.ui.settings import last_folder, remember_folder
from cosdesk.ui.tasks import Task, Tasks
from cosdesk.ui.theme import STEP, Tone, icon, ink_of

if TYPE_CHECKING:
    from cosdesk.ui.main_window import MainWindow
    from cosdesk.ui.page import Page

_PICTURES = "Рисунки (*.png *.jpg *.jpeg)"
_LINES = (
    ("phone", "Телефон", "8 (00000) 0-00-00"),
    ("email", "Эл. почта", "адрес@почта"),
    ("site", "Сайт", ""),
    ("okpo", "ОКПО", "8 цифр"),
    ("ogrn", "ОГРН", "13 цифр"),
    ("inn", "ИНН", "10 цифр"),
    ("kpp", "КПП", "9 цифр"),
    ("place", "Место составления", "печатается в приказах и протоколах"),
)
_ROWS = (("phone", "email"), ("site",), ("okpo", "ogrn"), ("inn", "kpp"), ("place",))
_SHEET = QSize(368, 520)
_PAUSE = 250
"""Milliseconds after the last key before the sample is drawn anew."""


def edit_letterhead(window: "MainWindow | Page") -> None:
    """Asks for the letterhead and keeps it as one edit; ``UserError`` where the file may not be written."""
    workspace = window.workspace
    if workspace.file.read_only:
        raise UserError(f"{workspace.file.read_only_reason} Бланк можно изменить в копии файла.")
    snapshot = workspace.snapshot
    dialog = LetterheadDialog(snapshot.district, snapshot.letterhead, window.tasks, window)
    if dialog.exec() == QDialog.DialogCode.Accepted and dialog.letterhead != snapshot.letterhead:
        with workspace.edit("Бланк учреждения") as edit:
            change_letterhead(edit, dialog.letterhead)
    dialog.deleteLater()


class LetterheadDialog(QDialog):
    """Gives ``letterhead`` as typed; the office's name is proposed where there is none yet."""

    def __init__(self, district: District, letterhead: Letterhead, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Бланк учреждения")
        self._district = district
        self._tasks = tasks
        self._task: Task | None = None
        self._picture = letterhead.picture
        self._lines: dict[str, QLineEdit] = {}
        names = letterhead.names if letterhead.is_filled else letterhead.names or district.office
        self._make_fields(replace(letterhead, names=names))
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._draw)
        self._lay_out()
        FileDrop(self).dropped.connect(lambda paths, _: self._take_picture(paths[0]))
        self._change()

    @property
    def letterhead(self) -> Letterhead:
        return Letterhead(
            Arrangement(self.arrangement.currentData()),
            self.names.toPlainText().strip(),
            self.address.toPlainText().strip(),
            picture=self._picture,
            standard=Standard(self.standard.currentData()),
            coded=self.coded.isChecked(),
            **{name: line.text().strip() for name, line in self._lines.items()},
        )

    # --- construction

    def _make_fields(self, letterhead: Letterhead) -> None:
        self.arrangement, self.standard = QComboBox(), QComboBox()
        for arrangement in Arrangement:
            self.arrangement.addItem(arrangement.label, arrangement)
        for standard in Standard:
            self.standard.addItem(standard.label, standard)
        self.arrangement.setCurrentIndex(self.arrangement.findData(letterhead.arrangement))
        self.standard.setCurrentIndex(self.standard.findData(letterhead.standard))
        self.names = _text(letterhead.names, 4, "Каждая строка бланка – с новой строки")
        self.address = _text(letterhead.address, 2, "Улица, дом, населённый пункт, индекс")
        for name, label, hint in _LINES:
            line = self._lines[name] = QLineEdit(getattr(letterhead, name))
            line.setPlaceholderText(hint)
            line.setCursorPosition(0)
            line.setAccessibleName(label)
            line.textChanged.connect(self._change)
        self.coded = QCheckBox("QR-код с отпечатком документа на первом листе")
        self.coded.setChecked(letterhead.coded)
        self.coded.toggled.connect(self._change)
        self.choose_picture = QPushButton(icon("attach"), "Выбрать…")
        self.drop_picture = QPushButton(icon("delete"), "Убрать")
        self.choose_picture.clicked.connect(self._ask_picture)
        self.drop_picture.clicked.connect(lambda: self._set_picture(b""))
        for choice in (self.arrangement, self.standard):
            choice.currentIndexChanged.connect(self._change)
        for text in (self.names, self.address):
            text.textChanged.connect(self._change)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setSpacing(STEP)
        picture = QHBoxLayout()
        picture.addWidget(self.choose_picture)
        picture.addWidget(self.drop_picture)
        picture.addStretch(1)
        rows: list[tuple[str, QWidget]] = [
            ("Расположение", self.arrangement),
            ("Названия", self.names),
            ("Адрес", self.address),
        ]
        form.addRow("Герб или эмблема", picture)
        for label, field in rows:
            field.setAccessibleName(label)
            form.addRow(label, field)
        labels = {name: label for name, label, _ in _LINES}
        for names in _ROWS:
            row = QHBoxLayout()
            for place, name in enumerate(names):
                if place:
                    row.addWidget(QLabel(labels[name]))
                row.addWidget(self._lines[name], 1)
            form.addRow(labels[names[0]], row)
        self.standard.setAccessibleName("Оформление документов")
        form.addRow("Оформление", self.standard)
        form.addRow("", self.coded)
        self._faults = plain_label("")
        palette = self._faults.palette()
        palette.setColor(self._faults.foregroundRole(), ink_of(Tone.AMBER))
        self._faults.setPalette(palette)
        form.addRow("", self._faults)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.sample = QLabel("Образец составляется…")
        self.sample.setAccessibleName("Образец письма на бланке")
        self.sample.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.sample.setMinimumSize(_SHEET)
        left = QVBoxLayout()
        left.addWidget(plain_label("Печатается на письмах; в приказах, протоколах и справках – без адреса."))
        left.addLayout(form)
        left.addStretch(1)
        left.addWidget(self.buttons)
        layout = QHBoxLayout(self)
        layout.setSpacing(STEP * 2)
        layout.addLayout(left, 1)
        layout.addWidget(self.sample)
        self.resize(1000, _SHEET.height() + 4 * STEP)

    # --- the picture

    def _ask_picture(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Герб или эмблема", last_folder(), _PICTURES)
        if name:
            remember_folder(Path(name))
            self._take_picture(Path(name))

    def _take_picture(self, path: Path) -> None:
        # Aside: a photograph of forty million points takes its time.
        self._tasks.run(f"Читается: {path.name}", lambda _: read_emblem(path), self._set_picture)

    def _set_picture(self, picture: bytes) -> None:
        self._picture = picture
        self._change()

    # --- the sample

    def _change(self) -> None:
        letterhead = self.letterhead
        self.drop_picture.setEnabled(bool(letterhead.picture))
        # The code is a requisite of the later edition.
        self.coded.setEnabled(letterhead.standard is Standard.EDITION_2025)
        self._faults.setText("\n".join(faults_of(letterhead)))
        self._pause.start()

    def _draw(self) -> None:
        district, letterhead = self._district, self.letterhead
        if self._task is not None:
            self._task.cancel()
        self._task = self._tasks.run("Образец бланка", lambda _: _sample(district, letterhead), self._show_sample)

    def _show_sample(self, pdf: bytes) -> None:
        from PySide6.QtPdf import QPdfDocument

        from cosdesk.ui.pdf_preview import load_pdf

        document: QPdfDocument = load_pdf(pdf)
        ratio = self.devicePixelRatioF()
        drawn = document.render(0, _SHEET * ratio)
        sheet = QImage(drawn.size(), QImage.Format.Format_RGB32)
        sheet.fill(Qt.GlobalColor.white)
        pixmap = QPixmap.fromImage(_on(sheet, drawn))
        pixmap.setDevicePixelRatio(ratio)
        self.sample.setPixmap(pixmap)

    def done(self, result: int) -> None:
        self._pause.stop()
        if self._task is not None:
            self._task.cancel()
        super().done(result)


def _sample(district: District, letterhead: Letterhead) -> bytes:
    from cosdesk.reports.export import render
    from cosdesk.reports.letterhead import sample_letter

    return render(sample_letter(district, letterhead), "pdf")


def _on(sheet: QImage, drawn: QImage) -> QImage:
    """A PDF's page is drawn without paper under it."""
    from PySide6.QtGui import QPainter

    painter = QPainter(sheet)
    painter.drawImage(0, 0, drawn)
    painter.end()
    return sheet


def _text(value: str, lines: int, hint: str) -> QPlainTextEdit:
    field = QPlainTextEdit(value)
    field.setPlaceholderText(hint)
    field.setTabChangesFocus(True)
    field.setFixedHeight(lines * field.fontMetrics().lineSpacing() + 2 * STEP)
    return field
