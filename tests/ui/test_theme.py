"""Colours: everything that is read has a contrast of 4.5:1 or more, light and dark; what is set holds."""

from collections.abc import Iterator
from itertools import product

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from cosdesk.ui.theme import Scheme, Tone, accent, apply_theme, fill_of, ink_of, is_dark, muted_ink, scaled

_Role = QPalette.ColorRole
GROUNDS = (_Role.Window, _Role.Base, _Role.AlternateBase, _Role.Button, _Role.ToolTipBase)
INKS = (_Role.WindowText, _Role.Text, _Role.ButtonText, _Role.PlaceholderText, _Role.ToolTipText, _Role.Link)


def luminance(colour: QColor) -> float:
    """By WCAG 2.1."""
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.getRgbF()[:3]]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


def contrast(one: QColor, other: QColor) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


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
    pale = [(ink.name(), ground.name(), round(contrast(ink, ground), 2)) for ink, ground in pairs]
    assert [pair for pair in pale if pair[2] < 4.5] == []


def test_red_and_amber_words_outside_a_pill_can_be_read(scheme: Scheme) -> None:
    ground = QApplication.palette().color(_Role.Window)
    assert all(contrast(ink_of(tone), ground) >= 4.5 for tone in (Tone.RED, Tone.AMBER))


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
