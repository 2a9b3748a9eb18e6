"""Text in cells: lines that fit, what does not is cut and told, long words broken where Russian breaks them."""

import pytest
from PySide6.QtCore import QModelIndex, QSize
from PySide6.QtGui import QFont, QFontMetrics, QImage, QPainter, QPalette, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionViewItem, QTableView
from pytestqt.qtbot import QtBot

from cosdesk.ui.delegates import CellDelegate, CellRole, plain_tooltip, wrap
from cosdesk.ui.hyphenation import SOFT_HYPHEN, hyphenated
from cosdesk.ui.theme import Tone

TEXT = "Провести мониторинг обновления официальных сайтов школ и подготовить справку"


@pytest.fixture
def font(qapp: QApplication) -> QFont:
    return qapp.font()


def test_a_short_text_is_one_line(font: QFont) -> None:
    assert wrap("май", 200, 3, font) == (("май",), False)


def test_lines_hold_the_whole_text_where_there_is_room(font: QFont) -> None:
    wrapped = wrap(TEXT, 220, 9, font)
    assert len(wrapped.lines) > 1 and not wrapped.cut
    assert " ".join(wrapped.lines) == TEXT
    assert all(QFontMetrics(font).horizontalAdvance(line) <= 220 for line in wrapped.lines)


def test_what_does_not_fit_is_cut(font: QFont) -> None:
    wrapped = wrap(TEXT, 160, 3, font)
    assert len(wrapped.lines) == 3 and wrapped.cut
    assert wrapped.lines[-1].endswith("…")


def test_lines_broken_by_hand_stay(font: QFont) -> None:
    assert wrap("Первая\nВторая", 300, 3, font) == (("Первая", "Вторая"), False)
    assert wrap("а\nб\nв\nг", 300, 3, font) == (("а", "б", "в г"), False)


def test_a_long_word_is_broken_at_a_syllable(font: QFont) -> None:
    width = QFontMetrics(font).horizontalAdvance("муниципал")
    wrapped = wrap("муниципальный", width, 3, font)
    assert wrapped.lines[0].endswith("-") and len(wrapped.lines) == 2
    assert "".join(line.removesuffix("-") for line in wrapped.lines) == "муниципальный"
    assert SOFT_HYPHEN not in "".join(wrapped.lines)


@pytest.mark.parametrize("word", ["компьютеров,", "Гарантированный", "«одного", "телекоммуникационных"])
def test_no_letter_is_left_alone_at_any_width(word: str, font: QFont) -> None:
    metrics = QFontMetrics(font)
    syllable = max(map(metrics.horizontalAdvance, [f"{part}-" for part in hyphenated(word).split(SOFT_HYPHEN)]))
    for width in range(syllable + 2, metrics.horizontalAdvance(word) + 3):
        lines = wrap(word, width, 9, font).lines
        assert all(len(line.strip("-,«")) > 1 for line in lines), (width, lines)
        assert all(line.endswith("-") for line in lines[:-1]), (width, lines)


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("муниципальный", "му-ни-ци-паль-ный"),
        ("администрации", "ад-ми-нис-тра-ции"),
        ("подтверждающий", "под-твер-жда-ющий"),
        ("объект", "объ-ект"),
        ("Контролирующее", "Кон-тро-ли-ру-ющее"),
        ("компьютеров", "компь-юте-ров"),
        ("«станция», ", "«стан-ция», "),
        ("обслуживание,", "об-слу-жи-ва-ние,"),
        ("организация.", "ор-га-ни-за-ция."),
        ("аудио-я", "аудио-я"),
        ("2021", "2021"),
        ("Internet", "Internet"),
    ],
)
def test_syllables(word: str, syllables: str) -> None:
    assert hyphenated(word).replace(SOFT_HYPHEN, "-") == syllables


def test_a_tooltip_shows_markup_as_text() -> None:
    assert plain_tooltip("<b>5</b>\n& 6") == '<p style="white-space:pre-wrap">&lt;b&gt;5&lt;/b&gt;\n&amp; 6</p>'


@pytest.fixture
def table(qtbot: QtBot) -> QTableView:
    view = QTableView()
    qtbot.addWidget(view)
    model = QStandardItemModel(1, 2, view)
    model.setItem(0, 0, QStandardItem(TEXT))
    pill = QStandardItem("Не выполнено")
    pill.setData(Tone.RED, CellRole.TONE)
    model.setItem(0, 1, pill)
    view.setModel(model)
    view.setItemDelegate(CellDelegate(view))
    view.setColumnWidth(0, 120)
    view.setColumnWidth(1, 200)
    return view


def hint(view: QTableView, index: QModelIndex) -> QSize:
    option = QStyleOptionViewItem()
    view.initViewItemOption(option)
    return view.itemDelegate().sizeHint(option, index)


def test_a_row_is_as_high_as_its_text_at_that_width(table: QTableView) -> None:
    narrow = hint(table, table.model().index(0, 0)).height()
    table.setColumnWidth(0, 1000)
    assert hint(table, table.model().index(0, 0)).height() < narrow


def test_a_pill_has_the_colours_of_its_tone(table: QTableView, qapp: QApplication) -> None:
    image = QImage(200, 40, QImage.Format.Format_RGB32)
    image.fill(qapp.palette().color(QPalette.ColorRole.Base))
    option = QStyleOptionViewItem()
    table.initViewItemOption(option)
    option.rect = image.rect()
    option.state = QStyle.StateFlag.State_Enabled
    painter = QPainter(image)
    table.itemDelegate().paint(painter, option, table.model().index(0, 1))
    painter.end()
    from cosdesk.ui.theme import fill_of

    fill = fill_of(Tone.RED).rgb()
    assert sum(image.pixel(x, y) == fill for x in range(200) for y in range(40)) > 300
