"""What stands around the tables: stamps in many shapes, the title, the goal, and lines of people in a cell."""

from datetime import date

import pytest

from cosdesk.domain.roadmap import Stamp, StampKind
from cosdesk.forms.roadmap_form import roadmap_forms
from cosdesk.intake.draft import Draft
from cosdesk.intake.front import numbered_heading, section_heading, stamp_kind
from cosdesk.intake.grid import Cell, Grid, Outline, Paragraph, Side, build_grid
from cosdesk.intake.recognise import recognise
from cosdesk.intake.rows import phrase_lines

PLAN = {(0, 0): "№", (0, 1): "Мероприятие", (0, 2): "Срок", (1, 0): "1", (1, 1): "Дело", (1, 2): "май"}
APPROVED, AGREED = StampKind.APPROVED, StampKind.AGREED


def plan() -> Grid:
    made = build_grid("таблица 9", {place: Cell(text) for place, text in PLAN.items()})
    assert made is not None
    return made


def draft_of(lines: list[str], side: Side = "") -> Draft:
    paragraphs = tuple(Paragraph(line, f"абзац {n}", side=side) for n, line in enumerate(lines, 1))
    return recognise(Outline((*paragraphs, Paragraph("Дорожная карта", "абзац"), plan())), roadmap_forms())


@pytest.mark.parametrize(
    ("lines", "stamp"),
    [
        (["УТВЕРЖДАЮ", "Глава района", "А.Б. Берёзкин"],
         Stamp(1, APPROVED, "УТВЕРЖДАЮ", "Глава района", "А.Б. Берёзкин")),
        (["УТВЕРЖДАЮ:", "Глава района", "____________ Берёзкин А.Б.", "«11» января 2021 г."],
         Stamp(1, APPROVED, "УТВЕРЖДАЮ", "Глава района", "Берёзкин А.Б.", date(2021, 1, 11))),
        (["УТВЕРЖДАЮ", "Глава района __________ А.Б. Берёзкин", "«___» ________ 20__ г."],
         Stamp(1, APPROVED, "УТВЕРЖДАЮ", "Глава района", "А.Б. Берёзкин")),
        (["«УТВЕРЖДАЮ»", "Начальник отдела образования", "администрации района", "_________/А.Б. Берёзкин/", "М.П."],
         Stamp(1, APPROVED, "УТВЕРЖДАЮ", "Начальник отдела образования администрации района", "А.Б. Берёзкин")),
        (["УТВЕРЖДЕНА", "постановлением администрации района", "от 11.01.2021 № 5"],
         Stamp(1, APPROVED, "УТВЕРЖДЕНА", "", "", date(2021, 1, 11),
               "постановлением администрации района от 11.01.2021 № 5")),
        (["УТВЕРЖДЕН приказом управления образования от 11 января 2021 г. № 5"],
         Stamp(1, APPROVED, "УТВЕРЖДЕН", "", "", date(2021, 1, 11),
               "приказом управления образования от 11 января 2021 г. № 5")),
        (["УТВЕРЖДЕН", "главой района 11.01.2021"],
         Stamp(1, APPROVED, "УТВЕРЖДЕН", "главой района", on=date(2021, 1, 11))),
        (["СОГЛАСОВАНО", "Директор департамента", "образования области", "О.П.Ветров"],
         Stamp(1, AGREED, "СОГЛАСОВАНО", "Директор департамента образования области", "О.П.Ветров", side="left")),
        (["Согласовано", "Глава поселения"], Stamp(1, AGREED, "Согласовано", "Глава поселения", side="left")),
    ],
)  # fmt: skip
def test_stamps(lines: list[str], stamp: Stamp) -> None:
    contents = draft_of(lines).contents
    assert contents.stamps == (stamp,)
    assert contents.roadmap.title == "Дорожная карта"
    assert contents.unplaced == ()


def test_two_stamps_one_under_the_other_and_their_sides() -> None:
    lines = ["СОГЛАСОВАНО", "Директор", "О.П. Ветров", "УТВЕРЖДАЮ", "Глава", "А.Б. Берёзкин"]
    assert [(stamp.kind, stamp.side) for stamp in draft_of(lines).contents.stamps] == [
        (AGREED, "left"),
        (APPROVED, "right"),
    ]
    assert {stamp.side for stamp in draft_of(lines, "right").contents.stamps} == {"right"}


@pytest.mark.parametrize("text", ["Утвержден перечень школ", "Утверждаю состав комиссии", "СОГЛАСОВАНИЕ", "План"])
def test_what_is_no_stamp(text: str) -> None:
    assert stamp_kind(text) is None


@pytest.mark.parametrize(
    ("lines", "title", "goal", "unplaced"),
    [
        (["ПЛАН", "мероприятий района", "на 2021 год"], "ПЛАН\nмероприятий района\nна 2021 год", "", []),
        (["Приложение 1", "к приказу от 01.02.2021 № 5", "План мероприятий", "района"], "План мероприятий\nрайона", "",
         ["Приложение 1", "к приказу от 01.02.2021 № 5"]),
        (["План мероприятий", "Цель плана: учить"], "План мероприятий", "учить", []),
        (["План мероприятий", "Цель:", "учить", "Задачи:", "лечить"], "План мероприятий", "учить\nлечить", []),
        (["План мероприятий", "1. Цели и задачи: учить"], "План мероприятий", "учить", []),
    ],
)  # fmt: skip
def test_title_and_goal(lines: list[str], title: str, goal: str, unplaced: list[str]) -> None:
    paragraphs = tuple(Paragraph(line, f"абзац {n}") for n, line in enumerate(lines, 1))
    contents = recognise(Outline((*paragraphs, plan())), roadmap_forms()).contents
    assert (contents.roadmap.title, contents.roadmap.goal) == (title, goal)
    assert [piece.text for piece in contents.unplaced] == unplaced


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Направление 1. Кадры", ("Направление 1", "Кадры")),
        ("Направление 3.Выявление", ("Направление 3", "Выявление")),
        ("РАЗДЕЛ II – Сети", ("РАЗДЕЛ II", "Сети")),
        ("Задача № 2: учить", ("Задача № 2", "учить")),
        ("5. Обеспечение", ("5", "Обеспечение")),
        ("IV. Сети", ("IV", "Сети")),
        ("Кадры", ("", "Кадры")),
        ("2021 год", ("", "2021 год")),
    ],
)
def test_numbers_of_sections(text: str, parts: tuple[str, str]) -> None:
    assert numbered_heading(text) == parts


def test_an_outline_number_is_no_section() -> None:
    assert section_heading("5.1. Обеспечение") is None


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Петрова А.С.\nСидоров П.И.", ("Петрова А.С.", "Сидоров П.И.")),
        ("Петрова А.С., руководители школ", ("Петрова А.С., руководители школ",)),
        ("Петрова А.С.\nруководители школ", ("Петрова А.С.", "руководители школ")),
        ("Петрова А.С.,\nспециалист", ("Петрова А.С., специалист",)),
        ("Заместитель начальника\nуправления образования", ("Заместитель начальника управления образования",)),
        ("Муниципальный\nкоординатор", ("Муниципальный координатор",)),
        ("муниципальный координатор\nруководители школ", ("муниципальный координатор", "руководители школ")),
        ("- Петрова А.С.\n- Сидоров П.И.", ("Петрова А.С.", "Сидоров П.И.")),
        ("–", ()),
        ("", ()),
    ],
)
def test_people_of_a_cell(text: str, people: tuple[str, ...]) -> None:
    assert phrase_lines(text) == people
