"""A year played through on the demo district as a new user would: forms sent, answers back however schools return
them, indicators counted, the period closed and reopened, the risk carried on."""

import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from cosdesk.demo import make_demo
from cosdesk.domain.agenda import Topic
from cosdesk.domain.monitoring import AnswerState, Round
from cosdesk.domain.period import Period, PeriodKind, parse_period
from cosdesk.domain.risk import Risk, RiskKind, risks_in
from cosdesk.domain.state import actuals_by_indicator
from cosdesk.errors import UserError
from cosdesk.forms.monitoring_form import monitoring_form
from cosdesk.intake.answer_workbook import read_workbook
from cosdesk.intake.answers import CollectedAnswer, Outcome
from cosdesk.rounds import new_round
from cosdesk.store.indicators import set_actual
from cosdesk.store.monitoring import add_round, change_round, set_state
from cosdesk.store.periods import close_period, reopen_period
from cosdesk.store.risks import add_risk, close_risk
from cosdesk.ui.collect_dialog import CollectDialog
from cosdesk.ui.indicators_page import IndicatorsPage
from cosdesk.ui.main_window import MainWindow
from cosdesk.ui.monitoring_page import MonitoringPage
from cosdesk.ui.monitoring_work import read_answers_aside, send_out, take_answers, write_replies
from cosdesk.ui.schools_behind_dialog import SchoolsBehindDialog
from cosdesk.ui.today_page import TodayPage
from tests.intake.test_heap_parts import archive, mail
from tests.rounds import fill

pytestmark = [pytest.mark.long, pytest.mark.qt_log_ignore("This plugin does not support")]
TODAY = date.today()
QUARTER = Period(TODAY.year, PeriodKind.QUARTER, 4)
NEXT = Period(TODAY.year + 1, PeriodKind.QUARTER, 1)
INTERNET = {
    "speed_contract": 100, "speed_measured": 96.5, "measured_on": TODAY - timedelta(days=9),
    "operator": "ПАО «Связь», договор № 5", "guaranteed": "да",
}  # fmt: skip
SLOW = {**INTERNET, "speed_measured": 12}
PLATFORM = {"connected": "да", "used": "да", "teachers_using": 2, "learners_using": 3, "services": "журнал"}


@dataclass
class District:
    """The window over the demo, and how a user works in it."""

    window: MainWindow
    qtbot: QtBot
    folder: Path

    def begin(self, form_id: str, due: date) -> Round:
        workspace, form = self.window.workspace, monitoring_form(form_id)
        with workspace.edit(f"Мониторинг {form_id}") as edit:
            found = new_round(workspace.snapshot, form, QUARTER.code, due)
            added = add_round(edit, found, form, workspace.snapshot.schools)
        return self.round(added)

    def round(self, round_id: int) -> Round:
        return next(each for each in self.window.workspace.snapshot.rounds if each.id == round_id)

    def page(self, found: Round) -> MonitoringPage:
        page = self.window.show_page("Мониторинг")
        assert isinstance(page, MonitoringPage)
        page.show_round(found.id)
        return page

    def send(self, found: Round) -> list[Path]:
        """The workbooks written into a folder by the page's own work, in the order of the schools."""
        page, told = self.page(found), list[str]()
        desk = page.model.desk
        assert desk is not None
        target = self.folder / f"Формы {found.form}"
        send_out(page.workspace, page.tasks, desk, list(desk.schools), target, True, told.append)
        self.qtbot.waitUntil(lambda: bool(told), timeout=60_000)
        drafts = sorted(target.glob("*.eml"))
        assert len(drafts) == len(desk.schools)
        letters = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in drafts]
        assert all(letter["X-Unsent"] == "1" for letter in letters)
        identities = {read_workbook(path).identity: path for path in target.glob("*.xlsx")}
        return [
            path for school in desk.schools for known, path in identities.items() if known and known.school_id == school
        ]

    def collect(self, paths: Sequence[Path]) -> list[CollectedAnswer]:
        """Read aside, looked over in the dialog, written; what the dialog said of each file."""
        page, results = self.window.show_page("Мониторинг"), list[Any]()
        read_answers_aside(page.workspace, page.tasks, paths, results.append)
        self.qtbot.waitUntil(lambda: bool(results), timeout=120_000)
        dialog = CollectDialog(results[0], page)
        self.qtbot.addWidget(dialog)
        take_answers(page.workspace, dialog.collected)
        return dialog.collected

    def silent(self, found: Round) -> set[str]:
        """Who the start page says has not answered."""
        page = self.window.show_page("Сегодня")
        assert isinstance(page, TodayPage)
        lines = [line for line in page.shown_lines() if line.topic is Topic.NO_ANSWER and line.round_id == found.id]
        if not lines:
            return set()
        return set(lines[0].title.removeprefix(f"{found.title}: ").split(", "))

    def actual(self, indicator_id: int) -> tuple[Decimal | None, Decimal | None]:
        value = actuals_by_indicator(self.window.workspace.snapshot)[indicator_id].get(QUARTER.code)
        return (value.numerator, value.denominator) if value else (None, None)


