"""Documents of every kind of block, and texts that try to do harm: what the renderers' tests draw."""

from datetime import date
from decimal import Decimal

from cosdesk.reports.document import (
    Align,
    Cell,
    Chart,
    Column,
    Document,
    Executor,
    Format,
    Heading,
    PageBreak,
    Paragraph,
    Row,
    Series,
    Signature,
    StampBlock,
    Stamps,
    Table,
    Title,
    Tone,
)

HOSTILE = (
    "Иванов <ivanov@example.ru>",
    "<b>не жирно",
    "</para><img src='/etc/passwd'/>",
    "<a href=\"file:///etc/passwd\">ссылка</a>",
    "&amp; и & и &#1071;",
    "=1+1",
    "=HYPERLINK(\"http://example.ru\")",
    "+7 912 000-00-00",
    "- мониторинг",
    "@сумма",
    "#N/A",
    "{региона} %d \\n (скобка",
)  # fmt: skip

SCHOOLS = Table(
    "Школы",
    (
        Column("Школа", width=3),
        Column("Обучающихся", "На начало года", align=Align.RIGHT, format=Format.INTEGER),
        Column("Педагогов", "На начало года", align=Align.RIGHT, format=Format.INTEGER),
        Column("Доля, %", align=Align.RIGHT, format=Format.PERCENT),
        Column("Отклонение, п.п.", align=Align.RIGHT, format=Format.POINTS),
        Column("Дата", align=Align.CENTER, format=Format.DATE),
        Column("Статус"),
    ),
    (
        Row((Cell("Сельские школы"),), band=True, id="section:1"),
        Row(
            (Cell("Берёзовская СОШ"), Cell(1200), Cell(40), Cell(Decimal("66.7")), Cell(Decimal("-8.3")),
             Cell(date(2021, 9, 1)), Cell("Ниже плана", tone=Tone.AMBER)),
            id="school:1",
        ),
        Row(
            (Cell("Осиновская СОШ"), Cell(34), Cell(Decimal(7)), Cell(None, dash=True), Cell(Decimal("2.04")),
             Cell(None), Cell("Достигнуто", tone=Tone.GREEN)),
            id="school:2",
        ),
    ),
    number_row=True,
    total_label="Итого по району",
    total_columns=(1, 2),
)  # fmt: skip

CHART = Chart(
    "План и факт",
    ("2021", "2022", "2023"),
    (
        Series("План", (Decimal(25), Decimal(50), Decimal(75))),
        Series("Факт", (Decimal("16.7"), None, Decimal("80.5"))),
    ),
    "%",
)

REPORT = Document(
    "Отчёт о школах",
    "Отчёт",
    (
        Stamps(
            left=(StampBlock("СОГЛАСОВАНО", ("Директор",), "О.П.Сосин", "11.01.2021"),),
            right=(StampBlock("УТВЕРЖДАЮ", ("Глава района",), "А.Б. Берёзкин", "12.01.2021"),),
        ),
        Title(("Отчёт", "о школах")),
        Heading("1. Общие сведения"),
        Paragraph("Первый абзац отчёта.\nВторая строка."),
        SCHOOLS,
        CHART,
        Paragraph("Мелкое примечание.", small=True),
        PageBreak(landscape=True),
        Heading("Приложение", align=Align.CENTER),
        Table("Пустая", (Column("Строка"),), (), empty="Замечаний нет."),
        PageBreak(landscape=False),
        Signature("Начальник управления образования", "И.В. Кузнецов"),
        Executor("Петрова Анна Сергеевна", "8 (35300) 2-11-22"),
    ),
    author="Управление образования",
    text_sheet="Текст отчёта",
)


def long_table(rows: int, words: int = 12, *, number_row: bool = True) -> Table:
    """A plan of that many rows, the first of each ten under a band."""
    text = "проведение мониторинга обеспечения образовательных организаций сетью «Интернет» в районе " * words
    body: list[Row] = []
    for number in range(1, rows + 1):
        if number % 10 == 1:
            body.append(Row((Cell(f"Направление {number // 10 + 1}"),), band=True))
        body.append(Row((Cell(f"{number}."), Cell(f"начало{number} {text[: words * 12]} конец{number}"), Cell("2021"))))
    columns = (Column("№ п/п", width=0.5), Column("Мероприятие", width=4), Column("Срок"))
    return Table("План", columns, tuple(body), number_row=number_row)


def of(*blocks: object, landscape: bool = False) -> Document:
    return Document("Проба", "Проба", tuple(blocks), landscape)  # type: ignore[arg-type]
