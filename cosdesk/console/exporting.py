"""What ``export`` and ``demo`` do: reports written to files."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from cosdesk.console.files import read
from cosdesk.console.finding import find_item, find_roadmap
from cosdesk.domain.district import Snapshot
from cosdesk.domain.paper import PaperRecord
from cosdesk.domain.period import Period, PeriodKind, parse_period, period_at
from cosdesk.domain.roadmap import RoadmapContents
from cosdesk.errors import UserError
from cosdesk.paper_journal import note_papers, paper_record
from cosdesk.paper_request import completed
from cosdesk.reports.catalog import Report, faulty_own_forms, report, reports
from cosdesk.reports.due import expecting_row
from cosdesk.reports.export import FORMATS, write_document
from cosdesk.reports.request import Request
from cosdesk.store.file import DistrictFile


def export(
    file: Path,
    report_id: str,
    out: Path,
    period_code: str | None,
    format_name: str | None,
    roadmap: str | None,
    row: str | None = None,
) -> Iterator[str]:
    """One report as one file; lines that say what was written.  ``out`` may be a folder."""
    chosen = report(report_id)
    period = parse_period(period_code) if period_code else None
    format_id = _format(out, format_name)
    noted: list[PaperRecord] = []
    with DistrictFile.open(file, read_only=True) as opened:
        yield from _exported(opened, chosen, out, period, format_id, roadmap, row, noted)
    note_papers(file, noted)


def _exported(
    file: DistrictFile,
    chosen: Report,
    out: Path,
    period: Period | None,
    format_id: str,
    roadmap: str | None,
    row: str | None,
    noted: list[PaperRecord],
) -> Iterator[str]:
    snapshot = file.snapshot()
    contents = find_roadmap(snapshot, roadmap)
    if not chosen.needs_period:
        period = None
    elif period is None:
        period = latest_period(snapshot, contents)
        yield f"Период не указан, взят последний с данными: {period.label} ({period.code})."
    item_id = None
    if row is not None:
        contents, item = find_item(snapshot, row)
        item_id = item.id
    elif chosen.needs_row:
        raise UserError(f"Документ «{chosen.title}» составляется по строке плана. Укажите её: --row 1.2")
    request = Request(contents.roadmap.id, period, item_id)
    document = chosen.build(snapshot, completed(file, snapshot, chosen, request))
    path = out / f"{document.file_name}.{format_id}" if out.is_dir() else out
    write_document(document, path, format_id)
    noted.append(paper_record(chosen, request, document, path))
    yield f"Записан файл «{path}»: {document.title.removesuffix('.')}."


def latest_period(snapshot: Snapshot, contents: RoadmapContents) -> Period:
    """The last ended quarter of the plan that has data; without data the last ended one, today's where none ended."""
    today = snapshot.today
    first, last = contents.roadmap.years or (today.year - 1, today.year)
    quarters = [Period(year, PeriodKind.QUARTER, index) for year in range(first, last + 1) for index in (1, 2, 3, 4)]
    ended = [quarter for quarter in quarters if quarter.end < today]
    days = _days_with_data(snapshot, contents)
    told = [quarter for quarter in ended if any(day in quarter for day in days)]
    return (told or ended or [period_at(today, PeriodKind.QUARTER)])[-1]


def _days_with_data(snapshot: Snapshot, contents: RoadmapContents) -> set[date]:
    items = {item.id for item in contents.items}
    indicators = {indicator.id for indicator in contents.indicators}
    done = {execution.on for execution in snapshot.executions if execution.item_id in items and execution.on}
    return done | {parse_period(actual.period).end for actual in snapshot.actuals if actual.indicator_id in indicators}


def _format(out: Path, format_name: str | None) -> str:
    """The format named, else the one that the file's suffix tells."""
    known = ", ".join(FORMATS)
    suffix = out.suffix.lower().removeprefix(".")
    if format_name is not None:
        name = format_name.lower()
        if name not in FORMATS:
            raise UserError(f"Формат «{format_name}» неизвестен. Можно: {known}.")
        if suffix in FORMATS and suffix != name:
            raise UserError(f"Окончание файла .{suffix} не подходит к формату {name}. Назовите файл *.{name}.")
        return name
    if out.is_dir():
        return "pdf"
    if suffix not in FORMATS:
        raise UserError(
            f"По имени «{out.name}» формат не понять. Назовите файл *.pdf, *.xlsx или *.docx либо укажите --format."
        )
    return suffix


def make_demo_folder(folder: Path) -> Iterator[str]:
    """The demo district and every report in every format; lines that name what was made.

    Files of the same names are replaced, others are left alone.
    """
    from cosdesk.demo import DISTRICT_UID, make_demo
    from cosdesk.store.file import SUFFIX

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            f"Папку «{folder}» создать нельзя. Проверьте имя и права доступа или выберите другую."
        ) from error
    path = folder / f"Заречный район{SUFFIX}"
    if path.exists() and read(path).district.uid != DISTRICT_UID:
        raise UserError(f"В папке «{folder}» уже есть другой файл «{path.name}». Выберите для примера другую папку.")
    make_demo(path)
    yield f"Учебный пример в папке «{folder}»:"
    yield f"  {path.name}"
    with DistrictFile.open(path, read_only=True) as file:
        snapshot = file.snapshot()
        contents = find_roadmap(snapshot, None)
        latest = latest_period(snapshot, contents)
        for made in reports():
            if made.id == "changes" and not snapshot.editions:
                continue  # nothing was approved yet, so nothing has changed since
            # The latest quarter and the last whole year, the two papers that are asked for.
            for period in (latest, Period(snapshot.today.year - 1)) if made.needs_period else (None,):
                item_id = expecting_row(made, contents, snapshot.rounds) if made.needs_row else None
                request = Request(contents.roadmap.id, period, item_id)
                document = made.build(snapshot, completed(file, snapshot, made, request))
                for format_id in FORMATS:
                    target = folder / f"{document.file_name}.{format_id}"
                    write_document(document, target, format_id)
                    yield f"  {target.name}"


def report_lines(file: Path) -> Iterator[str]:
    """Id and title of every report, with the reason where it cannot be made yet; own forms that are left out."""
    available = reports()
    width = max(len(known.id) for known in available)
    with DistrictFile.open(file, read_only=True) as opened:
        snapshot = opened.snapshot()
        contents = snapshot.roadmaps[0] if snapshot.roadmaps else None
        for known in available:
            reason = _refusal(opened, snapshot, contents, known)
            row = " (по строке: --row)" if known.needs_row else ""
            yield f"{known.id.ljust(width)}  {known.title}{row}{f' – не составить: {reason}' if reason else ''}"
    yield from (f"Форма {path.name} не используется: {reason}" for path, reason in faulty_own_forms())


def _refusal(file: DistrictFile, snapshot: Snapshot, contents: RoadmapContents | None, made: Report) -> str:
    """Why the report cannot be made of what the file holds, empty where it can."""
    if contents is None:
        return "дорожной карты в файле ещё нет."
    item_id = expecting_row(made, contents, snapshot.rounds) if made.needs_row else None
    if made.needs_row and item_id is None:
        return "в дорожной карте нет строк."
    period = latest_period(snapshot, contents) if made.needs_period else None
    try:
        made.compose(snapshot, completed(file, snapshot, made, Request(contents.roadmap.id, period, item_id)))
    except UserError as error:
        return f"{str(error)[:1].lower()}{str(error)[1:]}"
    return ""
