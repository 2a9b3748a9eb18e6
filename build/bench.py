"""Measurements side by side in one run, printed as ratios: a benchmark, not a timed test.

``python3 build/dev.py bench [window] [package] [pdf] [commit] [import] [terms] [rounds] [documents]``: all of them,
or those named.
Each number is the median of runs that alternate with what it is compared with, so that both meet the same machine;
of the packaged program's start the least one.
"""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from time import monotonic, perf_counter
from typing import TypeVar

import bench_district
import bench_documents
import bench_rounds
import bench_samples

from cosdesk.domain.schedule import understand
from cosdesk.store.file import DistrictFile
from cosdesk.store.roadmaps import change_item

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT.parent / "shared" / "seeds"
TIMEOUT = 300  # seconds; a child that waits for an answer in a dialog is not measured
T = TypeVar("T")
_SLOWEST = 12
"""Actions of the window that are printed."""


class BenchmarkError(Exception):
    """A child that failed, or a window that does not show what is to be measured."""


@dataclass(frozen=True)
class Line:
    """One measurement in ``unit``: ours and what stands beside it; ``aim`` bounds the ratio, or ours alone."""

    what: str
    unit: str
    ours: float
    beside: float | None = None
    aim: float | None = None
    at_least: bool = False


def window(folder: Path) -> Iterator[Line]:
    """A window with a 500-row roadmap against an empty PySide6 window: time to the first painting, and memory."""
    rows = 500
    file = bench_samples.district_file(folder / "window.cosdesk", rows)

    def shown(*words: str) -> list[float]:
        command = [sys.executable, str(ROOT / "build" / "bench_window.py"), repr(monotonic()), *words]
        *measured, found = json.loads(_output(command).splitlines()[-1])
        if words and found < rows:
            raise BenchmarkError(f"the roadmap's page shows {found} rows, not {rows}")
        return [float(number) for number in measured]

    ours, empty = _alternate(7, lambda: shown(str(file)), shown)
    lines = (("first page shown", "s", 1.6), ("roadmap's page shown", "s", 1.6), ("memory", "MB", 1.5))
    for place, (what, unit, aim) in enumerate(lines):
        one, other = (median(run[place] for run in runs) for runs in (ours, empty))
        yield Line(f"500-row window / empty window: {what}", unit, one, other, aim)
    yield from _actions(folder)


def _actions(folder: Path) -> Iterator[Line]:
    """On a district of 5,000 rows what holds the window up longest, of all that is done on every page."""
    command = [sys.executable, str(ROOT / "build" / "bench_actions.py")]
    file = bench_district.district_at_work(folder / "work.cosdesk", 5000)
    held = json.loads(_output([*command, str(file)]).splitlines()[-1])
    for name in sorted(held, key=lambda name: -held[name])[:_SLOWEST]:
        yield Line(f"5,000 rows: {name}", "ms", held[name], aim=100)


def package(folder: Path) -> Iterator[Line]:
    """The packaged program's start, window shown and closed, against that from source, both as whole processes."""
    file = bench_samples.district_file(folder / "package.cosdesk", 500)
    program = ROOT / "dist" / "cosdesk" / ("cosdesk.exe" if sys.platform == "win32" else "cosdesk")
    what = "packaged start / start from source, 500 rows"

    def source() -> float:
        return _seconds([sys.executable, "-m", "cosdesk", str(file), "--and-close"])

    def packaged() -> float:
        return _seconds([str(program), str(file), "--and-close"])

    source()  # the first one compiles
    if not program.is_file():
        yield Line(f"{what} (no dist/)", "s", min(source() for _ in range(3)))
        return
    packaged()  # and the other's files come from the disk
    ours, beside = _alternate(9, packaged, source)
    yield Line(what, "s", min(ours), min(beside), aim=1.2)


