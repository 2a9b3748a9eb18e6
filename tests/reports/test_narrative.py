"""Composed sentences: agreement of every counted word, values with units, faults of templates."""

import re
from datetime import date
from decimal import Decimal

import pytest

from cosdesk.domain.indicator import Indicator
from cosdesk.forms.reading import FormError
from cosdesk.forms.report_form import Template
from cosdesk.paths import forms_folder
from cosdesk.reports.narrative import (
    Composer,
    agree,
    begun,
    choice,
    counted,
    difference,
    ended,
    joined,
    plural,
    valued,
)
from cosdesk.reports.references import quoted

FORM = (forms_folder() / "reports" / "analytical-report.toml").read_text(encoding="utf-8")

# noun: 1, 2, 5 in the nominative · one and many in the genitive · one and many in the dative · one in the accusative
NOUNS = {
    "срок": ("срок", "срока", "сроков", "срока", "сроков", "сроку", "срокам", "срок"),
    "показатель": (
        "показатель", "показателя", "показателей", "показателя", "показателей", "показателю", "показателям",
        "показатель",
    ),
    "результат": (
        "результат", "результата", "результатов", "результата", "результатов", "результату", "результатам", "результат",
    ),
    "мероприятие": (
        "мероприятие", "мероприятия", "мероприятий", "мероприятия", "мероприятий", "мероприятию", "мероприятиям",
        "мероприятие",
    ),
    "контрольная точка": (
        "контрольная точка", "контрольные точки", "контрольных точек", "контрольной точки", "контрольных точек",
        "контрольной точке", "контрольным точкам", "контрольную точку",
    ),
    "общеобразовательная организация": (
        "общеобразовательная организация", "общеобразовательные организации", "общеобразовательных организаций",
        "общеобразовательной организации", "общеобразовательных организаций", "общеобразовательной организации",
        "общеобразовательным организациям", "общеобразовательную организацию",
    ),
    "организация": (
        "организация", "организации", "организаций", "организации", "организаций", "организации", "организациям",
        "организацию",
    ),
    "человек": ("человек", "человека", "человек", "человека", "человек", "человеку", "людям", "человека"),
    "педагог": ("педагог", "педагога", "педагогов", "педагога", "педагогов", "педагогу", "педагогам", "педагога"),
    "день": ("день", "дня", "дней", "дня", "дней", "дню", "дням", "день"),
    "строка": ("строка", "строки", "строк", "строки", "строк", "строке", "строкам", "строку"),
    "единица": ("единица", "единицы", "единиц", "единицы", "единиц", "единице", "единицам", "единицу"),
}  # fmt: skip

AGREEING = [
    ("исполнен", "срок", ("исполнен", "исполнены", "исполнено")),
    ("исполнен", "мероприятие", ("исполнено", "исполнены", "исполнено")),
    ("исполнен", "контрольная точка", ("исполнена", "исполнены", "исполнено")),
    ("отменён", "срок", ("отменён", "отменены", "отменено")),
    ("наступает", "срок", ("наступает", "наступают", "наступает")),
]


def ending(number: int) -> int:
    """0 for 1, 21, 101; 1 for 2, 34; 2 for 0, 5, 11, 112: the rule written apart from the program's."""
    if 11 <= number % 100 <= 14:
        return 2
    return {1: 0, 2: 1, 3: 1, 4: 1}.get(number % 10, 2)


def test_every_counted_word_of_the_form_is_proved() -> None:
    counted_nouns = re.findall(r"""counted\(["']([^"']+)["']""", FORM) + re.findall(r'\([\w.]+, "([^"]+)"\)', FORM)
    agreeing = re.findall(r'agree\([^,]+, "([^"]+)", "([^"]+)"\)', FORM)
    assert {"срок", "показатель", "контрольная точка"} <= set(counted_nouns)
    assert set(counted_nouns) | {noun for _, noun in agreeing} <= NOUNS.keys()
    assert agreeing
    assert {(word, noun) for word, noun in agreeing} <= {(word, noun) for word, noun, _ in AGREEING}


