"""The open district: its snapshot, edits that tell what changed, undo."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from getpass import getuser
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from cosdesk.domain.agenda import AgendaLine, RowLines, agenda
from cosdesk.domain.district import District, Snapshot
from cosdesk.domain.indicator import Actual
from cosdesk.domain.period import Period, last_ended_quarter, period_to_report
from cosdesk.domain.roadmap import RoadmapContents
from cosdesk.domain.state import ItemState, actuals_by_indicator, item_states
from cosdesk.errors import UserError
from cosdesk.store.edit import Edit, FieldChange
from cosdesk.store.file import DistrictFile, UncertainWriteError
from cosdesk.store.opening import DiskFullError


class Workspace(QObject):
    """What every page reads and the one way by which it writes.

    ``opened`` says that another file (or none) is open and everything is new; ``changed``
    carries the names of the tables an edit touched; ``period_changed`` and
    ``roadmap_changed`` that the period or the roadmap at hand is another.  ``losing`` is to be
    emitted before much is deleted, with the reason of the backup made then; ``disk_full`` follows an edit
    that found no room.
    """

    opened = Signal()
    changed = Signal(frozenset)
    period_changed = Signal()
    roadmap_changed = Signal()
    losing = Signal(str)
    disk_full = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file: DistrictFile | None = None
        self._snapshot: Snapshot | None = None
        self._states: dict[int, ItemState] | None = None
        self._actuals: dict[int, dict[str, Actual]] | None = None
        self._agenda: tuple[date, Period, tuple[AgendaLine, ...]] | None = None
        self._row_lines = RowLines(date.today())
        self._roadmap_id: int | None = None
        self._period = last_ended_quarter(date.today())
        self.saved_at: datetime | None = None

    # --- the file

    @property
    def is_open(self) -> bool:
        return self._file is not None

    @property
    def is_writable(self) -> bool:
        """Whether a file is open that may be changed; views ask it even while the file is being closed."""
        return self._file is not None and not self._file.read_only

    @property
    def file(self) -> DistrictFile:
        """The open file; ``UserError`` when there is none."""
        if self._file is None:
            raise UserError("Файл района не открыт. Откройте его или создайте новый.")
        return self._file

    def open(self, path: Path, read_only: bool = False, take_over: bool = False) -> None:
        """Opens a file in place of the present one, which stays open when the new one is refused."""
        if self._file is not None and path.absolute() == self._file.path.absolute():
            return
        self._take(DistrictFile.open(path, read_only, take_over))

    def create(self, path: Path, district: District, overwrite: bool = False) -> None:
        if self._file is not None and path.absolute() == self._file.path.absolute():
            raise UserError("Этот файл сейчас открыт. Выберите другое имя.")
        self._take(DistrictFile.create(path, district, overwrite))

    def close(self) -> None:
        if self._file is not None:
            gc.unfreeze()
            self._file.close()
            self._file = None
            self._forget()
            self.opened.emit()

    def _take(self, file: DistrictFile) -> None:
        try:
            snapshot = file.snapshot()
        except BaseException:
            file.close()
            raise
        another = self._file is not None
        if self._file is not None:
            gc.unfreeze()
            self._file.close()
        file.who = getuser()
        self._file = file
        self._row_lines = RowLines(date.today())
        self._forget()
        self._snapshot = snapshot
        self.saved_at = None
        self._roadmap_id = snapshot.roadmaps[0].roadmap.id if snapshot.roadmaps else None
        self._suit_period()
        self.opened.emit()
        # What was read stays till another file is opened: looked through for garbage again and again, it would
        # hold the window up for a tenth of a second each time.
        if another:
            gc.collect()
        gc.freeze()

    # --- what it holds

    @property
    def snapshot(self) -> Snapshot:
        if self._snapshot is None:
            self._snapshot = self.file.snapshot()
        return self._snapshot

    @property
    def contents(self) -> RoadmapContents | None:
        """The roadmap at hand, None in a district without one."""
        roadmaps = self.snapshot.roadmaps
        chosen = next((c for c in roadmaps if c.roadmap.id == self._roadmap_id), None)
        return chosen or (roadmaps[0] if roadmaps else None)

    @property
    def states(self) -> dict[int, ItemState]:
        """The state of each row of the roadmap at hand."""
        if self._states is None:
            self._states = item_states(self.snapshot, self.contents) if self.contents else {}
        return self._states

    @property
    def actuals(self) -> dict[int, dict[str, Actual]]:
        """Recorded values by indicator id and period code."""
        if self._actuals is None:
            self._actuals = actuals_by_indicator(self.snapshot)
        return self._actuals

    @property
    def agenda(self) -> tuple[AgendaLine, ...]:
        """What burns today, for the reporting period at hand; worked out once for all who show it."""
        today = date.today()
        if self._agenda is None or self._agenda[:2] != (today, self._period):
            known = self.states if self.snapshot.today == today else None
            if self._row_lines.on != today:
                self._row_lines = RowLines(today)
            self._agenda = (today, self._period, agenda(self.snapshot, today, self._period, known, self._row_lines))
        return self._agenda[2]

    def choose_roadmap(self, roadmap_id: int) -> None:
        if roadmap_id != self._roadmap_id:
            self._roadmap_id = roadmap_id
            self._states = None
            self._suit_period()
            self.roadmap_changed.emit()

    def _suit_period(self) -> None:
        """Another period where the one at hand lies outside the plan: an old roadmap is not empty at first sight."""
        years = self.contents.roadmap.years if self.contents else None
        if years and not years[0] <= self._period.year <= years[1]:
            self.choose_period(period_to_report(date.today(), years))

    @property
    def period(self) -> Period:
        """The reporting period chosen at the top of the window."""
        return self._period

    def choose_period(self, period: Period) -> None:
        if period != self._period:
            self._period = period
            self.period_changed.emit()

    # --- changing it

    @contextmanager
    def edit(self, title: str) -> Iterator[Edit]:
        """One named edit in one transaction; afterwards the views are told what changed."""
        try:
            with self.file.edit(title) as edit:
                yield edit
        except DiskFullError:
            self.disk_full.emit()
            raise
        except UncertainWriteError:
            # What stands in the file is read anew once the medium answers.
            self._forget()
            raise
        self._after(edit.changes)

    @property
    def undo_title(self) -> str:
        step = self._file.journal.next_undo() if self._file and not self._file.read_only else None
        return step.title if step else ""

    @property
    def redo_title(self) -> str:
        step = self._file.journal.next_redo() if self._file and not self._file.read_only else None
        return step.title if step else ""

    def undo(self) -> None:
        step = self.file.journal.next_undo()
        if step and self.file.undo():
            self._after(self.file.journal.changes(step.id))

    def redo(self) -> None:
        step = self.file.journal.next_redo()
        if step and self.file.redo():
            self._after(self.file.journal.changes(step.id))

    def read_anew(self) -> None:
        """After a change that is no edit: nothing of what was read before stands."""
        self._forget()
        self.saved_at = datetime.now()
        self.changed.emit(frozenset())

    def _after(self, changes: Sequence[FieldChange]) -> None:
        if not changes:
            return
        self.saved_at = datetime.now()
        former, states = self._snapshot, self._states
        self._forget()
        if former is not None:
            self._snapshot = self.file.refreshed(former, changes)
            self._states = self._kept_states(former, states)
        self.changed.emit(frozenset(change.table for change in changes))

    def _kept_states(self, former: Snapshot, states: dict[int, ItemState] | None) -> dict[int, ItemState] | None:
        # What is the same row with the same records stands where it stood.
        contents, snapshot = self.contents, self._snapshot
        if states is None or contents is None or snapshot is None:
            return None
        before = next((c for c in former.roadmaps if c.roadmap.id == contents.roadmap.id), None)
        if before is None or before.roadmap.years != contents.roadmap.years or snapshot.norms != former.norms:
            return None
        return item_states(snapshot, contents, states)

    def _forget(self) -> None:
        self._snapshot = None
        self._states = None
        self._actuals = None
        self._agenda = None

