"""The command line called in this process, and the files it works on."""

from pathlib import Path

import pytest

from cosdesk import cli
from cosdesk.demo import make_demo
from cosdesk.domain.district import District
from cosdesk.domain.indicator import Indicator
from cosdesk.domain.roadmap import Item, ItemKind, Part, Roadmap, RoadmapContents, Section, Term
from cosdesk.store.file import DistrictFile
from cosdesk.store.roadmaps import add_roadmap
from tests.console.calling import Answer, Cosdesk


@pytest.fixture
def cosdesk(capsys: pytest.CaptureFixture[str]) -> Cosdesk:
    """The command line called in this process."""

    def run(*words: object) -> Answer:
        capsys.readouterr()
        code = cli.main([str(word) for word in words])
        said = capsys.readouterr()
        return Answer(code, said.out, said.err)

    return run


@pytest.fixture(scope="session")
def demo_bytes(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("demo") / "demo.cosdesk"
    make_demo(path)
    return path.read_bytes()


@pytest.fixture
def demo_file(tmp_path: Path, demo_bytes: bytes) -> Path:
    path = tmp_path / "Заречный район.cosdesk"
    path.write_bytes(demo_bytes)
    return path


@pytest.fixture
def small_file(tmp_path: Path) -> Path:
    """Rows whose numbers repeat: 1.1 among the results and in the plan, 2 twice in the plan."""
    path = tmp_path / "малый.cosdesk"
    contents = RoadmapContents(
        Roadmap(1, "Дорожная  карта\nрайона", "three-part", first_year=2019, last_year=2021),
        sections=(Section(1, "2", "Результаты", Part.RESULTS), Section(2, "3", "План"), Section(3, "4", "Ещё план")),
        items=(
            Item(1, ItemKind.RESULT, "Итог", "1.1", section_id=1),
            Item(2, ItemKind.ACTIVITY, "Провести\nмониторинг", "1.1", section_id=2, term=Term("Декабрь, май")),
            Item(3, ItemKind.ACTIVITY, "Первая двойка", "2", section_id=2),
            Item(4, ItemKind.ACTIVITY, "Вторая двойка", "2.", section_id=3),
            Item(5, ItemKind.MILESTONE, "Веха", "3", section_id=3, term=Term(start="-", end="31.12.2020")),
        ),
        indicators=(
            Indicator(1, "Доля школ с быстрым Интернетом", "1", unit="процент"),
            Indicator(2, "Доля обученных учителей", "", unit="процент"),
            Indicator(3, "Доля учителей с профилем", "", unit="процент"),
        ),
    )
    with DistrictFile.create(path, District("Малый район")) as file, file.edit("основа") as edit:
        add_roadmap(edit, contents)
    return path