@pytest.mark.parametrize("noun", NOUNS)
def test_a_noun_agrees_with_every_number(noun: str) -> None:
    one, few, many, one_gen, many_gen, one_dat, many_dat, one_acc = NOUNS[noun]
    for number in range(126):
        kind = ending(number)
        assert counted(number, noun) == f"{number}\u00a0{(one, few, many)[kind]}"
        assert counted(number, noun, "родительный") == f"{number}\u00a0{one_gen if kind == 0 else many_gen}"
        assert counted(number, noun, "дательный") == f"{number}\u00a0{one_dat if kind == 0 else many_dat}"
        if kind == 0:
            assert counted(number, noun, "винительный") == f"{number}\u00a0{one_acc}"


@pytest.mark.parametrize(("word", "noun", "forms"), AGREEING)
def test_a_participle_or_verb_agrees_with_every_number(word: str, noun: str, forms: tuple[str, str, str]) -> None:
    for number in range(126):
        assert agree(number, word, noun) == forms[ending(number)], number


def test_a_choice_of_three_follows_the_same_rule() -> None:
    for number in range(126):
        assert choice(number, "один", "два", "пять") == ("один", "два", "пять")[ending(number)]


@pytest.mark.parametrize(
    ("number", "case", "worded"),
    [
        (1, "предложный", "1 организации"), (4, "предложный", "4 организациях"), (21, "родительный", "21 организации"),
    ],
)  # fmt: skip
def test_cases_are_named_in_russian(number: int, case: str, worded: str) -> None:
    assert counted(number, "организация", case).replace("\u00a0", " ") == worded


def test_a_list_is_counted_by_its_length() -> None:
    assert counted(["а", "б"], "строка") == "2\u00a0строки"


@pytest.mark.parametrize(
    ("value", "unit", "worded", "differing"),
    [
        ("66.666666", "процент", "66,7 %", "+66,7 п.п."),
        ("75", "процент", "75 %", "+75,0 п.п."),
        ("66.96", "%", "67 %", "+67,0 п.п."),
        ("1", "единица", "1 единица", "+1 единица"),
        ("-2", "единица", "−2 единицы", "−2 единицы"),
        ("12.5", "единица", "12,5 единицы", "+12,5 единицы"),
        ("5", "человек", "5 человек", "+5 человек"),
        ("1846", "человек", "1 846 человек", "+1 846 человек"),
        ("50", "Мбит/с", "50 Мбит/с", "+50 Мбит/с"),
        ("3", "ед.", "3 ед.", "+3 ед."),
        ("3", "", "3", "+3"),
        ("0", "единица", "0 единиц", "0 единиц"),
    ],
)
def test_a_value_carries_its_unit(value: str, unit: str, worded: str, differing: str) -> None:
    indicator = Indicator(1, "Показатель", unit=unit)
    plain = str.maketrans({"\u00a0": " ", "\u202f": " "})
    assert valued(Decimal(value), indicator).translate(plain) == worded
    assert difference(Decimal(value), indicator).translate(plain) == differing


@pytest.mark.parametrize(
    ("text", "quotation"),
    [
        ("Сайт", "«Сайт»"),
        ("Сеть «Интернет»", "«Сеть „Интернет“»"),
        ('Сеть "Интернет"', "«Сеть „Интернет“»"),
        ("Сеть\n  школ", "«Сеть школ»"),
    ],
)
def test_quotes_within_quotes_are_low_and_high(text: str, quotation: str) -> None:
    assert quoted(text) == quotation


@pytest.mark.parametrize(
    ("text", "closed"),
    [("да", "да."), ("да.", "да."), ("да;", "да."), ("да?", "да?"), ("да…", "да…"), ("да \n", "да.")],
)
def test_a_sentence_ends_with_one_mark(text: str, closed: str) -> None:
    assert ended(text) == closed


@pytest.mark.parametrize(
    ("text", "small"), [("Глава района", "глава района"), ("МБОУ «Школа»", "МБОУ «Школа»"), ("", "")]
)
def test_a_phrase_goes_on_with_a_small_letter_but_for_abbreviations(text: str, small: str) -> None:
    assert begun(text) == small


@pytest.mark.parametrize(
    ("parts", "limit", "worded"),
    [
        ([], None, ""),
        (["1"], None, "1"),
        (["1", "2", "1"], None, "1 и 2"),
        (["1", "2", "3"], None, "1, 2 и 3"),
        (["1", "2", "3"], 2, "1, 2 и 3"),  # «и ещё 1» would be no shorter
        (["1", "2", "3", "4"], 2, "1, 2 и ещё 2"),
    ],
)
def test_a_list_is_joined_each_part_once(parts: list[str], limit: int | None, worded: str) -> None:
    assert joined(parts, limit) == worded


