"""The office's letterhead («бланк») and the edition of the standard that its papers keep to."""

from collections.abc import Iterator
from enum import StrEnum

from cosdesk.dataclass import dataclass

_INN_WEIGHTS = (2, 4, 10, 3, 5, 9, 4, 6, 8)


class Arrangement(StrEnum):
    """Where a letterhead stands on the first sheet: in its left corner or over its whole width."""

    CORNER = "corner"
    LENGTHWISE = "lengthwise"

    @property
    def label(self) -> str:
        return {Arrangement.CORNER: "угловой", Arrangement.LENGTHWISE: "продольный"}[self]


class Standard(StrEnum):
    """The edition of ГОСТ Р 7.0.97; that of 2025 took the other's place on 18.08.2025, both are voluntary."""

    EDITION_2025 = "2025"
    EDITION_2016 = "2016"

    @property
    def label(self) -> str:
        return f"ГОСТ Р 7.0.97-{self.value}"


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What stands at the top of letters, orders and notes; ``names`` and ``address`` may have several lines.

    ``place`` is where orders and minutes are made.  ``picture`` is a PNG or JPEG file, the coat of arms or the
    emblem, empty where there is none.  ``standard`` and ``coded``, whether papers bear a QR code, hold for every paper.
    """

    arrangement: Arrangement = Arrangement.CORNER
    names: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    site: str = ""
    okpo: str = ""
    ogrn: str = ""
    inn: str = ""
    kpp: str = ""
    place: str = ""
    picture: bytes = b""
    standard: Standard = Standard.EDITION_2025
    coded: bool = False

    @property
    def is_filled(self) -> bool:
        return bool(self.names.strip() or self.picture)

    @property
    def name_lines(self) -> tuple[str, ...]:
        return _lines(self.names)

    @property
    def detail_lines(self) -> tuple[str, ...]:
        """Address, contacts and codes («справочные данные об организации») in the standard's order."""
        tax = "/".join(code for code in (self.inn, self.kpp) if code)
        tax_label = "ИНН/КПП" if self.inn and self.kpp else "ИНН" if self.inn else "КПП"
        registered = ", ".join(f"{name} {code}" for name, code in (("ОКПО", self.okpo), ("ОГРН", self.ogrn)) if code)
        contacts = ", ".join(text for text in (self.email, self.site) if text)
        told = (f"тел. {self.phone}" if self.phone else "", contacts, registered, f"{tax_label} {tax}" if tax else "")
        return (*_lines(self.address), *(line for line in told if line))


NO_LETTERHEAD = Letterhead()
"""What a district has before anybody filled it in."""


def faults_of(letterhead: Letterhead) -> tuple[str, ...]:
    """What in the codes is mistyped: a sentence each.  Lengths and check digits are those of the tax service."""
    return tuple(_faults(letterhead))


def _faults(letterhead: Letterhead) -> Iterator[str]:
    for name, code, lengths in (
        ("ОКПО", letterhead.okpo, (8, 10)),
        ("ОГРН", letterhead.ogrn, (13,)),
        ("ИНН", letterhead.inn, (10,)),
        ("КПП", letterhead.kpp, (9,)),
    ):
        if code and (not code.isascii() or not code.isdigit() or len(code) not in lengths):
            yield f"{name} состоит из {' или '.join(map(str, lengths))} цифр, проверьте «{code}»."
        elif code and not _CHECKS.get(name, lambda _: True)(code):
            yield f"Контрольная цифра {name} не сходится, проверьте «{code}»."


def _is_inn(code: str) -> bool:
    total = sum(weight * int(digit) for weight, digit in zip(_INN_WEIGHTS, code[:9], strict=True))
    return total % 11 % 10 == int(code[9])


def _is_ogrn(code: str) -> bool:
    return int(code[:12]) % 11 % 10 == int(code[12])


_CHECKS = {"ИНН": _is_inn, "ОГРН": _is_ogrn}


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.split("\n") if line.strip())
