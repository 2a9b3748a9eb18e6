"""The forms of monitoring: one file in ``forms/monitoring`` each, and the user's own beside them.

The same form drives the grid of entry, the workbook sent to a school, the reading of its
answer, the verdict and what indicators count.
"""

import re
from collections.abc import Callable, Collection
from decimal import Decimal
from functools import cache, partial
from pathlib import Path
from typing import TypeVar

from cosdesk.domain.expression_kinds import ValueKind, require_kinds
from cosdesk.domain.expressions import Expression, ExpressionFaultError, expression
from cosdesk.domain.monitoring import (
    Check,
    Computed,
    Feed,
    MonitoringForm,
    Question,
    QuestionType,
    Requirement,
)
from cosdesk.domain.organisation import LOCALITY_KINDS
from cosdesk.forms.reading import FormError, FormTable, form_source, parse_form_table
from cosdesk.paths import forms_folder, user_data_folder

_FOLDER = "monitoring"
_KEY = re.compile(r"[a-z][a-z0-9_]*")
_NAMES = re.compile(r"\{([^{}]*)\}")
RESERVED_NAMES = ("and", "or", "not", "in", "is", "if", "else", "complies", "none", "true", "false")
"""What no field may be called: words of expressions."""
REGISTER_KINDS = ("learners", "teachers")
"""What of the schools' register an accepted answer may be written to."""
_Entry = TypeVar("_Entry")
DEFAULT_BOUNDS = {
    QuestionType.WHOLE: (Decimal(0), None),
    QuestionType.NUMBER: (Decimal(0), None),
    QuestionType.PERCENT: (Decimal(0), Decimal(100)),
}
"""The least and the greatest of each type of number where a form does not say."""
_KINDS = {
    QuestionType.TEXT: ValueKind.TEXT,
    QuestionType.WHOLE: ValueKind.NUMBER,
    QuestionType.NUMBER: ValueKind.NUMBER,
    QuestionType.PERCENT: ValueKind.NUMBER,
    QuestionType.DATE: ValueKind.DATE,
    QuestionType.CHOICE: ValueKind.TEXT,
    QuestionType.YES_NO: ValueKind.FLAG,
}
FACT_KINDS = {
    "learners": ValueKind.NUMBER,
    "teachers": ValueKind.NUMBER,
    "locality_kind": ValueKind.TEXT,
    "today": ValueKind.DATE,
    "period_end": ValueKind.DATE,
    "complies": ValueKind.FLAG,
}
"""Of ``domain.answers.FACTS``."""


@cache
def parse_monitoring_form(source: str, name: str = "мониторинга") -> MonitoringForm:
    """The form that a text describes; ``FormError`` names line and reason.  ``name`` is the file's, for faults."""
    form, faults = sketch_monitoring_form(source, name)
    if form is None or faults:
        raise faults[0]
    return form


def sketch_monitoring_form(
    source: str, name: str = "мониторинга"
) -> tuple[MonitoringForm | None, tuple[FormError, ...]]:
    """What of the form can be used and all that is wrong with it, a fault an entry; None where nothing can be read.

    For a form that is being written: what follows from a wrong entry is left out with it.
    """
    try:
        reading = _Reading(parse_form_table(source, Path(name)), source)
        form = reading.form()
    except FormError as error:
        return None, (error,)
    return form, tuple(sorted(reading.faults, key=lambda fault: fault.line))


def read_monitoring_form(path: Path) -> MonitoringForm:
    """One form file; ``FormError`` names file, line and reason."""
    return parse_monitoring_form(form_source(path), path.name)


def monitoring_forms() -> dict[str, MonitoringForm]:
    """Every usable form by id: the built-in ones and, over them, the user's own."""
    return read_all_forms()[0]


def monitoring_form_faults() -> tuple[str, ...]:
    """What is wrong with forms of the user's own that cannot be used, in sentences."""
    return read_all_forms()[1]


