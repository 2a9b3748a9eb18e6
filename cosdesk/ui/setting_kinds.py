"""What a setting can be: a number, a choice, a text, or a thing with a window of its own."""

from collections.abc import Callable

from cosdesk.dataclass import dataclass


@dataclass(frozen=True, kw_only=True)
class Setting:
    """A line of «Настройки».  ``effect`` says what it changes; ``words`` find it beside those that are seen.

    ``in_file`` belongs to the district's file: it waits for one that is open and may be changed.
    """

    section: str
    label: str
    effect: str
    words: str = ""
    in_file: bool = False

    def is_found_by(self, text: str) -> bool:
        """Whether all the words typed are somewhere in the line."""
        own = plain(f"{self.section} {self.label} {self.effect} {self.words}")
        return all(word in own for word in plain(text).split())


@dataclass(frozen=True, kw_only=True)
class NumberSetting(Setting):
    """``bounds`` are asked each time: one number may bound another."""

    read: Callable[[], int]
    write: Callable[[int], None]
    usual: int
    bounds: Callable[[], tuple[int, int]]
    unit: str


@dataclass(frozen=True, kw_only=True)
class ChoiceSetting(Setting):
    """``options`` are values with their labels."""

    read: Callable[[], str]
    write: Callable[[str], None]
    usual: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class TextSetting(Setting):
    """``usual`` proposes a text, empty where there is nothing to propose; ``required`` may not be emptied."""

    read: Callable[[], str]
    write: Callable[[str], None]
    usual: Callable[[], str]
    hint: str = ""
    required: bool = False


@dataclass(frozen=True, kw_only=True)
class ActionSetting(Setting):
    """Something with a window of its own, ``read`` tells how it stands; ``forget`` takes it back, if it can be."""

    button: str
    run: Callable[[], object]
    read: Callable[[], str] = str
    forget: Callable[[], object] | None = None


def plain(text: str) -> str:
    """As words are compared: small letters, «ё» as «е»."""
    return text.casefold().replace("ё", "е")
