"""Documents measured on a district of 60 rows, 40 schools and 3 years: a file of each kind, a packet, a preview."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from time import perf_counter

import bench_rounds
import bench_samples

from cosdesk.domain.district import District, Snapshot
from cosdesk.domain.execution import Execution, Outcome, answered_occurrence
from cosdesk.domain.indicator import Actual, Indicator, Target
from cosdesk.domain.organisation import School, SchoolCount
from cosdesk.domain.paper import SectionText
from cosdesk.domain.period import parse_period
from cosdesk.domain.state import item_states
from cosdesk.forms.monitoring_form import monitoring_forms
from cosdesk.paper_request import completed
from cosdesk.reports.catalog import Report, report
from cosdesk.reports.request import Request
from cosdesk.rounds import new_round
from cosdesk.store.editions import add_edition
from cosdesk.store.executions import record_execution
from cosdesk.store.file import DistrictFile
from cosdesk.store.indicators import set_actual
from cosdesk.store.monitoring import add_round, save_answers
from cosdesk.store.roadmaps import add_roadmap, change_item
from cosdesk.store.schools import add_school
from cosdesk.ui.report_order import Order, build

ROWS, SCHOOLS, INDICATORS, YEARS = 60, 40, 10, (2021, 2022, 2023)
PERIOD = "2023-Q3"
LIMITS = {"pdf": 1.0, "xlsx": 1.0, "docx": 1.5}
"""Seconds from a command to a finished file."""
PACKET = (
    "analytical-report", "analytical-note", "year-calendar", "indicator-summary", "roadmap", "media-plan",
    "resources-register", "school-compliance", "appointment-order", "minutes",
)  # fmt: skip


_PEAK = """
import runpy, sys
try:
    runpy.run_module("cosdesk", run_name="__main__", alter_sys=True)
finally:
    with open("/proc/self/status") as status:
        sys.stderr.write(next(line for line in status if line.startswith("VmHWM")))
"""
"""Runs the program and tells its peak: what the system counts of a child begins with its parent's size."""


def district(path: Path) -> Path:
    """The district: a third of the rows done late, a third in time; values of every year; a round answered by all."""
    whole = bench_samples.contents(ROWS)
    indicators = tuple(
        Indicator(
            number,
            f"Доля школ, обеспеченных доступом к сети Интернет, по направлению {number}",
            number=str(number),
            unit="процент",
            targets=tuple(Target(str(year), Decimal(40 + 5 * number + 3 * (year - 2021))) for year in YEARS),
        )
        for number in range(1, INDICATORS + 1)
    )
    with DistrictFile.create(path, District("Измеряемый район", head_name="Иванов И.И.")) as file:
        with file.edit("Основа") as edit:
            add_roadmap(edit, replace(whole, indicators=indicators))
            for number in range(1, SCHOOLS + 1):
                add_school(edit, School(0, f"Школа № {number}", counts=(SchoolCount(2022, 300 + number, 20),)))
        _record(file)
        _ask(file)
        _approve(file)
    return path


def _record(file: DistrictFile) -> None:
    snapshot = file.snapshot()
    contents = snapshot.roadmaps[0]
    states = item_states(snapshot, contents)
    with file.edit("Исполнение") as edit:
        for number, item in enumerate(contents.items):
            for year in YEARS:
                on = date(year, 1 + number % 11, 10)
                if number % 3 and (found := answered_occurrence(states[item.id].occurrences, on)):
                    record = Execution(0, item.id, Outcome.DONE, found.window.end, on, comment="Проведено по плану")
                    record_execution(edit, record, f"приказ № {number + 1} от {on:%d.%m.%Y}")
        for indicator in contents.indicators:
            for year in YEARS:
                part = Decimal(15 + (indicator.id * 7 + year) % 24)
                actual = Actual(0, indicator.id, str(year), numerator=part, denominator=Decimal(SCHOOLS))
                set_actual(edit, replace(actual, source="Сведения школ"))


def _ask(file: DistrictFile) -> None:
    for key in ("internet", "sites"):
        if key not in monitoring_forms():
            continue
        form, snapshot = monitoring_forms()[key], file.snapshot()
        with file.edit("Мониторинг") as edit:
            round_id = add_round(edit, new_round(snapshot, form, PERIOD), form, snapshot.schools)
        found = next(each for each in file.snapshot().rounds if each.id == round_id)
        known = {question.key for question in form.questions}
        values = {name: value for name, value in bench_rounds.ANSWER.items() if name in known}
        with file.edit("Ответы") as edit:
            save_answers(edit, form, found, ((school, values) for school in snapshot.schools))


def _approve(file: DistrictFile) -> None:
    """An edition, and a row changed since."""
    contents = file.snapshot().roadmaps[0]
    with file.edit("Редакция") as edit:
        add_edition(edit, contents, "1", date(2021, 1, 15), "", "")
        change_item(edit, replace(contents.items[0], title="Оснащение учебных кабинетов всех школ района"))


def exported(file: Path, made: Report, out: Path) -> list[str]:
    """The command that writes a document into a file."""
    command = [sys.executable, "-m", "cosdesk", "export", str(file), made.id, "-o", str(out)]
    command += ["--period", PERIOD] if made.needs_period else []
    return command + (["--row", "1.1"] if made.needs_row else [])


def packet(file: Path, folder: Path) -> list[str]:
    """The command that makes ten documents."""
    command = [sys.executable, "-m", "cosdesk", "packet", str(file), "-o", str(folder), "--period", PERIOD]
    return command + [word for report_id in PACKET for word in ("--report", report_id)]


def seconds(command: list[str], runs: int = 3) -> float:
    """Processor seconds of a whole process with its children, the least of some runs; ``RuntimeError`` if one fails.

    Not those of the clock: on a machine that does other work too these stay what they are on one that does not.
    """
    found = []
    for _ in range(runs):
        before = os.times()
        _told(command)
        after = os.times()
        found.append(after.children_user + after.children_system - before.children_user - before.children_system)
    return min(found)


def megabytes(command: list[str]) -> float | None:
    """The most memory that a command of ours holds; None where the system does not tell."""
    if not Path("/proc/self/status").exists():
        return None
    told = _told([command[0], "-c", _PEAK, *command[3:]])
    return int(told.split()[-2]) / 1024


def _told(command: list[str]) -> str:
    """What the command said on its second stream."""
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command[2:7])} … ended with {done.returncode}\n{done.stderr[-2000:]}")
    return done.stderr


def preview(file: Path, runs: int = 7) -> float:
    """Seconds from a changed section of the report to its pages, as the window builds them; the least of some."""
    chosen = report("analytical-report")
    with DistrictFile.open(file, read_only=True) as opened:
        snapshot = opened.snapshot()
        request = completed(opened, snapshot, chosen, Request(snapshot.roadmaps[0].roadmap.id, parse_period(PERIOD)))
        assert chosen.sections is not None
        section = chosen.sections(snapshot, request)[-1].id
        return min(_previewed(opened.path, chosen, snapshot, request, section, turn) for turn in range(runs))


def _previewed(path: Path, chosen: Report, snapshot: Snapshot, request: Request, section: str, turn: int) -> float:
    words = (f"Изменённый абзац {turn} о ходе реализации мероприятий.",)
    text = SectionText(0, chosen.id, section, request.roadmap_id or 0, period=PERIOD, paragraphs=words)
    order = Order(path, chosen, snapshot, replace(request, texts=(text,)))
    start = perf_counter()
    built = build(order)
    taken = perf_counter() - start
    if not built.pdf:
        raise RuntimeError(f"the preview has no pages: {built.refusal}")
    return taken
