"""A page's toolbar that narrows: on a small screen the last buttons keep their pictures and give up their words."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QToolButton

from cosdesk.ui.theme import ICON, STEP

_WORDS = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
_PICTURE = Qt.ToolButtonStyle.ToolButtonIconOnly


class FoldingRow(QHBoxLayout):
    """A row of tool buttons and choosers.  A button without a picture keeps its words always."""

    def __init__(self) -> None:
        super().__init__()
        self.setContentsMargins(STEP * 2, STEP, STEP * 2, STEP)
        self.setSpacing(STEP // 2)
        self._widths: dict[tuple[str, str, int], tuple[int, int]] = {}

    def minimumSize(self) -> QSize:
        least = super().minimumSize()
        # What stands folded already counts as such; the rest may still fold.
        spare = sum(
            words - picture
            for button in self._foldable()
            if button.toolButtonStyle() == _WORDS
            for words, picture in (self._width(button),)
        )
        return QSize(max(least.width() - spare, 0), least.height())

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(self._wanted(hint.width()), hint.height())

    def setGeometry(self, rect: QRect) -> None:
        over = self._wanted(super().sizeHint().width()) - rect.width()
        for button in reversed(self._foldable()):
            words, picture = self._width(button)
            style = _PICTURE if over > 0 else _WORDS
            over -= words - picture if over > 0 else 0
            if button.toolButtonStyle() != style:
                button.setToolButtonStyle(style)
                # A row inside another layout is not told by the button itself.
                self.invalidate()
        super().setGeometry(rect)

    def _wanted(self, width: int) -> int:
        """The width with all words, where ``width`` is that of the row as it stands."""
        folded = [self._width(button) for button in self._foldable() if button.toolButtonStyle() == _PICTURE]
        return width + sum(words - picture for words, picture in folded)

    def _foldable(self) -> list[QToolButton]:
        found = []
        for place in range(self.count()):
            item = self.itemAt(place)
            widget = item.widget() if item else None
            if isinstance(widget, QToolButton) and not widget.isHidden() and not widget.icon().isNull():
                found.append(widget)
        return found

    def _width(self, button: QToolButton) -> tuple[int, int]:
        """Of a button with words and with its picture alone, in pixels."""
        key = (button.text(), button.font().key(), button.iconSize().width())
        if key not in self._widths:
            # Measured on a button of the same look: the one shown would be laid out anew by each change of its style.
            model = QToolButton()
            model.setFont(button.font())
            model.setIcon(button.icon())
            model.setIconSize(button.iconSize())
            model.setAutoRaise(button.autoRaise())
            model.setText(button.text())
            model.setPopupMode(button.popupMode())
            widths = []
            for style in (_WORDS, _PICTURE):
                model.setToolButtonStyle(style)
                widths.append(model.sizeHint().width())
            self._widths[key] = (widths[0], widths[1])
        return self._widths[key]


def tool_button(action: QAction) -> QToolButton:
    """A button of a page's toolbar: icon and word."""
    button = QToolButton()
    button.setDefaultAction(action)
    button.setToolButtonStyle(_WORDS)
    button.setIconSize(ICON)
    button.setAutoRaise(True)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
