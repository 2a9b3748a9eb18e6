"""A chart's drawing as an enhanced metafile: the vector picture that every Word and LibreOffice shows.

Records are those of [MS-EMF].  A unit is a hundredth of a millimetre, of the device and of the frame alike.
"""

import struct
from collections.abc import Iterator, Sequence
from typing import assert_never

from cosdesk.reports.chart_drawing import Box, Drawing, Lettering, Stroke, Words

_UNITS = 2540 / 72  # a point
_SHEET = (210, 297)  # millimetres of the device that the units are of
_FONT = "Times New Roman"
_RUSSIAN, _NULL_PEN, _TRANSPARENT, _BASELINE = 204, 0x80000008, 1, 24
(_HEADER, _EOF, _SET_BK_MODE, _SET_TEXT_ALIGN, _MOVE_TO, _SELECT, _PEN, _BRUSH, _DELETE, _RECTANGLE, _LINE_TO,
 _FONT_OBJECT, _TEXT) = (1, 14, 18, 22, 27, 37, 38, 39, 40, 43, 54, 82, 84)  # fmt: skip
_OBJECT = 1
"""One handle, made and dropped for each change of pen, brush or font."""


def chart_metafile(drawing: Drawing, lettering: Lettering) -> bytes:
    """The drawing as an .emf file; ``lettering`` is what it was measured with."""
    records = [*_begin(), *_shapes(drawing, lettering), struct.pack("<5I", _EOF, 20, 0, 16, 20)]
    right, foot = _units(drawing.width), _units(drawing.height)
    size = 88 + sum(map(len, records))
    header = struct.pack(
        "<2I8i4I2H3I4i", _HEADER, 88, 0, 0, right, foot, 0, 0, right, foot, 0x464D4520, 0x10000, size,
        len(records) + 1, _OBJECT + 1, 0, 0, 0, 0, _SHEET[0] * 100, _SHEET[1] * 100, *_SHEET,
    )  # fmt: skip
    return header + b"".join(records)


def _units(points: float) -> int:
    return round(points * _UNITS)


def _begin() -> Iterator[bytes]:
    yield struct.pack("<3I", _SET_BK_MODE, 12, _TRANSPARENT)
    yield struct.pack("<3I", _SET_TEXT_ALIGN, 12, _BASELINE)


def _shapes(drawing: Drawing, lettering: Lettering) -> Iterator[bytes]:
    """Each shape with the object that it needs: the same one is kept as long as shapes want it."""
    kept: bytes | None = None
    for shape in drawing.shapes:
        wanted = _object(shape)
        if wanted != kept:
            if kept is not None:
                yield struct.pack("<3I", _DELETE, 12, _OBJECT)
            yield wanted
            yield struct.pack("<3I", _SELECT, 12, _OBJECT)
            if isinstance(shape, Box):
                yield struct.pack("<3I", _SELECT, 12, _NULL_PEN)
            kept = wanted
        match shape:
            case Words():
                letters = lettering.bold if shape.bold else lettering.plain
                yield _text(shape, [_units(letters.width(sign, shape.size)) for sign in shape.text])
            case Stroke():
                yield struct.pack("<2I2i", _MOVE_TO, 16, _units(shape.x1), _units(shape.y1))
                yield struct.pack("<2I2i", _LINE_TO, 16, _units(shape.x2), _units(shape.y2))
            case Box():
                right, foot = _units(shape.x + shape.width), _units(shape.y + shape.height)
                yield struct.pack("<2I4i", _RECTANGLE, 24, _units(shape.x), _units(shape.y), right, foot)
            case _:
                assert_never(shape)


def _object(shape: Words | Stroke | Box) -> bytes:
    """The record that makes the shape's font, pen or brush."""
    match shape:
        case Words():
            weight = 700 if shape.bold else 400
            look = struct.pack(
                "<5i8B", -_units(shape.size), 0, 0, 0, weight, 0, 0, 0, _RUSSIAN, 0, 0, 0, 0
            ) + _FONT.encode("utf-16-le").ljust(64, b"\0")  # fmt: skip
            return struct.pack("<3I", _FONT_OBJECT, 332, _OBJECT) + look.ljust(320, b"\0")
        case Stroke():
            level = round(shape.grey * 255)
            return struct.pack("<4I2iI", _PEN, 28, _OBJECT, 0, max(1, _units(shape.width)), 0, level * 0x10101)
        case Box():
            red, green, blue = (round(part * 255) for part in shape.fill)
            return struct.pack("<6I", _BRUSH, 24, _OBJECT, 0, red | green << 8 | blue << 16, 0)
        case _:
            assert_never(shape)


def _text(words: Words, advances: Sequence[int]) -> bytes:
    """A record of text; each character's advance is given, so that it is as wide as it was measured on any machine."""
    codes = words.text.encode("utf-16-le")
    # A character outside the first plane is two codes, the second without width.
    steps = [step for sign, step in zip(words.text, advances, strict=True) for step in (step, 0)[: len(_codes(sign))]]
    string = codes.ljust(len(codes) + 3 & ~3, b"\0")
    at = 76
    body = struct.pack(
        "<4iI2f2i3I4iI", 0, 0, -1, -1, 1, 1.0, 1.0, _units(words.x), _units(words.y), len(steps), at, 0, 0, 0, -1, -1,
        at + len(string),
    )  # fmt: skip
    body += string + struct.pack(f"<{len(steps)}i", *steps)
    return struct.pack("<2I", _TEXT, 8 + len(body)) + body


def _codes(sign: str) -> bytes:
    return sign.encode("utf-16-le")[::2]
