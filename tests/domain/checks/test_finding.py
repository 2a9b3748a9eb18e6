"""Findings as a whole: their order, their marks, what dismisses them, mends put together."""

from dataclasses import replace

from cosdesk.domain.checks.finding import Dismissal, Family, Mend, Rule, key_of, mended_text, open_findings
from cosdesk.domain.checks.proofreading import check, mended
from cosdesk.domain.district import Snapshot
from cosdesk.domain.person import Membership, Person
from cosdesk.domain.roadmap import RoadmapContents
from tests.domain.checks.plans import ZARECHNY, findings, only, plan, row, share

FAULTY = plan(
    row("Школы района,сады и и кружки", "1", responsible="Рощин К.е.", term="2022"),
    row("Скорость 50 Мб/c", "2", responsible="Рощин К.Е.", term="когда-нибудь"),
    row("Скорость 50 Мб/c", "4", responsible="Рощин К.Е.", term="2023"),
    indicators=[share()],
)


def test_every_rule_has_a_label_and_a_family() -> None:
    assert all(rule.label and isinstance(rule.family, Family) and rule.family.label for rule in Rule)
    assert len({rule.label for rule in Rule}) == len(Rule)


def test_findings_come_by_rule_and_in_printed_order() -> None:
    found = check(FAULTY, ZARECHNY)
    order = list(Rule)
    assert [order.index(finding.rule) for finding in found] == sorted(order.index(finding.rule) for finding in found)
    assert [finding.item_id for finding in found if finding.rule is Rule.LATIN_LETTERS] == [2, 3]


def test_every_finding_says_where_and_why_in_russian() -> None:
    for finding in check(FAULTY, ZARECHNY):
        assert finding.place and finding.message and finding.proposal
        assert finding.message[0].isupper() and finding.message.endswith(".")


def test_a_snapshot_is_checked_whole_with_its_own_directory() -> None:
    person = Person(1, "Рощин К.Е.")
    group = Person(2, "Рощен К.Е.", Membership.LIST)
    second = replace(FAULTY, roadmap=replace(FAULTY.roadmap, id=2))
    snapshot = Snapshot(ZARECHNY, (FAULTY, second), people=(person, group))
    assert check(snapshot) == (*check(FAULTY, ZARECHNY, ["Рощин К.Е."]), *check(second, ZARECHNY, ["Рощин К.Е."]))


def test_marks_tell_findings_apart() -> None:
    keys = [key_of(finding) for finding in check(FAULTY, ZARECHNY)]
    assert len(set(keys)) == len(keys)


def test_a_mark_outlives_a_new_import_and_a_new_number() -> None:
    before = {key_of(finding) for finding in check(FAULTY, ZARECHNY) if finding.rule.family is Family.SPELLING}
    moved = replace(
        FAULTY,
        items=tuple(replace(item, id=item.id + 100, number=f"7.{item.number}") for item in FAULTY.items),
        indicators=tuple(replace(indicator, id=indicator.id + 100) for indicator in FAULTY.indicators),
    )
    after = {key_of(finding) for finding in check(moved, ZARECHNY) if finding.rule.family is Family.SPELLING}
    assert before == after != set()


def test_what_is_dismissed_is_not_open() -> None:
    found = check(FAULTY, ZARECHNY)
    first = found[0]
    dismissal = Dismissal(1, first.roadmap_id, first.rule.value, first.mark, "так утверждено")
    assert open_findings(found, [dismissal]) == found[1:]
    assert open_findings(found, [replace(dismissal, roadmap_id=9)]) == found
    assert open_findings(found, []) == found


def test_mends_of_one_field_are_made_together() -> None:
    both = findings(FAULTY, Rule.SPACING, Rule.WORD_DOUBLED)
    assert len(both) == 2
    assert mended(FAULTY, both).items[0].title == "Школы района, сады и кружки"


def test_of_mends_that_overlap_the_first_is_made() -> None:
    assert mended_text("абвгд", [Mend(1, 3, "-"), Mend(2, 4, "+"), Mend(4, 5, "!")]) == "а-г!"
    assert mended_text("аб", [Mend(1, 1, " "), Mend(1, 2, "в")]) == "а в"


def test_a_stale_finding_mends_nothing() -> None:
    found = only(FAULTY, Rule.INITIALS_ODD)
    changed = replace(FAULTY, items=(replace(FAULTY.items[0], responsible=("Соболева О.К.",)), *FAULTY.items[1:]))
    assert mended(changed, [found]) == changed


def test_an_indicator_in_a_row_follows_its_title() -> None:
    contents = _indicator_in_a_row("Доля школ района,сада")
    found = only(contents, Rule.SPACING)
    after = mended(contents, [found])
    assert after.items[0].title == after.indicators[0].title == "Доля школ района, сада"
    other = replace(contents, indicators=(replace(contents.indicators[0], title="Доля"),))
    assert mended(other, findings(other, Rule.SPACING)).indicators[0].title == "Доля"


def _indicator_in_a_row(title: str) -> RoadmapContents:
    return plan(row(title, "1"), indicators=[replace(share(title, y2022=5), item_id=1)])
