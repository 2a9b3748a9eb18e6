"""Composed sentences: a form's templates filled with figures, in Russian and in agreement.

Templates only choose words.  What they may use besides Jinja2 itself: the filters and the
function below, named in ``_FILTERS`` and ``_FUNCTIONS``.
"""

import re
import traceback
from collections.abc import Iterable, Mapping, Sequence, Sized
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from cosdesk.domain.indicator import Indicator, Target, TargetRule
from cosdesk.forms.report_form import Template
from cosdesk.reports import typography
from cosdesk.reports.execution_figures import TermFigure
from cosdesk.reports.indicator_figures import IndicatorFigure
from cosdesk.reports.planned import rule_word
from cosdesk.reports.references import one_line, quoted

if TYPE_CHECKING:
    from jinja2 import Template as CompiledTemplate
    from jinja2 import nodes
    from jinja2.sandbox import SandboxedEnvironment

_CASES = {
    "именительный": typography.Case.NOMINATIVE,
    "родительный": typography.Case.GENITIVE,
    "дательный": typography.Case.DATIVE,
    "винительный": typography.Case.ACCUSATIVE,
    "творительный": typography.Case.INSTRUMENTAL,
    "предложный": typography.Case.PREPOSITIONAL,
}
_DOUBLED_STOP = re.compile(r"(?<=[а-яёА-ЯЁ])\.\.(?!\.)")
_PARAGRAPH_BREAK = re.compile(r"\n[ \t]*\n")


class Composer:
    """Fills templates with the values of one report; a template that cannot be filled is a ``FormError``."""

    def __init__(self, values: Mapping[str, object]) -> None:
        self._values = dict(values)

    def line(self, template: Template, **values: object) -> str:
        """The template as one line of plain text; ``values`` are added to the report's."""
        return _set(self._fill(template, values))

    def paragraphs(self, template: Template) -> tuple[str, ...]:
        """A paragraph for each run of lines between blank lines; what stays empty is left out."""
        parts = (_set(part) for part in _PARAGRAPH_BREAK.split(self._fill(template, {})))
        return tuple(part for part in parts if part)

    def _fill(self, template: Template, values: Mapping[str, object]) -> str:
        from jinja2 import TemplateError

        values = self._values | dict(values)
        compiled = compiled_template(template, frozenset(values))
        try:
            return compiled.render(values)
        except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, OverflowError) as error:
            raise template.fault(_reason(error), _line(error)) from error


def _set(text: str) -> str:
    """One line, with one full stop after an abbreviation that ends a sentence."""
    return typography.bind(_DOUBLED_STOP.sub(".", one_line(text)))


def compiled_template(template: Template, known: frozenset[str]) -> "CompiledTemplate":
    """The template ready to be filled; a fault where it does not parse or names what is not there."""
    try:
        compiled = _compiled(template.text)
    except _TemplateFaultError as fault:
        raise template.fault(fault.reason, fault.line) from fault
    for name, line in compiled.names:
        if name not in known:
            raise template.fault(f"имени «{name}» нет", line)
    return compiled.template


def template_parts(template: Template) -> tuple[tuple[str, str, int], ...]:
    """Where a sound template asks a name for a part of it: name, part and line («row», «title», 3)."""
    return _compiled(template.text).parts


class _TemplateFaultError(Exception):
    """What is wrong with a template and on which line of it."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


class _Compiled(NamedTuple):
    """``names`` are those that the data must give, with their lines; ``parts`` what is asked of them."""

    template: "CompiledTemplate"
    names: tuple[tuple[str, int], ...]
    parts: tuple[tuple[str, str, int], ...]


# A form that is being written is compiled after every pause, most of its templates unchanged.
@lru_cache(4096)
def _compiled(text: str) -> _Compiled:
    from jinja2 import meta, nodes

    tree = _tree(text)
    environment = _environment()
    for node in tree.find_all((nodes.Filter, nodes.Call, nodes.Mul, nodes.Pow)):
        match node:
            case nodes.Filter() if node.name not in environment.filters:
                raise _TemplateFaultError(f"преобразования «{node.name}» нет", node.lineno)
            case nodes.Call(node=nodes.Getattr(attr=action)) if action not in _METHODS:
                raise _TemplateFaultError(f"действия «{action}» нет", node.lineno)
            case nodes.Mul() | nodes.Pow():
                raise _TemplateFaultError("умножать в шаблоне нельзя", node.lineno)
    names = list(tree.find_all(nodes.Name))
    # Jinja2 takes a name set in one branch for undeclared.
    set_within = {name.name for name in names if name.ctx == "store"}
    wanted = meta.find_undeclared_variables(tree) - set_within - environment.globals.keys()
    parts = tuple(
        (node.node.name, node.attr, node.lineno)
        for node in tree.find_all(nodes.Getattr)
        if isinstance(node.node, nodes.Name) and node.node.name not in set_within
    )
    asked = tuple((name.name, name.lineno) for name in names if name.name in wanted)
    return _Compiled(environment.from_string(tree), asked, parts)


def _tree(text: str) -> "nodes.Template":
    from jinja2 import TemplateSyntaxError

    try:
        return _environment().parse(text)
    except TemplateSyntaxError as error:
        raise _TemplateFaultError(_syntax_reason(error.message or ""), error.lineno) from error
    except RecursionError:
        raise _TemplateFaultError("скобки вложены слишком глубоко", 1) from None


def _syntax_reason(told: str) -> str:
    """The commonest of Jinja2's reasons in Russian."""
    if told.startswith("Unexpected end of template"):
        return "условие или цикл не закрыты: нет {% endif %} или {% endfor %}"
    if found := re.search("unknown tag '(\\w+)'", told):
        return f"слова «{found[1]}» после «{{%» здесь не может быть"
    if "expected token 'end of print statement'" in told or "expected token 'end of statement block'" in told:
        return "скобки не закрыты или между словами нет знака"
    return "запись шаблона не разобрана"


