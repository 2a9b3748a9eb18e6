"""The Excel workbook that one school fills in: what is asked, last known values, lists, bounds, locked cells.

Made for Excel and LibreOffice alike; which school and round it is of stands in a hidden sheet.
"""

import io
import re
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from cosdesk.dataclass import dataclass
from cosdesk.domain.answers import value_text
from cosdesk.domain.district import District
from cosdesk.domain.expressions import Value
from cosdesk.domain.monitoring import MonitoringForm, Question, QuestionType, Round
from cosdesk.domain.organisation import School
from cosdesk.domain.period import parse_period
from cosdesk.domain.workbook_identity import (
    ANSWER_HEADING,
    HEADER_KEY,
    QUESTION_HEADING,
    SERVICE_SHEET,
    WorkbookIdentity,
)

if TYPE_CHECKING:
    from openpyxl.cell import Cell, MergedCell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.worksheet import Worksheet

_HEADINGS = ("№", QUESTION_HEADING, ANSWER_HEADING, "Ед. изм.", "В прошлый раз", "Как заполнять")
_WIDTHS = (1, 5, 44, 30, 10, 24, 52)
_ANSWER_COLUMN = 4
_FONT = "Times New Roman"
_FORMATS = {
    QuestionType.WHOLE: "0",
    QuestionType.NUMBER: "General",
    QuestionType.PERCENT: "General",
    QuestionType.DATE: "DD.MM.YYYY",
}
_YES_NO = ("да", "нет")


@dataclass(frozen=True, slots=True)
class SchoolWorkbook:
    """A school's workbook ready to be written: its file's name and bytes."""

    school: School
    name: str
    content: bytes


