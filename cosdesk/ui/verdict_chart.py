"""The schools of a round by verdict, drawn beside its answers as the note of the round draws them."""

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from cosdesk.domain.district import Snapshot
from cosdesk.intake.answers import RoundDesk
from cosdesk.reports.document import Chart
from cosdesk.ui.chart_view import ChartView
from cosdesk.ui.panel_parts import part_heading
from cosdesk.ui.theme import STEP


class VerdictChart(QWidget):
    """A part of a side panel, hidden where the form gives no verdicts or there is nothing to compare yet."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = ChartView("Диаграмма: школы по итогам мониторинга")
        # As tall as the drawing: the panel above would take its room.
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        column = QVBoxLayout(self)
        column.setContentsMargins(STEP * 2, 0, STEP * 2, 0)
        column.setSpacing(STEP // 2)
        column.addWidget(part_heading("Школы по итогам"))
        column.addWidget(self.view)
        self.hide()

    def show_desk(self, snapshot: Snapshot, desk: RoundDesk | None) -> None:
        """The verdicts of that round; None hides the chart."""
        chart = next(iter(_charts(snapshot, desk)), None) if desk else None
        if chart is not None:
            # A heading of the panel's own letters says what paper says above the drawing.
            self.view.show_chart(replace(chart, title="", unit=""))
        self.setVisible(chart is not None)


def _charts(snapshot: Snapshot, desk: RoundDesk) -> Iterable[Chart]:
    # Late: the first window need not wait for what reports are composed with.
    from cosdesk.reports.charts import verdict_chart
    from cosdesk.reports.monitoring_figures import MonitoringFigures, MonitoringReading

    reading = MonitoringReading(desk.round, desk.form, tuple(desk.answers.values()))
    return verdict_chart(MonitoringFigures(snapshot, reading))