def _reason(error: Exception) -> str:
    if isinstance(error, _UnfitError):
        return str(error)
    found = re.search(r"has no attribute '(\w+)'|'(\w+)' is undefined", str(error))
    if found:
        return f"имени «{found[1] or found[2]}» нет"
    return "шаблон не удалось заполнить данными"


def _line(error: BaseException) -> int:
    """The line of the template: Jinja2 puts it into the traceback."""
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == "<template>"]
    return (lines[-1] if lines else None) or 1


class _UnfitError(ValueError):
    """A value that a filter cannot word; the message is Russian."""


@cache
def _environment() -> "SandboxedEnvironment":
    # Imported late: only a report needs it.
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    environment = SandboxedEnvironment(
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, finalize=_worded, autoescape=False
    )
    environment.filters = {name: environment.filters[name] for name in _PLAIN_FILTERS} | _FILTERS
    environment.globals = dict(_FUNCTIONS)
    return environment


def _worded(value: object) -> object:
    """What a template prints: numbers and dates in Russian; nothing at all for what is not known is a fault."""
    if isinstance(value, str):
        return one_line(value) if "\n" in value else value
    if isinstance(value, bool) or value is None:
        raise _UnfitError("значения здесь нет: поставьте условие {% if … %}")
    if isinstance(value, int | Decimal):
        return typography.number(value)
    if isinstance(value, date):
        return typography.short_date(value)
    if isinstance(value, Sequence | Mapping):
        raise _UnfitError("здесь список, а не слово: употребите counted, joined или цикл {% for … %}")
    return value


# Counts


def _amount(value: object) -> int:
    """A count given as a number or as the list of what is counted."""
    if isinstance(value, Sized):
        return len(value)
    if isinstance(value, int):
        return value
    raise _UnfitError("для согласования нужно число или список")


def counted(value: object, noun: str, case: str = "именительный") -> str:
    """«18 сроков», «21 срока» (родительный), «4 организациях» (предложный)."""
    if case not in _CASES:
        raise _UnfitError(f"падеж «{case}» неизвестен, можно: {', '.join(_CASES)}")
    return typography.count_phrase(_amount(value), noun, _CASES[case])


def counts(*parts: tuple[object, str], case: str = "именительный") -> str:
    """«6 показателей, 9 результатов и 27 мероприятий»; what there is none of is left out."""
    return joined([counted(value, noun, case) for value, noun in parts if _amount(value)])


def choice(value: object, one: str, few: str, many: str) -> str:
    """The word of three that agrees with the count: 1, 21 · 2, 34 · 0, 5, 11."""
    count = _amount(value)
    if count % 10 == 1 and count % 100 != 11:
        return one
    return few if count % 10 in (2, 3, 4) and count % 100 not in (12, 13, 14) else many


def agree(value: object, word: str, noun: str) -> str:
    """A short participle or verb beside a count of nouns: «исполнен» 1 срок, «исполнены» 2, «исполнено» 5."""
    return typography.agree(_amount(value), word, noun)


def share_of(part: object, whole: object) -> str:
    """«77,8 %»."""
    return typography.percent_of(_amount(part), _amount(whole))


# Values


