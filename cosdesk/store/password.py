"""A copy of a district's file under a password: for a flash drive that may be lost and for e-mail.

AES-256-GCM over pieces of one megabyte, each with its number and the last with a mark, so that
none can be changed, left out or moved (the STREAM construction); the key by scrypt.  The file
that is worked in stays open: what lies on the computer is the system's to protect.
"""

import os
import struct
import tempfile
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from cosdesk.errors import UserError
from cosdesk.store import backup
from cosdesk.store.file import DistrictFile
from cosdesk.store.hashes import hash_of_file
from cosdesk.store.opening import PASSWORD_MAGIC, DamagedFileError
from cosdesk.store.verify import look

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

SHORTEST = 8
_HEADER = struct.Struct(">16sBBB16s7s")  # magic; scrypt's log2 n, r, p; salt; the beginning of every nonce
_LOG_N, _R, _P = 17, 8, 1  # 128 MB and some 0.4 s a try, as OWASP advises
_PIECE = 1024 * 1024
_TAG = 16


class WrongPasswordError(UserError):
    """The password does not fit, or the very beginning of the file is damaged."""


def save_locked_copy(file: DistrictFile, path: Path, password: str) -> None:
    """A verified copy of the open file at ``path``, readable only with the password; whole or not at all."""
    _require_strong(password)
    with tempfile.TemporaryDirectory(prefix="cosdesk-") as folder:
        # Never unlocked beside the target, which may be the flash drive itself.
        plain = Path(folder) / path.name
        file.save_copy(plain)
        lock(plain, path, password)


def lock(plain: Path, path: Path, password: str) -> None:
    """A closed file written anew under a password, read back with it and compared before it takes its name."""
    _require_strong(password)
    part = path.with_name(f".{os.urandom(6).hex()}.part")
    try:
        header = _HEADER.pack(PASSWORD_MAGIC, _LOG_N, _R, _P, os.urandom(16), os.urandom(7))
        with plain.open("rb") as source, part.open("wb") as target:
            target.write(header)
            key = _key(header, password)
            for nonce, piece in _pieces(source, _PIECE, header):
                target.write(key.encrypt(nonce, piece, header))
        with tempfile.TemporaryDirectory(prefix="cosdesk-") as folder:
            back = Path(folder) / "back"
            _decrypt(part, back, password)
            if hash_of_file(back) != hash_of_file(plain):
                raise DamagedFileError("Копия записалась с ошибками. Проверьте носитель и повторите.")
        backup.sync(part)
        os.replace(part, path)
        backup.sync_folder(path.parent)
    except OSError as error:
        raise _not_written(path) from error
    finally:
        part.unlink(missing_ok=True)


def unlock(locked: Path, path: Path, password: str) -> None:
    """The district's file out of a locked copy, checked before it takes the name ``path``; the copy stays.

    ``WrongPasswordError``; ``DamagedFileError``.
    """
    part = path.with_name(f".{os.urandom(6).hex()}.part")
    try:
        _decrypt(locked, part, password)
        if problems := look(part).problems:
            raise DamagedFileError(f"Файл «{locked.name}» открыт паролем, но не годится. {problems[0]}")
        backup.sync(part)
        os.replace(part, path)
        backup.sync_folder(path.parent)
    except OSError as error:
        raise _not_written(path) from error
    finally:
        part.unlink(missing_ok=True)


def password_in(path: Path) -> str:
    """The first line of a file that holds a password."""
    try:
        return path.read_text("utf-8-sig").split("\n")[0].rstrip("\r")
    except (OSError, ValueError) as error:
        raise UserError(f"Файл с паролем «{path.name}» не читается. Проверьте имя и кодировку (UTF-8).") from error


def _decrypt(locked: Path, path: Path, password: str) -> None:
    from cryptography.exceptions import InvalidTag

    with locked.open("rb") as source:
        header = source.read(_HEADER.size)
        key, is_first = _key(header, password), True
        with path.open("wb") as target:
            for nonce, piece in _pieces(source, _PIECE + _TAG, header):
                try:
                    target.write(key.decrypt(nonce, piece, header))
                except InvalidTag as error:
                    if is_first:
                        raise WrongPasswordError(
                            "Пароль не подходит. Проверьте раскладку и Caps Lock и введите его ещё раз."
                        ) from error
                    raise DamagedFileError(
                        f"Файл «{locked.name}» повреждён. Возьмите другую копию или попросите прислать его ещё раз."
                    ) from error
                is_first = False


def _pieces(source: BinaryIO, size: int, header: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Each piece with its nonce: seven random bytes, its number, whether it is the last."""
    prefix = header[-7:]
    number, piece = 0, source.read(size)
    while True:
        following = source.read(size)
        yield prefix + struct.pack(">IB", number, not following), piece
        if not following:
            return
        number, piece = number + 1, following


def _key(header: bytes, password: str) -> "AESGCM":
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    if len(header) < _HEADER.size:
        raise DamagedFileError("Файл обрезан. Возьмите другую копию или попросите прислать его ещё раз.")
    magic, log_n, r, p, salt, _ = _HEADER.unpack(header)
    if magic != PASSWORD_MAGIC:
        raise UserError("Этот файл не закрыт паролем. Откройте его как обычно.")
    # A file may have been sent by anybody: no more memory and time than our own files ask for.
    if (log_n, r, p) != (_LOG_N, _R, _P):
        raise UserError("Файл закрыт паролем в более новой версии программы. Обновите программу и откройте его снова.")
    # One password typed on two systems is the same password.
    secret = unicodedata.normalize("NFC", password).encode("utf-8", "replace")
    return AESGCM(Scrypt(salt=salt, length=32, n=2**log_n, r=r, p=p).derive(secret))


def _require_strong(password: str) -> None:
    if len(password) < SHORTEST:
        raise UserError(f"Пароль короче {SHORTEST} знаков. Возьмите несколько слов, которые легко запомнить.")


def _not_written(path: Path) -> UserError:
    return UserError(
        f"Файл «{path.name}» не записан: в папку «{path.absolute().parent}» нельзя записать."
        " Освободите место или выберите другую папку."
    )
