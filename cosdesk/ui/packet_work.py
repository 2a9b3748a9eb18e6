"""Making a packet of documents from the window: what is asked, the work aside, the sentence at its end."""

from collections.abc import Callable
from pathlib import Path

from cosdesk.packet import USUAL, Packet, Part, packet_reports, write_packet
from cosdesk.reports.catalog import Report
from cosdesk.reports.request import Request
from cosdesk.ui.packet_dialog import PacketDialog
from cosdesk.ui.page import Page
from cosdesk.ui.settings import last_folder, remember_folder
from cosdesk.ui.tasks import Progress, Task
from cosdesk.ui.wording import counted


def run_packet(page: Page, request_of: Callable[[Report], Request], told: Callable[[Packet, str], None]) -> Task | None:
    """Asks what to make and makes it; ``told`` gets what came of it, given up or not.  None: nothing was asked for."""
    workspace = page.workspace
    dialog = PacketDialog(packet_reports(), USUAL, workspace.period.label, last_folder(), page)
    if not dialog.exec():
        return None
    # Read here: the file belongs to the window's thread.
    parts = [Part(report, request_of(report)) for report in dialog.chosen]
    snapshot, folder, formats, packet = workspace.snapshot, dialog.place, dialog.formats, Packet()
    remember_folder(folder / "пакет")
    path = workspace.file.path

    def work(progress: Progress) -> None:
        write_packet(snapshot, parts, folder, formats, packet, replace=False, step=progress.step)

    def end(_: Task) -> None:
        if workspace.is_open and workspace.file.path == path:
            told(packet, packet_sentence(packet, folder))

    return page.tasks.run("Составляется пакет документов", work, lambda _: None, end)


def packet_sentence(packet: Packet, folder: Path) -> str:
    """What lies in the folder now, and what could not be made."""
    count = counted(len(packet.made), "файл", "файла", "файлов")
    head = "Пакет сохранён" if packet.whole else "Пакет не закончен, сохранено"
    place = f" в папке «{folder.name}»" if folder.name else ""
    first = f"{head}: {count}{place}." if packet.made else "Пакет не составлен."
    return "\n\n".join(part for part in (first, *packet.refused) if part)
