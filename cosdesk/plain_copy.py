"""The plain copy of a district: a workbook and a JSON text that another program can read in ten years."""

from datetime import date
from pathlib import Path

from cosdesk.errors import UserError
from cosdesk.reports.export import write_file
from cosdesk.store import backup
from cosdesk.store.dump import description, json_pieces, read_tables
from cosdesk.store.file import DistrictFile

_SUFFIXES = (".xlsx", ".json")
_STEM = "Простая копия"


def write_plain_copy(file: DistrictFile, out: Path) -> tuple[int, int]:
    """Everything the file holds, each field described, as .json or .xlsx by the name; how many tables and rows."""
    suffix = out.suffix.lower()
    if suffix not in _SUFFIXES:
        raise UserError(f"По имени «{out.name}» вид копии не понять. Назовите файл *.json или *.xlsx.")
    tables = read_tables(file)
    if suffix == ".json":
        write_file(out, (piece.encode("utf-8", "surrogatepass") for piece in json_pieces(file)))
    else:
        from cosdesk.reports.xlsx_plain import plain_workbook

        headings = ("Таблица", "Что это", "Поле", "Что в нём")
        write_file(out, plain_workbook([headings, *description(tables)], tables))
    return len(tables), sum(len(rows) for _, rows in tables.values())


def plain_copies(uid: str) -> list[Path]:
    """The yearly plain copies of a district, which lie beside its backups, the oldest first."""
    folder = backup.backups_folder(uid)
    return sorted(path for suffix in _SUFFIXES for path in folder.glob(f"{_STEM} *{suffix}"))


def keep_yearly(path: Path, uid: str, today: date) -> None:
    """Both plain copies of a closed file, unless they were made in this year already.

    ``UserError`` where they cannot be written.
    """
    made = {(known.stem.split(" ")[2][:4], known.suffix) for known in plain_copies(uid)}
    wanted = [suffix for suffix in _SUFFIXES if (str(today.year), suffix) not in made]
    if not wanted:
        return
    folder = backup.backups_folder(uid)
    with DistrictFile.open(path, read_only=True) as file:
        for suffix in wanted:
            # Not with_suffix: the name ends like one.
            write_plain_copy(file, folder / f"{_STEM} {today.isoformat()}{suffix}")
