"""Reading a form's TOML file, with faults told by file, line and reason."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from cosdesk.errors import UserError


class FormError(UserError):
    """A form file that cannot be used; the message names file, line and reason in Russian."""


class FormTable:
    """A TOML table read key by key; whatever is missing, of a wrong type or unknown is a ``FormError``."""

    def __init__(self, values: Mapping[str, Any], path: Path, source: str, name: str = "") -> None:
        self._values = values
        self._path = path
        self._source = source
        self._name = name
        self._read: set[str] = set()

    def text(self, key: str, default: str | None = None, choices: Sequence[str] = ()) -> str:
        value = self._value(key, str, default, "строкой в кавычках")
        if choices and value not in choices:
            raise self.fault(key, f"значение «{value}» не подходит, можно: {', '.join(choices)}")
        return str(value)

    def flag(self, key: str, default: bool = False) -> bool:
        return bool(self._value(key, bool, default, "true или false"))

    def number(self, key: str, default: float | None = None) -> float:
        return float(self._value(key, (int, float), default, "числом"))

    def texts(self, key: str) -> tuple[str, ...]:
        value = self._value(key, list, [], "списком строк")
        if not all(isinstance(entry, str) for entry in value):
            raise self.fault(key, "должно быть списком строк")
        return tuple(value)

    def tables(self, key: str) -> tuple["FormTable", ...]:
        value = self._value(key, list, [], "списком таблиц")
        if not all(isinstance(entry, dict) for entry in value):
            raise self.fault(key, "должно быть списком таблиц")
        return tuple(FormTable(entry, self._path, self._source, key) for entry in value)

    def mapping(self, key: str) -> dict[str, str]:
        value = self._value(key, dict, {}, "таблицей строк")
        if not all(isinstance(entry, str) for entry in value.values()):
            raise self.fault(key, "должно быть таблицей строк")
        return dict(value)

    def finish(self) -> None:
        """Refuse keys that nobody asked for: a misspelt key must not be half used."""
        for key in self._values:
            if key not in self._read:
                raise self.fault(key, "такого ключа в форме нет")

    def fault(self, key: str, reason: str) -> FormError:
        found = re.search(rf"^\s*(?:\[+\s*(?:[\w.]+\.)?)?{re.escape(key)}\b", self._source, re.MULTILINE)
        line = self._source.count("\n", 0, found.start()) + 1 if found else 1
        where = f"«{key}»" if not self._name else f"«{key}» в «{self._name}»"
        return FormError(f"Форма {self._path.name}, строка {line}: {where}: {reason}. Исправьте файл формы.")

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


def read_form_table(path: Path) -> FormTable:
    """The file as a table; ``FormError`` when it is not UTF-8 or not TOML."""
    try:
        source = path.read_text(encoding="utf-8")
        return FormTable(tomllib.loads(source), path, source)
    except UnicodeDecodeError as error:
        raise FormError(f"Форма {path.name} сохранена не в кодировке UTF-8. Сохраните её как UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        line = found[1] if found else "последняя"
        raise FormError(f"Форма {path.name}, строка {line}: запись не разобрана. Исправьте файл формы.") from error
    except OSError as error:
        raise FormError(f"Форма {path.name} не читается. Проверьте, что файл на месте.") from error