def pdf(folder: Path) -> Iterator[Line]:
    """A 1,000-row roadmap to PDF, both as whole processes."""
    file = bench_samples.district_file(folder / "pdf.cosdesk", 1000)
    export = [sys.executable, "-m", "cosdesk", "export", str(file), "roadmap", "--format", "pdf", "-o"]

    def ours() -> float:
        return _seconds([*export, str(folder / "ours.pdf")])

    what = "1,000 rows to PDF / LibreOffice, Word table"
    soffice = shutil.which("soffice") or shutil.which("libreoffice")
    if soffice is None:
        yield Line(f"{what} (no LibreOffice here)", "s", median(ours() for _ in range(3)))
        return
    table = bench_samples.word_table(folder / "table.docx", 1000)
    convert = [soffice, f"-env:UserInstallation={(folder / 'office').as_uri()}", "--headless", "--convert-to", "pdf"]

    def office() -> float:
        return _seconds([*convert, "--outdir", str(folder), str(table)])

    office()  # the first start makes LibreOffice's profile
    mine, theirs = _alternate(3, ours, office)
    yield Line(what, "s", median(mine), median(theirs), aim=0.2)


def commit(folder: Path) -> Iterator[Line]:
    """A recorded edit of one row against the bare UPDATE and COMMIT, on twin files with the same pragmas."""
    path = bench_samples.district_file(folder / "commit.cosdesk", 500)
    twin = Path(shutil.copy(path, folder / "twin.cosdesk"))
    bare = sqlite3.connect(twin, isolation_level=None)
    with DistrictFile.open(path) as file:
        item = file.snapshot().roadmaps[0].items[0]
        for name, value in _pragmas(file).items():
            bare.execute(f"PRAGMA {name} = {value}").fetchall()
        turns = iter(range(10**9))

        def edit() -> float:
            start = perf_counter()
            with file.edit("Изменение строки") as edit:
                change_item(edit, replace(item, title=f"Мероприятие {next(turns)}"))
            return perf_counter() - start

        def update() -> float:
            start = perf_counter()
            bare.execute("BEGIN IMMEDIATE")
            bare.execute("UPDATE item SET title = ? WHERE id = ?", (f"Мероприятие {next(turns)}", item.id))
            bare.execute("COMMIT")
            return perf_counter() - start

        ours, theirs = _alternate(200, edit, update)
    bare.close()
    yield Line("an edit / bare SQLite UPDATE and COMMIT", "ms", median(ours) * 1000, median(theirs) * 1000, aim=2)


def imports(folder: Path) -> Iterator[Line]:
    """Reading a Word roadmap, as a whole process without writing; the real ones where they are."""
    made = bench_samples.word_table(folder / "made.docx", 50)
    target = bench_samples.district_file(folder / "import.cosdesk", 1)
    for source in (made, *sorted(SEEDS.glob("*.docx"))):
        command = [sys.executable, "-m", "cosdesk", "import", str(target), str(source), "--dry-run"]
        yield Line(f"import of {source.name}", "s", median(_seconds(command) for _ in range(3)), aim=1)


