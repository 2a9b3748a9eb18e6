"""«Таблица изменений»: what of an approved roadmap has changed – было, стало, основание."""

from collections.abc import Mapping, Sequence

from cosdesk.domain.district import District, Snapshot
from cosdesk.domain.edition import Difference, Edition, differences
from cosdesk.errors import UserError
from cosdesk.reports.document import (
    Align,
    Block,
    Cell,
    Column,
    Document,
    Executor,
    Paragraph,
    Row,
    Signature,
    Table,
    Title,
)
from cosdesk.reports.request import Request
from cosdesk.reports.typography import short_date, signature_name

FOR_ALL = "*"
"""The key of the ground that stands beside every change without its own."""
NOTHING_CHANGED = "Изменений нет."
_COLUMNS = (
    Column("№ п/п", width=0.4, align=Align.CENTER),
    Column("Структурный элемент", width=2.4),
    Column("Что изменено", width=1.2),
    Column("Было", width=2.6),
    Column("Стало", width=2.6),
    Column("Основание", width=1.6),
)


def build_changes(snapshot: Snapshot, request: Request) -> Document:
    """What changed since the newest edition of the roadmap; ``UserError`` where none was approved."""
    contents = next((c for c in snapshot.roadmaps if request.roadmap_id in (None, c.roadmap.id)), None)
    edition = next((e for e in reversed(snapshot.editions) if contents and e.roadmap_id == contents.roadmap.id), None)
    if contents is None or edition is None:
        raise UserError("Утверждённых редакций нет, сравнивать не с чем. Утвердите редакцию дорожной карты.")
    found = differences(edition.contents, contents)
    kept = dict(request.grounds)
    grounds = {change: kept.get(ground_key(change)) or kept.get(FOR_ALL, "") for change in found}
    return changes_document(snapshot.district, edition, f"по состоянию на {short_date(snapshot.today)}", found, grounds)


def ground_key(change: Difference) -> str:
    """By what the ground of a change is known again in the next table."""
    return f"{change.place}\n{change.field}"


def changes_document(
    district: District,
    edition: Edition,
    until: str,
    found: Sequence[Difference],
    grounds: Mapping[Difference, str] | None = None,
) -> Document:
    """The table of ``found`` with the ground of each; ``until`` words the later state («по состоянию на …»)."""
    grounds = grounds or {}
    title = edition.contents.roadmap.title.splitlines()
    rows = tuple(
        Row(
            (
                Cell(number),
                Cell(difference.place),
                Cell(difference.field),
                Cell(difference.before or None, dash=True),
                Cell(difference.after or None, dash=True),
                Cell(grounds.get(difference, "")),
            )
        )
        for number, difference in enumerate(found, 1)
    )
    since = edition.name.replace("редакция", "редакции", 1)
    act = f" ({edition.act})" if edition.act else ""
    blocks: list[Block] = [
        Title(("ТАБЛИЦА ИЗМЕНЕНИЙ", *title)),
        Paragraph(f"С {since}{act} {until}", Align.CENTER, indent=False),
        Table("Изменения", _COLUMNS, rows, empty=NOTHING_CHANGED),
    ]
    if district.head_name:
        blocks.append(Signature(district.head_position, signature_name(district.head_name)))
    if district.coordinator_name:
        blocks.append(Executor(district.coordinator_name, district.coordinator_phone))
    return Document(
        title="Таблица изменений",
        file_name=f"Таблица изменений с редакции {edition.number}".replace("/", " "),
        blocks=tuple(blocks),
        landscape=True,
        author=district.office or district.name,
    )
