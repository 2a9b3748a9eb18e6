"""A frozen edition is read back exactly, and tells what changed since."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from cosdesk.domain.edition import (
    Difference,
    Edition,
    differences,
    edition_on_paper,
    fingerprint_of,
    freeze,
    next_number,
)
from cosdesk.domain.indicator import Indicator, Target
from cosdesk.domain.roadmap import Item, ItemKind, Roadmap, RoadmapContents, Section, Stamp, StampKind, Term, Unplaced

CONTENTS = RoadmapContents(
    Roadmap(1, "План", "sections", first_year=2021, last_year=2024),
    stamps=(Stamp(1, StampKind.APPROVED, "УТВЕРЖДАЮ", on=date(2021, 1, 11)),),
    sections=(Section(1, "1", "Связь"), Section(2, "2", "Кадры")),
    items=(
        Item(1, ItemKind.RESULT, "Сайты", number="1.1", section_id=1, responsible=("Отдел", "Школы")),
        Item(2, ItemKind.ACTIVITY, "Письмо", number="1.1.1", parent_id=1, section_id=1, term=Term("май 2021")),
    ),
    indicators=(Indicator(1, "Доля", baseline=Decimal("0.5"), targets=(Target("2021", Decimal("62.5"), "62,5%"),)),),
)


def edition(contents: RoadmapContents) -> Edition:
    frozen = freeze(contents)
    return Edition(1, 1, "1", None, "", "", datetime(2021, 1, 1), fingerprint_of(frozen), frozen)


def test_frozen_contents_come_back() -> None:
    assert edition(CONTENTS).contents == CONTENTS


def test_same_contents_same_fingerprint_and_any_change_another() -> None:
    first = edition(CONTENTS)
    assert edition(CONTENTS).fingerprint == first.fingerprint
    changed = replace(CONTENTS, items=(replace(CONTENTS.items[0], note="!"), CONTENTS.items[1]))
    assert edition(changed).fingerprint != first.fingerprint
    assert edition(replace(CONTENTS, unplaced=(Unplaced(1, "абзац 1", "сноска"),))).fingerprint == first.fingerprint


def test_a_forged_text_is_seen() -> None:
    honest = edition(CONTENTS)
    assert honest.is_intact
    assert not replace(honest, frozen=honest.frozen.replace("май 2021", "май 2022")).is_intact


def test_nothing_changed() -> None:
    assert differences(CONTENTS, CONTENTS) == ()


def test_every_kind_of_change_is_told_in_russian() -> None:
    after = replace(
        CONTENTS,
        stamps=(replace(CONTENTS.stamps[0], on=date(2021, 2, 1)),),
        items=(
            replace(CONTENTS.items[0], responsible=("Отдел",), section_id=2),
            Item(3, ItemKind.ACTIVITY, "Совещание", number="1.2", term=Term("июнь 2021")),
        ),
        indicators=(replace(CONTENTS.indicators[0], targets=(Target("2021", Decimal(70)),)),),
    )
    assert differences(CONTENTS, after) == (
        Difference("УТВЕРЖДАЮ", "Дата", "11.01.2021", "01.02.2021"),
        Difference("1.1 Сайты", "Ответственный исполнитель", "Отдел, Школы", "Отдел"),
        Difference("1.2 Совещание", "Добавлено", "", "Совещание; июнь 2021"),
        Difference("1.1.1 Письмо", "Исключено", "Письмо; май 2021", ""),
        Difference("1.1 Сайты", "Место", "1 Связь", "2 Кадры"),
        Difference("Доля", "План, 2021", "62,5", "70"),
    )


def test_a_paper_names_its_edition() -> None:
    first, second = edition(CONTENTS), edition(replace(CONTENTS, sections=()))
    known = (first, second)
    printed = second.short_fingerprint
    whole = (second.code("0f" * 16), second.fingerprint)
    for text in (printed, printed.upper(), printed.replace(" ", ""), printed[:9], *whole):
        assert edition_on_paper(known, text) == second, text
    for text in ("", "3f2", "редакция 2", "0" * 16, f"{second.code('0f' * 16)}0", printed + " 00"):
        assert edition_on_paper(known, text) is None, text


def test_the_next_number_follows_the_highest() -> None:
    assert next_number(()) == "1"
    assert next_number([edition(CONTENTS), replace(edition(CONTENTS), number="7")]) == "8"
    assert next_number([replace(edition(CONTENTS), number="1-р")]) == "2"
