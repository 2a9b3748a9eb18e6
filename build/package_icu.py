"""Cuts the ICU data that Qt's Linux wheels bring (32 MB, all the world's languages) to Russian and English.

The data is one read-only block of a library without code: a table of names and places, then the items
(ICU's «common data», magic CmnD).  The library keeps its addresses, so only the lengths in its headers change.
"""

import re
import struct
from pathlib import Path

_PAGE = 0x1000
_KEPT = re.compile(
    r"[^/]+/(?:(?:[^/]+/)?(?:root|ru|en|en_001|en_US|ru_RU|res_index|pool|ucadata|supplementalData|numberingSystems"
    r"|timezoneTypes|metaZones|windowsZones|zoneinfo64|keyTypeData|likelySubtags|plurals|pluralRanges|genderList"
    r"|currencyNumericCodes|icuver|icustd|metadata|dayPeriods|grammaticalFeatures|units|tzdbNames)\.res"
    r"|coll/ucadata\.icu|ibm-(?:5347_P100-1998|866_P100-1995|878_P100-1996)\.cnv"
    r"|brkitr/(?:char|word|line|sent|title)\.brk|[^/]+\.(?:nrm|icu|spp))"
)


class UnknownLayoutError(Exception):
    """The library is not built as this module expects; it can stay as it is."""


def trimmed_data(data: bytes) -> bytes:
    """ICU common data with the items of ``_KEPT`` alone."""
    (start,) = struct.unpack_from("<H", data)
    if data[2:4] != b"\xda\x27" or data[12:16] != b"CmnD":
        raise UnknownLayoutError("no ICU common data")
    (count,) = struct.unpack_from("<I", data, start)
    places = [struct.unpack_from("<II", data, start + 4 + 8 * number) for number in range(count)]
    ends = [*(item for _, item in places[1:]), len(data) - start]
    items = []
    for (name_at, item_at), end in zip(places, ends, strict=True):
        name = data[start + name_at : data.index(b"\0", start + name_at)]
        if _KEPT.fullmatch(name.decode()):
            items.append((name, data[start + item_at : start + end]))
    names_at = 4 + 8 * len(items)
    names, table, body = b"", b"", b""
    body_at = _aligned(names_at + sum(len(name) + 1 for name, _ in items))
    for name, content in items:
        table += struct.pack("<II", names_at + len(names), body_at + len(body))
        names += name + b"\0"
        body += content + bytes(-len(content) % 16)
    head = struct.pack("<I", len(items)) + table + names
    return data[:start] + head + bytes(body_at - len(head)) + body


def _aligned(number: int) -> int:
    return number + -number % 16


def trim(library: Path) -> None:
    """The library with its data cut, in place; ``UnknownLayoutError`` leaves it as it was."""
    old = library.read_bytes()
    if old[:6] != b"\x7fELF\x02\x01":
        raise UnknownLayoutError("not a 64-bit ELF library")
    headers_at, size, count = *struct.unpack_from("<Q", old, 32), *struct.unpack_from("<HH", old, 54)
    headers = [list(struct.unpack_from("<IIQQQQQQ", old, headers_at + size * number)) for number in range(count)]
    loads = [header for header in headers if header[0] == 1]
    if len(loads) != 2 or loads[0][2] != 0 or loads[0][3] != 0 or old[_PAGE + 2 : _PAGE + 4] != b"\xda\x27":
        raise UnknownLayoutError("not the two segments of a library of data")
    first, second = loads
    new = bytearray(old[:_PAGE] + trimmed_data(old[_PAGE : first[5]]))
    first[5] = first[6] = len(new)
    # The second segment keeps its address; its place in the file must agree with it within a page.
    new += bytes((second[3] - len(new)) % _PAGE)
    moved = len(new) - second[2]
    new += old[second[2] : second[2] + second[5]]
    for number, header in enumerate(headers):
        if header is not first and header[2] >= second[2] - _PAGE and header[2] + moved > 0 and header[3] >= second[3]:
            header[2] += moved
        struct.pack_into("<IIQQQQQQ", new, headers_at + size * number, *header)
    struct.pack_into("<Q", new, 40, 0)  # no table of sections: the loader needs none
    struct.pack_into("<HHH", new, 58, 0, 0, 0)
    library.write_bytes(new)