def valued(value: Decimal | Target, indicator: Indicator) -> str:
    """A value with the indicator's unit: «66,7 %», «5 единиц», «50 Мбит/с»; a plan: «не менее 60 %»."""
    if isinstance(value, Target):
        if value.rule is TargetRule.RANGE:
            return f"от {typography.number(value.value)} до {valued(value.upper or value.value, indicator)}"
        return f"{rule_word(value.rule)} {valued(value.value, indicator)}".lstrip()
    if indicator.is_percent:
        return typography.percent(rounded(value))
    return _with_unit(value, typography.number(rounded(value, 2)), indicator.unit)


def difference(value: Decimal, indicator: Indicator) -> str:
    """A deviation: «−8,3 п.п.» of a percent, «−2 единицы» of another unit."""
    if indicator.is_percent:
        return typography.points(value)
    return _with_unit(value, typography.number(rounded(value, 2), signed=True), indicator.unit)


def _with_unit(value: Decimal, worded: str, unit: str) -> str:
    unit = one_line(unit)
    if is_worded(unit):
        whole = value == value.to_integral_value()
        counts = typography.counted(abs(int(value)), unit) if whole else typography.decline(unit, _CASES["родительный"])
        return f"{worded}{typography.NBSP}{counts}"
    return f"{worded}{typography.NBSP}{unit}" if unit else worded


def is_worded(unit: str) -> bool:
    """Whether a unit is Russian words («единица»), not a sign or an abbreviation («Мбит/с», «ед.»)."""
    return bool(re.fullmatch("[а-яё]+(?: [а-яё]+)*", unit))


def rounded(value: Decimal, places: int = 1) -> Decimal:
    """Half up, as on paper."""
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


# Words


def ended(text: str) -> str:
    """The text with one full stop at its end, or the mark it ends with."""
    text = one_line(text).rstrip(" ;,")
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def begun(text: str) -> str:
    """The text with a small first letter, to go on with a sentence; an abbreviation keeps its capital."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def joined(parts: Iterable[str], limit: int | None = None) -> str:
    """«а, б и в»; past the limit «а, б и ещё 5»; each part once."""
    unique = list(dict.fromkeys(parts))
    if limit is not None and len(unique) > limit + 1:
        return f"{', '.join(unique[:limit])} и ещё {len(unique) - limit}"
    return typography.join_list(unique)


# Rows of the plan


def plural(figures: Iterable[TermFigure | IndicatorFigure], one: str, many: str) -> str:
    """The word before a list of numbers: «по строке» 2.3, «по строкам» 2.3 и 3.1; a row named once is one."""
    return one if len({figure.reference for figure in figures}) == 1 else many


def rows_named(terms: Sequence[TermFigure], limit: int | None = None) -> str:
    """«строка 2.3», «строки 2.3 и 3.1»."""
    return f"{plural(terms, 'строка', 'строки')} {joined((term.reference for term in terms), limit)}"


def rows_late(terms: Sequence[TermFigure], limit: int | None = None) -> str:
    """«1.2 (на 12 дней) и 2.1 (на 1 день)»."""
    return joined([f"{term.reference} (на {counted(term.days_late, 'день')})" for term in terms], limit)


def rows_due(terms: Sequence[TermFigure], limit: int | None = None) -> str:
    """«2.2 (до 15.08.2021) и 3.1»: the day by which execution is awaited, where it is ahead."""
    return joined(
        [
            f"{term.reference} (до {typography.short_date(term.expected_by)})" if term.awaited else term.reference
            for term in terms
        ],
        limit,
    )


_FILTERS = {
    "counted": counted,
    "choice": choice,
    "share_of": share_of,
    "percent": lambda value: typography.percent(rounded(value)),
    "points": lambda value: typography.points(value).lstrip("+"),
    "valued": valued,
    "difference": difference,
    "long_date": typography.long_date,
    "list_name": typography.list_name,
    "quoted": quoted,
    "ended": ended,
    "begun": begun,
    "joined": joined,
    "plural": plural,
    "rows_named": rows_named,
    "rows_late": rows_late,
    "rows_due": rows_due,
}
_FUNCTIONS = {"agree": agree, "counts": counts}
_PLAIN_FILTERS = (
    "abs", "capitalize", "count", "default", "first", "groupby", "int", "join", "last", "length", "list", "lower",
    "map", "max", "min", "reject", "rejectattr", "reverse", "round", "select", "selectattr", "sort", "sum", "trim",
    "unique", "upper",
)  # fmt: skip
"""Those of Jinja2's own that a wording may need; none of them makes much out of little."""
_METHODS = ("saying",)
FILTERS = (*_FILTERS, *_PLAIN_FILTERS)
FUNCTIONS = tuple(_FUNCTIONS)
