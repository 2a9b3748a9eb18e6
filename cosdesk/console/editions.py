"""``edition``: freezing a roadmap as approved, listing editions, telling what changed."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from cosdesk.console.finding import find_roadmap
from cosdesk.console.values import day
from cosdesk.domain.edition import Edition, differences, edition_on_paper, next_number
from cosdesk.errors import UserError
from cosdesk.store.editions import add_edition, require_free_number
from cosdesk.store.file import DistrictFile


def freeze_edition(
    path: Path, number: str | None, on: str | None, act: str, who: str, roadmap: str | None
) -> Iterator[str]:
    """The roadmap as it is becomes an edition; the next number where none is named."""
    approved = day(on) if on else date.today()
    # All is checked before the file is opened for writing: a fault leaves every byte as it was.
    with DistrictFile.open(path, read_only=True) as file:
        contents = find_roadmap(file.snapshot(), roadmap)
        known = file.editions(contents.roadmap.id)
        number = number or next_number(known)
        require_free_number(known, number)
    with DistrictFile.open(path) as file:
        with file.edit(f"Утверждение редакции {number}") as edit:
            add_edition(edit, contents, number, approved, act, who)
        frozen = file.editions(contents.roadmap.id)[-1]
    yield f"Утверждена редакция {frozen.number} от {approved:%d.%m.%Y}. Отпечаток: {frozen.short_fingerprint}."


def check_paper(path: Path, printed: str | None) -> Edition:
    """The edition that a paper's fingerprint names; ``UserError`` when it is of none, or was changed in the file."""
    if not printed:
        raise UserError("Укажите отпечаток с бумаги: cosdesk edition ФАЙЛ check «3f2a 91c0 5b7d 22aa»")
    with DistrictFile.open(path, read_only=True) as file:
        editions = file.snapshot().editions
    edition = edition_on_paper(editions, printed)
    if edition is None:
        raise UserError(
            f"Отпечатка «{printed}» нет ни у одной редакции этого файла."
            " Сверьте цифры с бумагой или откройте другой файл."
        )
    if not edition.is_intact:
        raise UserError(
            f"Отпечаток принадлежит документу «{edition.name}», но её содержание в файле изменено в обход программы."
            " Верьте бумаге, а файл восстановите из резервной копии."
        )
    return edition


def paper_lines(edition: Edition) -> Iterator[str]:
    act = f", {edition.act}" if edition.act else ""
    if edition.former_fingerprints:
        yield f"{edition.name.capitalize()}{act}. Из неё удалены персональные данные, остальное – как на бумаге."
        return
    yield f"{edition.name.capitalize()}{act}. Содержание в файле то же, что на бумаге."


def list_editions(path: Path, roadmap: str | None) -> list[Edition]:
    with DistrictFile.open(path, read_only=True) as file:
        return list(file.editions(find_roadmap(file.snapshot(), roadmap).roadmap.id))


def edition_lines(editions: list[Edition]) -> Iterator[str]:
    if not editions:
        yield "Утверждённых редакций нет. Утвердить: cosdesk edition ФАЙЛ freeze"
    for edition in editions:
        on = f"от {edition.on:%d.%m.%Y}" if edition.on else "без даты"
        intact = "" if edition.is_intact else " (содержание изменено в обход программы)"
        parts = [f"Редакция {edition.number} {on}", edition.act, edition.who, edition.short_fingerprint + intact]
        yield "; ".join(part for part in parts if part)


def editions_json(editions: list[Edition]) -> dict[str, Any]:
    return {
        "editions": [
            {
                "number": edition.number,
                "on": edition.on.isoformat() if edition.on else None,
                "act": edition.act,
                "who": edition.who,
                "frozen_at": edition.frozen_at.isoformat(),
                "fingerprint": edition.fingerprint,
                "intact": edition.is_intact,
            }
            for edition in editions
        ]
    }


def edition_differences(path: Path, number: str | None, roadmap: str | None) -> dict[str, Any]:
    """What changed since an edition, the newest where none is named."""
    with DistrictFile.open(path, read_only=True) as file:
        contents = find_roadmap(file.snapshot(), roadmap)
        editions = file.editions(contents.roadmap.id)
    if not editions:
        raise UserError("Утверждённых редакций нет, сравнивать не с чем. Утвердить: cosdesk edition ФАЙЛ freeze")
    chosen = editions[-1] if number is None else next((e for e in editions if e.number == number), None)
    if chosen is None:
        raise UserError(f"Редакции «{number}» нет. Есть: {', '.join(e.number for e in editions)}.")
    return {
        "edition": chosen.number,
        "differences": [
            {"place": d.place, "field": d.field, "before": d.before, "after": d.after}
            for d in differences(chosen.contents, contents)
        ],
    }


def difference_lines(found: dict[str, Any]) -> Iterator[str]:
    if not found["differences"]:
        yield f"С редакции {found['edition']} ничего не изменилось."
    for difference in found["differences"]:
        yield f"{difference['place']} · {difference['field']}"
        yield f"  было:  {difference['before'] or '–'}"
        yield f"  стало: {difference['after'] or '–'}"
