"""A form being written: an entry changes, everything else of the text stays."""

import re
import tomllib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cosdesk.forms.monitoring_draft import HEAD, draft_of, key_from_label, new_draft, next_version
from cosdesk.forms.monitoring_form import RESERVED_NAMES, monitoring_forms, parse_monitoring_form

SOURCE = (
    """# Чья форма.
id = "own"
title = "Своя" # не менять

# О числе.
[[question]]
key = "number"
label = "Число"
type = "whole"  # целое
hint = """
    + "'''"
    + """
[[question]]
не начало вопроса"""
    + "'''"
    + """

[[question]]
key = "text"
label = "Слова"
type = "text"
# в конце вопроса

# О показателе.
[[feed]]
key = "sum"
title = "Сумма"
numerator = "number"
"""
)


def test_every_form_is_its_own_draft() -> None:
    for form in monitoring_forms().values():
        draft = draft_of(form.source)
        assert draft.source == form.source
        assert draft.count("question") == len(form.questions) and draft.count("feed") == len(form.feeds)
    assert draft_of(SOURCE).source == SOURCE


def test_only_the_changed_line_changes() -> None:
    draft = draft_of(SOURCE)
    assert draft.count("question") == 2 and draft.values("question", 1)["key"] == "text"
    assert draft.with_values("question", 0, {"type": "number"}).source == SOURCE.replace('"whole"', '"number"')
    assert draft.with_values(HEAD, 0, {"title": 'Ещё "своя"'}).source == SOURCE.replace("Своя", r"Ещё \"своя\"")
    assert draft.with_values("question", 0, {"maximum": Decimal("10.50")}).source == SOURCE.replace(
        "не начало вопроса'''\n", "не начало вопроса'''\nmaximum = 10.5\n"
    )
    assert draft.with_values("question", 0, {"hint": None, "maximum": None}).values("question", 0).keys() == {
        "key", "label", "type",
    }  # fmt: skip


def test_entries_are_added_moved_and_taken_out_with_their_comments() -> None:
    draft = draft_of(SOURCE)
    moved = draft.moved("question", 0, 1)
    assert [each["key"] for each in moved.entries("question")] == ["text", "number"]
    assert '# О числе.\n[[question]]\nkey = "number"' in moved.source and "# в конце вопроса" in moved.source
    assert moved.moved("question", 1, 0).source == SOURCE
    added = draft.with_entry("check", 0, {"condition": "number > 0", "message": "нет", "question": "number"})
    parse_monitoring_form(added.source)
    assert added.without("check", [0]).source.rstrip() == SOURCE.rstrip()
    assert draft.without("question", [0, 1]).source.count("[[") == 1
    first = draft.with_entry("question", 0, {"key": "a", "label": "А", "type": "text"})
    assert [each["key"] for each in first.entries("question")] == ["a", "number", "text"]


def test_a_line_leads_to_its_entry() -> None:
    draft = draft_of(SOURCE)
    lines = SOURCE.splitlines()
    for text, row, part in (('title = "Своя" # не менять', 0, HEAD), ("# О числе.", 0, "question"),
                            ('key = "text"', 1, "question"), ('numerator = "number"', 0, "feed")):  # fmt: skip
        assert draft.place_of(lines.index(text) + 1) == (part, row)


def test_a_key_comes_from_the_first_label_and_stays() -> None:
    draft = new_draft("own", "Своя").with_entry("question", 0, {"key": "q", "label": "", "type": "text"})
    draft = draft.named("question", 0, "Объём памяти, ГБ")
    assert draft.values("question", 0)["key"] == "obem_pamyati_gb"
    draft = draft.named("question", 0, "Память")
    assert draft.values("question", 0) == {"key": "obem_pamyati_gb", "label": "Память", "type": "text"}
    assert key_from_label("Память", {"pamyat"}) == "pamyat_2" and key_from_label("Learners", ()) == "learners_2"


@given(st.text(), st.sets(st.sampled_from(["a", "and_2", "q", "q_2"])))
def test_every_label_gives_a_key_that_a_form_takes(label: str, taken: set[str]) -> None:
    key = key_from_label(label, taken)
    assert re.fullmatch("[a-z][a-z0-9_]*", key) and key not in taken and key not in RESERVED_NAMES


@given(st.text(alphabet=st.characters(exclude_categories=("Cs",))))
def test_whatever_is_written_is_read_back(text: str) -> None:
    draft = draft_of(SOURCE).with_values("question", 1, {"label": text}).with_values(HEAD, 0, {"title": text})
    assert draft_of(draft.source) == draft
    assert tomllib.loads(draft.source)["title"] == draft.values("question", 1)["label"] == text


def test_a_number_of_a_version_grows() -> None:
    assert next_version(draft_of(monitoring_forms()["internet"].source)).values(HEAD)["version"] == "2"


@pytest.mark.parametrize("version", ["2026-1", ""])
def test_a_version_in_words_stays(version: str) -> None:
    draft = new_draft("a", "б").with_values(HEAD, 0, {"version": version})
    assert next_version(draft) == draft
