"""A coat of arms or emblem that comes in as a picture: checked before it is unpacked, made small, put on white."""

from io import BytesIO
from pathlib import Path

from cosdesk.errors import UserError
from cosdesk.intake.guard import MAX_FILE, MEGABYTE

MAX_PIXELS = 40_000_000
_LARGEST_SIDE = 700
"""Pixels: at 20 mm more than any printer tells apart."""
_SIGNS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")


def read_emblem(path: Path) -> bytes:
    """The picture as a PNG or JPEG no larger than it is ever printed; ``UserError`` for any other file."""
    content = _content(path)
    if not content.startswith(_SIGNS):
        raise UserError(f"Файл «{path.name}» – не рисунок PNG или JPEG. Сохраните герб или эмблему в PNG и повторите.")
    from PIL import Image, ImageOps, UnidentifiedImageError

    damaged = f"Рисунок «{path.name}» повреждён и не открывается. Сохраните его заново и повторите."
    try:
        # Only the head is read here: the pixels are unpacked once their number is known.
        with Image.open(BytesIO(content), formats=("PNG", "JPEG")) as image:
            if image.width * image.height > MAX_PIXELS:
                raise UserError(
                    f"Рисунок «{path.name}» слишком велик: {image.width} на {image.height} точек. "
                    f"Уменьшите его до {_LARGEST_SIDE} точек по большей стороне и повторите."
                )
            kind = image.format or "PNG"
            upright = ImageOps.exif_transpose(image)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
        raise UserError(damaged) from error
    upright.thumbnail((_LARGEST_SIDE, _LARGEST_SIDE))
    solid = upright.convert("RGBA")
    # Paper is white; what a transparent picture hides would come out black.
    flat = Image.alpha_composite(Image.new("RGBA", solid.size, "white"), solid).convert("RGB")
    file = BytesIO()
    flat.save(file, kind, optimize=True, quality=90)
    return file.getvalue()


def _content(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        content = b"" if size > MAX_FILE else path.read_bytes()
    except OSError as error:
        raise UserError(f"Файл «{path.name}» не открывается. Проверьте, что он есть и доступен для чтения.") from error
    if size > MAX_FILE:
        raise UserError(f"Рисунок «{path.name}» больше {MAX_FILE // MEGABYTE} МБ. Уменьшите его и повторите.")
    return content
