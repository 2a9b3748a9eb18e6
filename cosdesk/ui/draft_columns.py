"""The columns in which a form's entries are edited: how each value is shown, typed and kept."""

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from enum import Enum, auto
from typing import Any

from cosdesk.dataclass import dataclass
from cosdesk.domain.answers import number_text
from cosdesk.domain.expression_wording import plain_expression, plain_message, worded_expression, worded_message
from cosdesk.domain.monitoring import QuestionType
from cosdesk.errors import UserError
from cosdesk.forms.monitoring_form import DEFAULT_BOUNDS, REGISTER_KINDS

TYPES = {kind.label: kind.value for kind in QuestionType}
REGISTERS = dict(zip(REGISTER_KINDS, ("обучающиеся", "учителя"), strict=True))
_NUMBERS = (QuestionType.WHOLE, QuestionType.NUMBER, QuestionType.PERCENT)


class Kind(Enum):
    """How a value is worded."""

    TEXT = auto()
    TYPE = auto()
    FLAG = auto()
    NUMBER = auto()
    LIST = auto()
    WORDS = auto()
    EXPRESSION = auto()
    MESSAGE = auto()
    QUESTION = auto()
    REGISTER = auto()


@dataclass(frozen=True, slots=True)
class DraftColumn:
    """``flags`` word true and false, ``default`` is what an absent flag means; an optional text may be empty."""

    key: str
    heading: str
    width: int
    kind: Kind = Kind.TEXT
    optional: bool = True
    flags: tuple[str, str] = ("да", "нет")
    default: bool = False
    tip: str = ""

    @property
    def is_long(self) -> bool:
        return self.kind in (Kind.EXPRESSION, Kind.MESSAGE) or self.key in ("label", "title", "hint")


FAULT = DraftColumn("", "Что исправить", 190)
COLUMNS: Mapping[str, tuple[DraftColumn, ...]] = {
    "question": (
        DraftColumn("label", "Вопрос", 170, optional=False),
        DraftColumn("type", "Тип ответа", 112, Kind.TYPE, optional=False),
        DraftColumn("unit", "Ед. изм.", 60, tip="Что стоит после числа: чел., Мбит/с, %"),
        DraftColumn("choices", "Варианты", 90, Kind.LIST, tip="Для выбора из списка: варианты через точку с запятой"),
        DraftColumn("minimum", "От", 44, Kind.NUMBER, tip="Наименьшее число, которое можно указать"),
        DraftColumn("maximum", "До", 58, Kind.NUMBER, tip="Наибольшее число, которое можно указать"),
        DraftColumn("required", "Обязателен", 72, Kind.FLAG, default=True),
        DraftColumn("hint", "Как заполнять", 110, tip="Подсказка школе рядом с вопросом"),
        DraftColumn("register", "В реестр школ", 94, Kind.REGISTER,
                    tip="Принятый ответ можно будет записать в реестр школ как численность этого учебного года"),
        DraftColumn("future", "Будущая дата", 68, Kind.FLAG, tip="Можно ли указать день, который ещё не наступил"),
    ),
    "computed": (
        DraftColumn("label", "Что вычисляется", 220, optional=False),
        DraftColumn("unit", "Ед. изм.", 70),
        DraftColumn("value", "Как вычисляется", 420, Kind.EXPRESSION, optional=False),
    ),
    "check": (
        DraftColumn("condition", "Что должно быть верно", 270, Kind.EXPRESSION, optional=False),
        DraftColumn("message", "Что сказать школе, если это не так", 250, Kind.MESSAGE, optional=False),
        DraftColumn("question", "У какого вопроса", 140, Kind.QUESTION, optional=False),
        DraftColumn(
            "strict", "Ответ тогда", 130, Kind.FLAG, default=True, flags=("вернуть", "принять с замечанием")
        ),
    ),
    "requirement": (
        DraftColumn("condition", "Школа соответствует, если", 380, Kind.EXPRESSION, optional=False),
        DraftColumn("reason", "Почему не соответствует", 320, Kind.MESSAGE, optional=False),
    ),
    "feed": (
        DraftColumn("title", "Что считается", 220, optional=False),
        DraftColumn("numerator", "Числитель: сумма по школам", 190, Kind.EXPRESSION, optional=False),
        DraftColumn("denominator", "Знаменатель", 180, Kind.EXPRESSION, tip="Пусто – не доля, а просто число"),
        DraftColumn(
            "words", "Слова в названии показателя", 190, Kind.WORDS,
            tip="Начала слов через точку с запятой: по ним форма сама предложит показатель дорожной карты",
        ),
    ),
}  # fmt: skip


