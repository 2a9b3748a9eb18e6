"""«Удалить персональные данные» of a person who left: what finds the person, which copies there are, out of all."""

import re
from collections.abc import Callable, Collection
from pathlib import Path

from cosdesk.dataclass import dataclass
from cosdesk.domain.district import Snapshot
from cosdesk.domain.people import name_key
from cosdesk.domain.person import Person
from cosdesk.domain.personal_data import name_pattern
from cosdesk.errors import UserError
from cosdesk.paths import user_data_folder
from cosdesk.plain_copy import plain_copies
from cosdesk.reports.cases import decline_name
from cosdesk.reports.typography import Case
from cosdesk.store import backup
from cosdesk.store.erasure import erase_from_copy
from cosdesk.store.opening import SUFFIX, has_hot_journal
from cosdesk.store.restore import ASIDE
from cosdesk.store.verify import look


def pattern_of(person: Person, snapshot: Snapshot) -> re.Pattern[str]:
    """What finds that person and nobody else of the directory."""
    others = {name_key(known.name) for known in snapshot.people if known.id != person.id}
    others |= {name_key(known.full_name) for known in snapshot.people if known.id != person.id and known.full_name}
    typed = (person.genitive, person.dative, person.accusative, person.instrumental)
    declined = [decline_name(person.full_name, case) for case in Case] if person.full_name else []
    return name_pattern(person, [name for name in (*typed, *declined) if name], others)


@dataclass(frozen=True, slots=True)
class Copies:
    """What became of the copies: rewritten, removed (damaged or of another version)."""

    rewritten: int
    removed: tuple[Path, ...]


def copies_of(path: Path, uid: str, medium: Path | None = None) -> list[Path]:
    """Every copy that the program made of the file: its backups, those on the medium, files set aside by a restore."""

    def is_of_this_district(aside: Path) -> bool:
        try:
            return look(aside, pages=False).uid == uid
        except UserError:
            return False

    found = [copy.path for copy in backup.backups_of(uid)]
    if medium is not None and medium.is_dir():
        found += [copy.path for copy in backup.backups_in(medium)]
    # Of any name: the file may have been called otherwise when it was restored.
    return found + [aside for aside in sorted(path.parent.glob(f"*{ASIDE}*{SUFFIX}")) if is_of_this_district(aside)]


def erase_from_copies(
    path: Path,
    uid: str,
    copies: Collection[Path],
    pattern: re.Pattern[str],
    step: Callable[[int, int], None] = lambda *_: None,
) -> Copies:
    """Rewrites each copy; ``step`` is told how many of how many are done.  Repeating does no harm.

    The yearly plain copies are removed (this year's is made anew on closing), and so is what was put
    aside of the file after an unclean end.
    """
    removed = []
    for number, copy in enumerate(copies):
        step(number, len(copies))
        if has_hot_journal(copy):
            raise UserError(f"Копия «{copy}» не закрыта по порядку. Откройте и закройте её в программе и повторите.")
        if copy.exists() and not erase_from_copy(copy, pattern):
            removed.append(copy)
    put_aside = [kept for kept in (user_data_folder() / "aside").glob("*/*") if kept.name.startswith(path.name)]
    for known in (*plain_copies(uid), *put_aside):
        known.unlink(missing_ok=True)
    return Copies(len(copies) - len(removed), tuple(removed))