def school_workbook(
    district: District,
    found: Round,
    form: MonitoringForm,
    school: School,
    last: Mapping[str, Value] | None = None,
) -> SchoolWorkbook:
    """The workbook of one school; ``last`` are its values of the last round, shown beside the cells to fill."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Ответ"
    service = book.create_sheet(SERVICE_SHEET)
    service.sheet_state = "hidden"
    identity = WorkbookIdentity(district.uid, found.id, school.id, form.id, form.version)
    for row, (name, value) in enumerate(identity.entries().items(), 1):
        _put(service.cell(row, 1), name)
        _put(service.cell(row, 2), value)
    next_row = _write_head(sheet, district, found, form, school)
    _write_questions(sheet, service, form, last or {}, next_row)
    _finish(book, sheet, service, next_row)
    buffer = io.BytesIO()
    book.save(buffer)
    return SchoolWorkbook(school, workbook_name(school, form), buffer.getvalue())


def workbook_name(school: School, form: MonitoringForm) -> str:
    """A file name of the school and the form, without signs that a system forbids."""
    text = re.sub(r'[\\/:*?"<>|«»\x00-\x1f]', " ", f"{school.label} – {form.title}")
    return " ".join(text.split())[:110].strip(" .") + ".xlsx"


def _write_head(sheet: "Worksheet", district: District, found: Round, form: MonitoringForm, school: School) -> int:
    """Title, school, term and instruction; the row where the table begins."""
    from openpyxl.styles import Alignment, Font

    due = f" Ответ нужен до {found.due:%d.%m.%Y}." if found.due else ""
    address = f" по адресу {district.coordinator_email}" if district.coordinator_email else ""
    lines = [
        (found.title or form.title, 14, True, 1),
        (school.name, 12, True, 2),
        (f"{district.name}, {parse_period(found.period).label.removesuffix('.')}.{due}", 11, False, 1),
        (
            "Заполните жёлтые ячейки столбца «Ответ», остальные закрыты от изменений. "
            "Где есть список, выберите из него. "
            f"Сохраните файл (название можно не менять) и отправьте его обратно{address}.",
            11,
            False,
            2,
        ),
    ]
    if form.instruction:
        lines.append((form.instruction, 11, False, max(1, -(-len(form.instruction) // 130))))
    if form.norm:
        lines.append((f"Норма: {form.norm}", 11, False, max(1, -(-len(form.norm) // 130))))
    for row, (text, size, bold, height) in enumerate(lines, 1):
        cell = sheet.cell(row, 2)
        _put(cell, text)
        cell.font = Font(name=_FONT, size=size, bold=bold)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.merge_cells(start_row=row, end_row=row, start_column=2, end_column=len(_WIDTHS))
        sheet.row_dimensions[row].height = size * 1.35 * height + 2
    return len(lines) + 2


def _write_questions(
    sheet: "Worksheet", service: "Worksheet", form: MonitoringForm, last: Mapping[str, Value], top: int
) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

    line = Side(style="thin", color="808080")
    border = Border(left=line, right=line, top=line, bottom=line)
    _put(sheet.cell(top, 1), HEADER_KEY)
    for column, heading in enumerate(_HEADINGS, 2):
        cell = sheet.cell(top, column)
        _put(cell, heading)
        cell.font = Font(name=_FONT, size=11, bold=True)
        cell.fill = PatternFill("solid", fgColor="E7E6E6")
        cell.border = border
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    # Shared by all cells: making a style anew for each is most of a workbook's time.
    font = Font(name=_FONT, size=11)
    middle = Alignment(wrap_text=True, vertical="center", horizontal="center")
    left = Alignment(wrap_text=True, vertical="center", indent=1)
    for number, question in enumerate(form.questions, 1):
        row = top + number
        texts = (
            str(number),
            question.label + (" *" if question.required else ""),
            "",
            question.unit,
            value_text(last.get(question.key)),
            hint_of(question),
        )
        _put(sheet.cell(row, 1), question.key)
        for column, text in enumerate(texts, 2):
            cell = sheet.cell(row, column)
            if column != _ANSWER_COLUMN:
                _put(cell, text)
            cell.font = font
            cell.border = border
            cell.alignment = middle if column in (2, _ANSWER_COLUMN, 5, 6) else left
        answer = sheet.cell(row, _ANSWER_COLUMN)
        answer.fill = PatternFill("solid", fgColor="FFF7CC")
        answer.protection = Protection(locked=False)
        answer.number_format = _FORMATS.get(question.type, "@")
        longest = max(len(texts[1]) / 40, len(texts[5]) / 48, len(texts[4]) / 22, 1)
        sheet.row_dimensions[row].height = 16 * -(-longest // 1) + 4
        validation = _validation(question, service)
        if validation is not None:
            sheet.add_data_validation(validation)
            validation.add(answer)
    note = sheet.cell(top + len(form.questions) + 1, 2)
    _put(note, "* – заполните обязательно.")
    note.font = Font(name=_FONT, size=10, italic=True)


def hint_of(question: Question) -> str:
    """How to fill a question in: its own hint and what its type and bounds ask."""
    if question.type is QuestionType.TEXT:
        return question.hint
    low, high = question.minimum, question.maximum
    kind = question.type.label
    if question.is_number and question.type is not QuestionType.PERCENT:
        kind += f" от {value_text(low)}" if low is not None else ""
        kind += f" до {value_text(high)}" if high is not None else ""
    if question.type is QuestionType.DATE and not question.future:
        kind += ", не позже сегодняшней"
    if question.type is QuestionType.CHOICE:
        kind += f": {', '.join(question.choices)}"
    return f"{question.hint} {kind[0].upper()}{kind[1:]}.".strip()


def _validation(question: Question, service: "Worksheet") -> "DataValidation | None":
    """What the cell lets in; texts are free."""
    from openpyxl.worksheet.datavalidation import DataValidation

    match question.type:
        case QuestionType.CHOICE | QuestionType.YES_NO:
            choices = _YES_NO if question.type is QuestionType.YES_NO else question.choices
            rule = DataValidation(type="list", formula1=_listed(service, question.key, choices))
        case QuestionType.DATE:
            last = "TODAY()" if not question.future else _serial(date(2100, 12, 31))
            rule = DataValidation(type="date", operator="between", formula1=_serial(date(1990, 1, 1)), formula2=last)
        case QuestionType.TEXT:
            rule = DataValidation(type="textLength", operator="lessThanOrEqual", formula1="2000")
        case _:
            low = "-1000000000" if question.minimum is None else f"{question.minimum:f}"
            high = "1000000000" if question.maximum is None else f"{question.maximum:f}"
            rule = DataValidation(type="decimal", operator="between", formula1=low, formula2=high)
            if question.type is QuestionType.WHOLE:
                rule.type = "whole"
    rule.allow_blank = True
    rule.showErrorMessage = True
    rule.errorTitle = "Так нельзя"
    rule.error = (hint_of(question) or "Не больше 2000 знаков.")[:220]
    return rule


def _listed(service: "Worksheet", key: str, choices: tuple[str, ...]) -> str:
    """The choices written into a column of the hidden sheet; the reference to them."""
    from openpyxl.utils import get_column_letter

    column = max(service.max_column + 1, 4)
    _put(service.cell(1, column), key)
    for row, choice in enumerate(choices, 2):
        _put(service.cell(row, column), choice)
    letter = get_column_letter(column)
    return f"'{SERVICE_SHEET}'!${letter}$2:${letter}${len(choices) + 1}"


def _finish(book: "Workbook", sheet: "Worksheet", service: "Worksheet", top: int) -> None:
    from openpyxl.worksheet.properties import PageSetupProperties

    for letter, width in zip("ABCDEFG", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.column_dimensions["A"].hidden = True
    sheet.freeze_panes = f"A{top + 1}"
    sheet.sheet_view.showGridLines = False
    sheet.sheet_view.selection[0].activeCell = sheet.cell(top + 1, _ANSWER_COLUMN).coordinate
    sheet.sheet_view.selection[0].sqref = sheet.cell(top + 1, _ANSWER_COLUMN).coordinate
    for each in (sheet, service):
        each.protection.sheet = True
        each.protection.formatColumns = False
        each.protection.formatRows = False
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{top}:{top}"
    book.properties.creator = "cosdesk"
    book.active = 0


def _put(cell: "Cell | MergedCell", text: str) -> None:
    """Text stays text, whatever it begins with."""
    from openpyxl.cell import MergedCell

    assert not isinstance(cell, MergedCell)  # only the first cell of a merge is ever written
    cell.value = text
    if text.startswith(("=", "+", "-", "@")):
        cell.data_type = "s"
        cell.quotePrefix = True


def _serial(day: date) -> str:
    """The day as a spreadsheet counts it."""
    return str((day - date(1899, 12, 30)).days)