def test_the_word_before_a_list_is_plural_from_two_rows_on() -> None:
    class Named:
        def __init__(self, reference: str) -> None:
            self.reference = reference

    words = [plural([Named(str(n)) for n in range(count)], "строке", "строкам") for count in (1, 2, 21)]  # type: ignore[list-item]
    assert words == ["строке", "строкам", "строкам"]
    assert plural([Named("1.2"), Named("1.2")], "строке", "строкам") == "строке"  # type: ignore[list-item]


# Templates


def line(source: str, **values: object) -> str:
    return Composer(values).line(Template(source, "проба.toml", 40)).replace("\u00a0", " ").replace("\u202f", " ")


def test_values_are_worded_by_their_kind() -> None:
    told = line(
        "{{ a }} · {{ b }} · {{ c }} · {{ d }}", a=1846, b=Decimal("62.50"), c=date(2021, 4, 30), d="слово\n дня"
    )
    assert told == "1 846 · 62,5 · 30.04.2021 · слово дня"


def test_a_blank_line_parts_paragraphs_and_an_empty_one_is_left_out() -> None:
    template = Template("Раз.\n  Два.\n\n{% if no %}Три.{% endif %}\n\nЧетыре {{ word }}.")
    assert Composer({"no": False, "word": "а\n\nб"}).paragraphs(template) == ("Раз. Два.", "Четыре а б.")


def test_an_abbreviation_ends_a_sentence_with_its_own_stop() -> None:
    assert line("{{ name }}. На {{ rise }}. Многоточие...", name="Петрова А.С.", rise="6,4 п.п.") == (
        "Петрова А.С. На 6,4 п.п. Многоточие..."
    )


def test_typed_text_is_never_a_template() -> None:
    assert line("{{ text }}", text="{{ 7 * 7 }} <b>{% raw %}") == "{{ 7 * 7 }} <b>{% raw %}"


@pytest.mark.parametrize(
    ("text", "place", "told"),
    [
        ("{{ unknown }}", 40, "имени «unknown» нет"),
        ("раз\nдва {{ unknown }}", 41, "имени «unknown» нет"),
        ("{{ day.unknown }}", 40, "имени «unknown» нет"),
        ("{{ day | shout }}", 40, "преобразования «shout» нет"),
        ("раз\n{% if day %}", 41, "условие или цикл не закрыты"),
        ("{% until day %}", 40, "слова «until» после «{%» здесь не может быть"),
        ("{{ 'а' * 999999999 }}", 40, "умножать в шаблоне нельзя"),
        ("{{ day.replace(year=1) }}", 40, "действия «replace» нет"),
        ("{{ day | center(999999999) }}", 40, "преобразования «center» нет"),
        ("{{ " + "(" * 5000 + "day" + ")" * 5000 + " }}", 40, "скобки вложены слишком глубоко"),
        ("{{ day", 40, "запись шаблона не разобрана"),
        ("раз\n\n{{ nothing }}", 42, "значения здесь нет"),
        ("{{ rows }}", 40, "здесь список, а не слово"),
        ("{{ rows | counted('срок', 'звательный') }}", 40, "падеж «звательный» неизвестен"),
        ("{{ nothing | counted('срок') }}", 40, "для согласования нужно число или список"),
        ("{{ day + rows }}", 40, "шаблон не удалось заполнить данными"),
        ("{{ 1 / 0 }}", 40, "шаблон не удалось заполнить данными"),
        ("{{ day.__class__ }}", 40, "имени «__class__» нет|шаблон не удалось"),
        ("{% for n in range(9999999999) %}{{ n }}{% endfor %}", 40, "имени «range» нет"),
    ],
)
def test_a_fault_of_a_template_is_told_by_its_line(text: str, place: int, told: str) -> None:
    with pytest.raises(
        FormError, match=rf"^Форма проба\.toml, строка {place}: ({told}).*Исправьте файл формы\.$"
    ) as raised:
        line(text, day="день", rows=("а",), nothing=None)
    assert not re.search("[A-Za-z]{3,}", re.sub(r"проба\.toml|«\w+»|counted|joined|\{%.*?%\}", "", str(raised.value)))