def monitoring_form(form_id: str) -> MonitoringForm:
    """The form of that id; ``FormError`` lists the known ones."""
    forms = monitoring_forms()
    if form_id not in forms:
        raise FormError(f"Форма мониторинга «{form_id}» неизвестна. Известные формы: {', '.join(forms)}.")
    return forms[form_id]


@cache
def read_all_forms() -> tuple[dict[str, MonitoringForm], tuple[str, ...]]:
    """``monitoring_forms`` and ``monitoring_form_faults``, kept until ``cache_clear``."""
    built_in = [read_monitoring_form(path) for path in sorted((forms_folder() / _FOLDER).glob("*.toml"))]
    forms = {form.id: form for form in sorted(built_in, key=lambda form: form.title)}
    faults = []
    for path in sorted((user_data_folder() / "forms" / _FOLDER).glob("*.toml")):
        try:
            form = read_monitoring_form(path)
        except FormError as error:
            # A form of the user's own that is wrong must not take the others with it.
            faults.append(str(error))
        else:
            forms[form.id] = form
    return forms, tuple(faults)


class _Reading:
    """One form read from its table; names must be known before they are used."""

    def __init__(self, table: FormTable, source: str) -> None:
        self.table = table
        self.source = source
        self.kinds: dict[str, ValueKind | None] = {**FACT_KINDS}
        del self.kinds["complies"]  # known only when all requirements are
        self.choices: dict[str, Collection[str]] = {"locality_kind": LOCALITY_KINDS}
        self.registered: set[str] = set()
        self.faults: list[FormError] = []

    def form(self) -> MonitoringForm:
        table = self.table
        questions = self._entries("question", self._question)
        if not table.tables("question"):
            self.faults.append(table.fault("question", "нет ни одного вопроса"))
        keys = {question.key for question in questions}
        form = MonitoringForm(
            id=self._told(self._id) or "",
            version=table.text("version", "1"),
            based_on=table.text("based_on", ""),
            title=self._told(lambda: table.text("title")) or "",
            subject=table.text("subject", ""),
            instruction=table.text("instruction", ""),
            norm=table.text("norm", ""),
            complies_label=table.text("complies_label", "соответствует"),
            fails_label=table.text("fails_label", "не соответствует"),
            questions=questions,
            computed=self._entries("computed", self._computed),
            checks=self._entries("check", lambda entry: self._check(entry, keys)),
            requirements=self._entries("requirement", self._requirement),
            feeds=self._feeds(),
            source=self.source,
        )
        self._told(table.finish)
        return form

    def _id(self) -> str:
        form_id = self.table.text("id")
        if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,59}", form_id):
            raise self.table.fault("id", "только маленькие латинские буквы, цифры и дефис")
        return form_id

    def _entries(self, key: str, read: Callable[[FormTable], _Entry]) -> tuple[_Entry, ...]:
        """Those that can be read; the others are among the faults."""
        found = [self._told(partial(read, entry)) for entry in self.table.tables(key)]
        return tuple(entry for entry in found if entry is not None)

    def _told(self, read: Callable[[], _Entry]) -> _Entry | None:
        try:
            return read()
        except FormError as error:
            self.faults.append(error)
            return None

    def _question(self, table: FormTable) -> Question:
        key = self._new_name(table)
        kind = QuestionType(table.text("type", choices=[kind.value for kind in QuestionType]))
        self.kinds[key] = _KINDS[kind]
        least, most = DEFAULT_BOUNDS.get(kind, (None, None))
        question = Question(
            key=key,
            label=table.text("label"),
            type=kind,
            unit=table.text("unit", ""),
            choices=table.texts("choices"),
            minimum=_bound(table, "minimum", least),
            maximum=_bound(table, "maximum", most),
            required=table.flag("required", True),
            future=table.flag("future"),
            hint=table.text("hint", ""),
            register=table.text("register", "", choices=("", *REGISTER_KINDS)),
        )
        if (kind is QuestionType.CHOICE) is not bool(question.choices):
            raise table.fault("choices", "варианты нужны вопросу с выбором из списка и только ему")
        if any("," in choice or len(choice) > 60 for choice in question.choices) or len(question.choices) > 30:
            raise table.fault("choices", "не больше 30 вариантов, каждый до 60 знаков и без запятых")
        if question.register and kind is not QuestionType.WHOLE:
            raise table.fault("register", "в реестр школ пишется только целое число")
        if question.register in self.registered:
            raise table.fault("register", "это число в реестр школ уже пишет другой вопрос")
        self.registered |= {question.register} - {""}
        if question.choices:
            self.choices[key] = question.choices
        if question.minimum is not None and question.maximum is not None and question.minimum > question.maximum:
            raise table.fault("minimum", "наименьшее значение больше наибольшего")
        table.finish()
        return question

    def _new_name(self, table: FormTable) -> str:
        key = table.text("key")
        if not _KEY.fullmatch(key) or key in RESERVED_NAMES:
            raise table.fault("key", f"«{key}» не подходит: маленькие латинские буквы, цифры и _, сначала буква")
        if key in self.kinds:
            raise table.fault("key", f"имя «{key}» уже занято")
        self.kinds[key] = None
        return key

    def _computed(self, table: FormTable) -> Computed:
        try:
            value = self._expression(table, "value")
        finally:
            # A name whose value is wrong is no unknown name to what stands below it.
            key = self._new_name(table)
        self.kinds[key] = require_kinds(value, self.kinds, self.choices)
        computed = Computed(key, table.text("label"), table.text("unit", ""), value)
        table.finish()
        return computed

    def _check(self, table: FormTable, keys: Collection[str]) -> Check:
        check = Check(
            condition=self._expression(table, "condition"),
            message=self._message(table, "message"),
            question=table.text("question"),
            strict=table.flag("strict", True),
        )
        if check.question not in keys:
            raise table.fault("question", f"вопроса «{check.question}» в форме нет")
        table.finish()
        return check

    def _requirement(self, table: FormTable) -> Requirement:
        requirement = Requirement(self._expression(table, "condition"), self._message(table, "reason"))
        table.finish()
        return requirement

    def _feeds(self) -> tuple[Feed, ...]:
        self.kinds["complies"] = FACT_KINDS["complies"]
        feeds = self._entries("feed", self._feed)
        if len({feed.key for feed in feeds}) < len(feeds):
            self.faults.append(self.table.fault("feed", "ключи повторяются"))
        return feeds

    def _feed(self, table: FormTable) -> Feed:
        denominator = table.text("denominator", "")
        feed = Feed(
            key=table.text("key"),
            title=table.text("title"),
            words=table.texts("words"),
            numerator=self._number(table, "numerator"),
            denominator=self._number(table, "denominator") if denominator else None,
        )
        table.finish()
        return feed

    def _number(self, table: FormTable, key: str) -> Expression:
        found = self._expression(table, key)
        if require_kinds(found, self.kinds, self.choices) in (ValueKind.TEXT, ValueKind.DATE):
            raise table.fault(key, "нужно число или условие: по школам оно складывается")
        return found

    def _expression(self, table: FormTable, key: str) -> Expression:
        try:
            found = expression(table.text(key))
            if unknown := sorted(found.names - self.kinds.keys()):
                raise table.fault(key, f"«{unknown[0]}» в форме выше не задано")
            require_kinds(found, self.kinds, self.choices)
        except ExpressionFaultError as error:
            raise table.fault(key, str(error)) from error
        return found

    def _message(self, table: FormTable, key: str) -> str:
        text = table.text(key)
        if unknown := sorted(set(_NAMES.findall(text)) - self.kinds.keys()):
            raise table.fault(key, f"«{unknown[0]}» в форме выше не задано")
        return text


def _bound(table: FormTable, key: str, default: Decimal | None) -> Decimal | None:
    number = table.optional_number(key)
    if number is None:
        return default
    return Decimal(int(number)) if number.is_integer() else Decimal(repr(number))
