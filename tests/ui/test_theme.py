"""Colours: everything that is read has a contrast of 4.5:1 or more, light and dark; what is set holds."""

from collections.abc import Iterator
from itertools import product

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from cosdesk.ui.theme import (
    Scheme,
    Tone,
    accent,
    apply_theme,
    chosen_tint,
    fill_of,
    ink_of,
    is_dark,
    muted_ink,
    row_tint,
    scaled,
)  # fmt: skip
from tests.ui.faults import LEAST_CONTRAST, contrast

_Role = QPalette.ColorRole
GROUNDS = (_Role.Window, _Role.Base, _Role.AlternateBase, _Role.Button, _Role.ToolTipBase)
INKS = (_Role.WindowText, _Role.Text, _Role.ButtonText, _Role.PlaceholderText, _Role.ToolTipText, _Role.Link)


@pytest.fixture(params=[Scheme.LIGHT, Scheme.DARK])
def scheme(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[Scheme]:
    font, palette = qapp.font(), qapp.palette()
    apply_theme(qapp, request.param)
    yield Scheme(request.param)
    qapp.setFont(font)
    qapp.setPalette(palette)


def test_the_colours_wished_are_the_colours_seen(scheme: Scheme) -> None:
    assert is_dark() == (scheme is Scheme.DARK)


def test_what_is_read_can_be_read(scheme: Scheme) -> None:
    palette = QApplication.palette()
    pairs = [(palette.color(ink), palette.color(ground)) for ink, ground in product(INKS, GROUNDS)]
    pairs.append((palette.color(_Role.HighlightedText), palette.color(_Role.Highlight)))
    pairs += [(ink, palette.color(ground)) for ink in (muted_ink(), accent()) for ground in GROUNDS[:3]]
    pairs += [(ink_of(tone), fill_of(tone)) for tone in Tone]
    tinted = (palette.color(_Role.Text), muted_ink(), accent(), *(ink_of(tone) for tone in (Tone.RED, Tone.AMBER)))
    pairs += list(product(tinted, (row_tint(), chosen_tint())))
    pale = [(ink.name(), ground.name(), round(contrast(ink, ground), 2)) for ink, ground in pairs]
    assert [pair for pair in pale if pair[2] < LEAST_CONTRAST] == []


def test_red_and_amber_words_outside_a_pill_can_be_read(scheme: Scheme) -> None:
    ground = QApplication.palette().color(_Role.Window)
    assert all(contrast(ink_of(tone), ground) >= LEAST_CONTRAST for tone in (Tone.RED, Tone.AMBER))


def test_what_is_disabled_looks_so(scheme: Scheme) -> None:
    palette = QApplication.palette()
    disabled = palette.color(QPalette.ColorGroup.Disabled, _Role.ButtonText)
    assert contrast(disabled, palette.color(_Role.Button)) < contrast(
        palette.color(_Role.ButtonText), palette.color(_Role.Button)
    )


def test_widths_grow_with_the_letters(scheme: Scheme, qapp: QApplication) -> None:
    assert scaled(188) == 188
    apply_theme(qapp, scheme, 12)
    assert scaled(188) == 226
