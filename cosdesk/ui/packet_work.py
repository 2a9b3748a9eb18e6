"""Making a packet of documents from the window: what is asked, the work aside, the sentence at its end."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from cosdesk.packet import Packet, Part, Wanted, composition, composition_text, packet_reports, write_packet
from cosdesk.reports.catalog import Report, reports
from cosdesk.reports.due import DuePaper
from cosdesk.reports.request import Request
from cosdesk.ui.packet_dialog import PacketDialog
from cosdesk.ui.page import Page
from cosdesk.ui.settings import last_folder, remember_folder
from cosdesk.ui.tasks import Progress, Task
from cosdesk.ui.wording import counted

_KEPT = "packet"


def run_packet(
    page: Page,
    due: Sequence[DuePaper],
    request_of: Callable[[Report, int | None], Request],
    told: Callable[[Packet, str], None],
) -> Task | None:
    """Asks what to make and makes it; ``told`` gets what came of it, given up or not.  None: nothing was asked for.

    What a row expects and is ``due`` is offered unticked; what was made the last time is ticked.
    """
    workspace = page.workspace
    dialog = _dialog(page, due)
    if not dialog.exec():
        return None
    # Read here: the file belongs to the window's thread.
    parts = [Part(wanted.report, request_of(wanted.report, wanted.item_id)) for wanted in dialog.chosen]
    workspace.file.keep_setting(_KEPT, composition_text(dialog.chosen, dialog.formats))
    snapshot, folder, formats, packet = workspace.snapshot, dialog.place, dialog.formats, Packet()
    remember_folder(folder / "пакет")
    path = workspace.file.path

    def work(progress: Progress) -> None:
        write_packet(snapshot, parts, folder, formats, packet, replace=False, step=progress.step)

    def end(_: Task) -> None:
        if workspace.is_open and workspace.file.path == path:
            told(packet, packet_sentence(packet, folder))

    return page.tasks.run("Составляется пакет документов", work, lambda _: None, end)


def _dialog(page: Page, due: Sequence[DuePaper]) -> PacketDialog:
    workspace, contents = page.workspace, page.workspace.contents
    own = replace(workspace.snapshot, roadmaps=(contents,) if contents else ())
    known = reports()
    row_reports = {report.id: report for report in known if report.needs_row}
    rows = {item.id for item in contents.items} if contents else set()
    kept, formats = composition(workspace.file.setting(_KEPT), rows, known)
    expected = [Wanted(row_reports[paper.report_id], paper.item_id) for paper in due if paper.report_id in row_reports]
    offered = [*(Wanted(report) for report in packet_reports(known)), *expected]
    dialog = PacketDialog(offered, kept, tuple(row_reports.values()), own, workspace.period.label, last_folder(), page)
    dialog.excel.setChecked("xlsx" in formats)
    dialog.word.setChecked("docx" in formats)
    return dialog


def packet_sentence(packet: Packet, folder: Path) -> str:
    """What lies in the folder now, and what could not be made."""
    count = counted(len(packet.made), "файл", "файла", "файлов")
    head = "Пакет сохранён" if packet.whole else "Пакет не закончен, сохранено"
    place = f" в папке «{folder.name}»" if folder.name else ""
    first = f"{head}: {count}{place}." if packet.made else "Пакет не составлен."
    return "\n\n".join(part for part in (first, *packet.refused) if part)