def terms(folder: Path) -> Iterator[Line]:
    """Terms understood a second."""

    def thousand() -> float:
        understand.cache_clear()
        start = perf_counter()
        for number in range(1000):
            # other years of the plan each time, so that nothing remembered answers
            understand(bench_samples.WORDINGS[number % 10], (2000 + number // 10, 2024 + number // 10))
        return perf_counter() - start

    yield Line("terms understood a second", "", 1000 / median(thousand() for _ in range(5)), aim=20_000, at_least=True)


def _pragmas(file: DistrictFile) -> dict[str, object]:
    """What the program's own connection is set to, as SQLite tells it."""
    connection = file._database.conn
    names = ("journal_mode", "synchronous", "locking_mode", "secure_delete", "temp_store", "foreign_keys", "cache_size")
    return {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in names}


def _output(command: list[str]) -> str:
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=TIMEOUT, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise BenchmarkError(f"{' '.join(command[:6])} … has not ended in {TIMEOUT} s") from error
    if done.returncode:
        raise BenchmarkError(f"{' '.join(command[:6])} … ended with {done.returncode}\n{done.stderr[-2000:]}")
    return done.stdout


def _seconds(command: list[str]) -> float:
    start = perf_counter()
    _output(command)
    return perf_counter() - start


def _alternate(count: int, one: Callable[[], T], other: Callable[[], T]) -> tuple[list[T], list[T]]:
    """Results of the two by turns, so that whatever slows the machine meets both."""
    pairs = [(one(), other()) for _ in range(count)]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def rounds(folder: Path) -> Iterator[Line]:
    """Forty workbooks out and forty answers in; a county's file as its answers grow."""
    out, back = bench_rounds.forty(folder)
    yield Line("40 workbooks with letters written", "s", out, aim=4)
    yield Line("40 answers read, judged, taken in", "s", back, aim=6)
    for answers, opened, behind in bench_rounds.county(folder):
        yield Line(f"{answers:,} answers: opened and read", "s", opened, aim=1)
        yield Line(f"{answers:,} answers: an indicator's schools", "s", behind, aim=0.2)


def documents(folder: Path) -> Iterator[Line]:
    """Every document of the catalog in three formats, each against LibreOffice; a packet of ten; a preview."""
    from cosdesk.reports.catalog import reports

    file = bench_documents.district(folder / "documents.cosdesk")
    soffice = shutil.which("soffice") or shutil.which("libreoffice")
    convert = [soffice or "", f"-env:UserInstallation={(folder / 'office').as_uri()}", "--headless"]
    convert += ["--convert-to", "pdf", "--outdir", str(folder)]
    for made in reports():
        commands = {name: bench_documents.exported(file, made, folder / f"{made.id}.{name}") for name in
                    bench_documents.LIMITS}  # fmt: skip
        taken = {name: bench_documents.seconds(command) for name, command in commands.items()}
        for name, limit in bench_documents.LIMITS.items():
            yield Line(f"{made.id}: {name}", "s", taken[name], aim=limit)
        if soffice:
            office = bench_documents.seconds([*convert, str(folder / f"{made.id}.docx")], runs=2)
            yield Line(f"{made.id}: pdf / LibreOffice, the same Word file", "s", taken["pdf"], office, aim=0.3)
        if peak := bench_documents.megabytes(commands["docx"]):
            yield Line(f"{made.id}: memory", "MB", peak, aim=200)
    yield Line("a packet of ten", "s", bench_documents.seconds(bench_documents.packet(file, folder / "packet")), aim=4)
    yield Line("preview of a changed section", "s", bench_documents.preview(file), aim=0.3)


MEASUREMENTS: dict[str, Callable[[Path], Iterator[Line]]] = {
    "window": window,
    "package": package,
    "pdf": pdf,
    "commit": commit,
    "import": imports,
    "terms": terms,
    "rounds": rounds,
    "documents": documents,
}


def told(line: Line) -> str:
    """The line of the table: what, ours, beside, ratio, aim and whether it is met."""
    number = line.ours if line.beside is None else line.ours / line.beside
    beside = "" if line.beside is None else f"{line.beside:,.3g} {line.unit}"
    ratio = "" if line.beside is None else f"{number:.2f}"
    aim = ""
    if line.aim is not None:
        met = number >= line.aim if line.at_least else number <= line.aim
        aim = f"{'≥' if line.at_least else '≤'} {line.aim:,g} {'met' if met else 'NOT MET'}"
    return f"{line.what:<52} {f'{line.ours:,.3g} {line.unit}':>11} {beside:>11} {ratio:>7}  {aim}".rstrip()


def main(names: list[str]) -> int:
    unknown = [name for name in names if name not in MEASUREMENTS]
    if unknown:
        print(f"Unknown: {', '.join(unknown)}. There are: {', '.join(MEASUREMENTS)}.", file=sys.stderr)
        return 2
    out = ROOT / "out"  # on the disk that the checkout stands on, where a commit costs what it costs
    out.mkdir(exist_ok=True)
    print(f"{'':<52} {'ours':>11} {'beside':>11} {'ratio':>7}  aim", flush=True)
    failed = False
    with tempfile.TemporaryDirectory(prefix="bench-", dir=out) as folder:
        # A home of its own: no setting or recent file of the user's takes part, none is touched.
        os.environ.update({"HOME": folder, "XDG_CONFIG_HOME": folder, "XDG_DATA_HOME": folder})
        # Qt's own offscreen screen is 800 points wide: our window would be maximized on it, the empty one not.
        screen = {"screens": [{"name": "common", "x": 0, "y": 0, "width": 1366, "height": 768}]}
        (Path(folder) / "screen.json").write_text(json.dumps(screen), "utf-8")
        os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={folder}/screen.json"
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # a user's second start finds the modules compiled
        for name in names or MEASUREMENTS:
            try:
                for line in MEASUREMENTS[name](Path(folder)):
                    print(told(line), flush=True)
            except (BenchmarkError, RuntimeError) as error:
                failed = True
                print(f"{name}: {error}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
