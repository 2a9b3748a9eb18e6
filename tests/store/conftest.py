"""A district of our own in a real file."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from cosdesk.domain.district import District
from cosdesk.domain.indicator import Indicator, Target
from cosdesk.domain.roadmap import (
    Item,
    ItemKind,
    Roadmap,
    RoadmapContents,
    Section,
    Stamp,
    StampKind,
    Term,
    Unplaced,
)
from cosdesk.store import roadmaps
from cosdesk.store.file import DistrictFile

CONTENTS = RoadmapContents(
    Roadmap(1, "План мероприятий", "sections", goal="Цель", first_year=2021, last_year=2024),
    stamps=(Stamp(1, StampKind.APPROVED, "УТВЕРЖДАЮ", "Глава района", "П.П. Первый"),),
    sections=(Section(1, "1", "Организация"), Section(2, "2", "Связь")),
    items=(
        Item(1, ItemKind.RESULT, "Сайты обновлены", number="1.1", section_id=1, term=Term(start="-", end="31.12.2021")),
        Item(2, ItemKind.ACTIVITY, "Письмо школам", number="1.1.1", parent_id=1, section_id=1, responsible=("А", "Б")),
        Item(3, ItemKind.ACTIVITY, "Совещание", number="1.1.2", parent_id=1, section_id=1, term=Term("май 2021")),
        Item(4, ItemKind.INDICATOR, "Доля школ", number="2.1", section_id=2, controller=("Глава",)),
    ),
    indicators=(
        Indicator(1, "Доля школ", unit="процент", item_id=4, targets=(Target("2021", Decimal("62.5"), "62,5%"),)),
    ),
    unplaced=(Unplaced(1, "абзац 3", "Примечание"),),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "Заречный район.cosdesk"


@pytest.fixture
def file(path: Path) -> Iterator[DistrictFile]:
    with DistrictFile.create(path, District("Заречный район", uid="u")) as opened:
        with opened.edit("Импорт") as edit:
            roadmaps.add_roadmap(edit, CONTENTS)
        yield opened
