"""The reports' forms: the built-in one is sound, a fault in a form is told by file, line and reason."""

from pathlib import Path

import pytest

from cosdesk.forms.reading import FormError
from cosdesk.forms.report_form import Template, read_report_form, report_form_path
from cosdesk.reports.analytical import WORDS, analytical_form
from cosdesk.reports.analytical_tables import TABLE_FIELDS

SOURCE = report_form_path("analytical-report").read_text(encoding="utf-8")


def test_the_built_in_form_has_the_official_parts() -> None:
    form = analytical_form()
    assert [section.heading for section in form.sections] == [
        "1. Общие сведения",
        "2. Достижение показателей",
        "3. Исполнение результатов, контрольных точек и мероприятий",
        "4. Отклонения и риски",
        "5. Выводы",
        "6. Предложения",
    ]
    assert [annex.table for annex in form.annexes] == ["indicators", "execution", "risks"]
    assert form.words.keys() == set(WORDS)


def test_a_template_knows_the_line_it_begins_on() -> None:
    template = analytical_form().sections[1].text
    assert SOURCE.splitlines()[template.line - 1] == template.text.splitlines()[0]
    assert template.file_name == "analytical-report.toml"
    assert str(template.fault("причина", 3)) == (
        f"Форма analytical-report.toml, строка {template.line + 2}: причина. Исправьте файл формы."
    )


def read(folder: Path, source: str) -> None:
    path = folder / "свой.toml"
    path.write_text(source, encoding="utf-8")
    read_report_form(path, TABLE_FIELDS, WORDS)


def line_of(text: str, source: str) -> int:
    return source.count("\n", 0, source.index(text)) + 1


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('heading = "Параметр"', "heading = 5", "«heading» в «column»: должно быть строкой в кавычках"),
        ('id = "summary"', 'id = "сводка"', "«id» в «table»: значение «сводка» не подходит"),
        ("numbered = true", 'numbered = "да"', "«numbered» в «section»: должно быть true или false"),
        ("listed = 10", "listed = 10\nlimit = 3", "«limit»: такого ключа в форме нет"),
        (
            'blocks = ["chart", "level_chart"]',
            'blocks = ["рисунок"]',
            "«blocks» в «section»: блок «рисунок» неизвестен",
        ),
        ('field = "share"', 'field = "доля"', "«field» в «column»: значение «доля» не подходит"),
        ('signature_position = "Руководитель"\n', "", "нет выражения «signature_position»"),
        ("[words]\n", '[words]\nnew = "новое"\n', "«new»: такого выражения программа не употребляет"),
        ('table = "risks"', 'table = "итоги"', "«table» в «annex»: значение «итоги» не подходит"),
        ('[[table]]\nid = "risks"', '[[table]]\nid = "execution"', "таблица «execution»|таблица «risks»|«field»"),
        ("listed = 10", "listed = десять", "запись не разобрана"),
    ],
)
def test_a_fault_of_a_form_is_told(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in SOURCE
    source = SOURCE.replace(old, new, 1)
    with pytest.raises(FormError, match=rf"^Форма свой\.toml, строка \d+: .*({told})"):
        read(tmp_path, source)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("listed = 10", "listed = 10\nlimit = 3"),
        ('field = "consequence"', 'field = "последствия"'),
        ('blocks = ["chart", "level_chart"]', 'blocks = ["рисунок"]'),
        ('heading = "Источник данных"', "heading = 1"),
        ("listed = 10", "listed = десять"),
    ],
)
def test_the_line_is_that_of_the_fault(tmp_path: Path, old: str, new: str) -> None:
    assert SOURCE.count(old) == 1
    source = SOURCE.replace(old, new)
    with pytest.raises(FormError, match=rf"строка {line_of(new.splitlines()[-1], source)}:"):
        read(tmp_path, source)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ('id = "x"'.encode("utf-16"), "не в кодировке UTF-8"),
        (b"", "пуст"),
        (b"# ...", "«id»: не задано"),
        (b"id = ", "не разобрана"),
    ],
)
def test_what_is_no_form_is_refused(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "свой.toml"
    path.write_bytes(content)
    with pytest.raises(FormError, match=told):
        read_report_form(path, TABLE_FIELDS, WORDS)


def test_a_missing_form_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FormError, match="не читается"):
        read_report_form(tmp_path / "нет.toml", TABLE_FIELDS, WORDS)
    with pytest.raises(FormError, match="Форма отчёта «сводка» не найдена"):
        report_form_path("сводка")


def test_a_form_of_the_users_own_goes_before_the_built_in_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "forms" / "reports" / "analytical-report.toml"
    own.parent.mkdir(parents=True)
    own.write_text(SOURCE.replace('title = "Информационно-аналитический отчёт"', 'title = "Отчёт по-своему"'), "utf-8")
    monkeypatch.setattr("cosdesk.forms.report_form.user_data_folder", lambda: tmp_path)
    analytical_form.cache_clear()
    try:
        assert analytical_form().title == "Отчёт по-своему"
        own.write_text("[[[", encoding="utf-8")
        analytical_form.cache_clear()
        assert analytical_form().title == "Информационно-аналитический отчёт"  # a faulty one is not used at all
    finally:
        analytical_form.cache_clear()


def test_a_template_is_told_apart_by_its_place() -> None:
    assert Template("а", "форма.toml", 1) != Template("а", "форма.toml", 2)
