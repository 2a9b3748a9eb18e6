"""A district to break, the shim under the disk, and a data folder of each test's own."""

from pathlib import Path

import pytest

from cosdesk.domain.district import District
from cosdesk.domain.roadmap import Item, ItemKind, Roadmap, RoadmapContents, Section
from cosdesk.store import backup, opening, roadmaps
from cosdesk.store.file import DistrictFile
from tests.faults.disk import build_shim

CONTENTS = RoadmapContents(
    Roadmap(1, "План", "sections", first_year=2021, last_year=2024),
    sections=(Section(1, "1", "Раздел"),),
    items=tuple(Item(n, ItemKind.ACTIVITY, "0", number=str(n), section_id=1) for n in range(1, 5)),
)


@pytest.fixture(autouse=True)
def own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for module in (backup, opening):
        monkeypatch.setattr(module, "user_data_folder", lambda: tmp_path / "данные")
    return tmp_path / "данные"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A closed district's file, alone in its folder: four rows titled «0»."""
    folder = tmp_path / "disk"
    folder.mkdir()
    made = folder / "district.cosdesk"
    with DistrictFile.create(made, District("Район", uid="u")) as file, file.edit("Импорт") as edit:
        roadmaps.add_roadmap(edit, CONTENTS)
    return made


@pytest.fixture(scope="session")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_shim(tmp_path_factory.mktemp("shim"))


@pytest.fixture
def is_long(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--long"))
