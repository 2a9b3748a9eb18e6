"""The layouts of a roadmap: the five built-in ones are sound, a fault is told by file, line and reason."""

from pathlib import Path

import pytest

from cosdesk.domain.roadmap import Part
from cosdesk.forms.reading import FormError
from cosdesk.forms.roadmap_form import FIELD_LABELS, read_roadmap_form, roadmap_form, roadmap_forms

SOURCE = """
id = "своя"
title = "Своя форма"

[[stamp]]
kind = "approved"
heading = "УТВЕРЖДАЮ"

[[part]]
part = "plan"

[[part.column]]
field = "number"
heading = "№ п/п"
width = 0.5

[[part.column]]
field = "title"
heading = "Мероприятие"
aliases = ["Наименование"]
"""


def read(folder: Path, source: str) -> None:
    path = folder / "своя.toml"
    path.write_text(source, encoding="utf-8")
    read_roadmap_form(path)


@pytest.mark.parametrize(
    ("form_id", "parts", "columns"),
    [
        ("controlled", [Part.PLAN], {"number", "title", "term", "responsible", "expected", "controller"}),
        ("indicator-activities", [Part.PLAN], {"indicator", "target", "activities", "term_and_responsible"}),
        ("results-plan", [Part.PLAN, Part.INDICATORS], {"number", "title", "start", "end", "responsible", "expected"}),
        ("sections", [Part.PLAN, Part.INDICATORS], {"number", "title", "term", "responsible", "expected"}),
        (
            "three-part",
            [Part.INDICATORS, Part.RESULTS, Part.PLAN],
            {"number", "title", "start", "end", "responsible", "expected"},
        ),
    ],
)
def test_the_five_layouts_are_there(form_id: str, parts: list[Part], columns: set[str]) -> None:
    form = roadmap_form(form_id)
    assert [part.part for part in form.parts][: len(parts)] == parts
    assert columns <= {column.field for column in form.plan.columns}
    assert all(column.field in FIELD_LABELS for part in form.parts for column in part.columns)


@pytest.mark.parametrize(
    ("form_id", "served"),
    [("sections", "sections"), ("sections-2", "sections"), ("results-plan-17", "results-plan"), ("сетка", "three-part"),
     ("", "three-part"), ("sections-2-a", "three-part")],
)  # fmt: skip
def test_a_form_that_is_not_here_gives_way_to_the_one_it_was_copied_from(form_id: str, served: str) -> None:
    assert roadmap_form(form_id).id == served
    assert roadmap_forms()["sections"].id == "sections"


def test_a_sound_form_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "своя.toml"
    path.write_text(SOURCE, encoding="utf-8")
    form = read_roadmap_form(path)
    assert (form.id, form.orientation, form.stamps[0].side) == ("своя", "landscape", "right")
    assert [column.heading for column in form.plan.columns] == ["№ п/п", "Мероприятие"]
    assert form.plan.columns[1].aliases == ("Наименование",)


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ('id = "своя"', 'ident = "своя"', 1, "«id»: не задано"),
        ('heading = "Мероприятие"\n', "field2 = 1\n", 19, "«field2» в «column»: такого ключа"),
        ('title = "Своя форма"', "title = 7", 3, "«title»: должно быть строкой в кавычках"),
        ("width = 0.5", 'width = "узко"', 15, "«width» в «column»: должно быть числом"),
        ("width = 0.5", "width = true", 15, "«width» в «column»: должно быть числом"),
        ("width = 0.5", "widht = 0.5", 15, "«widht» в «column»: такого ключа в форме нет"),
        ('field = "number"', 'field = "цвет"', 13, "«field» в «column»: значение «цвет» не подходит, можно: number"),
        ('kind = "approved"', 'kind = "подпись"', 6, "«kind» в «stamp»: значение «подпись» не подходит"),
        ('aliases = ["Наименование"]', 'aliases = "Имя"', 20, "«aliases» в «column»: должно быть списком строк"),
        ('aliases = ["Наименование"]', "aliases = [1]", 20, "«aliases» в «column»: должно быть списком строк"),
        ('part = "plan"', 'part = "results"', 9, 'нет части с part = "plan"'),
        ("[[stamp]]", "[stamp]", 5, "«stamp»: должно быть списком таблиц"),
        ("width = 0.5", "width = ", 15, "запись не разобрана"),
    ],
)
def test_a_fault_is_told_by_file_line_and_reason(tmp_path: Path, old: str, new: str, line: int, told: str) -> None:
    assert old in SOURCE
    with pytest.raises(FormError) as raised:
        read(tmp_path, SOURCE.replace(old, new, 1))
    assert str(raised.value).startswith(f"Форма своя.toml, строка {line}: ")
    assert told in str(raised.value)


def test_a_part_without_columns_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FormError, match="нет ни одной колонки"):
        read(tmp_path, 'id = "a"\ntitle = "б"\n[[part]]\npart = "plan"\n')
