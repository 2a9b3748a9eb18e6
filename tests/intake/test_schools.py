"""A list of schools over those known: whose name stays."""

import pytest

from cosdesk.domain.organisation import School
from cosdesk.intake.schools import merged

FULL = "Муниципальное бюджетное общеобразовательное учреждение «Лесная средняя общеобразовательная школа»"
KNOWN = School(1, FULL, "МБОУ «Лесная СОШ»", former_names=("Лесная восьмилетняя школа",))


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Лесная СОШ", FULL),
        ("МБОУ «Лесная СОШ»", FULL),
        (FULL + " имени первого директора", FULL + " имени первого директора"),
        ("Лесная восьмилетняя школа", FULL),
        ("Лесной лицей", "Лесной лицей"),
    ],
)
def test_the_fuller_form_of_a_name_stays(name: str, kept: str) -> None:
    assert merged(School(0, name, head="Новый Директор"), KNOWN).name == kept


def test_a_fuller_name_replaces_a_shorter_one() -> None:
    known = School(1, "Лесная СОШ", head="Прежний Директор")
    after = merged(School(0, FULL, head="Новый Директор"), known)
    assert (after.name, after.head) == (FULL, "Новый Директор")
