"""Beginning a round of monitoring, or changing one: form, period, day, schools, row, indicators."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from cosdesk.domain.monitoring import MonitoringForm, Round, RoundFeed
from cosdesk.domain.organisation import School
from cosdesk.domain.period import Period, parse_period
from cosdesk.domain.row_numbers import bare
from cosdesk.forms.monitoring_form import monitoring_form_faults, monitoring_forms
from cosdesk.rounds import new_round
from cosdesk.ui.indicator_changes import short_name
from cosdesk.ui.period_chooser import PeriodChooser
from cosdesk.ui.row_chooser import RowChooser
from cosdesk.ui.text_fields import DateField
from cosdesk.ui.theme import STEP, scaled
from cosdesk.ui.typed_values import shorten
from cosdesk.ui.wording import counted
from cosdesk.ui.workspace import Workspace


class RoundDialog(QDialog):
    """``found`` is the round as asked for, ``schools`` those it goes to; ``known`` is the one to be changed."""

    def __init__(
        self, workspace: Workspace, form: MonitoringForm | None = None, known: Round | None = None,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setWindowTitle("Мониторинг" if known else "Новый мониторинг")
        self.setMinimumWidth(scaled(600))
        self._workspace = workspace
        self._snapshot = snapshot = workspace.snapshot
        self._known = known
        self._period = parse_period(known.period) if known else workspace.period
        self._item_id = known.item_id if known else None
        self._title_typed = known is not None
        self._feeds: list[tuple[str, QComboBox]] = []
        self.form = QComboBox()
        self.form.setAccessibleName("Форма мониторинга")
        self.form.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.form.setMinimumContentsLength(24)
        if form is not None and known:
            self._forms = {form.id: form}
        else:
            self._forms = monitoring_forms()
        self._fill_forms(form.id if form is not None else None)
        self.forms_button = QPushButton("Формы…")
        self.forms_button.setToolTip("Изменить форму под себя или составить новую")
        self.period = PeriodChooser()
        self.period.show_period(self._period)
        self.title = QLineEdit(known.title if known else "")
        self.title.setAccessibleName("Название мониторинга")
        due = known.due if known else snapshot.today + timedelta(days=snapshot.norms.answer_days)
        self.due = DateField("Ответить до", due)
        self.row = QPushButton()
        self.row.setAccessibleName("Строка дорожной карты, которую исполняет мониторинг")
        self.closed = QCheckBox("Мониторинг завершён: ответов больше не ждём")
        self.closed.setChecked(bool(known and known.closed_on))
        self.schools_list = QListWidget()
        self.schools_list.setAccessibleName("Школы мониторинга")
        self.schools_list.setMaximumHeight(170)
        self._told = QLabel()
        self._told.setTextFormat(Qt.TextFormat.PlainText)
        self._told.setWordWrap(True)
        self._lay_out()
        self._connect()
        self._show_form()
        self._show_row()

    def _lay_out(self) -> None:
        self._fields = QFormLayout()
        self._fields.setSpacing(STEP)
        form_row = QHBoxLayout()
        form_row.addWidget(self.form, 1)
        form_row.addWidget(self.forms_button)
        self._fields.addRow("Форма", form_row)
        self._fields.addRow("За период", self.period)
        self._fields.addRow("Название", self.title)
        self._fields.addRow("Ответить до", self.due)
        self._fields.addRow("Исполняет строку", self.row)
        self._feed_rows = QFormLayout()
        self._feed_rows.setSpacing(STEP)
        self.all_schools = QPushButton("Все")
        self.no_schools = QPushButton("Ни одной")
        marks = QHBoxLayout()
        self._schools_told = QLabel()
        marks.addWidget(self._schools_told)
        marks.addStretch(1)
        marks.addWidget(self.all_schools)
        marks.addWidget(self.no_schools)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(STEP * 2)
        layout.addLayout(self._fields)
        layout.addLayout(self._feed_rows)
        if self._known:
            # What schools were asked by stays as it was asked.
            self._fields.setRowVisible(0, False)
            self._fields.setRowVisible(self.period, False)
            layout.addWidget(self.closed)
        else:
            layout.addLayout(marks)
            layout.addWidget(self.schools_list)
        if faults := monitoring_form_faults():
            self._told.setText("\n".join(faults))
            layout.addWidget(self._told)
        layout.addWidget(self._buttons)

    def _connect(self) -> None:
        self.form.currentIndexChanged.connect(lambda: self._show_form())
        self.forms_button.clicked.connect(self._edit_forms)
        self.period.chosen.connect(self._take_period)
        self.title.textEdited.connect(self._note_title)
        self.row.clicked.connect(self._choose_row)
        self.due.textChanged.connect(lambda: self._show_counts())
        self.schools_list.itemChanged.connect(lambda: self._show_counts())
        self.all_schools.clicked.connect(lambda: self._mark_all(Qt.CheckState.Checked))
        self.no_schools.clicked.connect(lambda: self._mark_all(Qt.CheckState.Unchecked))

    # --- what was asked for

    @property
    def chosen_form(self) -> MonitoringForm:
        return self._forms[self.form.currentData()]

    @property
    def found(self) -> Round:
        """The round as filled in; ``UserError`` where the day is wrong."""
        base = self._known or new_round(self._snapshot, self.chosen_form, self._period.code)
        feeds = tuple(RoundFeed(key, box.currentData()) for key, box in self._feeds)
        closed_on: date | None = base.closed_on
        if self._known:
            closed_on = (base.closed_on or self._snapshot.today) if self.closed.isChecked() else None
        title = self.title.text().strip() or base.title
        return replace(base, title=title, due=self.due.day, item_id=self._item_id, feeds=feeds, closed_on=closed_on)

    @property
    def schools(self) -> list[School]:
        return [self._working[row] for row in range(len(self._working)) if self._is_marked(row)]

    # --- showing

    def _show_form(self) -> None:
        base = self._known or new_round(self._snapshot, self.chosen_form, self._period.code)
        if not self._title_typed:
            self.title.setText(base.title)
            self.title.setCursorPosition(0)
        self._show_feeds(base)
        if not self._known:
            self._show_schools()

    def _fill_forms(self, chosen: str | None) -> None:
        self.form.blockSignals(True)
        self.form.clear()
        for each in self._forms.values():
            self.form.addItem(each.title, each.id)
        self.form.setCurrentIndex(max(self.form.findData(chosen), 0))
        self.form.blockSignals(False)

    def _edit_forms(self) -> None:
        """One's own form made on the way is the one chosen then."""
        from cosdesk.form_library import FormKind
        from cosdesk.ui.forms_dialog import FormsDialog

        dialog = FormsDialog(self._workspace, self, FormKind.MONITORING)
        dialog.exec()
        chosen = dialog.saved_id or self.form.currentData()
        dialog.deleteLater()
        self._forms = monitoring_forms()
        self._fill_forms(chosen)
        self._show_form()

    def _show_feeds(self, base: Round) -> None:
        while self._feed_rows.rowCount():
            self._feed_rows.removeRow(0)
        self._feeds.clear()
        proposed = {feed.feed: feed.indicator_id for feed in base.feeds}
        before: QWidget = self.row
        for feed in self.chosen_form.feeds:
            box = QComboBox()
            box.setAccessibleName(f"Показатель: {feed.title}")
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(24)
            box.addItem("не считать показатель", None)
            for contents in self._snapshot.roadmaps:
                for indicator in contents.indicators:
                    box.addItem(f"{short_name(indicator)} – {shorten(indicator.title, 70)}", indicator.id)
            box.setCurrentIndex(max(box.findData(proposed.get(feed.key)), 0))
            label = QLabel(f"Считает: {shorten(feed.title, 60).lower()}")
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            self._feed_rows.addRow(label, box)
            # Made last, they come where they stand.
            self.setTabOrder(before, box)
            before = box
            self._feeds.append((feed.key, box))

    def _show_schools(self) -> None:
        self._working: Sequence[School] = [s for s in self._snapshot.schools if s.works_on(self._period.end)]
        self.schools_list.blockSignals(True)
        self.schools_list.clear()
        for school in self._working:
            item = QListWidgetItem(school.label)
            item.setCheckState(Qt.CheckState.Checked)
            self.schools_list.addItem(item)
        self.schools_list.blockSignals(False)
        self._show_counts()

    def _show_counts(self) -> None:
        ok = self._buttons.button(QDialogButtonBox.StandardButton.Ok)
        if self._known:
            ok.setEnabled(self.due.is_valid)
            return
        count = len(self.schools)
        told = f"Школы, работающие на {self._period.end:%d.%m.%Y}: выбрано {count} из {len(self._working)}"
        self._schools_told.setText(told)
        ok.setText(f"Начать: {counted(count, 'школа', 'школы', 'школ')}")
        ok.setEnabled(self.due.is_valid and count > 0)

    def _is_marked(self, row: int) -> bool:
        return self.schools_list.item(row).checkState() == Qt.CheckState.Checked

    def _mark_all(self, state: Qt.CheckState) -> None:
        self.schools_list.blockSignals(True)
        for row in range(self.schools_list.count()):
            self.schools_list.item(row).setCheckState(state)
        self.schools_list.blockSignals(False)
        self._show_counts()

    def _take_period(self, period: Period) -> None:
        self._period = period
        self._show_form()

    def _note_title(self) -> None:
        self._title_typed = True

    def _choose_row(self) -> None:
        if self._item_id is not None:
            self._item_id = None
            self._show_row()
            return
        chooser = RowChooser(self._snapshot, "Какую строку исполняет мониторинг", one=True, parent=self)
        if chooser.exec() == QDialog.DialogCode.Accepted and chooser.chosen:
            self._item_id = chooser.chosen[0]
            self._show_row()
        chooser.deleteLater()

    def _show_row(self) -> None:
        items = {item.id: item for contents in self._snapshot.roadmaps for item in contents.items}
        item = items.get(self._item_id) if self._item_id is not None else None
        if item is None:
            self._item_id = None
            self.row.setText("Выбрать строку…")
        else:
            self.row.setText(f"{shorten(f'{bare(item.number)} {item.title}'.strip(), 60)} – убрать")