def shown(column: DraftColumn, entry: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    """The value as it is typed."""
    value = entry.get(column.key)
    match column.kind:
        case Kind.FLAG:
            return column.flags[0 if (column.default if value is None else value) else 1]
        case _ if value is None:
            return ""
        case Kind.TYPE:
            return next((label for label, key in TYPES.items() if key == value), str(value))
        case Kind.NUMBER:
            return number_text(Decimal(repr(value)) if isinstance(value, float) else Decimal(value))
        case Kind.LIST:
            return "; ".join(value)
        case Kind.WORDS:
            return "; ".join(" или ".join(words.split()) for words in value)
        case Kind.EXPRESSION:
            return worded_expression(value, labels)
        case Kind.MESSAGE:
            return worded_message(value, labels)
        case Kind.QUESTION:
            return labels.get(value, value)
        case Kind.REGISTER:
            return REGISTERS.get(value, str(value))
    return str(value)


def read(column: DraftColumn, text: str, labels: Mapping[str, str], answers: Iterable[str] = ()) -> Any:
    """What was typed as a form keeps it, None where it is taken out; ``UserError`` when it cannot be kept.

    ``labels`` and ``answers`` are as ``plain_expression`` wants them.
    """
    text = " ".join(text.split())
    if not text and (column.optional or column.kind is Kind.FLAG):
        return None
    match column.kind:
        case Kind.TYPE:
            found = next((key for label, key in TYPES.items() if label == text.lower() or key == text), None)
            return _known(found, f"Типа ответа «{text}» нет. Выберите из списка: {', '.join(TYPES)}.")
        case Kind.FLAG:
            known = {column.flags[0]: True, column.flags[1]: False}.get(text.lower())
            return _known(known, f"Выберите «{column.flags[0]}» или «{column.flags[1]}».")
        case Kind.NUMBER:
            return _number(text)
        case Kind.LIST:
            return _listed(text)
        case Kind.WORDS:
            return [" ".join(word for word in words.split() if word != "или") for words in _listed(text)]
        case Kind.EXPRESSION:
            return plain_expression(text, labels, answers)
        case Kind.MESSAGE:
            return plain_message(text, labels)
        case Kind.REGISTER:
            found = next((key for key, label in REGISTERS.items() if text.lower() in (key, label)), None)
            return _known(found, f"Выберите из списка: {', '.join(REGISTERS.values())}.")
        case Kind.QUESTION:
            found = next((key for key, label in labels.items() if text in (key, label)), None)
            return _known(found, f"Вопроса «{text}» в форме нет. Выберите из списка.")
    return text


def default_text(column: DraftColumn, entry: Mapping[str, Any]) -> str:
    """What holds while the cell is empty, in brackets: «(0)»."""
    if column.kind is not Kind.NUMBER or not is_open(column, entry):
        return ""
    low, high = DEFAULT_BOUNDS[QuestionType(entry["type"])]
    bound = low if column.key == "minimum" else high
    return "" if bound is None else f"({number_text(bound)})"


def is_open(column: DraftColumn, entry: Mapping[str, Any]) -> bool:
    """Whether the cell means anything for a question of that type."""
    match column.key:
        case "minimum" | "maximum":
            return entry.get("type") in _NUMBERS
        case "choices":
            return entry.get("type") == QuestionType.CHOICE or bool(entry.get("choices"))
        case "register":
            return entry.get("type") == QuestionType.WHOLE
        case "future":
            return entry.get("type") == QuestionType.DATE
    return bool(column.key)


def with_type(kind: str) -> dict[str, Any]:
    """The changes of a question that becomes of another type: what only the former one knew goes."""
    gone = {
        "choices": kind != QuestionType.CHOICE,
        "minimum": kind not in _NUMBERS,
        "maximum": kind not in _NUMBERS,
        "future": kind != QuestionType.DATE,
        "register": kind != QuestionType.WHOLE,
    }
    return {"type": kind, **{key: None for key, goes in gone.items() if goes}}


def _known(value: Any, complaint: str) -> Any:
    if value is None:
        raise UserError(complaint)
    return value


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def _number(text: str) -> Decimal:
    try:
        number = Decimal("".join(text.split()).replace(",", "."))
    except InvalidOperation:
        number = Decimal("nan")
    if not number.is_finite() or abs(number) > 10**9:
        raise UserError(f"«{text[:40]}» – не число. Напишите число цифрами, например 100 или 0,5.")
    return number
