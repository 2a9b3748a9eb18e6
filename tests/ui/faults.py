"""What may be wrong with a widget and all in it: no name, words cut, foreign or pale, out of the keyboard's reach."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import QAbstractTableModel, Qt
from PySide6.QtGui import QColor, QPalette, QTextDocumentFragment
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QCalendarWidget,
    QCheckBox,
    QComboBox,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QTabBar,
    QTabWidget,
    QTextEdit,
    QToolButton,
    QWidget,
)

INTERACTIVE = (
    QAbstractButton, QLineEdit, QTextEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox, QAbstractItemView
)  # fmt: skip
LATIN = re.compile(r"[A-Za-z][A-Za-z-]*")
ALLOWED = re.compile(
    # Qt's own word for «ОК», programs and formats, keys, names of files and addresses, Roman numbers of quarters.
    r"\b(?:OK|PDF|Excel|Word|Windows|Linux|JSON|CSV|QR)\b|(?:(?:Ctrl|Alt|Shift)\+)+\S+|\b(?:Ctrl|Enter|Tab|Esc|Del|Ins|Home|End|F\d+)\b"
    r"|[\w.+-]+@[\w.-]+|https?://\S+|\.[a-z]{2,8}\b|\b\w[\w-]*\.[A-Za-z]{2,8}\b|\b[IVX]+\b|\bcosdesk\b"
)
MARGIN = 2
"""Pixels by which letters may overlap their box: side bearings, not a cut word."""
LEAST_CONTRAST = 4.5


def title_of(widget: QWidget) -> str:
    """Where a widget stands, for people who mend it."""
    chain: list[str] = []
    at: QWidget | None = widget
    while at is not None and len(chain) < 3:
        chain.append(type(at).__name__)
        at = at.parentWidget()
    return " < ".join(chain)


def all_in(root: QWidget) -> list[QWidget]:
    """Everything that is seen in it, and it."""
    return [root, *(child for child in root.findChildren(QWidget) if child.isVisible() and _ours(child))]


def _ours(widget: QWidget) -> bool:
    """Not what Qt builds inside its own widgets, which bears the outer widget's name."""
    if widget.objectName().startswith("qt_") or isinstance(widget, QHeaderView | QTabBar):
        return False
    parent = widget.parentWidget()
    if isinstance(parent, QComboBox | QAbstractSpinBox | QLineEdit | QCalendarWidget | QTabBar):
        return False
    # The corner button of a table.
    return not (type(widget) is QAbstractButton and isinstance(parent, QAbstractItemView))


def _is_rich(text: str) -> bool:
    return bool(re.search(r"<(?:b|i|p|a|br|span|h\d)\b[^>]*>", text))


def _text(widget: QWidget) -> str:
    if isinstance(widget, QLabel):
        text = re.sub("&(?!&)", "", widget.text()) if widget.buddy() else widget.text()
        return QTextDocumentFragment.fromHtml(text).toPlainText() if _is_rich(text) else text
    if isinstance(widget, QAbstractButton):
        return re.sub("&(?!&)", "", widget.text())
    return widget.title() if isinstance(widget, QGroupBox) else ""


def _name(widget: QWidget) -> str:
    buddies = [label for label in widget.window().findChildren(QLabel) if label.buddy() is widget]
    return widget.accessibleName() or _text(widget).strip() or (_text(buddies[0]) if buddies else "")


def nameless(root: QWidget) -> list[str]:
    """Widgets one can act upon that a screen reader has no word for."""
    return [title_of(widget) for widget in all_in(root) if isinstance(widget, INTERACTIVE) and not _name(widget)]


# --- what is read


def cut(root: QWidget) -> list[str]:
    """Labels, buttons and chosen lines narrower than their one line, or lower than their lines."""
    return [fault for widget in all_in(root) for fault in _cut(widget)]


def _cut(widget: QWidget) -> Iterator[str]:
    text = _text(widget)
    if not text or widget.visibleRegion().isEmpty():
        return
    metrics = widget.fontMetrics()
    if isinstance(widget, QLabel) and widget.wordWrap():
        if widget.heightForWidth(widget.width()) > widget.height() + MARGIN:
            yield f"{text!r}: {widget.height()} high, {widget.heightForWidth(widget.width())} wanted"
        return
    wanted = max(metrics.horizontalAdvance(line) for line in text.split("\n"))
    if isinstance(widget, QPushButton | QToolButton | QCheckBox | QRadioButton) and not widget.icon().isNull():
        wanted += widget.iconSize().width()
    if isinstance(widget, QToolButton) and widget.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly:
        return
    room = widget.contentsRect().width()
    if wanted > room + MARGIN:
        yield f"{text!r}: {room} wide, {wanted} wanted"
    if metrics.height() * (text.count("\n") + 1) > widget.height() + MARGIN:
        yield f"{text!r}: {widget.height()} high"


