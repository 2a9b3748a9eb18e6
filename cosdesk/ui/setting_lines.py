"""Every line of «Настройки»: how it is read, where it is kept, what is usual."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from cosdesk.domain.district import District
from cosdesk.domain.names import decline_district
from cosdesk.domain.norms import NORM_KINDS, USUAL, NormKind, Norms
from cosdesk.paths import user_data_folder
from cosdesk.store.districts import change_district
from cosdesk.store.norms import change_norms
from cosdesk.ui import appearance, keeping
from cosdesk.ui.setting_kinds import ActionSetting, ChoiceSetting, NumberSetting, Setting, TextSetting
from cosdesk.ui.settings import last_folder
from cosdesk.ui.theme import USUAL_POINTS, Scheme

if TYPE_CHECKING:
    from cosdesk.ui.main_window import MainWindow

UNDO_TITLE = "Настройка:"
"""How the edits made here begin."""
_DISTRICT, _OFFICE, _TERMS, _REPORTS = "Район и названия", "Учреждение и подписи", "Сроки и пороги", "Отчёты"
_LOOK, _KEEPING, _FORMS, _MAIL = "Вид", "Хранение", "Формы", "Почта и календарь"

# (field of the district, label, what it changes, hint)
_NAMES = (
    ("name", "Район", "Заголовки документов, имя окна.", "Заречный район"),
    ("name_genitive", "Район (кого? чего?)", "«… дорожной карты Заречного района».", "Заречного района"),
    ("name_locative", "Район (в ком? в чём?)", "«… школ в Заречном районе».", "Заречном районе"),
    ("region", "Регион", "Стоит в заголовках после района.", "область, край или республика"),
)
_PEOPLE = (
    ("office", "Орган управления", "Шапка писем и приказов.", "Управление образования администрации района"),
    ("head_position", "Должность руководителя", "Подпись под документами.", "Начальник управления образования"),
    ("head_name", "Руководитель", "Подпись под документами.", "Фамилия Имя Отчество"),
    ("coordinator_position", "Должность координатора", "Отметка об исполнителе.", "Ведущий специалист"),
    ("coordinator_name", "Координатор", "Отметка об исполнителе.", "Фамилия Имя Отчество"),
)
_CONTACTS = (
    ("coordinator_phone", "Телефон координатора", "Отметка об исполнителе, подпись в письмах.", "8 (00000) 0-00-00"),
    ("coordinator_email", "Электронная почта координатора", "Подпись в письмах школам.", "адрес@почта"),
)
_NORM_SECTIONS = {"upcoming_days": _REPORTS, "reminder_days": _MAIL}
_SCHEMES = ((Scheme.SYSTEM, "как в системе"), (Scheme.LIGHT, "светлые"), (Scheme.DARK, "тёмные"))


def setting_lines(window: MainWindow) -> tuple[Setting, ...]:
    """All of them, by sections."""
    lines = [
        *(_district_text(window, _DISTRICT, *names) for names in _NAMES),
        *(_district_text(window, _OFFICE, *names) for names in _PEOPLE),
        *_windows(window),
        *(_norm(window, kind) for kind in NORM_KINDS),
        *_look(),
        *_storage(window),
        *(_district_text(window, _MAIL, *names) for names in _CONTACTS),
    ]
    order = list(dict.fromkeys((_DISTRICT, _OFFICE, _TERMS, _REPORTS, _LOOK, _KEEPING, _FORMS, _MAIL)))
    return tuple(sorted(lines, key=lambda line: order.index(line.section)))


# --- the district's file


def _district(window: MainWindow) -> District:
    return window.workspace.snapshot.district if window.workspace.is_open else District("")


def _district_text(
    window: MainWindow, section: str, field: str, label: str, effect: str, hint: str
) -> TextSetting:
    def write(value: str) -> None:
        present = _district(window)
        changed = replace(present, **{field: value})
        if field == "name":
            changed = _with_cases(present, changed)
        with window.workspace.edit(f"{UNDO_TITLE} {label}") as edit:
            change_district(edit, changed)

    return TextSetting(
        section=section,
        label=label,
        effect=effect,
        words="название падеж подпись реквизиты",
        in_file=True,
        read=lambda: str(getattr(_district(window), field)),
        write=write,
        usual=_proposal(window, field),
        hint=hint,
        required=field == "name",
    )


def _proposal(window: MainWindow, field: str) -> Callable[[], str]:
    place = {"name_genitive": 0, "name_locative": 1}.get(field)
    return lambda: "" if place is None else decline_district(_district(window).name)[place]


def _with_cases(present: District, changed: District) -> District:
    """Cases that were the proposed ones follow the new name; those of the user's own stay."""
    former, proposed = decline_district(present.name), decline_district(changed.name)
    if present.name_genitive in ("", former[0]):
        changed = replace(changed, name_genitive=proposed[0])
    if present.name_locative in ("", former[1]):
        changed = replace(changed, name_locative=proposed[1])
    return changed


