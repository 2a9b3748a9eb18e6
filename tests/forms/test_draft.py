"""A form being changed: what nobody touched stays letter by letter, every step can be undone."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cosdesk.forms.draft import FormDraft
from cosdesk.forms.reading import FormError
from cosdesk.paths import forms_folder

PATHS = sorted(forms_folder().glob("*/*.toml"))
NOTE = (forms_folder() / "reports" / "monitoring-note.toml").read_text("utf-8")


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_form_only_opened_is_the_same_text(path: Path) -> None:
    draft = FormDraft(path.read_text("utf-8"))
    assert draft.source == path.read_text("utf-8")
    assert not draft.is_changed


def test_a_changed_heading_changes_one_line() -> None:
    draft = FormDraft(NOTE)
    draft.put("Выводы и предложения", "section", 4, "heading")
    before, after = NOTE.splitlines(), draft.source.splitlines()
    assert [new for old, new in zip(before, after, strict=True) if old != new] == ['heading = "Выводы и предложения"']


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40), st.booleans())
def test_any_text_put_is_read_back(text: str, many_lines: bool) -> None:
    text = f"{text}\n{text}'''" if many_lines else text
    draft = FormDraft(NOTE)
    draft.put(text, "section", 0, "text")
    printable = "".join(sign for sign in text if sign == "\n" or sign.isprintable() or sign in "\u00a0\u202f")
    assert tomllib.loads(draft.source)["section"][0]["text"] == printable


@settings(max_examples=25)
@given(st.lists(st.tuples(st.sampled_from(["move", "remove", "add", "put"]), st.integers(0, 5)), max_size=8))
def test_undone_to_the_end_it_is_the_text_that_was_read(steps: list[tuple[str, int]]) -> None:
    draft, seen = FormDraft(NOTE), [NOTE]
    for act, number in steps:
        before = draft.source
        number %= max(1, draft.count("section"))
        match act:
            case "move":
                draft.move(number, 1, "section")
            case "remove" if draft.count("section"):
                draft.remove(number, "section")
            case "add":
                draft.add({"id": f"own-{number}", "text": "Слова."}, "section")
            case "put" if draft.count("section"):
                draft.put(f"Раздел {len(seen)}", "section", number, "heading")
                draft.end_step()
        if draft.source != before:
            seen.append(draft.source)
            tomllib.loads(draft.source)
    for expected in reversed(seen[:-1]):
        draft.undo()
        assert draft.source == expected
    assert not draft.can_undo and not draft.is_changed
    for expected in seen[1:]:
        draft.redo()
        assert draft.source == expected


def test_a_form_written_in_a_line_is_not_changed_in_parts() -> None:
    with pytest.raises(FormError, match="в текстовом редакторе"):
        FormDraft('id = "x"\nsection = [{id = "a", text = "Слова."}]\n')


def test_parts_mixed_with_others_are_moved_rightly_or_not_at_all() -> None:
    source = '[[section]]\nid = "a"\n\n[[table]]\nid = "t"\n\n[[section]]\nid = "b"\n'
    wanted = tomllib.loads(source)
    wanted["section"].reverse()
    draft = FormDraft(source)
    draft.move(0, 1, "section")
    assert tomllib.loads(draft.source) == wanted


def test_moving_takes_the_whole_part_along() -> None:
    draft = FormDraft(NOTE)
    wanted = tomllib.loads(NOTE)
    wanted["table"][1]["column"].insert(0, wanted["table"][1]["column"].pop(1))
    wanted["section"].append(wanted["section"].pop(3))
    assert draft.move(1, -1, "table", 1, "column") == 0
    assert draft.move(3, 1, "section") == 4
    assert draft.move(4, 1, "section") == 4  # nowhere further
    assert tomllib.loads(draft.source) == wanted


def test_typing_in_one_place_is_one_step() -> None:
    draft = FormDraft(NOTE)
    for typed in ("В", "Вы", "Выв"):
        draft.put(typed, "section", 4, "heading")
    draft.put("Итоги", "section", 2, "heading")
    draft.undo()
    assert draft.value("section", 4, "heading") == "Выв"
    draft.undo()
    assert draft.source == NOTE