def _words(root: QWidget) -> Iterator[str]:
    yield root.windowTitle()
    for widget in all_in(root):
        yield _text(widget)
        yield widget.accessibleName()
        yield widget.toolTip()
        if isinstance(widget, QLineEdit | QPlainTextEdit):
            yield widget.placeholderText()
        if isinstance(widget, QComboBox):
            yield from (widget.itemText(row) for row in range(widget.count()))
        if isinstance(widget, QAbstractItemView) and (model := widget.model()) is not None:
            count = model.columnCount() if isinstance(model, QAbstractTableModel) else 0
            yield from (str(model.headerData(section, Qt.Orientation.Horizontal) or "") for section in range(count))
    for action in root.actions():
        yield action.text()


def foreign(root: QWidget) -> list[str]:
    """Texts with Latin words that are no name of a program, a key, a file or an address."""
    found = []
    for text in _words(root):
        plain = QTextDocumentFragment.fromHtml(text).toPlainText() if _is_rich(text) else text
        if LATIN.search(ALLOWED.sub("", plain)):
            found.append(plain)
    return found


def luminance(colour: QColor) -> float:
    """By WCAG 2.1."""
    rgb = (colour.redF(), colour.greenF(), colour.blueF())
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in rgb]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


def contrast(one: QColor, other: QColor) -> float:
    """From 1, not to be told apart, to 21, black on white."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def pale(root: QWidget) -> list[str]:
    """Texts that stand out from their ground by less than they must, the disabled ones left out."""
    found = []
    for widget in all_in(root):
        if not widget.isEnabled() or not (_text(widget) or isinstance(widget, INTERACTIVE)):
            continue
        typed = isinstance(widget, QAbstractScrollArea | QLineEdit | QAbstractSpinBox)
        ink = widget.palette().color(QPalette.ColorRole.Text if typed else widget.foregroundRole())
        ground = _ground(widget)
        if contrast(ink, ground) < LEAST_CONTRAST:
            found.append(f"{title_of(widget)} {_text(widget)!r}: {ink.name()} on {ground.name()}")
    return found


def _ground(widget: QWidget) -> QColor:
    """The colour that a widget's words stand on."""
    if isinstance(widget, QAbstractScrollArea):
        widget = widget.viewport()
    at: QWidget | None = widget
    while at is not None and at.isWindow() is False and not at.autoFillBackground() and not isinstance(at, INTERACTIVE):
        at = at.parentWidget()
    at = at or widget
    return at.palette().color(at.backgroundRole())


# --- what the keyboard reaches


def unreachable(root: QWidget) -> list[str]:
    """Widgets one can act upon by the mouse alone: no Tab leads there."""
    found = []
    for widget in all_in(root):
        if not isinstance(widget, INTERACTIVE) or not widget.isEnabled() or isinstance(widget.parentWidget(), QTabBar):
            continue
        if isinstance(widget, QRadioButton) and not widget.isChecked():
            # Arrows lead from the one that is chosen to the others.
            continue
        if not widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            found.append(f"{title_of(widget)}: {_name(widget)}")
    return found


def jumps(root: QWidget) -> list[str]:
    """Steps of Tab that lead back to the left and up, where no one looks for them, but for the one to the beginning."""
    stops = [widget for widget in _chain(root) if not isinstance(widget, QTabWidget)]
    found = []
    for one, other in pairwise((*stops, *stops[:1])):
        here, there = (each.rect().translated(each.mapTo(root, each.rect().topLeft())) for each in (one, other))
        if there.bottom() <= here.top() and there.left() <= here.left():
            found.append(f"{_name(one)!r} → {_name(other)!r}")
    return found if len(found) > 1 else []


def _chain(root: QWidget) -> list[QWidget]:
    """Where Tab stops, in order."""
    found, at = [], root.nextInFocusChain()
    while at is not None and at is not root:
        stops = at.isVisible() and at.isEnabled() and at.focusPolicy() & Qt.FocusPolicy.TabFocus
        if stops and root.isAncestorOf(at) and at.focusProxy() is None:
            found.append(at)
        at = at.nextInFocusChain()
    return found


def doubled(root: QWidget) -> list[str]:
    """Letters that two things of one window, or two lines of one menu, are called by with Alt."""
    found = _doubled([text for widget in all_in(root) for text in _marked(widget)])
    for menu in root.findChildren(QMenu):
        found += _doubled([action.text() for action in menu.actions()])
    return found


def _marked(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QTabWidget):
        yield from (widget.tabText(place) for place in range(widget.count()))
    elif (isinstance(widget, QLabel) and widget.buddy()) or isinstance(widget, QAbstractButton):
        yield widget.text()


def _doubled(texts: list[str]) -> list[str]:
    letters = Counter(match[1].casefold() for text in texts for match in re.finditer("&([^&\\s])", text))
    return [f"Alt+{letter}" for letter, count in letters.items() if count > 1]
