"""The program's ``dataclass`` compares, hashes and copies as the standard library's does."""

import copy
import pickle
from dataclasses import FrozenInstanceError, field, fields, replace
from dataclasses import dataclass as library_dataclass
from functools import cached_property
from typing import Any

import pytest

from cosdesk.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    number: str
    terms: tuple[str, ...] = ()
    note: str = field(default="", compare=False, repr=False)


@dataclass(frozen=True)
class Open:
    rows: int = 2

    @cached_property
    def doubled(self) -> int:
        return self.rows * 2


@dataclass(frozen=True, slots=True)
class Empty:
    pass


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    year: int
    index: int


@dataclass(slots=True)
class Draft:
    rows: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True, eq=False)
class Widget:
    name: str


def test_equal_by_what_is_compared() -> None:
    assert Row("1", ("май",), "а") == Row("1", ("май",), "б")
    assert Row("1") != Row("2")
    assert hash(Row("1", note="а")) == hash(Row("1", note="б"))
    assert {Row("1"): 5}[Row("1")] == 5
    assert Row("1").__eq__("1") is NotImplemented
    assert Empty() == Empty() and hash(Empty()) == hash(Empty())
    assert Widget("a") != Widget("a")


def test_a_changeable_one_has_no_hash() -> None:
    assert Draft([1]) == Draft([1])
    with pytest.raises(TypeError):
        hash(Draft())


def test_it_is_copied_shown_and_taken_apart() -> None:
    row = Row("1", ("май",))
    assert replace(row, number="2") == Row("2", ("май",))
    assert [one.name for one in fields(row)] == ["number", "terms", "note"]
    assert repr(row) == "Row(number='1', terms=('май',))"
    assert pickle.loads(pickle.dumps(row)) == copy.deepcopy(row) == row
    assert Open(3).doubled == 6
    match row:
        case Row(number, terms):
            assert (number, terms) == ("1", ("май",))


def test_an_ordered_one_is_the_library_s() -> None:
    assert max(Quarter(2021, 4), Quarter(2022, 1)) == Quarter(2022, 1)
    with pytest.raises(FrozenInstanceError):
        Quarter(2021, 4).year = 2022  # type: ignore[misc]


def test_a_class_s_own_methods_stay() -> None:
    def make(decorator: Any) -> Any:
        class Named:
            name: str

            def __eq__(self, other: object) -> bool:
                return isinstance(other, type(self))

            def __hash__(self) -> int:
                return 7

        Named.__annotations__ = {"name": str}
        return decorator(frozen=True)(Named)

    for made in (make(dataclass), make(library_dataclass)):
        assert made("а") == made("б") and hash(made("а")) == 7
