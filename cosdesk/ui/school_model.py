"""The register of schools: a school a row, learners and teachers of one school year beside it."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QObject, Qt

from cosdesk.domain.organisation import LOCALITY_KINDS, School, SchoolCount, school_year_at
from cosdesk.errors import UserError
from cosdesk.store import schools as store
from cosdesk.store.edit import Edit
from cosdesk.ui.register import Column, RegisterModel
from cosdesk.ui.sheet import Cells
from cosdesk.ui.theme import Tone
from cosdesk.ui.typed_values import is_blank, read_day, read_number, shorten
from cosdesk.ui.workspace import Workspace

KINDS = (
    "начальная общеобразовательная школа", "основная общеобразовательная школа",
    "средняя общеобразовательная школа", "гимназия", "лицей", "школа-интернат", "вечерняя школа", "филиал",
)  # fmt: skip
_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")


class SchoolModel(RegisterModel[School]):
    """``school_year`` is the year whose counts stand in the rows."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(workspace, parent)
        self.school_year = 0

    def refresh(self) -> None:
        snapshot = self.workspace.snapshot
        if not self.school_year:
            self.school_year = school_year_at(snapshot.today)
        self.show(self._make_columns(), snapshot.schools, self.workspace.is_writable)

    def show_year(self, school_year: int) -> None:
        self.school_year = school_year
        self.refresh()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)

    def years(self) -> list[int]:
        """Every school year that has counts, the present one and the next, the latest first."""
        present = school_year_at(self.workspace.snapshot.today)
        known = {count.school_year for school in self.workspace.snapshot.schools for count in school.counts}
        return sorted(known | {present, present + 1}, reverse=True)

    def blank(self) -> School:
        return School(0, "")

    def name(self, record: School) -> str:
        return f"школа «{shorten(record.label, 40)}»" if record.label else "школа"

    def check(self, record: School) -> None:
        if not (record.name or record.short_name):
            raise UserError("Впишите сначала название школы.")

    def insert(self, edit: Edit, record: School) -> None:
        store.add_school(edit, replace(record, name=record.name or record.short_name))

    def change(self, edit: Edit, before: School, after: School) -> None:
        store.change_school(edit, replace(after, name=after.name or after.short_name))
        store.set_counts(edit, after.id, [count for count in after.counts if count not in before.counts])

    def write(self, cells: Cells, title: str) -> None:
        new = [cell for cell in cells if self.record(cell[0].row()) is None and cell[1].strip()]
        added = [self._written([cell])[0][1] for cell in new]
        like = self._like(added[0]) if added else None
        super().write(cells, title)
        if like is not None:
            self.doubted.emit(f"Похожая школа уже есть: «{like.label}». Если это она, отмените – Ctrl+Z.")

    def _like(self, school: School) -> School | None:
        """A school of the register that bears nearly the same name."""
        from cosdesk.intake.schools import match_school

        return match_school(school.name or school.short_name, self.workspace.snapshot.schools)[1]

    # --- columns

    def _make_columns(self) -> tuple[Column[School], ...]:
        group = f"{self.school_year}/{(self.school_year + 1) % 100:02d} уч. год"
        labels = tuple(dict.fromkeys(school.label for school in self.workspace.snapshot.schools))
        return (
            Column(
                "short_name", "Краткое название", 252, lambda s: s.short_name, _text("short_name"),
                shown=lambda s: s.label, muted=lambda s: not s.short_name, empty="Новая школа…",
            ),
            Column("name", "Полное название", 280, lambda s: s.name, _text("name"), tip=_former_names),
            Column("kind", "Вид", 130, lambda s: s.kind, _text("kind"), choices=KINDS),
            Column("locality", "Населённый пункт", 130, lambda s: s.locality, _text("locality")),
            Column(
                "locality_kind", "Тип", 58, lambda s: s.locality_kind, _with_locality_kind,
                choices=LOCALITY_KINDS, closed=True,
            ),
            Column(
                "learners", "Обучающихся", 104, lambda s: self._count(s, "learners"),
                lambda s, text: self._with_count(s, "learners", text),
                order=lambda s: _order(self._count(s, "learners")), right=True, group=group,
            ),
            Column(
                "teachers", "Учителей", 76, lambda s: self._count(s, "teachers"),
                lambda s, text: self._with_count(s, "teachers", text),
                order=lambda s: _order(self._count(s, "teachers")), right=True, group=group,
            ),
            Column("address", "Адрес", 210, lambda s: s.address, _text("address")),
            Column("head", "Руководитель", 190, lambda s: s.head, _text("head")),
            Column("phone", "Телефон", 120, lambda s: s.phone, _text("phone")),
            Column("email", "Электронная почта", 160, lambda s: s.email, _with_email),
            Column("site", "Сайт", 170, lambda s: s.site, _text("site")),
            Column(
                "branch_of", "Филиал школы", 170, self._branch_of, self._with_branch_of, choices=labels,
            ),
            Column("opened", "Открыта", 84, lambda s: _day(s.opened), _with_day("opened"),
                   order=lambda s: s.opened.toordinal() if s.opened else None, right=True),
            Column("closed", "Закрыта", 84, lambda s: _day(s.closed), _with_day("closed"),
                   order=lambda s: s.closed.toordinal() if s.closed else None, right=True,
                   tone=lambda s: Tone.GREY if s.closed else None, tip=self._merged_into),
        )  # fmt: skip

    def _count(self, school: School, field: str) -> str:
        count = school.count(self.school_year)
        return str(getattr(count, field)) if count else ""

    def _with_count(self, school: School, field: str, text: str) -> School:
        number = read_number(text)
        if number is not None and (number != number.to_integral_value() or not 0 <= number < 1_000_000):
            raise UserError(f"«{shorten(text)}» – не число людей. Пишите целое число.")
        present = school.count(self.school_year)
        if present is None and number is None:
            return school
        count = replace(present or SchoolCount(self.school_year, 0, 0), **{field: int(number or 0)})
        others = tuple(each for each in school.counts if each.school_year != self.school_year)
        return replace(school, counts=tuple(sorted((*others, count), key=lambda each: each.school_year)))

    def _branch_of(self, school: School) -> str:
        return self._label(school.branch_of)

    def _with_branch_of(self, school: School, text: str) -> School:
        if is_blank(text):
            return replace(school, branch_of=None)
        words = " ".join(text.split()).casefold()
        for other in self.workspace.snapshot.schools:
            if words in (other.label.casefold(), other.name.casefold()) and other.id != school.id:
                return replace(school, branch_of=other.id)
        raise UserError(f"Школы «{shorten(text)}» в реестре нет. Выберите её из списка, который открывается по буквам.")

    def _merged_into(self, school: School) -> str:
        return f"Присоединена к «{self._label(school.merged_into)}»" if school.merged_into else ""

    def _label(self, school_id: int | None) -> str:
        return next((s.label for s in self.workspace.snapshot.schools if s.id == school_id), "")


