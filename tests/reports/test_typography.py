"""How paper words dates, numbers, counts and names."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cosdesk.reports import typography
from cosdesk.reports.document import Cell, Format
from cosdesk.reports.typography import Case


def plain(text: str) -> str:
    """Blanks of any kind as plain ones."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_dates_and_years() -> None:
    day = date(2019, 11, 5)
    assert typography.short_date(day) == "05.11.2019"
    assert typography.long_date(day) == "5\u00a0ноября 2019\u00a0г."
    assert typography.plan_years((2021, 2024)) == "2021–2024\u00a0годы"
    assert typography.plan_years((2021, 2021)) == "2021\u00a0год"
    assert typography.school_year(2020) == "2020/2021 учебный год"


@pytest.mark.parametrize(
    ("value", "places", "signed", "worded"),
    [
        ("62.50", None, False, "62,5"),
        ("100.0", None, False, "100"),
        ("1E+3", None, False, "1\u202f000"),
        ("1234567.891", 1, False, "1\u202f234\u202f567,9"),
        ("0.05", 1, False, "0,1"),  # half up, as on paper
        ("-8.25", 1, True, "\u22128,3"),
        ("6.4", 1, True, "+6,4"),
        ("-0.04", 1, True, "0,0"),
        ("0", None, True, "0"),
    ],
)
def test_numbers(value: str, places: int | None, signed: bool, worded: str) -> None:
    assert typography.number(Decimal(value), places, signed) == worded


@given(st.decimals(-(10**9), 10**9, places=3))
def test_a_number_is_read_back_from_its_wording(value: Decimal) -> None:
    worded = typography.number(value)
    assert Decimal(worded.replace("\u202f", "").replace(",", ".").replace("\u2212", "-")) == value


@pytest.mark.parametrize(
    ("count", "whole", "worded"),
    [(28, 34, "82,4 %"), (1, 2, "50,0 %"), (12, 12, "100 %"), (0, 12, "0 %"), (1, 2000, "0,1 %"), (3, 0, "–")],
)
def test_shares(count: int, whole: int, worded: str) -> None:
    assert plain(typography.percent_of(count, whole)) == worded


@pytest.mark.parametrize(
    ("cell", "column_format", "worded"),
    [
        (Cell(date(2021, 9, 1)), Format.TEXT, "01.09.2021"),
        (Cell(Decimal("75.0")), Format.NUMBER, "75"),
        (Cell(Decimal(75)), Format.PERCENT, "75,0"),
        (Cell(Decimal("-8.3")), Format.POINTS, "\u22128,3"),
        (Cell(1846), Format.INTEGER, "1\u202f846"),
        (Cell(Decimal(75), format=Format.PERCENT), Format.TEXT, "75,0"),
        (Cell(None, dash=True), Format.NUMBER, "–"),
        (Cell(None), Format.NUMBER, ""),
        (Cell("2.10"), Format.NUMBER, "2.10"),  # a numbering is text and stays as it is
        (Cell(0), Format.NUMBER, "0"),
    ],
)
def test_cells(cell: Cell, column_format: Format, worded: str) -> None:
    assert typography.format_cell(cell, column_format) == worded


@pytest.mark.parametrize(
    ("count", "noun", "case", "worded"),
    [
        (1, "мероприятие", Case.NOMINATIVE, "1 мероприятие"),
        (2, "мероприятие", Case.NOMINATIVE, "2 мероприятия"),
        (5, "мероприятие", Case.NOMINATIVE, "5 мероприятий"),
        (11, "мероприятие", Case.NOMINATIVE, "11 мероприятий"),
        (21, "мероприятие", Case.NOMINATIVE, "21 мероприятие"),
        (112, "мероприятие", Case.NOMINATIVE, "112 мероприятий"),
        (1, "контрольная точка", Case.NOMINATIVE, "1 контрольная точка"),
        (3, "контрольная точка", Case.NOMINATIVE, "3 контрольные точки"),
        (5, "контрольная точка", Case.NOMINATIVE, "5 контрольных точек"),
        (3, "срок исполнения", Case.NOMINATIVE, "3 срока исполнения"),
        (1846, "человек", Case.NOMINATIVE, "1 846 человек"),
        (3, "человек", Case.NOMINATIVE, "3 человека"),
        (5, "год", Case.NOMINATIVE, "5 лет"),
        (61, "день", Case.NOMINATIVE, "61 день"),
        (62, "день", Case.NOMINATIVE, "62 дня"),
        (65, "день", Case.NOMINATIVE, "65 дней"),
        (21, "срок", Case.GENITIVE, "21 срока"),
        (22, "срок", Case.GENITIVE, "22 сроков"),
        (5, "человек", Case.GENITIVE, "5 человек"),
        (1, "организация", Case.PREPOSITIONAL, "1 организации"),
        (4, "организация", Case.PREPOSITIONAL, "4 организациях"),
        (1, "показатель", Case.DATIVE, "1 показателю"),
        (2, "показатель", Case.DATIVE, "2 показателям"),
    ],
)
def test_counts_agree(count: int, noun: str, case: Case, worded: str) -> None:
    assert plain(typography.count_phrase(count, noun, case)) == worded


