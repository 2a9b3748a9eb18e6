"""The reporting period at the top of the window: a period of the year, and the year."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSpinBox, QWidget

from cosdesk.domain.period import MONTHS, Period, PeriodKind
from cosdesk.ui.theme import STEP

_ROMAN = ("I", "II", "III", "IV")


def _kinds() -> list[tuple[str, PeriodKind, int]]:
    return [
        *((f"{_ROMAN[index]} квартал", PeriodKind.QUARTER, index + 1) for index in range(4)),
        ("I полугодие", PeriodKind.HALF_YEAR, 1),
        ("II полугодие", PeriodKind.HALF_YEAR, 2),
        ("9 месяцев", PeriodKind.NINE_MONTHS, 1),
        ("Год", PeriodKind.YEAR, 1),
        *((name.capitalize(), PeriodKind.MONTH, index + 1) for index, name in enumerate(MONTHS)),
    ]


class PeriodChooser(QWidget):
    """«Отчётный период: [II квартал] [2021]».  ``chosen`` carries the new ``Period``."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(STEP)
        caption = QLabel("Отчётный период:")
        self._kind = QComboBox()
        self._kind.setAccessibleName("Отчётный период")
        for label, kind, index in _kinds():
            self._kind.addItem(label, _key(kind, index))
        self._kind.insertSeparator(8)
        self._kind.setMaxVisibleItems(24)
        self._year = QSpinBox()
        self._year.setAccessibleName("Год отчётного периода")
        self._year.setRange(2000, 2100)
        caption.setBuddy(self._kind)
        for widget in (caption, self._kind, self._year):
            layout.addWidget(widget)
        self._kind.currentIndexChanged.connect(self._announce)
        self._year.valueChanged.connect(self._announce)

    def show_period(self, period: Period) -> None:
        """Shows a period without announcing it."""
        for widget in (self._kind, self._year):
            widget.blockSignals(True)
        self._kind.setCurrentIndex(self._kind.findData(_key(period.kind, period.index)))
        self._year.setValue(period.year)
        for widget in (self._kind, self._year):
            widget.blockSignals(False)

    def _announce(self) -> None:
        if key := self._kind.currentData():
            kind, _, index = key.partition(" ")
            self.chosen.emit(Period(self._year.value(), PeriodKind(kind), int(index)))


def _key(kind: PeriodKind, index: int) -> str:
    # A text: a tuple comes back from Qt as a list and is never found again.
    return f"{kind.value} {index}"
