"""The register of risks and deviations: what stands in the way of a row or an indicator, until it is closed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QHBoxLayout, QVBoxLayout, QWidget

from cosdesk.domain.period import parse_period
from cosdesk.domain.risk import Risk, RiskKind
from cosdesk.errors import UserError
from cosdesk.store import risks as store
from cosdesk.store.edit import Edit
from cosdesk.ui.folding_row import tool_button
from cosdesk.ui.notice_line import NoticeLine
from cosdesk.ui.page import Place
from cosdesk.ui.register import Column, RegisterModel, RegisterProxy, RegisterView
from cosdesk.ui.theme import STEP, Tone, icon
from cosdesk.ui.typed_values import is_blank, read_day, shorten
from cosdesk.ui.workspace import Workspace

_HELP = (
    "Пишите прямо в ячейке, новую запись – в последней строке. Запись остаётся в списке, пока не вписан день «Снят»."
)
_SHOWN = ("Действующие в отчётном периоде", "Все, и снятые")


class RiskModel(RegisterModel[Risk]):
    """``place`` is what a new record is about."""

    def __init__(self, workspace: Workspace, place: Place, parent: QObject | None = None) -> None:
        super().__init__(workspace, parent)
        self._place = place
        self._names: dict[tuple[str, int], str] = {}

    def refresh(self) -> None:
        snapshot = self.workspace.snapshot
        for contents in snapshot.roadmaps:
            self._names |= {("item", item.id): f"{item.number} {item.title}".strip() for item in contents.items}
            self._names |= {("indicator", each.id): f"Показатель {each.number}".strip() for each in contents.indicators}
        self.show(self._make_columns(), snapshot.risks, self.workspace.is_writable)

    def blank(self) -> Risk:
        kind = RiskKind.RISK if self._place.indicator_id is None else RiskKind.DEVIATION
        place = self._place
        return Risk(0, kind, "", self.workspace.period.code, place.roadmap_id, place.item_id, place.indicator_id)

    def name(self, record: Risk) -> str:
        return f"{record.kind.label} «{shorten(record.title)}»" if record.title else record.kind.label

    def check(self, record: Risk) -> None:
        if not record.title:
            raise UserError("Впишите сначала, в чём риск или отклонение.")
        if record.closed_on and record.closed_on < parse_period(record.period).start:
            raise UserError("День снятия раньше периода, в котором запись появилась. Проверьте дату.")

    def insert(self, edit: Edit, record: Risk) -> None:
        store.add_risk(edit, record)

    def change(self, edit: Edit, before: Risk, after: Risk) -> None:
        store.change_risk(edit, after)

    def is_about(self, record: Risk, place: Place) -> bool:
        """Whether it concerns that row or indicator."""
        return (record.item_id, record.indicator_id) == (place.item_id, place.indicator_id)

    def _make_columns(self) -> tuple[Column[Risk], ...]:
        return (
            Column("title", "В чём риск или отклонение", 200, lambda r: r.title, _text("title"), long=True,
                   empty="Новая запись…"),
            Column("kind", "Вид", 96, lambda r: r.kind.label, _with_kind,
                   choices=tuple(kind.label for kind in RiskKind), closed=True),
            Column("about", "К чему относится", 150, self._about, long=True),
            Column("cause", "Причина", 150, lambda r: r.cause, _text("cause"), long=True),
            Column("consequence", "Последствие", 150, lambda r: r.consequence, _text("consequence"), long=True),
            Column("measure", "Мера", 150, lambda r: r.measure, _text("measure"), long=True),
            Column("due", "Срок", 108, lambda r: _day(r.due), _with_day("due"), order=lambda r: _order(r.due),
                   tone=self._due_tone, right=True),
            Column("responsible", "Ответственный", 130, lambda r: r.responsible, _text("responsible")),
            Column("period", "Появилась", 120, lambda r: parse_period(r.period).label,
                   order=lambda r: parse_period(r.period).start.toordinal()),
            Column("closed_on", "Снят", 86, lambda r: _day(r.closed_on), _with_day("closed_on"),
                   order=lambda r: _order(r.closed_on), right=True),
            Column("outcome", "Итог", 150, lambda r: r.outcome, _text("outcome"), long=True),
        )  # fmt: skip

    def _about(self, risk: Risk) -> str:
        if risk.item_id is not None:
            return self._names.get(("item", risk.item_id), "")
        return self._names.get(("indicator", risk.indicator_id), "") if risk.indicator_id is not None else ""

    def _due_tone(self, risk: Risk) -> Tone | None:
        late = risk.due is not None and risk.closed_on is None and risk.due < self.workspace.snapshot.today
        return Tone.RED if late else None


class RisksDialog(QDialog):
    """Shows what stands for ``place`` where it names a row or an indicator, else all; written where it stands."""

    def __init__(self, workspace: Workspace, place: Place, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Риски и отклонения")
        self.resize(1160, 560)
        self._workspace, self._place = workspace, place
        self.model = RiskModel(workspace, place, self)
        self.proxy = RegisterProxy(self.model, self._is_shown)
        self.view = RegisterView(self.model, self.proxy)
        self.view.setAccessibleName("Риски и отклонения")
        self.subject = self._chooser("О чём записи", ("О выбранном", "Обо всём"))
        self.subject.setVisible(place.item_id is not None or place.indicator_id is not None)
        self.filter = self._chooser("Какие записи показать", _SHOWN)
        self.delete_action = QAction(icon("delete"), "Удалить", self)
        self.delete_action.setShortcut(QKeySequence("Ctrl+Del"))
        self.delete_action.triggered.connect(self.delete_chosen)
        self.addAction(self.delete_action)
        self.view.addAction(self.delete_action)
        self.notice = NoticeLine(_HELP)
        self.view.told.connect(self.notice.complain)
        self._lay_out()
        self._fit_pause = QTimer(self, singleShot=True, interval=0)
        self._fit_pause.timeout.connect(self.view.fit_rows)
        for signal in (self.view.horizontalHeader().sectionResized, self.proxy.dataChanged, self.proxy.modelReset,
                       self.proxy.layoutChanged, self.proxy.rowsInserted):  # fmt: skip
            signal.connect(lambda *_: self._fit_pause.start())
        # A closed window must not go on reading the file.
        self.finished.connect(self.deleteLater)
        workspace.changed.connect(self._refresh)
        self._refresh()
        for section in range(self.model.columnCount()):
            self.view.setColumnWidth(section, self.model.column(section).width)
        self.view.go_to_blank("title")

    def _chooser(self, name: str, options: tuple[str, ...]) -> QComboBox:
        chooser = QComboBox()
        chooser.setAccessibleName(name)
        chooser.addItems(options)
        chooser.currentIndexChanged.connect(lambda: self._filter_again())
        return chooser

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        for widget in (tool_button(self.delete_action), self.subject, self.filter):
            row.addWidget(widget)
        row.addStretch(1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        # Enter is the sheet's.
        buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(STEP)
        layout.addLayout(row)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.notice)
        layout.addWidget(buttons)

    def delete_chosen(self) -> None:
        """The selected records; Ctrl+Z in the window brings them back."""
        chosen = self.view.chosen_records()
        if not chosen or not self.model.editable:
            return
        title = f"Удаление: {self.model.name(chosen[0])}" if len(chosen) == 1 else f"Удаление записей: {len(chosen)}"
        with self._workspace.edit(title) as edit:
            for risk in chosen:
                store.delete_risk(edit, risk.id)

    def _refresh(self) -> None:
        self.model.refresh()
        self.delete_action.setEnabled(self.model.editable)

    def _filter_again(self) -> None:
        self.proxy.beginFilterChange()
        self.proxy.endFilterChange()

    def _is_shown(self, row: int) -> bool:
        record = self.model.record(row)
        if record is None:
            return False
        has_subject = self._place.item_id is not None or self._place.indicator_id is not None
        if has_subject and self.subject.currentIndex() == 0 and not self.model.is_about(record, self._place):
            return False
        return self.filter.currentIndex() == 1 or record.stands_in(self._workspace.period)


def _text(field: str) -> Callable[[Risk, str], Risk]:
    def write(risk: Risk, text: str) -> Risk:
        return replace(risk, **{field: "" if is_blank(text) else text.strip()})  # type: ignore[arg-type]

    return write


def _with_day(field: str) -> Callable[[Risk, str], Risk]:
    def write(risk: Risk, text: str) -> Risk:
        return replace(risk, **{field: read_day(text)})  # type: ignore[arg-type]

    return write


def _with_kind(risk: Risk, text: str) -> Risk:
    found = next((kind for kind in RiskKind if kind.label == text.strip().casefold()), None)
    if found is None:
        raise UserError(f"«{shorten(text)}» – не вид записи. Возможны: {', '.join(kind.label for kind in RiskKind)}.")
    return replace(risk, kind=found)


def _day(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else ""


def _order(day: date | None) -> int | None:
    return day.toordinal() if day else None