@pytest.mark.parametrize(
    ("count", "word", "noun", "agreed"),
    [
        (1, "исполнен", "мероприятие", "исполнено"),
        (1, "исполнен", "контрольная точка", "исполнена"),
        (1, "исполнен", "срок", "исполнен"),
        (2, "исполнен", "срок", "исполнены"),
        (5, "исполнен", "срок", "исполнено"),
        (11, "исполнен", "срок", "исполнено"),
        (1, "отсутствует", "документ", "отсутствует"),
        (3, "отсутствует", "документ", "отсутствуют"),
    ],
)
def test_a_predicate_agrees_with_the_count(count: int, word: str, noun: str, agreed: str) -> None:
    assert typography.agree(count, word, noun) == agreed


@pytest.mark.parametrize(
    ("name", "signature", "listed"),
    [
        ("Кузнецов Иван Владимирович", "И.В. Кузнецов", "Кузнецов И.В."),
        ("Кузнецов И. В.", "И.В. Кузнецов", "Кузнецов И.В."),
        ("И.В.Кузнецов", "И.В. Кузнецов", "Кузнецов И.В."),
        ("Мамина-Сибирякова Анна", "А. Мамина-Сибирякова", "Мамина-Сибирякова А."),
        ("руководители ОО", "руководители ОО", "руководители ОО"),
    ],
)
def test_order_of_names(name: str, signature: str, listed: str) -> None:
    assert plain(typography.signature_name(name)) == signature
    assert plain(typography.list_name(name)) == listed


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("приказ № 16 от 13.01.2020", "приказ №_16 от 13.01.2020"),
        ("№ п/п", "№ п/п"),
        ("И.И. Иванов, Иванов И. И.", "И.И._Иванов, Иванов_И._И."),
        ("не менее 20 % в 2020 г. – да", "не менее 20_% в 2020_г._– да"),
        ("50 Мбит/с и 1 846 человек", "50_Мбит/с и 1_846_человек"),
    ],
)
def test_lines_do_not_end_in_the_wrong_place(text: str, bound: str) -> None:
    assert typography.bind(text) == bound.replace("_", "\u00a0")


@given(st.text(alphabet="абИ№ .–%20г\n", max_size=40))
def test_binding_changes_nothing_but_blanks(text: str) -> None:
    assert typography.bind(text).replace("\u00a0", " ") == text


@given(st.text(st.characters(codec=None, exclude_categories=()), max_size=60))
def test_what_is_printable_can_be_written_as_xml(text: str) -> None:
    from xml.etree import ElementTree

    printable = typography.printable(text)
    element = ElementTree.Element("t")
    element.text = printable
    assert ElementTree.fromstring(ElementTree.tostring(element, "utf-8")).text in (printable, None)


def test_a_list_of_words() -> None:
    assert typography.join_list(["а", "б", "в"]) == "а, б и в"
    assert typography.join_list(["а"]) == "а"
    assert typography.join_list([]) == ""


@pytest.mark.parametrize(
    ("name", "genitive"),
    [
        ("Заречный район", "Заречного района"),
        ("Каменский муниципальный округ", "Каменского муниципального округа"),
        ("Новое сельское поселение", "Нового сельского поселения"),
    ],
)
def test_declension(name: str, genitive: str) -> None:
    assert typography.decline(name, Case.GENITIVE) == genitive
