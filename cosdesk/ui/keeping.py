"""Backups while the window is open: when they are made, the second medium, the disk that fills up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from cosdesk.errors import UserError
from cosdesk.store import backup
from cosdesk.store.backup import Backup
from cosdesk.store.verify import look
from cosdesk.ui.settings import settings
from cosdesk.ui.tasks import Tasks
from cosdesk.ui.workspace import Workspace

USUAL_MINUTES, MINUTES = 30, (5, 240)
"""Between two backups while the work goes on."""
_FIRST = timedelta(minutes=2)  # after opening, when the hands have begun to work
_RESERVE_AFTER = timedelta(seconds=5)
_OLDEST = timedelta(days=7)
USUAL_DAYS, DAYS = 7, (1, 90)
"""Without a backup on the second medium before it is spoken of."""
AT_ONCE = 16 * 1024 * 1024
"""Files up to this size are copied within the window's thread; larger ones by a child process."""


class Keeping(QObject):
    """Makes the backups nobody has to think of.

    ``made`` follows every backup and every failed one; ``warned`` carries a sentence for the
    banner, ``disk_filled`` one that offers another disk.
    """

    made = Signal()
    warned = Signal(str)
    disk_filled = Signal(str)

    def __init__(self, workspace: Workspace, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._tasks = tasks
        self._newest: Backup | None = None
        self._backed_mark = ""
        self._known: tuple[Path, str, str, str] | None = None
        self._is_running = False
        self._told_full = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.tick)
        self._reserve = QTimer(self, singleShot=True, interval=_milliseconds(_RESERVE_AFTER))
        self._reserve.timeout.connect(self._keep_reserve)
        workspace.opened.connect(self._follow)
        workspace.changed.connect(self._note)
        workspace.losing.connect(self._before_losing)
        workspace.disk_full.connect(
            lambda: self.disk_filled.emit(
                "На диске нет места, последнее изменение не записано. Освободите место или перейдите на другой диск."
            )
        )

    # --- following the open file

    def _follow(self) -> None:
        if not self._workspace.is_open:
            # The window closes, or another file follows: either way what was open is not forgotten yet.
            self._timer.stop()
            self.made.emit()
            return
        self._back_up_former()
        self._newest, self._backed_mark, self._known, self._told_full = None, "", None, False
        self._timer.stop()
        if self._workspace.file.read_only:
            self.made.emit()
            return
        self._remember_newest()
        self._note(frozenset())
        self._timer.start(_milliseconds(_FIRST))
        self._reserve.start()
        self.made.emit()
        if reminder := medium_reminder(datetime.now()):
            self.warned.emit(reminder)

    def _note(self, tables: frozenset[str]) -> None:
        """What must be known of the file once it is closed."""
        if not self._workspace.is_open or self._workspace.file.read_only:
            return
        file = self._workspace.file
        self._known = (file.path, file.uid, self._workspace.snapshot.district.name, file.mark)
        if file.reserve.spent and not self._told_full:
            self._told_full = True
            self.disk_filled.emit(
                "На диске почти нет места. Изменения пока сохраняются; освободите место или перейдите на другой диск."
            )

    def _remember_newest(self) -> None:
        copies = backup.backups_of(self._workspace.file.uid)
        self._newest = copies[0] if copies else None
        try:
            self._backed_mark = look(copies[0].path, pages=False).mark if copies else ""
        except UserError:
            self._backed_mark = ""

    def _keep_reserve(self) -> None:
        if self._workspace.is_open and not self._workspace.file.read_only:
            self._workspace.file.reserve.keep()

    # --- making backups

    def tick(self) -> None:
        """Makes a backup when something changed since the last one, or when that is a week old."""
        self._timer.start(_milliseconds(timedelta(minutes=minutes_between())))
        if not self._workspace.is_open or self._workspace.file.read_only or self._is_running:
            return
        is_old = self._newest is None or datetime.now() - self._newest.at > _OLDEST
        if is_old or self._workspace.file.mark != self._backed_mark:
            self.back_up_aside()

    def back_up_aside(self, reason: str = "", then: Callable[[], object] | None = None) -> None:
        """A backup made while the work goes on, then ``then``; a failure is told in the banner."""
        file = self._workspace.file
        path, uid, name, mark = file.path, file.uid, self._workspace.snapshot.district.name, file.mark
        self._is_running = True

        def done(result: Backup | UserError) -> None:
            self._is_running = False
            self._take(result, mark)
            if then is not None:
                then()

        self._tasks.run("Резервная копия", lambda _: _aside(path, uid, name, reason), done)

    def before(self, reason: str, then: Callable[[], object]) -> None:
        """A backup, then ``then``: at once for a file of usual size, after a child process for a large one."""
        if not self._workspace.is_open or self._workspace.file.read_only:
            then()
            return
        file = self._workspace.file
        if file.size > AT_ONCE:
            self.back_up_aside(reason, then)
            return
        if file.mark != self._backed_mark:
            mark = file.mark
            try:
                self._take(_carried(file.back_up(reason)), mark)
            except UserError as error:
                self._take(error, mark)
        then()

    def _before_losing(self, reason: str) -> None:
        # A large file is not waited for: an undo brings everything back, and its copies are half an hour apart.
        if self._workspace.file.size <= AT_ONCE:
            self.before(reason, lambda: None)

    def close(self) -> None:
        """After the file is closed: its last backup, when something changed; once a year its plain copy."""
        if self._workspace.is_open or not self._known or self._known[3] == self._backed_mark:
            return
        path, uid, name, mark = self._known
        self._known = None
        with backup.new_backup(uid, name, path) as target:
            backup.copy_bytes(path, target)
        self._take(_carried(backup.backup_at(target)), mark)
        from cosdesk.plain_copy import keep_yearly

        # Of the backup, which is closed for good, not of the file, which may be opened anew by now.
        keep_yearly(target, uid, date.today())

    def _back_up_former(self) -> None:
        """Another file was opened in place of one that had changed."""
        if not self._known or self._known[3] == self._backed_mark:
            return
        path, uid, name, _ = self._known
        if self._workspace.file.path == path:
            return
        self._known = None
        self._tasks.run("Резервная копия", lambda _: _aside(path, uid, name, ""), lambda _: None)

    def _take(self, result: Backup | UserError, mark: str) -> None:
        if isinstance(result, UserError):
            self.warned.emit(str(result))
        else:
            self._newest, self._backed_mark = result, mark
        self.made.emit()

    def copied_text(self) -> str:
        """«копия сегодня в 13:30», empty without an open file."""
        if not self._workspace.is_open or self._workspace.file.read_only:
            return ""
        return f"· {told_time(self._newest.at)}" if self._newest else "· копии пока нет"


