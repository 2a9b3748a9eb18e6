"""A form being changed: its TOML with every comment and every key kept that nobody touched, with undo."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.container import Container
from tomlkit.items import AoT, Item, Table

from cosdesk.forms.reading import FormError, parse_form_table

Place = tuple[str | int, ...]
"""A key's way from the top: ``("table", 0, "column", 2, "heading")``."""


class FormDraft:
    """The text of a form, changed key by key.

    Changes of one place that follow one another are one step of undo until ``end_step``.
    """

    def __init__(self, source: str) -> None:
        """``FormError`` where the text is not TOML, or is sound but its parts are not written one under another."""
        self._form = _parsed(source)
        if not _is_in_parts(self._form, parse_form_table(source, Path("формы")).values):
            raise FormError(
                "Части этой формы записаны не одна под другой, а в строку или вперемежку, и здесь её менять нельзя."
                " Измените её в текстовом редакторе и установите заново."
            )
        self._kept = source
        self._past: list[str] = []
        self._future: list[str] = []
        self._typing: Place | None = None

    @property
    def source(self) -> str:
        """The form's text as it is now, ended by one line break."""
        return tomlkit.dumps(self._form).rstrip("\n") + "\n"

    @property
    def is_changed(self) -> bool:
        """Whether anything differs from what was read or last kept."""
        return self.source != self._kept.rstrip("\n") + "\n"

    @property
    def can_undo(self) -> bool:
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        return bool(self._future)

    def keep(self) -> None:
        """What stands now counts as unchanged."""
        self._kept = self.source

    # Reading

    def value(self, *place: str | int) -> Any:
        """The plain value at a place, None where there is none."""
        found: Any = self._form
        for step in place:
            if isinstance(found, AoT):
                found = found[int(step)] if isinstance(step, int) and step < len(found) else None
            elif isinstance(found, Table | Container):
                found = found.get(str(step))
            else:
                return None
        return found.unwrap() if isinstance(found, Item) else found

    def count(self, *place: str | int) -> int:
        """How many tables stand in the array at a place."""
        found = self.value(*place)
        return len(found) if isinstance(found, list) else 0

    # Changing

    def put(self, value: str | float | bool | list[str] | None, *place: str | int) -> None:
        """Sets a value, None takes the key away; nothing is noted where nothing changes."""
        if value == self.value(*place):
            return
        if place != self._typing:
            self._note()
        self._typing = place
        self._future.clear()
        table, key = self._table(place[:-1]), str(place[-1])
        if value is None:
            del table[key]
        elif isinstance(value, str):
            table[key] = _text(value)
        else:
            table[key] = int(value) if isinstance(value, float) and value.is_integer() else value

    def move(self, number: int, step: int, *place: str | int) -> int:
        """Moves one of the array's tables by ``step``; where it stands then."""
        body = self._array(place).body
        target = number + step
        if not 0 <= target < len(body):
            return number
        self._note()
        body.insert(target, body.pop(number))
        return target

    def remove(self, number: int, *place: str | int) -> None:
        self._note()
        body = self._array(place).body
        del body[number]
        if not body:
            # An array without a table would be written as nothing and read as nothing: the same, said plainly.
            del self._table(place[:-1])[str(place[-1])]

    def add(self, values: Mapping[str, str | float], *place: str | int) -> int:
        """A new table at the array's end; its number."""
        self._note()
        holder, key = self._table(place[:-1]), str(place[-1])
        if key not in holder:
            holder.append(key, tomlkit.aot())
        array = self._array(place)
        table = tomlkit.table()
        for name, value in values.items():
            table.add(name, _text(value) if isinstance(value, str) else value)
        table.add(tomlkit.nl())
        array.append(table)
        return len(array.body) - 1

    # Undoing

    def end_step(self) -> None:
        """What is typed from now on is a step of its own."""
        self._typing = None

    def join_steps(self) -> None:
        """The last two changes are one step."""
        self._past.pop()

    def undo(self) -> None:
        self._turn(self._past, self._future)

    def redo(self) -> None:
        self._turn(self._future, self._past)

    def _turn(self, taken: list[str], kept: list[str]) -> None:
        if taken:
            kept.append(self.source)
            self._form = _parsed(taken.pop())
            self._typing = None

    def _note(self) -> None:
        self._past.append(self.source)
        self._future.clear()
        self._typing = None

    # Places

    def _table(self, place: Place) -> Any:
        found: Any = self._form
        for step in place:
            found = found[step]
        return found

    def _array(self, place: Place) -> AoT:
        found = self._table(place)
        assert isinstance(found, AoT)
        return found


def _is_in_parts(form: tomlkit.TOMLDocument, values: Mapping[str, Any]) -> bool:
    """Whether every array of tables is written as «[[…]]», together, and was read in full."""
    arrays = [key for key, value in values.items() if isinstance(value, list) and value and isinstance(value[0], dict)]
    return form.unwrap() == values and all(isinstance(form[key], AoT) for key in arrays)


def _parsed(source: str) -> tomlkit.TOMLDocument:
    # The last table, too, is to end with a blank line: it may be moved up.
    return tomlkit.parse(source.rstrip("\n") + "\n\n")


def _text(text: str) -> Item:
    """A text as it is best read: lines between triple quotes, one line between plain ones."""
    text = "".join(sign for sign in text if sign in "\n\t" or sign.isprintable() or sign in "\u00a0\u202f")
    if "\n" in text and "'''" not in text and not text.endswith("'"):
        return tomlkit.value(f"'''\n{text}'''")
    return tomlkit.string(text)
