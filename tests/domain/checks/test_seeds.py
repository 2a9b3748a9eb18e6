"""The proof-reader on the real roadmaps: every defect known of them, and nothing else.

A place is the row's order in the plan, «i3» the third indicator, «s5» the fifth section, «-» the
head or the whole; each finding below was read against its source and is right.
"""

from collections import defaultdict
from pathlib import Path

import pytest

from cosdesk.domain.checks.finding import Finding
from cosdesk.domain.checks.proofreading import check, mended
from cosdesk.domain.roadmap import RoadmapContents
from cosdesk.forms.roadmap_form import roadmap_forms
from cosdesk.intake.reading import read_outline
from cosdesk.intake.recognise import recognise

LATIN = ["8 title", "19 title", "26 title", "34 title", "36 title", "38 title", "41 title", "i1 title"]
ASEKEEVO = {
    "surname_alike": ["32 responsible"],
    "initials_odd": ["39 responsible"],
    "indicator_empty": ["i3", "i4", "i6"],
    "other_territory": ["25 title", "43 title", "i1 title", "i2 title"],
    "latin_letters": LATIN,
    "glued_words": ["32 expected", "i1 title"],
    "footnote_glued": ["i1 title"],
    "spacing": ["36 title", "i1 title", "i2 title", "i5 title"],
}
VOLOSOVO = {
    "number_missing": ["7 number"],
    "percent_differs": ["3 expected"],
    "count_missing": ["5 expected"],
    "rows_disagree": ["25 title"],
    "other_territory": ["13 title", "13 expected"],
    "word_form": ["9 expected", "10 title", "10 expected", "14 title", "14 expected", "18 title", "18 expected"],
    "spacing": ["17 title", "22 expected"],
}
MUROM = {
    "outside_plan": ["1 term"],
    "evidence_missing": ["4 expected"],
    "other_territory": ["15 title"],
    "word_form": ["15 title"],
    "spacing": ["- title", "7 title"],
}
EXPECTED = {
    "000_b3977cfe464e8262.txt": {
        # Word's own numbers and levels are lost in a text.
        "row_unnumbered": ["-"],
        "evidence_missing": [f"{row} expected" for row in (1, 8, 14, 26, 41, 46)],
        **ASEKEEVO,
    },
    "asekeevo.docx": {
        "outside_parent": [f"{row} end" for row in (13, 14, 15, 16, 37, 38, 39, 40)],
        "evidence_missing": ["14 expected", "46 expected"],
        **ASEKEEVO,
    },
    "001_9c52f71a678763b8.txt": {
        "term_missing": ["6 term", "7 term", "8 term"],
        "other_territory": ["1 title"],
        "word_doubled": ["2 title"],
        "latin_letters": ["1 title", "7 title"],
        "footnote_glued": ["1 title", "3 title"],
        "spacing": ["13 responsible", "14 responsible", "15 responsible"],
        "sign_at_end": ["1 title", "3 title", "13 title"],
    },
    "002_c6e628054a0a62ce.txt": {
        "section_word": ["s5 number"],
        "outside_plan": ["13 term", "14 term", "28 term"],
        "pair_open": ["14 title", "28 title"],
        "spacing": ["s4 title", "2 title", "2 expected", "4 term", "8 expected", "19 title", "23 title"],
        "abbreviation_early": ["4 responsible"],
    },
    "003_2ebbddea6d83dc5f.txt": {"tags": ["-"], **VOLOSOVO},
    "volosovo.docx": VOLOSOVO,
    "004_56458d04cd307362.txt": {"tags": ["-"], **MUROM},
    "murom.docx": MUROM,
}


def contents_of(path: Path) -> RoadmapContents:
    return recognise(read_outline(path), roadmap_forms(), None).contents


def place(found: Finding) -> str:
    if found.item_id:
        record = str(found.item_id)
    elif found.indicator_id:
        record = f"i{found.indicator_id}"
    else:
        record = f"s{found.section_id}" if found.section_id else "-"
    return f"{record} {found.field or ''}".strip()


@pytest.mark.parametrize("name", EXPECTED)
def test_the_known_defects_are_found_and_nothing_else(seeds: Path, name: str) -> None:
    found: dict[str, list[str]] = defaultdict(list)
    for finding in check(contents_of(seeds / name)):
        found[finding.rule.value].append(place(finding))
    assert dict(found) == EXPECTED[name]


@pytest.mark.parametrize("name", EXPECTED)
def test_mends_leave_only_what_people_must_decide(seeds: Path, name: str) -> None:
    contents = contents_of(seeds / name)
    for _ in range(3):
        contents = mended(contents, check(contents))
    assert [finding.message for finding in check(contents) if finding.mends] == []