def _text(field: str) -> Callable[[School, str], School]:
    def write(school: School, text: str) -> School:
        words = " ".join(text.split())
        return replace(school, **{field: "" if is_blank(words) else words})  # type: ignore[arg-type]

    return write


def _with_day(field: str) -> Callable[[School, str], School]:
    def write(school: School, text: str) -> School:
        changed = replace(school, **{field: read_day(text)})  # type: ignore[arg-type]
        if changed.opened and changed.closed and changed.closed < changed.opened:
            raise UserError("Школа не может закрыться раньше, чем открылась. Проверьте обе даты.")
        return changed

    return write


def _with_locality_kind(school: School, text: str) -> School:
    word = text.strip().casefold().rstrip(".")
    found = {"г": "город", "гор": "город", "с": "село", "поселок городского типа": "пгт"}.get(word, word)
    if found not in LOCALITY_KINDS:
        raise UserError(f"«{shorten(text)}» – не тип населённого пункта. Возможны: {', '.join(LOCALITY_KINDS)}.")
    return replace(school, locality_kind=found)


def _with_email(school: School, text: str) -> School:
    words = "" if is_blank(text) else " ".join(text.split())
    if words and not _MAIL.search(words):
        raise UserError(f"«{shorten(words)}» – не адрес электронной почты. Он пишется так: имя@сервер.ru.")
    return replace(school, email=words)


def _former_names(school: School) -> str:
    names = [name for name in school.former_names if name != school.name]
    return f"Прежние названия: {'; '.join(names)}" if names else ""


def _day(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else ""


def _order(count: str) -> int | None:
    return int(count) if count else None
