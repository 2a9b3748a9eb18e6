"""Documents of the five kinds made for the tests: Word files with real lists and merges, workbooks, texts."""

import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import docx
import openpyxl
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.table import Table as WordTable

SIDES = {"left": WD_ALIGN_PARAGRAPH.LEFT, "center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}


@dataclass
class Table:
    """Rows of texts; a cell's lines are paragraphs of their own.

    ``merges`` are (top, left, bottom, right); ``lists`` numbers the first cells of rows, each at a level.
    """

    rows: Sequence[Sequence[str]]
    merges: Sequence[tuple[int, int, int, int]] = ()
    lists: Mapping[int, int] = field(default_factory=dict)


Block = str | tuple[str, str] | Table
"""A paragraph, a paragraph with its side, a table."""


def write_docx(path: Path, blocks: Sequence[Block], levels: Sequence[str] = ("%1.", "%1.%2.", "%1.%2.%3.")) -> Path:
    document = docx.Document()
    number_id = add_list(document, levels)
    for block in blocks:
        if isinstance(block, Table):
            add_table(document, block, number_id)
        else:
            text, side = block if isinstance(block, tuple) else (block, "left")
            document.add_paragraph(text).alignment = SIDES[side]
    document.save(str(path))
    return path


def add_table(document: Document, table: Table, number_id: int) -> WordTable:
    width = max(map(len, table.rows))
    made = document.add_table(rows=len(table.rows), cols=width)
    for top, left, bottom, right in table.merges:
        made.cell(top, left).merge(made.cell(bottom, right))
    for r, row in enumerate(table.rows):
        for c, text in enumerate(row):
            if text:
                fill(made.cell(r, c), text)
        if r in table.lists:
            number(made.cell(r, 0).paragraphs[0], number_id, table.lists[r])
    return made


def fill(cell: Any, text: str) -> None:
    first, *others = text.split("\n")
    cell.paragraphs[0].text = first
    for line in others:
        cell.add_paragraph(line)


def add_list(document: Document, levels: Sequence[str], formats: Sequence[str] = (), extra: str = "") -> int:
    """A multilevel list of its own; the id to number paragraphs with."""
    numbering = document.part.numbering_part.element
    abstract_id = 900 + len(numbering.findall(f"{{{numbering.nsmap['w']}}}abstractNum"))
    parts = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/>'
        f'<w:numFmt w:val="{formats[depth] if depth < len(formats) else "decimal"}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for depth, text in enumerate(levels)
    )
    abstract = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{abstract_id}">{parts}</w:abstractNum>'
    numbering.insert(0, parse_xml(abstract))
    return add_number(document, abstract_id, extra)


def add_number(document: Document, abstract_id: int, extra: str = "") -> int:
    """Another list on the same abstract one; ``extra`` is its overrides."""
    numbering = document.part.numbering_part.element
    number_id = 900 + len(numbering.findall(f"{{{numbering.nsmap['w']}}}num"))
    numbering.append(
        parse_xml(
            f'<w:num {nsdecls("w")} w:numId="{number_id}"><w:abstractNumId w:val="{abstract_id}"/>{extra}</w:num>'
        )
    )
    return number_id


def number(paragraph: Any, number_id: int, level: int) -> None:
    properties = paragraph._p.get_or_add_pPr()
    properties.insert(
        0, parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number_id}"/></w:numPr>')
    )


