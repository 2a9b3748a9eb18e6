"""Reading a form's TOML file, with faults told by file, line and reason."""

import codecs
import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from cosdesk.errors import UserError

LARGEST = 512 * 1024
"""Bytes of a form file; the longest official form has a twentieth of that."""


class FormError(UserError):
    """A form file that cannot be used; the message names file, line and reason in Russian.

    ``line`` and ``reason`` are the same apart, 0 and empty where the fault has no place; where one key
    is wrong, ``phrase`` is what is wrong with ``key``.
    """

    def __init__(self, message: str, line: int = 0, reason: str = "", key: str = "", phrase: str = "") -> None:
        super().__init__(message)
        self.line = line
        self.reason = reason
        self.key = key
        self.phrase = phrase


class FormTable:
    """A TOML table read key by key; whatever is missing, of a wrong type or unknown is a ``FormError``."""

    def __init__(self, values: Mapping[str, Any], path: Path, source: str, name: str = "", start: int = 0) -> None:
        """``start`` is where the table's own header stands in the source, for the lines of its faults."""
        self._values = values
        self._path = path
        self._source = source
        self._name = name
        self._start = start
        self._read: set[str] = set()

    def text(self, key: str, default: str | None = None, choices: Sequence[str] = ()) -> str:
        value = self._value(key, str, default, "строкой в кавычках")
        if choices and value not in choices:
            raise self.fault(key, f"значение «{value}» не подходит, можно: {', '.join(choices)}")
        if default is None and not choices and not value.strip():
            raise self.fault(key, "не задано")
        return str(value)

    @property
    def values(self) -> Mapping[str, Any]:
        """All that was read, plain."""
        return self._values

    def holds(self, *keys: str) -> bool:
        """Whether any of these keys is there."""
        return any(key in self._values for key in keys)

    def flag(self, key: str, default: bool = False) -> bool:
        return bool(self._value(key, bool, default, "true или false"))

    def number(self, key: str, default: float | None = None, least: float = -1e9, most: float = 1e9) -> float:
        number = float(self._value(key, (int, float), default, "числом"))
        if not least <= number <= most:  # nor nan
            raise self.fault(key, f"должно быть числом от {least:g} до {most:g}")
        return number

    def optional_number(self, key: str) -> float | None:
        """None where the key is absent."""
        return self.number(key) if key in self._values else None

    def texts(self, key: str) -> tuple[str, ...]:
        value = self._value(key, list, [], "списком строк")
        if not all(isinstance(entry, str) for entry in value):
            raise self.fault(key, "должно быть списком строк")
        return tuple(value)

    def tables(self, key: str) -> tuple["FormTable", ...]:
        value = self._value(key, list, [], "списком таблиц")
        if not all(isinstance(entry, dict) for entry in value):
            raise self.fault(key, "должно быть списком таблиц")
        headers = [found.start() for found in _header(key).finditer(self._source, self._start)]
        starts = headers[: len(value)] + [self._start] * (len(value) - len(headers))
        return tuple(
            FormTable(entry, self._path, self._source, key, start) for entry, start in zip(value, starts, strict=True)
        )

    def mapping(self, key: str) -> dict[str, str]:
        value = self._value(key, dict, {}, "таблицей строк")
        if not all(isinstance(entry, str) for entry in value.values()):
            raise self.fault(key, "должно быть таблицей строк")
        return dict(value)

    def nested(self, key: str) -> dict[str, dict[str, str]]:
        """Tables of texts by their names."""
        value = self._value(key, dict, {}, "таблицей таблиц")
        if not all(isinstance(t, dict) and all(isinstance(e, str) for e in t.values()) for t in value.values()):
            raise self.fault(key, "должно быть таблицей таблиц строк")
        return dict(value)

    def finish(self) -> None:
        """Refuse keys that nobody asked for: a misspelt key must not be half used."""
        for key in self._values:
            if key not in self._read:
                raise self.fault(key, "такого ключа в форме нет")

    def fault(self, key: str, reason: str) -> FormError:
        line = self.line(key)
        where = f"«{key}»" if not self._name else f"«{key}» в «{self._name}»"
        message = f"Форма {self._path.name}, строка {line}: {where}: {reason}. Исправьте файл формы."
        return FormError(message, line, f"{where}: {reason}", key, reason)

    def line(self, key: str) -> int:
        """The line on which the key stands, from 1."""
        return self._source.count("\n", 0, self._place(key)) + 1

    def _place(self, key: str) -> int:
        """Where in the source the key stands in this table, or its sub-table's header; else the table's own header."""
        own_end = _ANY_HEADER.search(self._source, self._source.find("\n", self._start) if self._name else 0)
        written = re.compile(rf'^[ \t]*"?{re.escape(key)}"?[ \t]*=', re.MULTILINE)
        found = written.search(self._source, self._start, own_end.start() if own_end else len(self._source))
        found = found or _header(key).search(self._source, self._start)
        if found is None and not self._name:
            found = written.search(self._source)  # of a table of texts below
        return found.start() if found else self._start

    def _value(self, key: str, kind: type | tuple[type, ...], default: Any, wanted: str) -> Any:
        self._read.add(key)
        if key not in self._values:
            if default is None:
                raise self.fault(key, "не задано")
            return default
        value = self._values[key]
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise self.fault(key, f"должно быть {wanted}")
        return value


