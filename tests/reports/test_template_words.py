"""The words offered while a form is written are the words its templates are filled with."""

from collections.abc import Mapping

import pytest

from cosdesk.domain.period import parse_period
from cosdesk.forms.report_form import Template
from cosdesk.reports.figures import period_figures
from cosdesk.reports.narrative import FILTERS, FUNCTIONS
from cosdesk.reports.plan_values import period_values, plan_values
from cosdesk.reports.template_check import _TYPES, _members
from cosdesk.reports.template_words import _ACTIONS, paper_names, report_names, words
from tests.reports import zarechny

SNAPSHOT = zarechny.SNAPSHOT
CONTENTS = SNAPSHOT.roadmaps[0]


def heads(names: Mapping[str, str]) -> set[str]:
    return {name for name in names if "." not in name}


def test_the_names_are_those_of_the_data() -> None:
    figures = period_figures(SNAPSHOT, CONTENTS, parse_period("2021-H1"))
    plan = plan_values(SNAPSHOT, CONTENTS, figures.as_of, Template("")).keys()
    period = period_values(figures, 10).keys()
    assert heads(report_names()) == plan | period | {"annexes"}
    assert plan | {"row", "monitoring", "head", "as_of", "year"} <= heads(paper_names(False))
    assert heads(paper_names(True)) == heads(paper_names(False)) | period


@pytest.mark.parametrize("names", [report_names(), paper_names(True)], ids=["report", "paper"])
def test_what_stands_after_a_full_stop_is_there(names: Mapping[str, str]) -> None:
    for name in names:
        head, _, part = name.partition(".")
        assert head in names
        if part and head in _TYPES and name != "monitoring.all":  # which every round's figures are made with
            assert part in _members(_TYPES[head]), name


def test_every_word_has_a_meaning_and_every_action_exists() -> None:
    assert _ACTIONS.keys() <= {*FILTERS, *FUNCTIONS}
    offered = [word.text for word in words(paper_names(True), "mark")]
    assert {"number", "total", "monitoring.title", "counted"} <= set(offered)
    assert all(word.meaning and not word.meaning.isascii() for word in words(paper_names(True)))
    assert "number" not in [word.text for word in words(paper_names(True), "text")]
