"""Pictures for the letterhead: what is taken, how it is made small, what is refused."""

import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from cosdesk.errors import UserError
from cosdesk.intake.emblem import read_emblem


def saved(path: Path, image: Image.Image, **options: object) -> Path:
    image.save(path, **options)  # type: ignore[arg-type]
    return path


def test_a_large_transparent_picture_becomes_small_and_white(tmp_path: Path) -> None:
    big = Image.new("RGBA", (2_000, 3_000), (0, 0, 0, 0))
    big.paste((200, 0, 0, 255), (500, 500, 1_500, 2_500))
    content = read_emblem(saved(tmp_path / "Герб.png", big))
    with Image.open(BytesIO(content)) as taken:
        assert (taken.format, taken.mode, max(taken.size)) == ("PNG", "RGB", 700)
        assert taken.size[0] / taken.size[1] == pytest.approx(2 / 3, abs=0.01)
        assert taken.getpixel((2, 2)) == (255, 255, 255)
        assert taken.getpixel((taken.width // 2, taken.height // 2)) == (200, 0, 0)


def test_a_photograph_stands_upright_and_stays_a_jpeg(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    path = saved(tmp_path / "Эмблема.jpg", Image.new("RGB", (400, 100), "navy"), exif=exif)
    with Image.open(BytesIO(read_emblem(path))) as taken:
        assert (taken.format, taken.size) == ("JPEG", (100, 400))
        assert not taken.getexif()


def bomb() -> bytes:
    """A PNG that declares 60,000 by 60,000 pixels in a few bytes."""
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunks = b""
    for kind, data in ((b"IHDR", head), (b"IDAT", zlib.compress(b"")), (b"IEND", b"")):
        chunks += struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return b"\x89PNG\r\n\x1a\n" + chunks


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"GIF89a", "не рисунок PNG или JPEG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "не рисунок PNG или JPEG"),
        (b"", "не рисунок PNG или JPEG"),
        (b"\x89PNG\r\n\x1a\n cut", "повреждён"),
        (b"\xff\xd8\xff\xe0 cut", "повреждён"),
        (bomb(), "слишком велик|повреждён"),
    ],
    ids=["gif", "svg", "empty", "cut png", "cut jpeg", "bomb"],
)
def test_what_is_no_picture_is_refused_in_a_sentence(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "Герб.png"
    path.write_bytes(content)
    with pytest.raises(UserError, match=told):
        read_emblem(path)


def test_a_picture_cut_in_the_middle_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path / "Герб.png", Image.effect_noise((300, 300), 90))
    path.write_bytes(path.read_bytes()[:20_000])
    with pytest.raises(UserError, match="повреждён"):
        read_emblem(path)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="не открывается"):
        read_emblem(tmp_path / "нет.png")
