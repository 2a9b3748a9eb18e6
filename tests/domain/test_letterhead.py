"""A letterhead's lines as they are printed, and its codes as they are checked."""

import pytest

from cosdesk.domain.letterhead import Letterhead, faults_of

FULL = Letterhead(
    names="Администрация района\n\nУправление образования",
    address="ул. Школьная, д. 4",
    phone="8 (39900) 2-14-07",
    email="uo@zarechny.example",
    site="uo.zarechny.example",
    okpo="02100000",
    ogrn="1027700132195",
    inn="7707083893",
    kpp="773601001",
)


def test_the_lines_stand_in_the_standards_order() -> None:
    assert FULL.name_lines == ("Администрация района", "Управление образования")
    assert FULL.detail_lines == (
        "ул. Школьная, д. 4",
        "тел. 8 (39900) 2-14-07",
        "uo@zarechny.example, uo.zarechny.example",
        "ОКПО 02100000, ОГРН 1027700132195",
        "ИНН/КПП 7707083893/773601001",
    )
    assert Letterhead(inn="7707083893").detail_lines == ("ИНН 7707083893",)
    assert Letterhead().detail_lines == () and not Letterhead(phone="1").is_filled


@pytest.mark.parametrize(
    ("field", "code", "told"),
    [
        ("inn", "7707083894", "Контрольная цифра ИНН не сходится"),
        ("inn", "77070838", "ИНН состоит из 10 цифр"),
        ("ogrn", "1027700132196", "Контрольная цифра ОГРН не сходится"),
        ("ogrn", "10277001321956", "ОГРН состоит из 13 цифр"),
        ("okpo", "0210ОООО", "ОКПО состоит из 8 или 10 цифр"),
        ("kpp", "77360100²", "КПП состоит из 9 цифр"),
    ],
)
def test_a_mistyped_code_is_told(field: str, code: str, told: str) -> None:
    (sentence,) = faults_of(Letterhead(**{field: code}))
    assert sentence.startswith(told) and code in sentence


def test_right_codes_and_empty_ones_are_silent() -> None:
    assert faults_of(FULL) == faults_of(Letterhead()) == ()
