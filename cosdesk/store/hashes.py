"""SHA-256 as text; the library behind it brings OpenSSL with it, so it is loaded with the first hash."""

from pathlib import Path


def hash_of_bytes(content: bytes) -> str:
    """SHA-256 of the bytes, hexadecimal."""
    import hashlib

    return hashlib.sha256(content).hexdigest()


def hash_of_file(path: Path) -> str:
    """SHA-256 of a file's bytes, hexadecimal."""
    import hashlib

    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
