"""What the benchmark works on: an invented roadmap of any length, as a district's file and as a Word table."""

from pathlib import Path

from cosdesk.domain.district import District
from cosdesk.domain.roadmap import Item, ItemKind, Roadmap, RoadmapContents, Section, Term
from cosdesk.store.file import DistrictFile
from cosdesk.store.roadmaps import add_roadmap

ROWS_A_SECTION = 25

WORDINGS = (
    "сентябрь 2021 г.",
    "4 квартал 2022 года",
    "ежегодно, май",
    "декабрь, май",
    "в течение года",
    "до 01.09.2023",
    "2021-2024 годы",
    "с 15.01.2022 по 30.06.2022",
    "не позднее 25 декабря 2022 года",
    "II полугодие 2023 г.",
)

_TITLES = (
    "Оснащение учебных кабинетов общеобразовательных организаций компьютерным оборудованием",
    "Мониторинг скорости доступа к сети Интернет в общеобразовательных организациях района",
    "Повышение квалификации педагогических работников по работе с электронными материалами",
    "Обновление официальных сайтов общеобразовательных организаций и проверка их наполнения",
    "Совещание с руководителями общеобразовательных организаций о ходе внедрения платформы",
)
_EXPECTED = ("Справка о результатах мониторинга", "Приказ, акт приёма-передачи", "Протокол совещания", "Отчёт")
_RESPONSIBLE = ("Отдел образования", "Методический кабинет", "Руководители общеобразовательных организаций")


def contents(rows: int) -> RoadmapContents:
    """A roadmap in the form «sections» with exactly that many rows."""
    sections = tuple(
        Section(number, str(number), f"Направление {number}. Цифровая образовательная среда")
        for number in range(1, (rows - 1) // ROWS_A_SECTION + 2)
    )
    items = tuple(
        Item(
            id=row + 1,
            kind=ItemKind.ACTIVITY,
            title=_TITLES[row % len(_TITLES)],
            number=f"{row // ROWS_A_SECTION + 1}.{row % ROWS_A_SECTION + 1}",
            section_id=row // ROWS_A_SECTION + 1,
            term=Term(WORDINGS[row % len(WORDINGS)]),
            responsible=(_RESPONSIBLE[row % len(_RESPONSIBLE)],),
            expected=_EXPECTED[row % len(_EXPECTED)],
        )
        for row in range(rows)
    )
    title = "План мероприятий («дорожная карта») на 2021–2024 годы"
    return RoadmapContents(Roadmap(1, title, "sections", first_year=2021, last_year=2024), (), sections, items)


def district_file(path: Path, rows: int) -> Path:
    """A district's file with one roadmap of that many rows."""
    with DistrictFile.create(path, District("Измеряемый район")) as file, file.edit("Импорт") as edit:
        add_roadmap(edit, contents(rows))
    return path


def word_table(path: Path, rows: int) -> Path:
    """The same roadmap as a Word document, in the columns of its printed form."""
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.oxml import OxmlElement
    from docx.shared import Cm, Pt

    roadmap = contents(rows)
    document = docx.Document()
    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Cm(29.7), Cm(21)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(2)
    font = document.styles["Normal"].font
    font.name, font.size = "Times New Roman", Pt(12)
    document.add_paragraph(roadmap.roadmap.title)
    table = document.add_table(rows=1, cols=5, style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, (1.2, 8.6, 7.3, 3.7, 4.9), strict=True):
        column.width = Cm(width)
    headings = ("№", "Мероприятие", "Ожидаемые результаты", "Срок реализации", "Ответственное лицо")
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell, text in zip(table.rows[0].cells, headings, strict=True):
        cell.text = text
    for place, item in enumerate(roadmap.items):
        if place % ROWS_A_SECTION == 0:
            band = table.add_row().cells
            band[0].merge(band[-1]).text = roadmap.sections[place // ROWS_A_SECTION].title
        cells = (item.number, item.title, item.expected, item.term.text, item.responsible[0])
        for cell, text in zip(table.add_row().cells, cells, strict=True):
            cell.text = text
    document.save(str(path))
    return path
