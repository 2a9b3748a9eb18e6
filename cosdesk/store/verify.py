"""Whether a district's file is sound, quickly or through and through, and what it holds."""

from pathlib import Path

from cosdesk.dataclass import dataclass
from cosdesk.errors import UserError
from cosdesk.store.backup import has_true_seal, mark_of
from cosdesk.store.evidence_files import damaged_names
from cosdesk.store.file import DistrictFile
from cosdesk.store.opening import UNREADABLE

_COUNTED = {"roadmap": "roadmaps", "item": "items", "indicator": "indicators", "execution": "executions"}


@dataclass(frozen=True, slots=True)
class Check:
    """``problems`` are whole Russian sentences, none of them in a sound file."""

    problems: tuple[str, ...] = ()
    district: str = ""
    uid: str = ""
    mark: str = ""
    roadmaps: int = 0
    items: int = 0
    indicators: int = 0
    executions: int = 0

    @property
    def is_sound(self) -> bool:
        return not self.problems

    @property
    def contents(self) -> str:
        """«строк 48, показателей 7, записей 120»."""
        return f"строк {self.items}, показателей {self.indicators}, записей об исполнении {self.executions}"


def check(path: Path, full: bool = False) -> Check:
    """Header, schema and pages; ``full`` checks every index, tie and attached document too.

    Nothing is written.  Damage is told in the result; ``UserError`` only where the file cannot
    be read at all because it is missing, busy or not a district's.
    """
    try:
        sealed = has_true_seal(path)
    except OSError as error:
        raise UserError(f"Файл «{path.name}» не читается. Проверьте носитель и права доступа.") from error
    if not sealed:
        return Check(("Контрольная сумма не сходится: копия изменилась после того, как была сделана.",))
    return look(path, full)


def look(path: Path, full: bool = False, pages: bool = True) -> Check:
    """What the file holds; without ``pages`` only the header and the schema are checked."""
    try:
        with DistrictFile.open(path, read_only=True) as file:
            return _checked(file, full, pages)
    except UNREADABLE:
        return Check((f"Файл «{path.name}» повреждён.",))


def _checked(file: DistrictFile, full: bool, pages: bool) -> Check:
    connection = file._database.conn
    problems = []
    if pages:
        pragma = "integrity_check(5)" if full else "quick_check(5)"
        if [row[0] for row in connection.execute(f"PRAGMA {pragma}")] != ["ok"]:
            problems.append("Страницы файла повреждены. Восстановите его из резервной копии.")
    if full and connection.execute("PRAGMA foreign_key_check").fetchone():
        problems.append("Связи между записями нарушены. Восстановите файл из резервной копии.")
    if full and not problems:
        problems += [
            f"Вложенный документ «{name}» повреждён: его содержание изменилось. Приложите его заново."
            for name in damaged_names(file._database)
        ]
    found = {
        field: connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for table, field in _COUNTED.items()
    }
    name = str(connection.execute("SELECT name FROM district").fetchone()[0])
    return Check(tuple(problems), name, file.uid, mark_of(connection), **found)


def problem_of(path: Path, full: bool = False) -> str:
    """Why the file should not be trusted, empty when it is sound."""
    try:
        return " ".join(check(path, full).problems)
    except UserError as error:
        return str(error)