def write_xlsx(
    path: Path,
    sheets: Mapping[str, Sequence[Sequence[Any]]],
    merges: Mapping[str, Sequence[str]] = {},
    formats: Mapping[str, Mapping[str, str]] = {},
) -> Path:
    """Sheets of values; a value that begins with «=» is a formula; ``formats`` by sheet and cell."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for area in merges.get(name, ()):
            sheet.merge_cells(area)
        for cell, shown in formats.get(name, {}).items():
            sheet[cell].number_format = shown
    book.save(path)
    return path


def rewrite(path: Path, change: Callable[[str, bytes], bytes | None], new: Path | None = None, **added: bytes) -> Path:
    """The package with its parts changed; None leaves a part out; ``added`` are new parts, «__» for a slash."""
    with zipfile.ZipFile(path) as package:
        parts = {info.filename: change(info.filename, package.read(info)) for info in package.infolist()}
    target = new or path
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in {**parts, **{key.replace("__", "/"): value for key, value in added.items()}}.items():
            if content is not None:
                package.writestr(name, content)
    return target


# The five kinds, of an invented district

PROJECT = "Цифровая среда школы"
APPROVED = (("УТВЕРЖДЕН", "right"), ("главой Заречного района, руководителем совета по развитию 11.01.2021", "right"))
STAMPS = Table(
    [
        [
            "СОГЛАСОВАНО\nДиректор департамента образования\nПриозёрной области\n_____________ В.Г.Осинин",
            "УТВЕРЖДАЮ\nГлава администрации Заречного района\nА.Б. Берёзкин\n«___» __________ 2021 г.",
        ]
    ]
)
PLAN_HEAD = [
    ["№ \nп/п", "Наименование результата, мероприятия, контрольной точки", "Сроки реализации", "",
     "Ответственный исполнитель", "Вид документа и характеристика результата"],
    ["", "", "Начало", "Окончание", "", ""],
]  # fmt: skip
PLAN_MERGES = [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 1, 4), (0, 5, 1, 5)]


def results_plan() -> list[Block]:
    rows = [
        *PLAN_HEAD,
        ["", "Школы подключены к сети «Интернет»", "01.01.2021", "31.12.2024", "Петрова А.С.", ""],
        [
            "",
            "Мониторинг скорости доступа",
            "10.03.2021",
            "30.11.2021",
            "Петрова А.С.\nСидоров П.И.",
            "справка,\nсписок школ",
        ],
        ["", "Требования выполнены", "", "31.12.2021", "Сидоров П.И.", "отчёт"],
        ["", "Сайты школ обновлены", "01.01.2022", "31.12.2022", "Сидоров П.И.", "реестр"],
        ["", "Мониторинг сайтов", "25.08.2022", "31.12.2022", "Сидоров П.И.", "справка"],
    ]
    annex = [
        ["Приозёрная область", "Базовое значение", "", "Период реализации регионального проекта, год", "", "", ""],
        ["", "Значение", "Дата", "2021", "2022", "2023", "2024"],
        ["Доля школ, подключённых к сети, процент"],
        ["Заречный район", "16,7", "01.11.2020", "25", "50", "75", "100"],
        ["Доля школьников с цифровым профилем, процент"],
        ["Доля педагогов, прошедших обучение, процент"],
        ["Заречный район", "0", "01.09.2020", "0", "12,5", "30", "62,5"],
    ]
    merges = [(0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 0, 6), *[(row, 0, row, 6) for row in (2, 4, 5)]]
    return [
        *APPROVED,
        ("ПЛАН МЕРОПРИЯТИЙ", "center"),
        (f"по реализации регионального проекта «{PROJECT}» в Заречном районе", "center"),
        Table(rows, PLAN_MERGES, {2: 0, 3: 1, 4: 1, 5: 0, 6: 1}),
        ("ПРИЛОЖЕНИЕ", "right"),
        (f"к муниципальному плану реализации регионального проекта «{PROJECT}»", "right"),
        ("Показатели муниципального проекта", "center"),
        Table(annex, merges),
    ]


def heaped() -> list[Block]:
    rows = [
        ["1. Доля школ района, подключённых к сети «Интернет»", "65%", "1. Обеспечение школ подключением", "август"],
        ["2. Доля педагогов района, прошедших повышение квалификации", "Не менее 5%",
         "- Направление на курсы\n- Проведение районного семинара", "До конца 2021 года\n4 квартал 2021 года"],
        ["3. Доля школ, обновивших свои сайты в сети «Интернет»", "23%",
         "- Обновление сведений;\n- Создание обратной связи\n- Мониторинг сайтов",
         "Август\nОтветственный: Сидоров П.И. 8(00000)12345"],
        ["4. Доля школьников, занятых на цифровой платформе", "7%",
         "- Отбор школ\n- Обучение учителей\n- Запись школьников", "Май\nСентябрь"],
    ]  # fmt: skip
    return [
        f"Региональный проект «{PROJECT}»",
        "1. Цели и задачи: создание современной среды обучения в школах Заречного района.",
        Table(rows),
    ]


def sections() -> list[Block]:
    band = "Направление {}. {}"
    rows = [
        ["№", "Мероприятие", "Ожидаемые результаты", "Срок реализации", "Ответственное лицо"],
        [band.format(1, "Организация"), "", "", "", ""],
        ["1.1", "Назначить координатора", "Приказ", "сентябрь", "Петрова А.С."],
        ["1.2", "Обсуждать ход работ", "Протоколы", "Два раза в год", "Петрова А.С.\nруководители школ"],
        ["2.", "Инфраструктура", "", "", ""],
        ["2.1.", "Вести переписку в электронном виде на основе данных", "Переход на безбумажную работу, сбор,",
         "2021 – 2024 учебные годы", "Руководители школ"],
        ["", "оборудования и отчётов", "обработка сведений", "", ""],
        ["2.2", "Следить за скоростью", "Справка", "В течение года", "Сидоров П.И."],
    ]  # fmt: skip
    return [
        ("УТВЕРЖДАЮ", "right"),
        ("Глава Заречного района", "right"),
        ("____________ А.Б. Берёзкин", "right"),
        ("«___» ____________ 20__ г.", "right"),
        ("Муниципальный план мероприятий («дорожная карта»)", "center"),
        (f"по реализации регионального проекта «{PROJECT}»", "center"),
        ("на 2021 – 2024 годы", "center"),
        Table(rows, [(1, 0, 1, 4)]),
    ]


def three_part() -> list[Block]:
    indicators = [
        ["№ п/п", "Наименование показателя", "Тип показателя", "Базовое значение", "", "Период, год", "", "", ""],
        ["", "", "", "Значение", "Дата", "2021", "2022", "2023", "ИТОГО"],
        [
            "1.",
            "Доля школ, подключённых к сети «Интернет», процент",
            "Основной",
            "0",
            "31.12.2020",
            "17",
            "35",
            "52",
            "52",
        ],
        [
            "2.",
            "Доля школьников с профилем, для которых формируется",
            "Основной",
            "0",
            "31.12.2020",
            "0",
            "15",
            "62,5",
            "62,5",
        ],
        ["", "цифровой образовательный профиль, %", "", "", "", "", "", "", ""],
    ]
    results = [
        ["№ п/п", "Наименование задачи, результата", "Характеристика результата"],
        ["1.", "Создание современной среды", ""],
        ["1.1.", "Не менее чем 20 % школ обновили сайты",
         "<p>Обновление позволит:</p> <ul style=\"list-style-type: none;\"> - показать сведения;"],
        ["№ п/п", "Наименование задачи, результата", "Характеристика результата"],
        ["", "и иные общедоступные ресурсы", "- создать обратную связь"],
        ["1.3.", "Все школы подключены", "Подключение к концу 2023 года"],
    ]  # fmt: skip
    plan = [
        ["№ п/п", "Наименование результата, мероприятия, контрольной точки", "Сроки реализации", "",
         "Ответственный исполнитель", "Вид документа и характеристика"],
        ["", "", "начало", "окончание", "", ""],
        ["1", "2", "3", "4", "5", "6"],
        ["1", "30% школ обновили сайты", "-", "31.12.2021", "Сидоров П.И., специалист", ""],
        ["1.1", "КТ: Проведение мониторинга", "01.09.2021", "31.12.2021", "Сидоров П.И., специалист", "Справка"],
        ["1.1.1", "Подготовка письма в школы", "15.09.2021", "20.09.2021", "Сидоров П.И., специалист", "Письмо"],
    ]  # fmt: skip
    return [
        ("ПЛАН", "center"),
        ("мероприятий («дорожная карта») Заречного района в рамках реализации", "center"),
        (f"регионального проекта «{PROJECT}»", "center"),
        "1. Цель и показатели муниципального плана",
        "Цель: Создание условий для внедрения современной цифровой среды.",
        Table(indicators, [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 1, 2), (0, 3, 0, 4), (0, 5, 0, 8)]),
        "2. Результаты реализации плана мероприятий («дорожной карты»):",
        Table(results),
        "3. План мероприятий (дорожная карта):",
        Table(plan, [(0, 2, 0, 3)]),
    ]


def controlled() -> list[Block]:
    rows = [
        ["№ п/п", "Наименование результата, мероприятия, контрольной точки", "Сроки реализации начало/окончание",
         "Ответственный исполнитель", "Документ, подтверждающий выполнение, характеристика результата",
         "Контролирующее лицо"],
        ["1.", "Утверждено должностное лицо", "24.04.2021", "Муниципальный координатор",
         "Распоряжение от 24.04.2021 № 43", "Глава района"],
        ["2.", "Сформирован перечень", "2022", "Муниципальный", "Приказ управления", "Заместитель начальника"],
        ["", "оборудования", "", "координатор", "образования", "управления образования"],
        ["3.", "Доля школьников с профилем составит к 2023 году 120 чел.(50%)",
         "2021 – 15%\n2022 – 30,5%\n2023 – 50%", "Муниципальный координатор", "Муниципальная программа",
         "Глава района"],
        ["4.", "Количество школ с целевой моделью", "2021 - 0 2022 - 5 2023 - 5", "Муниципальный координатор",
         "", "Заместитель главы района,\nначальник управления"],
    ]  # fmt: skip
    return [
        STAMPS,
        ("ДОРОЖНАЯ КАРТА", "center"),
        (f"по реализации муниципального проекта «{PROJECT}»", "center"),
        ("на территории Заречного района в 2021- 2023г.г.", "center"),
        Table(rows),
    ]


KINDS: dict[str, Callable[[], list[Block]]] = {
    "results-plan": results_plan,
    "indicator-activities": heaped,
    "sections": sections,
    "three-part": three_part,
    "controlled": controlled,
}
