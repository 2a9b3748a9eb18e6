"""F6: from one part of the window to the next by keys alone; in a table Tab walks over cells and does not leave it."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget


def go_to_next_part(window: QWidget, forward: bool) -> None:
    """To the first stop of Tab in another part: list of pages, line at the top, buttons, a table, the panel."""
    here = QApplication.focusWidget()
    if here is None or not window.isAncestorOf(here):
        here = window
    part = part_of(here, window)
    stops = [stop for stop in _stops(here, window, forward) if part_of(stop, window) is not part]
    if not stops:
        return
    if not forward:
        # Backwards a part is met by its end: on to its beginning, as when one comes from the other side.
        before = part_of(stops[0], window)
        stops = [stop for stop in stops if part_of(stop, window) is before][-1:]
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    stops[0].setFocus(reason)


def _stops(start: QWidget, window: QWidget, forward: bool) -> Iterator[QWidget]:
    """Where Tab would stop from there on, once round."""
    at = start.nextInFocusChain() if forward else start.previousInFocusChain()
    while at is not None and at is not start:
        tabbed = at.isVisible() and at.isEnabled() and at.focusPolicy() & Qt.FocusPolicy.TabFocus
        if tabbed and at.focusProxy() is None and window.isAncestorOf(at) and at.window() is window:
            yield at
        at = at.nextInFocusChain() if forward else at.previousInFocusChain()


def part_of(widget: QWidget, window: QWidget) -> QWidget:
    """The table or the panel that it stands in, else what it stands on."""
    part = widget.parentWidget() or widget
    at: QWidget | None = widget
    while at is not None and at is not window:
        if isinstance(at, QAbstractScrollArea):
            part = at
        at = at.parentWidget()
    return part
