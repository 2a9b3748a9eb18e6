"""Forms of one's own: taken in whole or not at all, told apart from the built-in ones, every fault by its line."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from cosdesk import form_library
from cosdesk.errors import UserError
from cosdesk.form_library import (
    FormKind,
    delete_form,
    hand_over,
    known_form,
    known_forms,
    present_form,
    read_form,
    renamed,
    save_form,
)
from cosdesk.forms.monitoring_form import monitoring_forms
from cosdesk.forms.reading import LARGEST, FormError, form_source
from cosdesk.forms.roadmap_form import roadmap_forms
from cosdesk.paths import forms_folder, user_data_folder
from cosdesk.reports.analytical import analytical_form
from cosdesk.reports.catalog import report, reports

SOURCES = {
    FormKind.ROADMAP: form_source(forms_folder() / "roadmaps" / "three-part.toml"),
    FormKind.REPORT: form_source(forms_folder() / "reports" / "analytical-report.toml"),
    FormKind.PAPER: form_source(forms_folder() / "reports" / "monitoring-note.toml"),
    FormKind.MONITORING: form_source(forms_folder() / "monitoring" / "internet.toml"),
}


@pytest.fixture(autouse=True)
def _no_own_forms() -> Iterator[None]:
    yield
    for entry in known_forms():
        if entry.own:
            delete_form(entry)
    shutil.rmtree(user_data_folder() / "forms", ignore_errors=True)
    form_library._forget()


def faulty(kind: FormKind, old: str, new: str) -> tuple[str, int]:
    """The form with one place spoiled, and the line of it."""
    source = SOURCES[kind]
    assert old in source
    return source.replace(old, new, 1), source.count("\n", 0, source.index(old)) + 1


def test_a_monitoring_form_s_copy_knows_what_it_was_copied_from() -> None:
    source = renamed(SOURCES[FormKind.MONITORING], 'Интернет "по-нашему"')
    built_in = monitoring_forms()["internet"]
    own = save_form(source.replace("else 50", "else 30"))
    form = monitoring_forms()[own.id]
    assert (form.title, form.based_on, built_in.based_on) == ('Интернет "по-нашему"', "internet", "")
    assert form.source != built_in.source and monitoring_forms()["internet"] == built_in
    # What was changed is the head alone: every other line stands as it stood.
    lines = built_in.source.splitlines()
    assert [line for line in source.splitlines() if line not in lines] == [
        'id = "internet-2"', 'title = "Интернет \\"по-нашему\\""', 'based_on = "internet"',
    ]  # fmt: skip
    delete_form(own)
    assert own.id not in monitoring_forms()


@pytest.mark.parametrize("kind", FormKind)
def test_the_kind_is_known_by_the_content(kind: FormKind) -> None:
    entry = read_form(SOURCES[kind], Path("форма района.toml"))
    assert entry.kind is kind
    assert entry.title and entry.id in SOURCES[kind]


def test_every_built_in_form_is_sound() -> None:
    found = known_forms()
    assert [entry.fault for entry in found if entry.fault] == []
    assert {entry.kind for entry in found} == set(FormKind)
    assert not any(entry.own for entry in found)


@pytest.mark.parametrize(
    ("kind", "old", "new", "told"),
    [
        (FormKind.PAPER, 'id = "monitoring-note"', 'id = "Справка"', "«id»: только маленькие латинские буквы"),
        (FormKind.PAPER, 'id = "monitoring-note"', 'id = "../../письмо"', "«id»: только маленькие латинские буквы"),
        (FormKind.PAPER, 'id = "monitoring-note"', 'id = "con"', "«id»: только маленькие латинские буквы"),
        (FormKind.PAPER, 'id = "monitoring-note"', 'id = "roadmap"', "«roadmap» занято программой"),
        (FormKind.PAPER, 'id = "monitoring-note"', 'id = "analytical-report"', "занято формой другого рода"),
        (FormKind.REPORT, 'id = "analytical-report"', 'id = "letter"', "занято формой другого рода"),
        (FormKind.PAPER, "{{ row.reference }}", "{{ row.nothing }}", "у «row» нет «nothing»"),
        (FormKind.PAPER, "{% if monitoring %}\nМониторинг", "{% if опрос %}\nМониторинг", "имени «опрос» нет"),
        (FormKind.PAPER, "{{ row.of_point }} муниц", "{{ row.of_point | shout }} муниц", "«shout» нет"),
        (FormKind.PAPER, "Охвачены ______ организаций.", "Охвачены {{ execution.due | count }}.", "«execution» нет"),
        (FormKind.PAPER, 'blocks = ["failing"]', 'blocks = ["список"]', "блок «список» неизвестен"),
        (FormKind.PAPER, 'field = "reasons"', 'field = "reason"', "значение «reason» не подходит"),
        (FormKind.PAPER, "width = 3\n", "width = nan\n", "«width» в «column»: должно быть числом от 0.05 до 100"),
        (FormKind.PAPER, "width = 3\n", "width = -1\n", "«width» в «column»: должно быть числом от 0.05 до 100"),
        (FormKind.PAPER, "blank_rows = 6", "blank_rows = 1_000_000", "«blank_rows» в «table»: должно быть числом"),
        (FormKind.PAPER, 'id = "procedure"', 'id = "grounds"', "«grounds» уже есть выше"),
        (FormKind.PAPER, "needs_row = true", 'needs_row = "да"', "должно быть true или false"),
        (FormKind.PAPER, "needs_row = true", "need_row = true", "такого ключа в форме нет"),
        (FormKind.PAPER, "needs_row = true", "needs_row true", "нет знака «=»"),
        (FormKind.PAPER, 'heading = "Вывод"', 'heading = "Вывод', "не закрыта кавычка"),
        (FormKind.REPORT, "listed = 10", "listed = 10\nlisted = 11", "ключ задан дважды"),
        (FormKind.REPORT, "{{ schools.total | choice(", "{{ schools.all | choice(", "у «schools» нет «all»"),
        (FormKind.REPORT, "font_size = ", "font_size = inf #", "«font_size» в «table»: должно быть числом от 6 до 20"),
        (FormKind.REPORT, "Риск срыва срока: {{ term.name }}", "{{ term.named }}", "у «term» нет «named»"),
        (FormKind.REPORT, 'forecast = "({{ day }})"', 'forecast = "({{ date }})"', "имени «date» нет"),
        (FormKind.REPORT, '"indicators.reached"', '"indicators.reach"', "группы «indicators.reach» нет"),
        (FormKind.ROADMAP, 'field = "expected"', 'field = "результат"', "значение «результат» не подходит"),
        (FormKind.ROADMAP, 'numbering = "levels"', 'numbering = "да"', "значение «да» не подходит"),
        (FormKind.MONITORING, 'type = "', 'type = "иной', "значение «иной"),
    ],
)
def test_a_faulty_form_is_told_by_line_and_nothing_is_kept(kind: FormKind, old: str, new: str, told: str) -> None:
    source, line = faulty(kind, old, new)
    with pytest.raises(FormError) as raised:
        save_form(source, "форма района.toml")
    message = str(raised.value)
    assert message.startswith("Форма форма района.toml, строка ") and told in message
    assert raised.value.line == (line + 1 if told == "ключ задан дважды" else line)
    assert f", строка {raised.value.line}: " in message
    assert not any(entry.own for entry in known_forms())
    assert not list((user_data_folder() / "forms").rglob("*.toml"))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "пуст"),
        (b"   \n", "пуст"),
        (SOURCES[FormKind.PAPER].encode("cp1251", "replace"), "не в кодировке UTF-8"),
        (SOURCES[FormKind.PAPER].encode("utf-16"), "не в кодировке UTF-8"),
        (b"#" * (LARGEST + 1), "больше 512 КБ"),
        (b"PK\x03\x04", "строка 1"),
        (b"a = " + b"[" * 20_000 + b"]" * 20_000, "вложены слишком глубоко"),
        ('title = "Рецепты"\nid = "x"'.encode(), "не форма: в нём нет"),
    ],
)
def test_what_is_no_form_is_refused_in_a_sentence(content: bytes, told: str, tmp_path: Path) -> None:
    path = tmp_path / "чужой.toml"
    path.write_bytes(content)
    with pytest.raises(FormError, match=told) as raised:
        read_form(form_source(path), path)
    assert "чужой.toml" in str(raised.value)


def test_a_form_saved_by_a_windows_editor_is_read(tmp_path: Path) -> None:
    path = tmp_path / "windows.toml"
    path.write_bytes(b"\xef\xbb\xbf" + SOURCES[FormKind.PAPER].replace("\n", "\r\n").encode())
    assert form_source(path) == SOURCES[FormKind.PAPER]


@pytest.mark.parametrize("kind", FormKind)
def test_an_own_form_replaces_the_built_in_one_until_it_is_deleted(kind: FormKind) -> None:
    built_in = read_form(SOURCES[kind], Path("форма.toml"))
    source = SOURCES[kind].replace(f'title = "{built_in.title}"', 'title = "По-своему"', 1)
    saved = save_form(source)
    assert (saved.own, saved.replaces, saved.title) == (True, True, "По-своему")
    assert present_form(built_in) == saved
    assert "По-своему" in titles_in_force(kind)
    delete_form(saved)
    assert "По-своему" not in titles_in_force(kind)
    assert built_in.title in titles_in_force(kind)


def titles_in_force(kind: FormKind) -> list[str]:
    match kind:
        case FormKind.ROADMAP:
            return [form.title for form in roadmap_forms().values()]
        case FormKind.MONITORING:
            return [form.title for form in monitoring_forms().values()]
        case FormKind.REPORT:
            return [analytical_form().title]
        case FormKind.PAPER:
            return [known.title for known in reports()]


def test_both_are_kept_under_another_name() -> None:
    first = save_form(renamed(SOURCES[FormKind.PAPER]))
    second = save_form(renamed(first.source))
    assert (first.id, second.id) == ("monitoring-note-2", "monitoring-note-3")
    assert (first.title, second.title) == (
        "Справка по итогам мониторинга (2)",
        "Справка по итогам мониторинга (3)",
    )
    assert not first.replaces
    known = [known.id for known in reports()]
    assert {"monitoring-note", "monitoring-note-2", "monitoring-note-3"} <= set(known)
    own_report = save_form(renamed(SOURCES[FormKind.REPORT], "Отчёт главе"))
    assert report(own_report.id).title == "Отчёт главе"
    assert report("analytical-report").title == "Информационно-аналитический отчёт"


def test_a_form_spoiled_in_its_folder_is_shown_with_its_fault_and_not_used() -> None:
    saved = save_form(SOURCES[FormKind.PAPER].replace('heading = "Вывод"', 'heading = "Итог"'))
    saved.path.write_text(saved.source.replace('heading = "Итог"', "heading = 5"), "utf-8")
    form_library._forget()
    own = [entry for entry in known_forms() if entry.own]
    assert [(entry.id, entry.title) for entry in own] == [("monitoring-note", "Справка по итогам мониторинга")]
    assert "«heading» в «section»" in own[0].fault
    assert known_form("monitoring-note", FormKind.PAPER).own is False
    assert ("conclusion", "Вывод") in report("monitoring-note").parts
    with pytest.raises(UserError, match="Встроенную форму удалить нельзя"):
        delete_form(known_form("monitoring-note", FormKind.PAPER))
    delete_form(own[0])
    assert not own[0].path.exists()


def test_a_form_handed_over_comes_back_the_same(tmp_path: Path) -> None:
    path = tmp_path / "справка.toml"
    hand_over(known_form("monitoring-note", FormKind.PAPER), path)
    assert path.read_text("utf-8") == SOURCES[FormKind.PAPER]
    assert read_form(form_source(path), path).kind is FormKind.PAPER
