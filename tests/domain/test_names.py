"""Cases of a district's name, and the district that a title names."""

import pytest

from cosdesk.domain.names import decline_district, district_in_title


@pytest.mark.parametrize(
    ("name", "genitive", "locative"),
    [
        ("Заречный район", "Заречного района", "Заречном районе"),
        ("Лесной муниципальный район", "Лесного муниципального района", "Лесном муниципальном районе"),
        ("Озёрский район", "Озёрского района", "Озёрском районе"),
        ("Нижний округ", "Нижнего округа", "Нижнем округе"),
        ("город Светлый", "", ""),
        ("", "", ""),
    ],
)
def test_cases(name: str, genitive: str, locative: str) -> None:
    assert decline_district(name) == (genitive, locative)


@pytest.mark.parametrize(
    ("title", "district"),
    [
        ("ПЛАН МЕРОПРИЯТИЙ\nпо реализации проекта в Озёрском районе", "Озёрский район"),
        ("План («дорожная карта») Заречного муниципального района в рамках", "Заречный муниципальный район"),
        ("Дорожная карта на территории Берёзового района в 2020–2022 гг.", "Берёзовый район"),
        ("Региональный проект «Цифровая образовательная среда»", ""),
    ],
)
def test_district_in_title(title: str, district: str) -> None:
    assert district_in_title(title) == district
