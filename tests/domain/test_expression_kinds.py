"""What does not go together in an expression is told; what does is let through, with the kind of its value."""

import pytest

from cosdesk.domain.expression_kinds import ValueKind, require_kinds
from cosdesk.domain.expressions import ExpressionFaultError, expression

KINDS = {
    "rooms": ValueKind.NUMBER, "title": ValueKind.TEXT, "state": ValueKind.TEXT, "day": ValueKind.DATE,
    "today": ValueKind.DATE, "ready": ValueKind.FLAG, "dark": None,
}  # fmt: skip
CHOICES = {"state": ("исправна", "нет")}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("rooms + 1", ValueKind.NUMBER),
        ("rooms >= ready", ValueKind.FLAG),
        ("ready + ready * rooms", ValueKind.NUMBER),
        ("state == 'исправна' or title != 'нет такого варианта'", ValueKind.FLAG),
        ("state in ('исправна', 'нет') and not ready", ValueKind.FLAG),
        ("day <= today", ValueKind.FLAG),
        ("max(day, today)", ValueKind.DATE),
        ("day is None or rooms is not None", ValueKind.FLAG),
        ("dark == 'да' and dark > 5 and dark < today", ValueKind.FLAG),
        ("100 if state == 'нет' else 50", ValueKind.NUMBER),
        ("1 if ready else 'нет'", None),
        ("round(rooms / 3, 1)", ValueKind.NUMBER),
        ("-rooms", ValueKind.NUMBER),
        ("title", ValueKind.TEXT),
    ],
)
def test_what_agrees_has_its_kind(text: str, kind: ValueKind | None) -> None:
    assert require_kinds(expression(text), KINDS, CHOICES) is kind


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("rooms > title", "число «rooms» нельзя сравнить с текстом «title»"),
        ("'100' < rooms", "текст «100» нельзя сравнить с числом «rooms»"),
        ("day == 2026", "дату «day» нельзя сравнить с числом «2026»"),
        ("ready == 'да'", "ответ да/нет «ready» нельзя сравнить с текстом «да»"),
        ("rooms in ('много', 2)", "число «rooms» нельзя сравнить с текстом «много»"),
        ("state in title", "нужен список в скобках"),
        ("state == 'Исправна'", "варианта «Исправна» у вопроса «state» нет"),
        ("state in ('исправна', 'да')", "варианта «да» у вопроса «state» нет"),
        ("ready and (rooms + title) > 1", "текст «title» нельзя складывать"),
        ("today - day < 30", "дату «today» нельзя складывать"),
        ("max(rooms, day)", "число «rooms» нельзя сравнить с датой «day»"),
        ("abs(title)", "текст «title» нельзя складывать"),
        ("5 if rooms > '1' else 6", "нельзя сравнить"),
        ("0 < rooms < today", "число «rooms» нельзя сравнить с датой «today»"),
    ],
)
def test_what_does_not_agree_is_told(text: str, told: str) -> None:
    with pytest.raises(ExpressionFaultError, match=told):
        require_kinds(expression(text), KINDS, CHOICES)
