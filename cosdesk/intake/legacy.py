"""Old binary documents turned into new ones by LibreOffice, where it is found."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from cosdesk.errors import UserError
from cosdesk.intake.guard import FileKind

CONVERSION_SECONDS = 60
_TARGETS = {FileKind.WORD_97: "docx", FileKind.RICH_TEXT: "docx", FileKind.EXCEL_97: "xlsx"}
_WINDOWS_FOLDERS = ("ProgramFiles", "ProgramFiles(x86)")


def never_cancelled() -> bool:
    return False


def converted(path: Path, kind: FileKind, folder: Path, cancelled: Callable[[], bool] = never_cancelled) -> Path:
    """The document as .docx or .xlsx inside ``folder``; ``UserError`` says how to do it by hand."""
    target = _TARGETS[kind]
    office = office_program()
    if office is None:
        raise UserError(_by_hand(path, target))
    # A plain name: the document's own may begin with a dash or hold what a command line reads otherwise.
    source = folder / f"source.{kind.value}"
    shutil.copyfile(path, source)
    with tempfile.TemporaryDirectory(prefix="cosdesk-office-") as profile:
        command = [
            office, "--headless", "--norestore", f"-env:UserInstallation={Path(profile).as_uri()}",
            "--convert-to", target, "--outdir", str(folder), str(source),
        ]  # fmt: skip
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            _wait(process, path, target, cancelled)
    result = source.with_suffix(f".{target}")
    if process.returncode or not result.exists():
        raise UserError(_by_hand(path, target))
    return result


def _wait(process: "subprocess.Popen[bytes]", path: Path, target: str, cancelled: Callable[[], bool]) -> None:
    deadline = time.monotonic() + CONVERSION_SECONDS
    while process.poll() is None:
        if cancelled():
            process.kill()
            raise UserError(f"Чтение файла «{path.name}» отменено. Район не изменён.")
        if time.monotonic() > deadline:
            process.kill()
            raise UserError(_by_hand(path, target))
        time.sleep(0.05)


def office_program() -> str | None:
    """Where LibreOffice is, on the path or in its usual folder on Windows."""
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            return found
    for variable in _WINDOWS_FOLDERS:
        program = Path(os.environ.get(variable, "")) / "LibreOffice" / "program" / "soffice.exe"
        if program.is_file():
            return str(program)
    return None


def _by_hand(path: Path, target: str) -> str:
    program, kind = ("Excel", "Книга Excel (*.xlsx)") if target == "xlsx" else ("Word", "Документ Word (*.docx)")
    return (
        f"Файл «{path.name}» – старого формата. Откройте его в {program}, выберите «Файл → Сохранить как», "
        f"тип «{kind}», и импортируйте новый файл."
    )
