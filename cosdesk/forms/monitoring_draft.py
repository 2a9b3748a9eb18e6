"""A form of monitoring that is being written: its text, changed entry by entry, with all the rest kept as it stands."""

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Any

import tomlkit

from cosdesk.dataclass import dataclass
from cosdesk.domain.answers import FACTS
from cosdesk.forms.monitoring_form import RESERVED_NAMES

HEAD = ""
"""The part of what stands above all entries: title, instruction and the like."""
NAMED = ("question", "computed", "feed")
"""The parts whose entries have a key made from their label."""
_HEADER = re.compile(r"(?:^[ \t]*#.*\n)*^[ \t]*\[\[[ \t]*(\w+)[ \t]*\]\]", re.MULTILINE)
_KEY_LENGTH = 32
_LATIN = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "a|b|v|g|d|e|e|zh|z|i|y|k|l|m|n|o|p|r|s|t|u|f|h|ts|ch|sh|sch||y||e|yu|ya".split("|"),  # noqa: SIM905
        strict=True,
    )
)


@dataclass(frozen=True, slots=True)
class _Block:
    """One entry with the comment above it, or the head; ``text`` is a TOML document by itself."""

    part: str
    text: str


@dataclass(frozen=True, slots=True)
class MonitoringDraft:
    """``part`` below is ``HEAD`` or the name of an entry («question», «check»…), ``row`` its number among its like."""

    blocks: tuple[_Block, ...]

    @property
    def source(self) -> str:
        return "".join(block.text for block in self.blocks)

    def count(self, part: str) -> int:
        return sum(block.part == part for block in self.blocks)

    def values(self, part: str, row: int = 0) -> dict[str, Any]:
        """The entry as plain values by key."""
        return _values(self.blocks[self._place(part, row)])

    def entries(self, part: str) -> list[dict[str, Any]]:
        return [_values(block) for block in self.blocks if block.part == part]

    def place_of(self, line: int) -> tuple[str, int]:
        """Part and row of what stands in that line of the source, 1-based."""
        last, rows = 0, dict.fromkeys((block.part for block in self.blocks), -1)
        for block in self.blocks:
            rows[block.part] += 1
            last += block.text.count("\n")
            if line <= last:
                break
        return block.part, rows[block.part]

    # --- changed

    def with_values(self, part: str, row: int, changes: Mapping[str, Any]) -> "MonitoringDraft":
        """Some keys of an entry set, or taken out where the value is None; comments and the other keys stay."""
        place = self._place(part, row)
        return self._with_blocks(
            (*self.blocks[:place], _changed(self.blocks[place], changes), *self.blocks[place + 1 :])
        )

    def with_entry(self, part: str, row: int, values: Mapping[str, Any]) -> "MonitoringDraft":
        """A new entry that becomes the ``row``-th of its part."""
        block = _changed(_Block(part, f"[[{part}]]\n"), values)
        place = self._place(part, row) if row < self.count(part) else self._end(part)
        return self._with_blocks((*self.blocks[:place], block, *self.blocks[place:]), apart=True)

    def without(self, part: str, rows: Collection[int]) -> "MonitoringDraft":
        gone = {self._place(part, row) for row in rows}
        return self._with_blocks(tuple(b for place, b in enumerate(self.blocks) if place not in gone))

    def moved(self, part: str, row: int, to: int) -> "MonitoringDraft":
        """The entry becomes the ``to``-th of its part; those between move over."""
        blocks = list(self.blocks)
        block = blocks.pop(self._place(part, row))
        rest = MonitoringDraft(tuple(blocks))
        place = rest._place(part, to) if to < rest.count(part) else rest._end(part)
        return self._with_blocks((*rest.blocks[:place], block, *rest.blocks[place:]), apart=True)

    def named(self, part: str, row: int, label: str) -> "MonitoringDraft":
        """The label set.  The key is made from the first one and stays: answers and expressions know it."""
        shown = "title" if part == "feed" else "label"
        changes = {shown: label}
        if not self.values(part, row).get(shown, "").strip():
            taken = {entry.get("key", "") for each in NAMED for entry in self.entries(each)}
            changes["key"] = key_from_label(label, taken - {self.values(part, row).get("key", "")})
        return self.with_values(part, row, changes)

    def _with_blocks(self, blocks: tuple[_Block, ...], apart: bool = False) -> "MonitoringDraft":
        if apart:  # what was last in the file may have no empty line after it
            spaced = [
                b if b.text.endswith("\n\n") else replace(b, text=b.text.rstrip("\n") + "\n\n") for b in blocks[:-1]
            ]
            blocks = (*spaced, replace(blocks[-1], text=blocks[-1].text.rstrip("\n") + "\n"))
        return MonitoringDraft(blocks)

    def _place(self, part: str, row: int) -> int:
        return [place for place, block in enumerate(self.blocks) if block.part == part][row]

    def _end(self, part: str) -> int:
        """Behind the last of its like; a first one goes behind everything."""
        places = [place for place, block in enumerate(self.blocks) if block.part == part]
        return places[-1] + 1 if places else len(self.blocks)


