"""The forms of monitoring: the built-in ones are whole, a fault is told by line, one's own stand beside them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cosdesk.domain.answers import FACTS
from cosdesk.forms import monitoring_form
from cosdesk.forms.monitoring_form import (
    monitoring_form_faults,
    monitoring_forms,
    parse_monitoring_form,
    sketch_monitoring_form,
)
from cosdesk.forms.reading import FormError
from cosdesk.paths import forms_folder

ASKED_FOR = {
    "internet", "sites", "platform", "profile", "horizontal", "training", "equipment", "network", "safety",
    "target-model", "resources-use", "readiness",
}  # fmt: skip

SMALL = """id = "small"
title = "Малая форма"

[[question]]
key = "using"
label = "Пользуются"
type = "whole"

[[check]]
condition = "using <= learners"
message = "больше, чем {learners}"
question = "using"

[[feed]]
key = "learners"
title = "Пользователи"
numerator = "using"
denominator = "learners"
"""


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(monitoring_form, "user_data_folder", lambda: tmp_path)
    monitoring_form.read_all_forms.cache_clear()
    yield tmp_path / "forms" / "monitoring"
    monitoring_form.read_all_forms.cache_clear()


def test_every_form_asked_for_is_there_and_whole() -> None:
    forms = monitoring_forms()
    assert forms.keys() >= ASKED_FOR and monitoring_form_faults() == ()
    for form in forms.values():
        assert form.subject and form.instruction and form.feeds
        assert any(question.required for question in form.questions)
        assert all(feed.words for feed in form.feeds)


def test_a_file_bears_its_form_s_id() -> None:
    names = {path.stem for path in (forms_folder() / "monitoring").glob("*.toml")}
    assert names == monitoring_forms().keys()


@pytest.mark.parametrize(
    ("right", "wrong", "line", "told"),
    [
        ('type = "whole"', 'type = "integer"', 7, "integer"),
        ('key = "using"', 'key = "Using"', 5, "Using"),
        ('key = "using"', 'key = "learners"', 5, "занято"),
        ('label = "Пользуются"', 'lable = "Пользуются"', 4, "label"),
        ("using <= learners", "using <= lerners", 10, "lerners"),
        ("using <= learners", "using <= __import__('os')", 10, "нельзя писать"),
        ("using <= learners", "using <=", 10, "не разобрано"),
        ("больше, чем {learners}", "больше, чем {teachres}", 11, "teachres"),
        ('question = "using"', 'question = "used"', 12, "used"),
        ('type = "whole"', 'type = "whole"\nminimum = 5\nmaximum = 2', 8, "наибольшего"),
        ('type = "whole"', 'type = "whole"\nchoices = ["а"]', 8, "choice"),
        ('type = "whole"', 'type = "choice"\nchoices = ["а, б"]', 8, "запятых"),
        ('id = "small"', 'id = "Малая"', 1, "латинские"),
        ('condition = "using <= learners"', "condition = \"using <= 'много'\"", 10, "с текстом «много»"),
        ('numerator = "using"', 'numerator = "today"', 17, "нужно число или условие"),
        ('title = "Малая форма"', 'title = Малая', 2, "не разобрана"),
        ('numerator = "using"', 'numerator = "used"', 17, "used"),
    ],
)
def test_a_fault_is_told_by_line(right: str, wrong: str, line: int, told: str) -> None:
    parse_monitoring_form(SMALL)
    with pytest.raises(FormError, match=told) as caught:
        parse_monitoring_form(SMALL.replace(right, wrong, 1), "малая.toml")
    assert f"Форма малая.toml, строка {line}:" in str(caught.value)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (SMALL.replace('type = "whole"', 'type = "number"\nregister = "learners"'), "только целое число"),
        (SMALL.replace('type = "whole"', 'type = "whole"\nregister = "learners"').replace(
            "[[check]]", '[[question]]\nkey = "more"\nlabel = "Ещё"\ntype = "whole"\nregister = "learners"\n\n[[check]]'
        ), "уже пишет другой"),
    ],
)  # fmt: skip
def test_a_number_of_the_register_is_whole_and_asked_once(wrong: str, told: str) -> None:
    with pytest.raises(FormError, match=told):
        parse_monitoring_form(wrong)


def test_every_fact_has_its_kind() -> None:
    assert tuple(monitoring_form.FACT_KINDS) == FACTS


def test_a_form_without_questions_is_refused() -> None:
    with pytest.raises(FormError, match="ни одного вопроса"):
        parse_monitoring_form('id = "a"\ntitle = "б"\n')


def test_a_wrong_form_takes_no_other_with_it(own_folder: Path) -> None:
    own_folder.mkdir(parents=True)
    (own_folder / "порча.toml").write_text(SMALL.replace("whole", "hole"), "utf-8")
    (own_folder / "small.toml").write_text(SMALL, "utf-8")
    assert "small" in monitoring_forms() and "internet" in monitoring_forms()
    assert len(monitoring_form_faults()) == 1 and "порча.toml, строка 7" in monitoring_form_faults()[0]


def test_all_faults_of_a_form_are_told_with_what_can_be_used() -> None:
    wrong = SMALL.replace('type = "whole"', 'type = "hole"').replace("<= learners", "<= lerners", 1)
    form, faults = sketch_monitoring_form(wrong + '\n[[computed]]\nkey = "a"\nlabel = " "\nvalue = "using"\n')
    assert form is not None and form.title == "Малая форма" and not form.questions and len(form.feeds) == 1
    assert [(fault.line, fault.key) for fault in faults] == [(7, "type"), (10, "condition"), (22, "label")]
    assert sketch_monitoring_form("title = Малая")[0] is None