_ANY_HEADER = re.compile(r"^[ \t]*\[", re.MULTILINE)


def _header(key: str) -> re.Pattern[str]:
    """«[key]», «[[key]]» or «[[part.key]]» at the beginning of a line."""
    return re.compile(rf"^[ \t]*\[+[ \t]*(?:[\w.-]+\.)?{re.escape(key)}[ \t]*\]", re.MULTILINE)


def parse_form_table(source: str, path: Path) -> FormTable:
    """The text as a table; ``FormError`` when it is not TOML.  ``path`` names it in faults."""
    try:
        return FormTable(tomllib.loads(source), path, source)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        # Where the text breaks off, the reader names no line.
        line = int(found[1]) if found else source.count("\n") + 1
        reason = next((reason for told, reason in _TOML_REASONS.items() if told in str(error)), "запись не разобрана")
    except RecursionError:
        line, reason = 1, "скобки вложены слишком глубоко"
    raise FormError(f"Форма {path.name}, строка {line}: {reason}. Исправьте файл формы.", line, reason)


_TOML_REASONS = {
    "Cannot overwrite": "ключ задан дважды",
    "Cannot declare": "часть с таким названием уже есть",
    "Illegal character": "недопустимый знак, возможно, не закрыта кавычка",
    "Unterminated string": "не закрыта кавычка",
    'Expected "\'': "не закрыты тройные кавычки",
    "Unclosed array": "не закрыта квадратная скобка",
    "Expected '=' after": "после ключа нет знака «=»",
    "Unescaped '\\'": "перед знаком стоит лишняя обратная косая черта",
}


def form_source(path: Path) -> str:
    """The text of a form file, lines ended by ``\\n``; ``FormError`` when it is too big or not UTF-8."""
    name = path.name
    try:
        if path.is_dir():
            raise FormError(f"«{name}» – это папка. Выберите файл формы (.toml).")
        if path.stat().st_size > LARGEST:
            raise FormError(f"Файл {name} больше {LARGEST // 1024} КБ: это не форма. Выберите файл формы (.toml).")
        content = path.read_bytes()
    except OSError as error:
        raise FormError(f"Форма {name} не читается. Проверьте, что файл на месте.") from error
    if not content.strip():
        raise FormError(f"Файл {name} пуст. Возьмите форму у отправителя ещё раз.")
    try:
        text = content.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        raise FormError(f"Форма {name} сохранена не в кодировке UTF-8. Сохраните её как UTF-8.") from error
    return text.replace("\r\n", "\n")
