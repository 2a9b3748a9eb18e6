"""Expressions in Russian words: what is printed is read back, what is typed is understood."""

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cosdesk.domain.expression_wording import (
    labels_of,
    plain_expression,
    plain_message,
    unknown_names,
    worded_expression,
    worded_message,
)
from cosdesk.domain.expressions import expression
from cosdesk.forms.monitoring_form import monitoring_forms

LABELS = labels_of(
    [("using", "Пользуются"), ("state", "Состояние «сети»"), ("speed", "Скорость"), ("twin", "скорость")]
)


@pytest.mark.parametrize(
    ("plain", "worded"),
    [
        ("using <= learners", "«Пользуются» ≤ «обучающихся в школе»"),
        ("speed > twin * 1.5", "«Скорость» > twin × 1,5"),
        ("state == 'а и б' or using is not None", "«Состояние „сети“» = 'а и б' или «Пользуются» заполнено"),
        ("100 if locality_kind == 'город' else 50", "100 если «вид населённого пункта» = 'город' иначе 50"),
        ("round(using / speed, 1) in [1, 2]", "округлить(«Пользуются» / «Скорость»; 1) из [1; 2]"),
        ("state is None and state not in ['а']", "«Состояние „сети“» не заполнено и «Состояние „сети“» не из ['а']"),
        ("not complies", "не «школа соответствует»"),
    ],
)  # fmt: skip
def test_an_expression_in_words_and_back(plain: str, worded: str) -> None:
    assert worded_expression(plain, LABELS) == worded
    assert plain_expression(worded, LABELS) == plain


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("« пользуются » <= «Обучающихся в школе»", "using <= learners"),
        ("using <= learners", "using <= learners"),
        ("«Пользуются» Не  Заполнено", "using is None"),
        ("«Скорость» >= 2,5", "speed >= 2.5"),
        ("«Скорость» <> 0", "speed != 0"),
        ("«Скорост» > 1", "«Скорост» > 1"),
        ("«Состояние „сети“» = «Исправна»", "state == 'исправна'"),
        ("state = “плоха”", "state == 'плоха'"),
    ],
)
def test_what_is_typed_is_understood(typed: str, plain: str) -> None:
    assert plain_expression(typed, LABELS, ["исправна"]) == plain


def test_a_name_that_the_form_has_not_is_told() -> None:
    assert unknown_names(plain_expression("«Скорост» > «Пользуются»", LABELS)) == ("«Скорост»",)


def test_every_form_s_expressions_and_messages_survive_the_words() -> None:
    for form in monitoring_forms().values():
        labels = labels_of((each.key, each.label) for each in (*form.questions, *form.computed))
        texts = [each.condition.text for each in (*form.checks, *form.requirements)]
        texts += [each.value.text for each in form.computed] + [each.numerator.text for each in form.feeds]
        for text in texts:
            back = plain_expression(worded_expression(text, labels), labels)
            assert ast.dump(ast.parse(back)) == ast.dump(ast.parse(text))
        for message in [each.message for each in form.checks] + [each.reason for each in form.requirements]:
            assert plain_message(worded_message(message, labels), labels) == message


NUMBERS = st.one_of(st.sampled_from(["using", "speed", "twin", "learners", "state", "1.5", "100"]))
SUMS = st.recursive(
    NUMBERS,
    lambda inner: st.one_of(
        st.builds("({} {} {})".format, inner, st.sampled_from(["+", "-", "*", "/", "%"]), inner),
        st.builds("{}({}, {})".format, st.sampled_from(["min", "max"]), inner, inner),
        st.builds("({} if {} <= {} else {})".format, inner, inner, inner, inner),
    ),
    max_leaves=6,
)
CONDITIONS = st.builds(
    "{} {} {} {} not ({} is None) and {} not in ['а', 'и или']".format,
    SUMS, st.sampled_from(["<", "<=", "==", "!=", ">="]), SUMS, st.sampled_from(["and", "or"]), SUMS, SUMS,
)  # fmt: skip


@given(CONDITIONS)
def test_reading_what_was_worded_gives_the_same(text: str) -> None:
    expression(text)
    assert plain_expression(worded_expression(text, LABELS), LABELS) == text


@given(st.text())
def test_anything_may_be_typed(text: str) -> None:
    worded_expression(plain_expression(text, LABELS), LABELS)
    plain_message(worded_message(text, LABELS), LABELS)
