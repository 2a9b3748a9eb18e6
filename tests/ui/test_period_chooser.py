"""The reporting period at the top of the window."""

import pytest

from cosdesk.domain.period import Period, parse_period
from cosdesk.ui.period_chooser import PeriodChooser


@pytest.mark.parametrize("code", ["2021", "2021-Q3", "2022-H2", "2023-9M", "2024-05"])
def test_a_period_is_shown_and_given_back(qtbot, code: str) -> None:
    chooser = PeriodChooser()
    qtbot.addWidget(chooser)
    announced: list[Period] = []
    chooser.chosen.connect(announced.append)
    chooser.show_period(parse_period(code))
    assert announced == []
    chooser._year.setValue(2030)
    assert [period.code for period in announced] == [code.replace(code[:4], "2030")]