def told_time(at: datetime) -> str:
    """«копия сегодня в 13:30», «копия вчера в 18:02», «копия 12.07.2026»."""
    days = (date.today() - at.date()).days
    named = {0: "сегодня", 1: "вчера"}.get(days)
    return f"копия {named} в {at:%H:%M}" if named else f"копия {at:%d.%m.%Y}"


# --- how often


def minutes_between() -> int:
    """Minutes between two backups; the usual ones where nothing sensible is set."""
    return _kept_number("keeping/minutes", USUAL_MINUTES, MINUTES)


def choose_minutes_between(minutes: int) -> None:
    settings().setValue("keeping/minutes", minutes)


def days_unseen() -> int:
    """Days after which the second medium is missed; the usual ones where nothing sensible is set."""
    return _kept_number("medium/days", USUAL_DAYS, DAYS)


def choose_days_unseen(days: int) -> None:
    settings().setValue("medium/days", days)


def _kept_number(name: str, usual: int, bounds: tuple[int, int]) -> int:
    value = str(settings().value(name, ""))
    return int(value) if value.isdecimal() and bounds[0] <= int(value) <= bounds[1] else usual


# --- the second medium


def medium_folder() -> Path | None:
    """The folder on a flash drive or another disk, None while none is chosen."""
    value = str(settings().value("medium/folder", ""))
    return Path(value) if value else None


def choose_medium(folder: Path | None) -> None:
    settings().setValue("medium/folder", str(folder) if folder else "")
    settings().setValue("medium/seen", datetime.now().isoformat(timespec="seconds"))


def medium_seen() -> datetime | None:
    """When a backup last reached the second medium."""
    try:
        return datetime.fromisoformat(str(settings().value("medium/seen", "")))
    except ValueError:
        return None


def medium_reminder(now: datetime) -> str:
    """A sentence when the medium has not been seen for too long, else empty."""
    folder, seen = medium_folder(), medium_seen()
    if folder is None or seen is None or now - seen <= timedelta(days=days_unseen()):
        return ""
    return (
        f"Копий на второй носитель не было с {seen:%d.%m.%Y}. Подключите носитель с папкой «{folder}»"
        " – копия запишется сама."
    )


def _aside(path: Path, uid: str, name: str, reason: str) -> Backup | UserError:
    try:
        return _carried(backup.back_up_aside(path, uid, name, reason))
    except UserError as error:
        return error


def _carried(made: Backup) -> Backup:
    """The backup on the second medium too; that it is not there today is the reminder's concern."""
    folder = medium_folder()
    if folder is not None and folder.is_dir():
        try:
            backup.copy_to_medium(made, folder / _medium_name(made.path.parent))
            settings().setValue("medium/seen", datetime.now().isoformat(timespec="seconds"))
        except UserError:
            return made
    return made


def medium_copies_folder(uid: str) -> Path | None:
    """Where on the second medium the copies of a district lie; None while no medium is chosen."""
    folder = medium_folder()
    return folder / _medium_name(backup.backups_folder(uid)) if folder else None


def _medium_name(copies: Path) -> str:
    return f"cosdesk {copies.name[:12]}"


def _milliseconds(span: timedelta) -> int:
    return int(span.total_seconds() * 1000)
