"""Cutting the data of Qt's ICU: what is kept keeps its bytes, what is unknown stays whole."""

import importlib
import struct
from pathlib import Path
from types import ModuleType

import pytest

BUILD = Path(__file__).resolve().parent.parent.parent / "build"
HEAD = struct.pack("<HBBHHBBBB4s", 32, 0xDA, 0x27, 20, 0, 0, 0, 2, 0, b"CmnD") + bytes(16)
ITEMS = {
    "icudt73l/af.res": b"Afrikaans",
    "icudt73l/brkitr/word.brk": b"words",
    "icudt73l/coll/ru.res": b"order" * 9,
    "icudt73l/coll/ucadata.icu": b"letters",
    "icudt73l/root.res": b"root",
    "icudt73l/ru.res": b"Russian",
    "icudt73l/zh.res": b"Chinese",
}


@pytest.fixture
def package_icu(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(BUILD))
    return importlib.import_module("package_icu")


def common_data(items: dict[str, bytes]) -> bytes:
    names_at, names, body, table = 4 + 8 * len(items), b"", b"", b""
    body_at = names_at + sum(len(name) + 1 for name in items)
    body_at += -body_at % 16
    for name, content in items.items():
        table += struct.pack("<II", names_at + len(names), body_at + len(body))
        names += name.encode() + b"\0"
        body += content + bytes(-len(content) % 16)
    head = struct.pack("<I", len(items)) + table + names
    return HEAD + head + bytes(body_at - len(head)) + body


def test_russian_and_what_all_languages_share_stay(package_icu: ModuleType) -> None:
    kept = {name: content for name, content in ITEMS.items() if "af.res" not in name and "zh.res" not in name}
    assert package_icu.trimmed_data(common_data(ITEMS)) == common_data(kept)


@pytest.mark.parametrize("data", [bytes(64), HEAD[:12] + b"ResB" + bytes(40)])
def test_other_data_is_refused(package_icu: ModuleType, data: bytes) -> None:
    with pytest.raises(package_icu.UnknownLayoutError):
        package_icu.trimmed_data(data)


def test_a_library_of_another_layout_stays_as_it_was(package_icu: ModuleType, tmp_path: Path) -> None:
    library = tmp_path / "libicudata.so.73"
    library.write_bytes(b"\x7fELF\x01\x01" + bytes(200))
    with pytest.raises(package_icu.UnknownLayoutError):
        package_icu.trim(library)
    assert library.read_bytes() == b"\x7fELF\x01\x01" + bytes(200)
