"""The letterhead in a file: kept, undone and redone with its picture, whole in a copy."""

from pathlib import Path

from cosdesk.domain.district import District
from cosdesk.domain.letterhead import Arrangement, Letterhead, Standard
from cosdesk.store.file import DistrictFile
from cosdesk.store.letterheads import change_letterhead

FIRST = Letterhead(
    Arrangement.LENGTHWISE, "Управление образования", inn="7707083893", picture=b"\x89PNG one", coded=True
)
SECOND = Letterhead(names="Отдел образования", picture=b"\x89PNG two", standard=Standard.EDITION_2016)


def test_a_letterhead_comes_back_as_it_was_at_every_step(tmp_path: Path) -> None:
    path = tmp_path / "Район.cosdesk"
    with DistrictFile.create(path, District("Заречный район")) as file:
        assert file.snapshot().letterhead == Letterhead()
        for letterhead in (FIRST, SECOND):
            with file.edit("Бланк учреждения") as edit:
                change_letterhead(edit, letterhead)
            assert file.snapshot().letterhead == letterhead
        file.undo()
        assert file.snapshot().letterhead == FIRST
        file.undo()
        assert file.snapshot().letterhead == Letterhead()
        file.redo()
        file.redo()
    with DistrictFile.open(path) as file:
        assert file.snapshot().letterhead == SECOND


def test_a_picture_spoilt_on_the_disk_is_left_out(tmp_path: Path) -> None:
    with DistrictFile.create(tmp_path / "Район.cosdesk", District("Заречный район")) as file:
        with file.edit("Бланк учреждения") as edit:
            change_letterhead(edit, FIRST)
        file._database.conn.execute("UPDATE blob SET content = x'00'")
        kept = file.snapshot().letterhead
    assert kept.picture == b"" and kept.names == FIRST.names
