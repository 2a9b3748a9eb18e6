"""Names in responsible lines: told apart, counted, gathered, joined; groups unfolded."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cosdesk.domain.organisation import School
from cosdesk.domain.people import (
    Likeness,
    alike,
    list_name_of,
    mentions,
    name_key,
    people_to_add,
    renamed,
    rows_by_name,
    unfolded,
)
from cosdesk.domain.person import Membership, Person
from cosdesk.domain.roadmap import Item, ItemKind, Roadmap, RoadmapContents

PERSON, LIST, HEADS = Membership.PERSON, Membership.LIST, Membership.SCHOOL_HEADS


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Ольхин П.С.", [("Ольхин П.С.", PERSON, "")]),
        ("П.С. Ольхин", [("Ольхин П.С.", PERSON, "")]),
        ("Ольхин П. с.", [("Ольхин П.С.", PERSON, "")]),
        ("Ольхин Пётр Сергеевич", [("Ольхин П.С.", PERSON, "")]),
        ("Ольхин П.С., руководители ОО", [("Ольхин П.С.", PERSON, ""), ("руководители ОО", HEADS, "")]),
        ("Ольхин П.С., Липова-Вязова А.А.", [("Ольхин П.С.", PERSON, ""), ("Липова-Вязова А.А.", PERSON, "")]),
        ("Липова А.А., специалист", [("Липова А.А.", PERSON, "специалист")]),
        ("Липова А.А., специалист, методист", [("Липова А.А.", PERSON, "специалист, методист")]),
        ("Липова А.А., руководитель РМК", [("Липова А.А.", PERSON, "руководитель РМК")]),
        ("Руководитель отдела Ольхин П.С.", [("Ольхин П.С.", PERSON, "Руководитель отдела")]),
        (
            "координатор Липова А.А. Ольхин П.С., заведующий РМК",
            [("Липова А.А.", PERSON, "координатор"), ("Ольхин П.С.", PERSON, "заведующий РМК")],
        ),
        ("Директора школ", [("Директора школ", HEADS, "")]),
        ("руководители РМО", [("руководители РМО", LIST, "")]),
        ("ОО, муниципальный координатор", [("ОО", LIST, ""), ("муниципальный координатор", PERSON, "")]),
        ("Руководители ОО, специалист отдела", [("Руководители ОО", HEADS, ""), ("специалист отдела", PERSON, "")]),
        ("Муниципальный координатор", [("Муниципальный координатор", PERSON, "")]),
        (
            "Заместитель главы района, начальник управления",
            [("Заместитель главы района, начальник управления", PERSON, "")],
        ),
        ("", []),
    ],
)
def test_who_is_named(line: str, found: list[tuple[str, Membership, str]]) -> None:
    assert [(m.name, m.membership, m.position) for m in mentions(line)] == found


@pytest.mark.parametrize("line", ["Ответственный: Ольхин П.С. 8(00000)12345", "Ольхин П.С., тел. 2-11-22"])
def test_a_telephone_belongs_to_its_person(line: str) -> None:
    (mention,) = mentions(line)
    assert mention.name == "Ольхин П.С." and mention.phone.endswith(("12345", "2-11-22"))


@given(st.text(alphabet="АаБб.,; ПпИиВвнОоруководит-89()", max_size=60))
def test_every_line_is_read_and_every_name_is_its_own_list_name(line: str) -> None:
    for mention in mentions(line):
        assert mention.name.strip()
        assert list_name_of(mention.name) == mention.name


def test_writings_of_one_name_share_a_key() -> None:
    names = ("Ольхин П.С.", "П.С. Ольхин", "Ольхин П. С.", "Ольхин П.с.", "Ольхин Пётр Сергеевич")
    assert len({name_key(name) for name in names}) == 1
    assert name_key("Ольхин П.С.") != name_key("Ольхин П.П.")


def plan(*lines: tuple[str, ...]) -> RoadmapContents:
    items = tuple(Item(n, ItemKind.ACTIVITY, "Дело", responsible=who) for n, who in enumerate(lines, 1))
    return RoadmapContents(Roadmap(7, "План", "sections"), items=items)


def test_rows_are_counted_once_a_name() -> None:
    rows = rows_by_name([plan(("Ольхин П.С.", "П.С. Ольхин"), ("Ольхин П.С., руководители ОО",), ("руководители ОО",))])
    assert [item.id for _, item in rows[name_key("Ольхин П.С.")]] == [1, 2]
    assert [(roadmap, item.id) for roadmap, item in rows[name_key("Руководители ОО")]] == [(7, 2), (7, 3)]


def test_the_directory_is_gathered_without_those_known() -> None:
    contents = plan(("Ольхин П.С.", "руководители ОО"), ("Липова А.А., специалист 2-11-22",), ("Липова А.А.",))
    found = people_to_add([contents], [Person(1, "П.С. Ольхин")])
    assert [(p.name, p.membership, p.position, p.phone) for p in found] == [
        ("руководители ОО", HEADS, "", ""),
        ("Липова А.А.", PERSON, "специалист", "2-11-22"),
    ]


def test_near_alike_names_are_offered_and_others_not() -> None:
    names = ["Нощихин М.В.", "Нозихин М.В.", "Нозихин М.А.", "Нозихина М.В.", "руководители ОО", "М.В. Нозихин"]
    assert alike(names, [1, 5, 2, 1, 9, 3]) == [
        Likeness("Нощихин М.В.", "Нозихин М.В.", (1, 5)),
        Likeness("Нощихин М.В.", "М.В. Нозихин", (1, 3)),
        Likeness("Нозихин М.В.", "М.В. Нозихин", (5, 3)),
    ]


def test_a_name_is_replaced_wherever_it_stands_and_nothing_else() -> None:
    (item,) = plan(("Нощихин М.в., Нозихин М.А.", "руководители ОО")).items
    item = replace(item, controller=("М.В. Нощихин",))
    after = renamed(item, "Нощихин М.В.", "Нозихин М.В.")
    assert after.responsible == ("Нозихин М.В., Нозихин М.А.", "руководители ОО")
    assert after.controller == ("Нозихин М.В.",)
    assert renamed(after, "Нощихин М.В.", "Кто-то") == after


def test_a_group_without_a_name_is_replaced_whole() -> None:
    (item,) = plan(("руководители школ",)).items
    assert renamed(item, "Руководители школ", "руководители ОО").responsible == ("руководители ОО",)


def test_groups_unfold() -> None:
    people = (Person(1, "Ольхин П.С.", full_name="Ольхин Пётр Сергеевич"), Person(2, "Липова А.А."))
    group = Person(3, "рабочая группа", LIST, member_ids=(2, 1, 9))
    schools = (
        School(1, "Первая школа", head="Вязова И.И."),
        School(2, "Вторая школа"),
        School(3, "Закрытая школа", head="Никто", closed=date(2020, 1, 1)),
        School(4, "Филиал", head="Никто", branch_of=1),
    )
    on = date(2021, 9, 1)
    assert unfolded(group, people, schools, on) == ("Липова А.А.", "Ольхин Пётр Сергеевич")
    heads = unfolded(Person(4, "руководители ОО", HEADS), people, schools, on)
    assert heads == ("Вязова И.И.", "руководитель: Вторая школа")
    assert unfolded(people[0], people, schools, on) == ("Ольхин Пётр Сергеевич",)
