"""Reading in a child process: the same outline, its faults told, its time and memory bounded, cancelled at will."""

import multiprocessing
from pathlib import Path

import pytest

from cosdesk.errors import UserError
from cosdesk.intake import reading
from cosdesk.intake.reading import read_outline, read_outline_isolated
from tests.intake.builders import KINDS, write_docx
from tests.intake.children import die, hang, swallow_memory


@pytest.fixture
def document(tmp_path: Path) -> Path:
    return write_docx(tmp_path / "карта.docx", KINDS["three-part"]())


def test_the_outline_comes_back_whole(document: Path) -> None:
    assert read_outline_isolated(document) == read_outline(document)


def test_an_error_of_the_child_is_the_users_sentence(tmp_path: Path) -> None:
    path = tmp_path / "карта.docx"
    path.write_bytes(b"PK\x03\x04" + bytes(100))
    with pytest.raises(UserError, match=r"Файл «карта\.docx» повреждён"):
        read_outline_isolated(path)


@pytest.mark.parametrize(
    ("child", "said", "options"),
    [
        (hang, "слишком долго", {"seconds": 0.5}),
        (hang, "отменено", {"cancelled": lambda: True}),
        (die, "не прочитан", {}),
        (swallow_memory, "не прочитан", {}),
    ],
)
def test_a_child_that_fails_does_no_harm(
    child: object,
    said: str,
    options: dict[str, object],
    document: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(reading, "_serve", child)
    with pytest.raises(UserError, match=said) as told:
        read_outline_isolated(document, **options)  # type: ignore[arg-type]
    assert capfd.readouterr().err == ""
    assert child is not swallow_memory or "MemoryError" in str(told.value.__cause__)
    assert not multiprocessing.active_children()
