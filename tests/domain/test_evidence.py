"""What is read from a document's description as it is typed."""

from datetime import date

import pytest

from cosdesk.domain.evidence import Evidence, describe


@pytest.mark.parametrize(
    ("text", "kind", "number", "on", "title"),
    [
        ("приказ № 16 от 13.01.2020", "приказ", "16", date(2020, 1, 13), ""),
        ("Приказ управления образования от 13.01.2020 №16 «О внедрении модели»", "приказ", "16", date(2020, 1, 13),
         "О внедрении модели"),
        ("распоряжение главы от 5 мая 2021 г. № 43-р", "распоряжение", "43-р", date(2021, 5, 5), ""),
        ("письмо от «7» июня 2021 г. № 01-05/123", "письмо", "01-05/123", date(2021, 6, 7), ""),
        ("аналитическая справка от 30.06.21", "справка", "", date(2021, 6, 30), ""),
        ("Информационно-аналитический отчет", "отчёт", "", None, ""),
        ("отчёт об исполнении приказа № 5", "отчёт", "5", None, ""),
        ("протокол N 2 от 12.06.2021", "протокол", "2", date(2021, 6, 12), ""),
        ("Постановление «О плане по приказу от 01.01.2019 № 1» от 02.02.2021 № 2", "постановление", "2",
         date(2021, 2, 2), "О плане по приказу от 01.01.2019 № 1"),
        ("приказ «О модели «Школа»» № 3", "приказ", "3", None, "О модели «Школа»"),
        ('приказ "О модели "Школа"" № 3', "приказ", "3", None, 'О модели "Школа"'),
        ("приказ «О модели «Школа» № 3", "приказ", "3", None, "О модели «Школа"),
        ("01.02.2021 получено письмо от 15.01.2021", "письмо", "", date(2021, 1, 15), ""),
        ("план мероприятий", "план", "", None, ""),
        ("плановая проверка", "", "", None, ""),
        ("акт № 4", "акт", "4", None, ""),
        ("активность участников", "", "", None, ""),
        ("приказ от 31.02.2020 № 8", "приказ", "8", None, ""),
        ("участие", "", "", None, ""),
        ("", "", "", None, ""),
    ],
)  # fmt: skip
def test_describe(text: str, kind: str, number: str, on: date | None, title: str) -> None:
    found = describe(text)
    assert (found.kind, found.number, found.on, found.title) == (kind, number, on, title)
    assert found.text == text and found.id == 0


def test_a_description_keeps_every_word_but_not_the_line_breaks() -> None:
    assert describe(" приказ\n№\u00a016\tот 13.01.2020 ").text == "приказ № 16 от 13.01.2020"


@pytest.mark.parametrize(
    ("evidence", "label"),
    [
        (Evidence(1, "приказ", "16", date(2020, 1, 13), "О внедрении"), "приказ от 13.01.2020 №\u00a016 «О внедрении»"),
        (Evidence(1, "справка"), "справка"),
        (Evidence(1, text="Положение о конкурсе"), "Положение о конкурсе"),
        (Evidence(1), ""),
    ],
)
def test_label(evidence: Evidence, label: str) -> None:
    assert evidence.label == label


@pytest.mark.parametrize("text", ["приказ № 16 от 13.01.2020 «О модели «Школа»»", "письмо № 01-05/123", "справка"])
def test_a_label_describes_the_same_document(text: str) -> None:
    found, again = describe(text), describe(describe(text).label)
    assert (again.kind, again.number, again.on, again.title) == (found.kind, found.number, found.on, found.title)
