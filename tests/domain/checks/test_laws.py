"""Laws: a mend makes its finding vanish, and a roadmap mended over and over comes to rest."""

from hypothesis import given
from hypothesis import strategies as st

from cosdesk.domain.checks.finding import Finding, key_of
from cosdesk.domain.checks.proofreading import check, mended
from cosdesk.domain.roadmap import RoadmapContents
from tests.domain.checks.plans import ZARECHNY, plan, row

PIECES = (
    "школы", "района", "Школы", "и", "и", "Мб/c", "Tехника", "поитогам", "(сады", "сады)", "«сайт", "сайт»", "2021г.",
    "404детей", "в Заречного района", "а так же", "в течении года", "онлайн – проект", "трафик1", "К.е.", "Рощин",
    "Рощен К.Е.", "не менее детей", "30 %", "на территории Приозёрной области", "<p>", "</p>", "&nbsp;", "2020- 2022",
)  # fmt: skip
GLUE = ("", " ", "  ", ",", ", ", " ,", ";", ".", " – ", "- ", "(", ")", ":", "\n")
TEXTS = st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(GLUE)), min_size=1, max_size=7).map(
    lambda pairs: "".join(piece + glue for piece, glue in pairs)
)


@st.composite
def plans(draw: st.DrawFn) -> RoadmapContents:
    rows = draw(st.integers(1, 3))
    return plan(
        *(
            row(draw(TEXTS), str(number), expected=draw(TEXTS), responsible=draw(TEXTS).splitlines(), term="2022")
            for number in range(1, rows + 1)
        ),
        title=draw(TEXTS),
    )


@given(plans())
def test_a_mend_makes_its_finding_vanish(contents: RoadmapContents) -> None:
    for found in check(contents, ZARECHNY):
        if found.replacement is None:
            continue
        after = check(mended(contents, [found]), ZARECHNY)
        assert (found.place, found.rule, found.message) not in {(f.place, f.rule, f.message) for f in after}


@given(plans())
def test_mending_all_at_once_comes_to_rest(contents: RoadmapContents) -> None:
    for _ in range(12):
        found = [finding for finding in check(contents, ZARECHNY) if finding.mends]
        if not found:
            return
        after = mended(contents, found)
        assert after != contents
        contents = after
    raise AssertionError([(finding.rule, finding.message, finding.proposal) for finding in found])


@given(plans())
def test_findings_are_told_apart_and_stay_the_same(contents: RoadmapContents) -> None:
    found: tuple[Finding, ...] = check(contents, ZARECHNY)
    assert len({key_of(finding) for finding in found}) == len(found)
    assert check(contents, ZARECHNY) == found