def draft_of(source: str) -> MonitoringDraft:
    """The draft whose ``source`` is that text, which must be TOML."""
    places = [0, *(found.start() for found in _HEADER.finditer(source)), len(source)]
    blocks: list[_Block] = []
    pending = ""
    for start, end in pairwise(places):
        pending += source[start:end]
        found = _HEADER.match(pending)
        part = found[1] if found else HEAD
        if _is_whole(pending):  # else a text of several lines only looks like a header
            blocks.append(_Block(part, pending))
            pending = ""
    if pending:
        blocks.append(_Block(HEAD, pending))
    if blocks[0].part != HEAD:
        blocks.insert(0, _Block(HEAD, ""))
    return MonitoringDraft(tuple(blocks))


def new_draft(form_id: str, title: str) -> MonitoringDraft:
    """A form that asks nothing yet."""
    return draft_of("").with_values(HEAD, 0, {"id": form_id, "version": "1", "title": title})


def next_version(draft: MonitoringDraft) -> MonitoringDraft:
    """One more, where the version is a number."""
    version = str(draft.values(HEAD).get("version", "1"))
    return draft.with_values(HEAD, 0, {"version": str(int(version) + 1)}) if version.isdecimal() else draft


def key_from_label(label: str, taken: Collection[str]) -> str:
    """A name for expressions made from a Russian label, unlike those taken and fit for a form."""
    latin = "".join(_LATIN.get(letter, letter) for letter in label.lower())
    key = re.sub(r"[^a-z0-9]+", "_", latin).strip("_")[:_KEY_LENGTH].strip("_")
    if not re.match("[a-z]", key):
        key = f"q_{key}".strip("_")
    number, free = 1, key
    while free in taken or not _is_usable(free):
        number += 1
        free = f"{key}_{number}"
    return free


def _is_usable(key: str) -> bool:
    """Whether a form accepts it: no word of expressions and no fact of the school."""
    return key not in FACTS and key not in RESERVED_NAMES


def _is_whole(text: str) -> bool:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    return True


def _values(block: _Block) -> dict[str, Any]:
    loaded = tomllib.loads(block.text)
    return dict(loaded[block.part][0]) if block.part else loaded


def _changed(block: _Block, changes: Mapping[str, Any]) -> _Block:
    # New keys go below the last one, not below the empty lines that part the entries.
    body = block.text.rstrip()
    document = tomlkit.parse(f"{body}\n" if body else "")
    entry: Any = document[block.part][0] if block.part else document
    for key, value in changes.items():
        if value is None:
            entry.pop(key, None)
        elif entry.get(key) != value:
            entry[key] = _plain(value)
    tail = block.text[len(body) :] or "\n"
    return replace(block, text=tomlkit.dumps(document).rstrip() + tail)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return list(value) if isinstance(value, tuple) else value
