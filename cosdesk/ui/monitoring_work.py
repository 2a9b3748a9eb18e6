"""The long work of monitoring: workbooks and letters out, answers in; aside, with progress, and cancelled at will."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from cosdesk.domain.district import District
from cosdesk.domain.monitoring import Value
from cosdesk.errors import UserError
from cosdesk.intake.answer_heap import answer_files, read_heap
from cosdesk.intake.answer_workbook import ReadWorkbook
from cosdesk.intake.answers import CollectedAnswer, RoundDesk, assess
from cosdesk.rounds import desk_of, last_values, letters, reply_draft, take
from cosdesk.store.monitoring import mark_sent
from cosdesk.ui.tasks import Progress, Tasks
from cosdesk.ui.workspace import Workspace

_UNREACHABLE = "Папка «{folder}» недоступна. Выберите другое место."


def send_out(
    workspace: Workspace,
    tasks: Tasks,
    desk: RoundDesk,
    school_ids: Sequence[int],
    folder: Path,
    with_books: bool,
    done: Callable[[str], None],
) -> None:
    """A draft for each school, and its workbook where wanted, into a folder; then the schools are «отправлено»."""
    district, file = workspace.snapshot.district, workspace.file
    last = last_values(file, workspace.snapshot, desk)

    def work(progress: Progress) -> list[int]:
        return _write_letters(district, desk, last, school_ids, folder, with_books, progress)

    def finish(sent: list[int]) -> None:
        if not workspace.is_open or workspace.file is not file:
            return
        with workspace.edit(f"Рассылка: {desk.round.title}") as edit:
            mark_sent(edit, desk.round.id, sent)
        what = "Книг и писем" if with_books else "Писем"
        done(f"{what} в папке: {len(sent)} – {folder}")

    tasks.run("Книги для школ" if with_books else "Письма школам", work, finish)


def _write_letters(
    district: District,
    desk: RoundDesk,
    last: Mapping[int, dict[str, Value]],
    school_ids: Sequence[int],
    folder: Path,
    with_books: bool,
    progress: Progress,
) -> list[int]:
    from cosdesk.reports.export import write_file

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(_UNREACHABLE.format(folder=folder)) from error
    sent = []
    for number, letter in enumerate(letters(district, desk, dict(last), school_ids)):
        progress.step(number, len(school_ids))
        if with_books:
            write_file(folder / letter.workbook_name, letter.workbook)
        write_file(folder / letter.draft_name, letter.draft)
        sent.append(letter.school.id)
    return sent


def files_among(paths: Iterable[Path]) -> list[Path]:
    """The files named, and those in the folders named."""
    found: list[Path] = []
    for path in paths:
        found += answer_files(path) if path.is_dir() else [path]
    return found


def read_answers_aside(
    workspace: Workspace, tasks: Tasks, paths: Iterable[Path], done: Callable[[Sequence[CollectedAnswer]], None]
) -> None:
    """Reads a heap of returned files and judges it; nothing is written yet."""
    files, file = files_among(paths), workspace.file
    if not files:
        raise UserError("В этой папке нет ни одного файла с ответом. Проверьте, та ли это папка.")

    def work(progress: Progress) -> list[tuple[Path, ReadWorkbook | UserError]]:
        found = []
        for number, each in enumerate(read_heap(files, lambda: progress.cancelled)):
            # A letter or an archive may hold many.
            progress.step(number + 1, max(number + 1, len(files)))
            found.append(each)
        return found

    def finish(read: list[tuple[Path, ReadWorkbook | UserError]]) -> None:
        if workspace.is_open and workspace.file is file:
            done(assess(read, workspace.snapshot.district.uid, desks(workspace)))

    tasks.run(f"Чтение ответов: {len(files)}", work, finish)


def take_answers(workspace: Workspace, collected: Sequence[CollectedAnswer]) -> int:
    """What was collected, as one edit; how many answers went in."""
    with workspace.edit(f"Ответы школ: файлов {len(collected)}") as edit:
        return take(edit, desks(workspace), collected)


def write_replies(workspace: Workspace, collected: Sequence[CollectedAnswer], folder: Path) -> int:
    """A draft of a reply for each school with remarks; how many."""
    from cosdesk.reports.export import write_file

    find, count = desks(workspace), 0
    for each in collected:
        desk = find(each.round_id) if each.round_id is not None else None
        draft = reply_draft(workspace.snapshot.district, desk, each) if desk and each.remarks else None
        if draft is not None:
            write_file(folder / f"{Path(each.file).stem}.eml", draft)
            count += 1
    return count


def desks(workspace: Workspace) -> Callable[[int], RoundDesk | None]:
    """Rounds with all that their answers are judged by, each read once."""
    known: dict[int, RoundDesk | None] = {}

    def find(round_id: int) -> RoundDesk | None:
        if round_id not in known:
            known[round_id] = desk_of(workspace.file, workspace.snapshot, round_id)
        return known[round_id]

    return find
