"""How large the emblem of a letterhead is printed."""

from io import BytesIO

_TALLEST, _WIDEST = 20.0, 40.0


def emblem_size(picture: bytes) -> tuple[float, float]:
    """Width and height in millimetres: as tall as a coat of arms may stand, no wider than twice that."""
    from PIL import Image

    with Image.open(BytesIO(picture)) as image:
        width, height = image.size
    scale = min(_TALLEST / height, _WIDEST / width)
    return width * scale, height * scale
