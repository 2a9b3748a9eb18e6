"""What a form says of itself: title, instruction, norm, the words of its conclusion."""

from functools import partial

from PySide6.QtWidgets import QFormLayout, QScrollArea, QVBoxLayout, QWidget

from cosdesk.forms.monitoring_draft import HEAD
from cosdesk.ui.draft_history import DraftHistory
from cosdesk.ui.panel_parts import FaultLabel, plain_label
from cosdesk.ui.text_fields import GrowingText
from cosdesk.ui.theme import STEP

_FIELDS = (
    ("title", "Название", "Так форма называется в списках и в книге для школы", ""),
    ("subject", "Мониторинг чего", "Для документов, в родительном падеже: «обновления официальных сайтов»", ""),
    ("instruction", "Пояснение школе", "Стоит в книге над вопросами", ""),
    ("norm", "Норма", "Требование, с которым сравнивают, – тоже в книге; можно не писать", ""),
    ("complies_label", "Если соответствует", "Как назвать вывод", "соответствует"),
    ("fails_label", "Если не соответствует", "", "не соответствует"),
)


class DraftHeadEditor(QScrollArea):
    """Each field is kept on leaving it."""

    def __init__(self, history: DraftHistory, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._history = history
        self.fields: dict[str, GrowingText] = {}
        self._complaint = FaultLabel()
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(STEP * 2, STEP * 2, STEP * 2, STEP * 2)
        form = QFormLayout()
        column.addLayout(form)
        form.setSpacing(STEP)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for key, label, hint, default in _FIELDS:
            field = GrowingText(label, lowest=3 if key == "instruction" else 1)
            field.setPlaceholderText(default or hint)
            field.setToolTip(hint)
            field.left.connect(partial(self._keep, key, label))
            self.fields[key] = field
            form.addRow(label, field)
            if key == "title":
                form.addRow("", self._complaint)
        column.addWidget(
            plain_label("Вопросы и всё остальное – на соседних вкладках; справа видно, что получит школа.")
        )
        column.addStretch(1)
        self.setWidget(body)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        history.changed.connect(self._show)
        self._show()

    def finish(self) -> None:
        """Keeps what is still being typed."""
        for field in self.fields.values():
            field.finish()

    def _keep(self, key: str, label: str, text: str) -> None:
        value = " ".join(text.split())
        draft = self._history.draft
        self._history.change(label, draft.with_values(HEAD, 0, {key: value if value or key == "title" else None}))

    def _show(self) -> None:
        values = self._history.draft.values(HEAD)
        for key, field in self.fields.items():
            field.show_text(str(values.get(key, "")))
        faults = [fault for fault in self._history.faults_of(HEAD, 0) if fault.key in self.fields]
        names = {key: label for key, label, *_ in _FIELDS}
        self._complaint.complain("; ".join(f"{names[fault.key]}: {fault.phrase}" for fault in faults))
