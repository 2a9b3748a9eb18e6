"""Copies under a password: what comes back, what a wrong password or a changed byte meets, what is left behind."""

import errno
from pathlib import Path

import pytest

from cosdesk.domain.district import District
from cosdesk.errors import UserError
from cosdesk.store import backup, password
from cosdesk.store.file import DistrictFile
from cosdesk.store.hashes import hash_of_file
from cosdesk.store.opening import DamagedFileError, LockedFileError
from cosdesk.store.password import WrongPasswordError, lock, password_in, save_locked_copy, unlock

PASSWORD = "пять слов про весну"
NAME = "Тихореченский район"


@pytest.fixture(autouse=True)
def quick_scrypt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(password, "_LOG_N", 10)


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    with DistrictFile.create(tmp_path / "район.cosdesk", District(NAME, uid="u")) as file:
        save_locked_copy(file, tmp_path / "флешка.cosdesk", PASSWORD)
    return tmp_path / "флешка.cosdesk"


def test_what_was_locked_comes_back(locked: Path, tmp_path: Path) -> None:
    unlock(locked, tmp_path / "открыт.cosdesk", PASSWORD)
    with DistrictFile.open(tmp_path / "открыт.cosdesk") as file:
        assert file.snapshot().district.name == NAME
    assert sorted(path.name for path in tmp_path.iterdir()) == ["открыт.cosdesk", "район.cosdesk", "флешка.cosdesk"]


def test_it_tells_nothing_without_the_password(locked: Path, tmp_path: Path) -> None:
    content = locked.read_bytes()
    assert NAME.encode() not in content and b"SQLite" not in content and b"CREATE TABLE" not in content
    with pytest.raises(LockedFileError, match="закрыт паролем"):
        DistrictFile.open(locked)
    for wrong in ("", "пять слов про весн", PASSWORD.upper()):
        with pytest.raises(WrongPasswordError, match="Пароль не подходит"):
            unlock(locked, tmp_path / "открыт.cosdesk", wrong)
    assert not (tmp_path / "открыт.cosdesk").exists() and not list(tmp_path.glob(".*"))


def test_two_copies_of_one_file_have_nothing_in_common(locked: Path, tmp_path: Path) -> None:
    lock(tmp_path / "район.cosdesk", tmp_path / "другая.cosdesk", PASSWORD)
    one, other = locked.read_bytes(), (tmp_path / "другая.cosdesk").read_bytes()
    assert one[19:35] != other[19:35] and one[60:100] != other[60:100]


def test_one_password_in_two_spellings_of_unicode(locked: Path, tmp_path: Path) -> None:
    import unicodedata

    lock(tmp_path / "район.cosdesk", locked, unicodedata.normalize("NFD", "йодированный ёж"))
    unlock(locked, tmp_path / "открыт.cosdesk", "йодированный ёж")


PIECES = 3


@pytest.fixture
def long_locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Many pieces, so that a middle and a last one can be spoiled."""
    monkeypatch.setattr(password, "_PIECE", 64 * 1024)
    with DistrictFile.create(tmp_path / "район.cosdesk", District(NAME, uid="u")) as file:
        save_locked_copy(file, tmp_path / "флешка.cosdesk", PASSWORD)
    assert (tmp_path / "флешка.cosdesk").stat().st_size > PIECES * 64 * 1024
    return tmp_path / "флешка.cosdesk"


def flipped(content: bytes) -> bytes:
    return content[:150_000] + bytes([content[150_000] ^ 1]) + content[150_001:]


def shortened(content: bytes) -> bytes:
    """The last pieces left out, cut at the very border of a piece."""
    return content[: 42 + 2 * (64 * 1024 + 16)]


def exchanged(content: bytes) -> bytes:
    piece = 64 * 1024 + 16
    first, second, third = (content[42 + n * piece : 42 + (n + 1) * piece] for n in range(3))
    return content[:42] + first + third + second + content[42 + 3 * piece :]


def lengthened(content: bytes) -> bytes:
    return content + b"x"


@pytest.mark.parametrize("spoil", [flipped, shortened, exchanged, lengthened])
def test_any_change_is_told(long_locked: Path, tmp_path: Path, spoil: object) -> None:
    assert callable(spoil)
    long_locked.write_bytes(spoil(long_locked.read_bytes()))
    with pytest.raises(DamagedFileError):
        unlock(long_locked, tmp_path / "открыт.cosdesk", PASSWORD)
    assert not (tmp_path / "открыт.cosdesk").exists() and not list(tmp_path.glob(".*"))


@pytest.mark.parametrize("length", [16, 20, 41, 42, 50])
def test_a_stump_is_told(locked: Path, tmp_path: Path, length: int) -> None:
    locked.write_bytes(locked.read_bytes()[:length])
    with pytest.raises(UserError):
        unlock(locked, tmp_path / "открыт.cosdesk", PASSWORD)


def test_a_file_that_asks_for_much_memory_is_refused(locked: Path, tmp_path: Path) -> None:
    content = bytearray(locked.read_bytes())
    content[16] = 40
    locked.write_bytes(content)
    with pytest.raises(UserError, match="более новой версии"):
        unlock(locked, tmp_path / "открыт.cosdesk", PASSWORD)


@pytest.mark.parametrize("step", ["replace", "sync"])
def test_a_failing_disk_leaves_the_former_copy(
    locked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    before = hash_of_file(locked)

    def fails(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(*((password.os, "replace") if step == "replace" else (backup, "sync")), fails)
    with pytest.raises(UserError, match="не записан"):
        lock(tmp_path / "район.cosdesk", locked, PASSWORD)
    assert hash_of_file(locked) == before and not list(tmp_path.glob(".*"))


def test_a_file_without_a_password_is_told(locked: Path, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="не закрыт паролем"):
        unlock(tmp_path / "район.cosdesk", tmp_path / "открыт.cosdesk", PASSWORD)


def test_a_short_password_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="короче 8"):
        lock(tmp_path / "нет.cosdesk", tmp_path / "копия.cosdesk", "весна")


def test_a_password_comes_from_the_first_line_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "пароль.txt").write_bytes(b"\xef\xbb\xbf" + f" {PASSWORD} \r\nвторая строка".encode())
    assert password_in(tmp_path / "пароль.txt") == f" {PASSWORD} "
    with pytest.raises(UserError, match="не читается"):
        password_in(tmp_path / "нет.txt")