@pytest.fixture
def district(qtbot: QtBot, tmp_path: Path) -> Iterator[District]:
    window = MainWindow()
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    make_demo(tmp_path / "Заречный район.cosdesk")
    window.open_file(tmp_path / "Заречный район.cosdesk")
    window.workspace.choose_period(QUARTER)
    yield District(window, qtbot, tmp_path)
    qtbot.waitUntil(lambda: not window.tasks.is_busy, timeout=30_000)
    window.close()


def saved_again(paths: Sequence[Path], folder: Path, kind: str) -> list[Path]:
    """What LibreOffice makes of the files, where it is there; else copies."""
    folder.mkdir()
    office = shutil.which("soffice")
    if office is None:
        return [Path(shutil.copy(path, folder)) for path in paths]
    profile = f"-env:UserInstallation={(folder.parent / 'lo').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", kind, "--outdir", str(folder), *map(str, paths)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return [folder / f"{path.stem}.{kind}" for path in paths]


def answered(path: Path, values: dict[str, Any], change: Callable[[Any], None] | None = None) -> Path:
    path.write_bytes(fill(path.read_bytes(), values, change=change))
    return path


def moved(book: Any) -> None:
    """As a school does that tidies up: columns in another order, a row more, no protection."""
    sheet = book["Ответ"]
    for merged in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merged))
    sheet.protection.sheet = False
    sheet.move_range(f"D1:D{sheet.max_row}", cols=6)
    sheet.insert_rows(2)