def _norm(window: MainWindow, kind: NormKind) -> NumberSetting:
    def norms() -> Norms:
        return window.workspace.snapshot.norms if window.workspace.is_open else USUAL

    def write(value: int) -> None:
        with window.workspace.edit(f"{UNDO_TITLE} {kind.label} {value} {kind.unit}") as edit:
            change_norms(edit, replace(norms(), **{kind.name: value}))

    def bounds() -> tuple[int, int]:
        # A yellow light begins no higher than a green one.
        if kind.name == "near_percent":
            return kind.lowest, norms().reached_percent
        return (norms().near_percent if kind.name == "reached_percent" else kind.lowest), kind.highest

    return NumberSetting(
        section=_NORM_SECTIONS.get(kind.name, _TERMS),
        label=kind.label,
        effect=kind.effect,
        words="порог норма цвет светофор статус скоро",
        in_file=True,
        read=lambda: int(getattr(norms(), kind.name)),
        write=write,
        usual=kind.usual,
        bounds=bounds,
        unit=kind.unit,
    )


# --- this computer


def _look() -> tuple[Setting, ...]:
    return (
        ChoiceSetting(
            section=_LOOK,
            label="Цвета",
            effect="Тёмные бережнее к глазам вечером. На печать не влияет.",
            words="тема тёмная светлая оформление",
            read=lambda: appearance.scheme().value,
            write=lambda value: appearance.choose(Scheme(value), appearance.points()),
            usual=Scheme.SYSTEM.value,
            options=tuple((scheme.value, label) for scheme, label in _SCHEMES),
        ),
        NumberSetting(
            section=_LOOK,
            label="Размер букв в окне",
            effect="Таблицы, кнопки и панели; документы печатаются по ГОСТу.",
            words="шрифт масштаб крупно мелко",
            read=appearance.points,
            write=lambda value: appearance.choose(appearance.scheme(), value),
            usual=USUAL_POINTS,
            bounds=lambda: (appearance.SMALLEST, appearance.LARGEST),
            unit="пт",
        ),
    )


def _storage(window: MainWindow) -> tuple[Setting, ...]:
    return (
        NumberSetting(
            section=_KEEPING,
            label="Резервная копия во время работы каждые",
            effect="Если что-нибудь изменилось; ещё одна делается при закрытии файла.",
            words="бэкап сохранение копии",
            read=keeping.minutes_between,
            write=keeping.choose_minutes_between,
            usual=keeping.USUAL_MINUTES,
            bounds=lambda: keeping.MINUTES,
            unit="мин",
        ),
        ActionSetting(
            section=_KEEPING,
            label="Второе место для копий",
            effect="Папка на флешке или другом диске: если диск откажет, пропадут и файл, и копии рядом с ним.",
            words="носитель флешка диск бэкап",
            button="Выбрать папку…",
            run=lambda: _choose_medium(window),
            read=lambda: f"Сейчас: {folder}." if (folder := keeping.medium_folder()) else "",
            forget=lambda: keeping.choose_medium(None),
        ),
        NumberSetting(
            section=_KEEPING,
            label="Напомнить о втором месте, если копий не было",
            effect="Предупреждение над страницей при открытии файла.",
            words="носитель флешка напоминание",
            read=keeping.days_unseen,
            write=keeping.choose_days_unseen,
            usual=keeping.USUAL_DAYS,
            bounds=lambda: keeping.DAYS,
            unit="дн.",
        ),
        ActionSetting(
            section=_KEEPING,
            label="Папка программы",
            effect="Здесь лежат копии, свои формы и журнал ошибок.",
            words="данные журнал логи",
            button="Открыть папку",
            run=_open_folder,
        ),
    )


def _choose_medium(window: MainWindow) -> None:
    present = keeping.medium_folder() or last_folder()
    name = QFileDialog.getExistingDirectory(window, "Второе место для копий", str(present))
    if name:
        keeping.choose_medium(Path(name))


def _open_folder() -> None:
    folder = user_data_folder()
    folder.mkdir(parents=True, exist_ok=True)
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def _windows(window: MainWindow) -> tuple[Setting, ...]:
    """What has a window of its own, opened from here too."""
    return (
        ActionSetting(
            section=_OFFICE,
            label="Бланк учреждения",
            effect="Шапка, герб, адрес и реквизиты на первом листе писем и приказов; издание ГОСТа.",
            words="ГОСТ герб шапка реквизиты угловой продольный",
            in_file=True,
            button="Бланк…",
            run=lambda: _letterhead(window),
        ),
        ActionSetting(
            section=_FORMS,
            label="Формы",
            effect="Дорожные карты, мониторинги, документы: свои формы рядом с готовыми.",
            words="шаблон форма мониторинг отчёт свои",
            button="Формы…",
            run=lambda: _forms(window),
        ),
    )


def _letterhead(window: MainWindow) -> None:
    from cosdesk.ui.letterhead_dialog import edit_letterhead

    edit_letterhead(window)


def _forms(window: MainWindow) -> None:
    from cosdesk.ui.files import show_forms

    show_forms(window)
