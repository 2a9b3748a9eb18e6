"""The document at hand: its files and what it proves, each with what can be done."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cosdesk.domain.district import Snapshot
from cosdesk.domain.evidence import Evidence
from cosdesk.domain.period import parse_period
from cosdesk.domain.row_numbers import bare
from cosdesk.store.evidence_files import EvidenceFile
from cosdesk.ui.document_edits import AnyTie, RoundTie, Tie, ValueTie
from cosdesk.ui.evidence_field import clear_layout
from cosdesk.ui.indicator_changes import short_name
from cosdesk.ui.page import Place
from cosdesk.ui.panel_parts import SidePanel, flat_button, part_heading, plain_label
from cosdesk.ui.theme import STEP
from cosdesk.ui.typed_values import shorten

WIDTH = 300


class DocumentPanel(SidePanel):
    """``led`` carries a ``Place``, ``release_wanted`` what is proved no more; the others nothing or a file."""

    led = Signal(object)
    attach_wanted = Signal()
    tie_wanted = Signal()
    tie_value_wanted = Signal()
    tie_round_wanted = Signal()
    release_wanted = Signal(object)
    open_wanted = Signal(object)
    save_wanted = Signal(object)
    replace_wanted = Signal(object)
    scan_wanted = Signal()
    remove_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Документ", WIDTH - 40, parent)

    def show_document(
        self,
        document: Evidence | None,
        files: Sequence[EvidenceFile],
        snapshot: Snapshot,
        editable: bool,
        unsigned: bool = False,
    ) -> None:
        """All of a document; a hint where none is chosen.  ``unsigned``: its pages were made here and await a scan."""
        clear_layout(self._column)
        if document is None:
            self._column.addWidget(plain_label("Выберите документ, и здесь будут его файлы и то, что он подтверждает."))
            self._column.addStretch(1)
            return
        self._column.addWidget(plain_label(document.label, bold=True))
        self._column.addWidget(part_heading("Файлы"))
        for file in files:
            self._column.addWidget(self._file(file, editable))
        if not files:
            self._column.addWidget(plain_label("Файла нет. Перетащите сюда скан или документ."))
        if editable and unsigned:
            self._column.addWidget(flat_button("Подписан – приложить скан…", self.scan_wanted.emit, "attach"))
        if editable:
            self._column.addWidget(flat_button("Приложить файл…", self.attach_wanted.emit, "attach"))
        self._column.addWidget(part_heading("Подтверждает"))
        self._add_proved(document, snapshot, editable)
        if editable:
            for text, signal in (
                ("Добавить строки…", self.tie_wanted), ("Добавить значения показателей…", self.tie_value_wanted),
                ("Добавить мониторинг…", self.tie_round_wanted),
            ):  # fmt: skip
                self._column.addWidget(flat_button(text, signal.emit, "add"))
        self._column.addStretch(1)

    def _file(self, file: EvidenceFile, editable: bool) -> QWidget:
        widget = QWidget()
        column = QVBoxLayout(widget)
        column.setContentsMargins(0, 0, 0, STEP // 2)
        column.setSpacing(0)
        column.addWidget(plain_label(f"{file.name} – {_size(file.size)}"))
        actions = [("Открыть", self.open_wanted)] if file.may_be_opened else []
        actions.append(("Сохранить как…", self.save_wanted))
        column.addLayout(self._file_buttons(actions, file))
        if editable:
            others = [("Заменить…", self.replace_wanted), ("Убрать", self.remove_wanted)]
            column.addLayout(self._file_buttons(others, file))
        return widget

    def _file_buttons(self, actions: Sequence[tuple[str, SignalInstance]], file: EvidenceFile) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(0)
        for text, signal in actions:
            button = flat_button(text, lambda _=False, signal=signal: signal.emit(file))
            button.setAccessibleName(f"{text}: {file.name}")
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _add_proved(self, document: Evidence, snapshot: Snapshot, editable: bool) -> None:
        found = list(_proved(document, snapshot))
        for text, place, proved in found:
            self._add_link(text, place, proved if editable else None)
        if not found:
            self._column.addWidget(plain_label("Пока ничего."))

    def _add_link(self, text: str, place: Place, proved: AnyTie | None) -> None:
        self._column.addWidget(plain_label(text))
        row = QHBoxLayout()
        row.setSpacing(0)
        lead = flat_button("Перейти", lambda: self.led.emit(place))
        lead.setAccessibleName(f"Перейти: {text}")
        row.addWidget(lead)
        if proved:
            drop = flat_button("Убрать", lambda: self.release_wanted.emit(proved))
            drop.setAccessibleName(f"Больше не подтверждает: {text}")
            row.addWidget(drop)
        row.addStretch(1)
        holder = QWidget()
        holder.setLayout(row)
        row.setContentsMargins(0, 0, 0, STEP // 2)
        self._column.addWidget(holder)


def _proved(document: Evidence, snapshot: Snapshot) -> Iterator[tuple[str, Place, AnyTie]]:
    """All that the document proves: what it is called, where it is, what ties it."""
    places = {item.id: (c, item) for c in snapshot.roadmaps for item in c.items}
    for item_id in document.item_ids:
        if item_id in places:
            contents, item = places[item_id]
            name = shorten(f"{bare(item.number)} {item.title}".strip(), 90)
            yield f"Строка {name}", Place(contents.roadmap.id, item_id), Tie(item_id)
    indicators = {each.id: (c, each) for c in snapshot.roadmaps for each in c.indicators}
    for indicator_id, period in document.values:
        if indicator_id in indicators:
            contents, indicator = indicators[indicator_id]
            text = f"Показатель {short_name(indicator)} за {parse_period(period).label}"
            yield text, Place(contents.roadmap.id, None, indicator_id), ValueTie(indicator_id, period)
    for each in snapshot.rounds:
        if each.id in document.round_ids:
            yield f"Мониторинг «{each.title}»", Place(0, round_id=each.id), RoundTie(each.id)


def _size(count: int) -> str:
    """«12 КБ», «1,4 МБ»."""
    if count < 1024 * 1024:
        return f"{max(1, round(count / 1024))}\u00a0КБ"
    return f"{count / 1024 / 1024:.1f}\u00a0МБ".replace(".", ",")