def test_a_year_is_played_through(district: District, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = district.window.workspace
    names = [school.short_name or school.name for school in workspace.snapshot.schools]

    # Two rounds go out: the first one's term passes.
    internet = district.begin("internet", TODAY - timedelta(days=1))
    platform = district.begin("platform", TODAY + timedelta(days=5))
    fed, other = internet.feeds[0].indicator_id, platform.feeds[0].indicator_id
    assert fed is not None and fed != other
    books, others = district.send(internet), district.send(platform)
    assert district.round(internet.id).counts == {AnswerState.SENT: len(names)}
    assert district.silent(internet) == district.silent(platform) == set(names)

    # The schools answer: two good ones, one slow, one wrong, one twice, one stale, the rest are silent.
    old = datetime.now().replace(microsecond=0) - timedelta(days=20)
    stale = tmp_path / "старый.xlsx"
    stale.write_bytes(fill(books[0].read_bytes(), SLOW, old))
    good = [answered(books[0], INTERNET), answered(books[1], SLOW), answered(books[2], INTERNET)]
    by_office = saved_again(good, tmp_path / "из LibreOffice", "xlsx")
    as_ods = saved_again([answered(books[3], INTERNET)], tmp_path / "ods", "ods")
    wrong = answered(books[4], {**INTERNET, "speed_measured": "быстрая"})
    heap = tmp_path / "Ответы"
    heap.mkdir()
    for number, path in enumerate((*by_office, *as_ods, wrong)):
        shutil.copy(path, heap / f"документ{number}{path.suffix}")
    shutil.copy(by_office[0], heap / "документ0 (1).xlsx")
    shutil.copy(stale, heap)
    (heap / "письмо.eml").write_bytes(mail({"Форма.xlsx": answered(books[5], INTERNET, moved).read_bytes()}).as_bytes())
    (heap / "посторонний.xlsx").write_bytes(b"PK\x03\x04 nothing")
    found = {each.file: each for each in district.collect([heap])}
    outcomes = {name: each.outcome for name, each in found.items()}
    twins = {outcomes.pop("документ0.xlsx"), outcomes.pop("документ0 (1).xlsx")}
    assert twins == {Outcome.REMARKS, Outcome.DOUBLED}
    assert outcomes == {
        "документ1.xlsx": Outcome.REMARKS, "документ2.xlsx": Outcome.REMARKS,
        f"документ3{as_ods[0].suffix}": Outcome.REMARKS, "документ4.xlsx": Outcome.SENT_BACK,
        "старый.xlsx": Outcome.OLDER, "письмо.eml → Форма.xlsx": Outcome.REMARKS,
        "посторонний.xlsx": Outcome.REFUSED,
    }  # fmt: skip
    assert all("после срока" in remark.message for remark in found["документ1.xlsx"].remarks)
    (told,) = [remark for remark in found["документ4.xlsx"].remarks if remark.strict]
    assert told.message == "«Измеренная скорость»: нужно число, а не «быстрая»" and told.cell.startswith("D")
    assert write_replies(workspace, list(found.values()), tmp_path) >= 1
    reply = (tmp_path / "документ4.eml").read_bytes()
    body = message_from_bytes(reply, policy=policy.default).get_content()  # type: ignore[attr-defined]
    assert f"ячейка {told.cell}" in body

    # The start page tells who is missing, the indicator has moved and opens into its schools.
    assert district.silent(internet) == set(names[4:5] + names[6:])
    assert district.actual(fed) == (4, 5)
    behind = workspace.file.schools_behind(internet.id, "schools")
    assert sum(part.numerator or 0 for part in behind) == 4 and behind[1].complies is False
    opened: list[SchoolsBehindDialog] = []
    monkeypatch.setattr(SchoolsBehindDialog, "exec", lambda dialog: opened.append(dialog))
    page = district.window.show_page("Показатели")
    assert isinstance(page, IndicatorsPage)
    page.show_indicator(fed)
    page.show_schools()
    (dialog,) = opened
    assert dialog.view.count == len(names)

    # The wrong one is mended, the late ones come, one of them by a letter with an archive.
    rest = [answered(books[4], INTERNET), *(answered(book, INTERNET) for book in books[6:])]
    (tmp_path / "поздние.zip").write_bytes(archive({path.name: path.read_bytes() for path in rest}))
    assert {each.outcome for each in district.collect([tmp_path / "поздние.zip"])} == {Outcome.REMARKS}
    assert district.silent(internet) == set() and district.actual(fed) == (len(names) - 1, len(names))
    filled = saved_again([answered(book, PLATFORM) for book in others], tmp_path / "платформа", "xlsx")
    assert {each.outcome for each in district.collect(filled)} == {Outcome.ACCEPTED}
    feed = district.round(platform.id).feeds[0]
    assert feed.answered == len(names) and feed.denominator and feed.numerator

    # All is accepted, the round ends, the period is closed: nothing moves any more, not by undo either.
    with workspace.edit("Принято") as edit:
        set_state(edit, internet.id, [school.id for school in workspace.snapshot.schools], AnswerState.ACCEPTED)
    with workspace.edit("Завершён") as edit:
        change_round(edit, replace(district.round(internet.id), closed_on=TODAY))
    with workspace.edit("Закрытие") as edit:
        close_period(edit, QUARTER.code)
    before = district.actual(fed)
    (refused,) = district.collect([by_office[1]])
    assert refused.outcome is Outcome.REFUSED and f"период «{QUARTER.label}» закрыт" in refused.message
    with pytest.raises(UserError, match="закрыт, его значения не меняются"):
        workspace.undo()
    recorded = actuals_by_indicator(workspace.snapshot)[fed][QUARTER.code]
    with pytest.raises(UserError, match="закрыт"), workspace.edit("Факт") as edit:
        set_actual(edit, replace(recorded, reason="позже"))
    assert district.actual(fed) == before
    with workspace.edit("Открытие") as edit:
        reopen_period(edit, QUARTER.code, "школа уточнила скорость")
    answer = answered(books[1], INTERNET)
    assert district.collect([answer])[0].outcome is Outcome.REMARKS
    assert district.actual(fed) == (len(names), len(names))
    with workspace.edit("Закрытие") as edit:
        close_period(edit, QUARTER.code)
    reasons = [(c.stands, c.reason) for c in workspace.snapshot.closures if c.period == QUARTER.code]
    assert reasons == [(False, "школа уточнила скорость"), (True, "")]

    # A risk told in this period is carried into the next ones until it is closed.
    with workspace.edit("Риск") as edit:
        risk = add_risk(edit, Risk(0, RiskKind.RISK, "Линия может не выдержать", QUARTER.code, indicator_id=fed))
    assert [each.id for each in risks_in(workspace.snapshot.risks, NEXT)][-1:] == [risk]
    with workspace.edit("Риск снят") as edit:
        close_risk(edit, risk, NEXT.end, "линия усилена")
    later = parse_period(f"{TODAY.year + 1}-Q2")
    assert risk in [each.id for each in risks_in(workspace.snapshot.risks, NEXT)]
    assert risk not in [each.id for each in risks_in(workspace.snapshot.risks, later)]
