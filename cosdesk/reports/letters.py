"""Letters measured: widths of words, and the lines that fit a width; for paper and for the screen alike.

Words are measured once and remembered, so that a roadmap of a thousand rows is laid out in
a fraction of a second.
"""

import re
from collections.abc import Mapping

from cosdesk.reports.typography import bind

# Where a line may end inside a word: after a hyphen, slash, dash or comma between parts of words.
_BREAKS = re.compile(r"(?<=[^\W\d_]{2}[-/–—,;])(?=[^\W\d_]{2})")
# Where it must, in what no line holds: also after a no-break blank.
_FORCED_BREAKS = re.compile(_BREAKS.pattern + "|(?<=\u00a0)")

_BLANKS = re.compile(r"[ \n]")  # a no-break blank holds a word together


class Letters:
    """One face of letters; all widths are in thousandths of their size, ``missing`` for a character not among them."""

    def __init__(self, characters: Mapping[str, float], missing: float) -> None:
        self._characters = characters
        self._missing = missing
        self._words: dict[str, float] = {}

    def width(self, text: str, size: float) -> float:
        """In points."""
        return self._measure(text) * size / 1000

    def widest_piece(self, texts: list[str], size: float) -> float:
        """The width in points of the longest run of characters that a line should not break."""
        words = {word for text in texts for word in _BLANKS.split(text)}
        pieces = {piece for word in words for piece in _BREAKS.split(word)}
        return max((self._measure(piece) for piece in pieces), default=0.0) * size / 1000

    def wrap(self, text: str, size: float, width: float, first_indent: float = 0.0) -> list[str]:
        """The text's lines, none wider than ``width`` points; the first is shorter by ``first_indent``.

        A word that fits no line is broken where it must be; no character is left out.
        """
        limit = max(width, size) * 1000 / size
        first_limit = max(width - first_indent, size) * 1000 / size
        lines: list[str] = []
        for line in text.split("\n"):
            if len(line) < 200 and self._measure(line) <= first_limit:
                lines.append(line)
            else:
                self._fill(bind(line), limit, first_limit, lines)
            first_limit = limit
        return lines

    def _measure(self, text: str) -> float:
        width = self._words.get(text)
        if width is None:
            characters, missing = self._characters, self._missing
            width = sum([characters.get(character, missing) for character in text])
            if len(text) < 40:
                self._words[text] = width
        return width

    def _fill(self, text: str, limit: float, first_limit: float, lines: list[str]) -> None:
        """Append the lines of one long line of text."""
        measure = self._measure
        space = measure(" ")
        room = first_limit
        current: list[str] = []
        used = -space
        for word in text.split(" "):
            width = measure(word)
            if used + space + width <= room:
                current.append(word)
                used += space + width
                continue
            glued = False
            for part in self._parts(word, width, first_limit):
                width = measure(part)
                gap = 0.0 if glued else space
                if not current or used + gap + width > room:
                    if current:
                        lines.append(" ".join(current))
                        room = limit
                    current, used = [part], width
                elif glued:
                    current[-1] += part
                    used += width
                else:
                    current.append(part)
                    used += gap + width
                glued = True
        lines.append(" ".join(current))

    def _parts(self, word: str, width: float, limit: float) -> list[str]:
        """The word's parts between its places to break, none wider than the limit."""
        if width <= limit:
            return _BREAKS.split(word)
        return [run for part in _FORCED_BREAKS.split(word) for run in self._cut(part, limit)]

    def _cut(self, text: str, limit: float) -> list[str]:
        """Runs of characters as long as a line holds, for a word without any place to break."""
        runs: list[str] = []
        start, used = 0, 0.0
        for position, character in enumerate(text):
            width = self._characters.get(character, self._missing)
            if used + width > limit and position > start:
                runs.append(text[start:position])
                start, used = position, 0.0
            used += width
        return [*runs, text[start:]]
