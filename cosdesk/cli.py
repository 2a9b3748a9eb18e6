"""The command line: every command with its words; what a command does is in ``cosdesk.console``.

A command imports what it needs itself, so that help and ``schedule`` start at once.
"""

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from cosdesk import __version__
from cosdesk.console.russian_click import RussianProgram, run, speak_utf8
from cosdesk.errors import UserError


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line; the process's exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    speak_utf8()
    if words == ["--self-test"]:
        from cosdesk.selftest import self_test

        return self_test(click.echo)
    if words and _names_a_file(words[0]):
        words.insert(0, "window")
    return run(program, words)


def _names_a_file(word: str) -> bool:
    if word.startswith("-") or word in program.commands:
        return False
    return Path(word).suffix != "" or Path(word).name != word or Path(word).exists()


def _district_file(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.argument("file", metavar="ФАЙЛ", type=Path, help="Файл района (.cosdesk).")(command)


_as_json = click.option("--json", "as_json", is_flag=True, help="Вывести данные в виде JSON.")
_years = click.option("--years", metavar="ГОДЫ", help="Первый и последний год плана: 2021-2024.")


@click.group(
    cls=RussianProgram,
    invoke_without_command=True,
    options_metavar="[ПАРАМЕТРЫ]",
    subcommand_metavar="[КОМАНДА …]",
    epilog="Без команды открывается окно программы, cosdesk ФАЙЛ открывает в нём файл района."
    " О каждой команде подробно: cosdesk КОМАНДА --help",
)
@click.version_option(__version__, message="cosdesk %(version)s", help="Показать версию программы.")
@click.pass_context
def program(context: click.Context) -> int:
    """Рабочее место муниципального координатора: дорожная карта района, показатели, отчёты."""
    return 0 if context.invoked_subcommand else _open_window(None)


@program.command(hidden=True)
@_district_file
@click.option("--and-close", is_flag=True, hidden=True)
def window(file: Path, and_close: bool) -> int:
    """Открыть файл района в окне."""
    if not file.exists():
        raise UserError(f"Файла «{file}» нет. Проверьте имя; новый файл создаёт команда cosdesk new.")
    return _open_window(file, and_close)


def _open_window(path: Path | None, and_close: bool = False) -> int:
    try:
        from cosdesk.app import has_display, run_window
    except ImportError as error:
        if not (error.name or "").startswith("PySide6"):
            raise
        raise UserError(f"Окно не открылось: не хватает библиотек Qt ({error}). Команды работают без него.") from error
    if not has_display():
        raise UserError("Окно показать негде: нет графического экрана. Команды без окна перечислит cosdesk --help")
    return run_window(path, and_close)


@program.command(short_help="Создать файл района.")
@_district_file
@click.option("--district", "name", metavar="НАЗВАНИЕ", required=True, help="Название района: «Заречный район».")
@click.option("--region", metavar="НАЗВАНИЕ", default="", help="Область, край или республика.")
def new(file: Path, name: str, region: str) -> None:
    """Создать файл района. Существующий файл не заменяется."""
    from cosdesk.domain.district import District
    from cosdesk.domain.names import decline_district
    from cosdesk.store.file import DistrictFile

    if not name.strip():
        raise UserError("Название района пустое. Укажите его после --district, например «Заречный район».")
    genitive, locative = decline_district(name)
    district = District(name.strip(), region.strip(), name_genitive=genitive, name_locative=locative)
    DistrictFile.create(file, district).close()
    click.echo(f"Создан файл «{file}»: {district.name}.")


@program.command("import", short_help="Загрузить дорожную карту из документа.")
@_district_file
@click.argument("source", metavar="ДОКУМЕНТ", type=Path, help="Документ Word (.docx), Excel (.xlsx) или текст (.txt).")
@click.option("--form", "form_id", metavar="ФОРМА", help="Форма дорожной карты, если программа узнала её неверно.")
@_years
@click.option("--dry-run", is_flag=True, help="Показать, что будет загружено, и ничего не записывать.")
@click.option("--all", "everything", is_flag=True, help="Из заполненной книги взять и очищенное, и изменённое дважды.")
@_as_json
def import_(
    file: Path,
    source: Path,
    form_id: str | None,
    years: str | None,
    dry_run: bool,
    everything: bool,
    as_json: bool,
) -> None:
    """Загрузить дорожную карту из документа Word, Excel или текста.

    Сообщает, какая форма узнана, сколько строк и показателей загружено и что не нашло места.
    Если это книга Excel, сохранённая из программы и заполненная, берёт из неё изменения.
    """
    from cosdesk.console.importing import import_json, import_lines, import_roadmap
    from cosdesk.console.twins import import_twin, twin_json, twin_lines

    if form_id is None and years is None and (found := import_twin(file, source, dry_run, everything)):
        _print(twin_json(found) if as_json else twin_lines(found, dry_run))
        return
    draft = import_roadmap(file, source, form_id, years, dry_run)
    _print(import_json(draft, dry_run) if as_json else import_lines(draft, dry_run))


@program.command(short_help="Показать строки, сроки, статусы и показатели.")
@_district_file
@_as_json
def show(file: Path, as_json: bool) -> None:
    """Показать содержание файла: строки со сроками и статусами на сегодня, показатели с планом и фактом.

    JSON содержит всё: школы, мониторинги с ответами школ, документы, риски, закрытые периоды.
    """
    from cosdesk.console.files import read
    from cosdesk.console.listing import district_lines
    from cosdesk.console.show import file_json

    _print(file_json(file) if as_json else district_lines(read(file)))


@program.command(short_help="Объяснить срок, записанный словами.")
@_years
@_as_json
@click.argument("wording", metavar="СРОК…", nargs=-1, required=True, help="Срок, как он записан в дорожной карте.")
def schedule(wording: tuple[str, ...], years: str | None, as_json: bool) -> None:
    """Объяснить срок: «4 квартал 2021 г.», «Декабрь, май», «в течение года».

    Если срок начинается с дефиса, поставьте перед ним два дефиса: cosdesk schedule -- "- май"
    """
    from cosdesk.console.listing import schedule_lines
    from cosdesk.console.show import schedule_json
    from cosdesk.console.values import plan_years
    from cosdesk.domain.schedule import understand

    meaning = understand(" ".join(wording), plan_years(years))
    _print(schedule_json(meaning) if as_json else schedule_lines(meaning))


@program.command(short_help="Записать выполнение строки.")
@_district_file
@click.argument("row", metavar="СТРОКА", help="Номер строки («1.2») или её код («#17»).")
@click.option("--done", metavar="ДАТА", required=True, help="День выполнения: 13.01.2020 или 2020-01-13.")
@click.option("--evidence", metavar="ДОКУМЕНТ", default="", help="Документ: «приказ № 16 от 13.01.2020».")
@click.option("--comment", metavar="ТЕКСТ", default="", help="Примечание к записи.")
@click.option("--term", metavar="ДАТА", help="Последний день срока, если их несколько и нужен не ближайший.")
def record(file: Path, row: str, done: str, evidence: str, comment: str, term: str | None) -> None:
    """Записать выполнение строки и подтверждающий документ.

    Если сроков несколько, запись относится к сроку, в который попал день выполнения,
    иначе к последнему прошедшему без записи, иначе к следующему.
    """
    from cosdesk.console import recording

    _print(recording.record(file, row, done, evidence, comment, term))


@program.command(short_help="Записать фактическое значение показателя.")
@_district_file
@click.argument("indicator", metavar="ПОКАЗАТЕЛЬ", help="Номер показателя, его код («#3») или слова из названия.")
@click.option(
    "--period",
    metavar="ПЕРИОД",
    required=True,
    help="2021, 2021-Q2 (квартал), 2021-H1 (полугодие), 2021-9M (9 месяцев) или 2021-05 (месяц).",
)
@click.option("--value", metavar="ЧИСЛО", help="Значение.")
@click.option("--numerator", metavar="ЧИСЛО", help="Числитель доли; задаётся вместе со знаменателем.")
@click.option("--denominator", metavar="ЧИСЛО", help="Знаменатель доли.")
@click.option("--forecast", metavar="ЧИСЛО", help="Прогноз на этот период; можно и без значения.")
@click.option("--reason", metavar="ТЕКСТ", help="Причина отклонения от плана.")
@click.option("--measure", metavar="ТЕКСТ", help="Принимаемые меры.")
@click.option("--source", metavar="ТЕКСТ", help="Источник данных.")
def actual(file: Path, indicator: str, period: str, **typed: str | None) -> None:
    """Записать фактическое значение показателя: числом или числителем и знаменателем."""
    from cosdesk.console.recording import TypedValue, set_value

    _print(set_value(file, indicator, period, TypedValue(**typed)))


@program.command(short_help="Перечислить отчёты.")
@_district_file
def reports(file: Path) -> None:
    """Перечислить отчёты: имя для команды export, название и, если отчёт пока не составить, почему."""
    from cosdesk.console.exporting import report_lines

    _print(report_lines(file))


@program.command(short_help="Сохранить отчёт в файл.")
@_district_file
@click.argument("report", metavar="ОТЧЁТ", help="Имя отчёта; все имена покажет команда reports.")
@click.option("--period", metavar="ПЕРИОД", help="2021, 2021-Q2, 2021-H1, 2021-9M или 2021-05.")
@click.option("--format", "format_name", metavar="ФОРМАТ", help="pdf, xlsx или docx; обычно следует из имени файла.")
@click.option("-o", "--out", metavar="КУДА", type=Path, required=True, help="Файл или папка, куда сохранить отчёт.")
@click.option("--roadmap", metavar="НОМЕР", help="Номер дорожной карты, если в файле их несколько.")
@click.option("--row", metavar="СТРОКА", help="Номер строки («1.2») или её код («#17») для документа об одной строке.")
def export(
    file: Path,
    report: str,
    period: str | None,
    format_name: str | None,
    out: Path,
    roadmap: str | None,
    row: str | None,
) -> None:
    """Сохранить отчёт в файл PDF, Excel или Word.

    Без периода берётся последний закончившийся квартал, по которому есть данные.
    """
    from cosdesk.console import exporting

    _print(exporting.export(file, report, out, period, format_name, roadmap, row))


@program.command(short_help="Составить пакет документов за период.")
@_district_file
@click.option("--period", metavar="ПЕРИОД", help="2021, 2021-Q2, 2021-H1, 2021-9M или 2021-05.")
@click.option("-o", "--out", metavar="ПАПКА", type=Path, required=True, help="Папка для документов; её может не быть.")
@click.option("--format", "formats", metavar="ФОРМАТ", multiple=True, help="pdf, xlsx или docx; можно повторять.")
@click.option("--report", "ids", metavar="ОТЧЁТ", multiple=True, help="Что составить; без него – обычный набор.")
@click.option("--roadmap", metavar="НОМЕР", help="Номер дорожной карты, если в файле их несколько.")
def packet(
    file: Path, period: str | None, out: Path, formats: tuple[str, ...], ids: tuple[str, ...], roadmap: str | None
) -> None:
    """Составить несколько документов за период и сложить в одну папку.

    Обычный набор: отчёт, справка, календарь года и сводная таблица показателей, в PDF. Файлы с теми же именами
    заменяются.
    """
    from cosdesk.console.packing import make_packet

    _print(make_packet(file, out, period, formats, ids, roadmap))


@program.command(short_help="Показать, что горит.")
@_district_file
@click.option("--on", metavar="ДАТА", help="На какой день; без него – на сегодня.")
@_as_json
def today(file: Path, on: str | None, as_json: bool) -> None:
    """Показать просроченное, сроки этого и следующего месяца, исполненное без документа, отстающие показатели."""
    from cosdesk.console.agenda import agenda_json, agenda_on, agenda_text

    chosen, lines = agenda_on(file, on)
    _print(agenda_json(chosen, lines) if as_json else agenda_text(chosen, lines))


@program.command(short_help="Сохранить сроки для календаря телефона.")
@_district_file
@click.option("-o", "--out", metavar="КУДА", type=Path, required=True, help="Файл календаря (.ics).")
def calendar(file: Path, out: Path) -> None:
    """Сохранить незакрытые сроки в файл календаря с напоминанием за неделю."""
    from cosdesk.console.agenda import write_calendar

    _print(write_calendar(file, out))


@program.command(short_help="Утвердить редакцию, перечислить, сравнить.")
@_district_file
@click.argument(
    "action",
    metavar="ДЕЙСТВИЕ",
    help="freeze – утвердить, list – перечислить, diff – сравнить, check – сверить бумагу.",
)
@click.argument("fingerprint", metavar="ОТПЕЧАТОК", required=False, help="Отпечаток с бумаги, для check.")
@click.option("--number", metavar="НОМЕР", help="Номер редакции; без него – следующий, для сравнения – последняя.")
@click.option("--on", metavar="ДАТА", help="День утверждения; без него – сегодня.")
@click.option("--act", metavar="АКТ", default="", help="Чем утверждена: «постановление от 11.01.2021 № 14».")
@click.option("--who", metavar="КТО", default="", help="Кто утвердил.")
@click.option("--roadmap", metavar="НОМЕР", help="Номер дорожной карты, если в файле их несколько.")
@_as_json
def edition(
    file: Path,
    action: str,
    fingerprint: str | None,
    number: str | None,
    on: str | None,
    act: str,
    who: str,
    roadmap: str | None,
    as_json: bool,
) -> None:
    """Утвердить редакцию (freeze), перечислить (list), показать изменения после неё (diff), сверить бумагу (check)."""
    from cosdesk.console import editions

    if action == "freeze":
        _print(editions.freeze_edition(file, number, on, act, who, roadmap))
    elif action == "list":
        found = editions.list_editions(file, roadmap)
        _print(editions.editions_json(found) if as_json else editions.edition_lines(found))
    elif action == "diff":
        changed = editions.edition_differences(file, number, roadmap)
        _print(changed if as_json else editions.difference_lines(changed))
    elif action == "check":
        paper = editions.check_paper(file, fingerprint)
        _print(editions.editions_json([paper]) if as_json else editions.paper_lines(paper))
    else:
        raise UserError(f"Действие «{action}» неизвестно. Есть: freeze (утвердить), list (перечислить), diff, check.")


@program.command(short_help="Проверить, исправен ли файл.")
@_district_file
@click.option("--full", is_flag=True, help="Проверить и связи, и вложенные документы.")
def verify(file: Path, full: bool) -> None:
    """Проверить, исправен ли файл района или его копия. В файл ничего не записывается."""
    from cosdesk.console.keeping import verify_file, verify_lines

    _print(verify_lines(verify_file(file, full), full))


@program.command(short_help="Сделать резервную копию.")
@_district_file
@click.option("-o", "--out", metavar="КУДА", type=Path, help="Файл или папка; без него – к остальным копиям.")
def backup(file: Path, out: Path | None) -> None:
    """Сделать и проверить резервную копию файла."""
    from cosdesk.console.keeping import back_up

    _print(back_up(file, out))


@program.command(short_help="Перечислить резервные копии.")
@_district_file
@_as_json
def backups(file: Path, as_json: bool) -> None:
    """Перечислить резервные копии файла: когда и почему сделаны, что в них, исправны ли."""
    from cosdesk.console.keeping import backup_lines, backups_json

    _print(backups_json(file) if as_json else backup_lines(file))


@program.command(short_help="Восстановить файл из копии.")
@_district_file
@click.argument("copy", metavar="КОПИЯ", type=Path, help="Резервная копия; все копии покажет команда backups.")
def restore(file: Path, copy: Path) -> None:
    """Восстановить файл из резервной копии. Прежний файл остаётся рядом под другим именем."""
    from cosdesk.console.keeping import restore_file

    _print(restore_file(file, copy))


_password = click.option(
    "--password-file", metavar="ФАЙЛ", type=Path, required=True, help="Текстовый файл, первая строка которого – пароль."
)


@program.command("lock", short_help="Сохранить копию под паролем.")
@_district_file
@click.option("-o", "--out", metavar="КУДА", type=Path, required=True, help="Новый файл под паролем (.cosdesk).")
@_password
def lock_(file: Path, out: Path, password_file: Path) -> None:
    """Сохранить копию файла под паролем – для флешки или почты. Сам файл остаётся как есть."""
    from cosdesk.console.keeping import lock_file

    _print(lock_file(file, out, password_file))


@program.command(short_help="Открыть копию, закрытую паролем.")
@_district_file
@click.option("-o", "--out", metavar="КУДА", type=Path, required=True, help="Новый файл района (.cosdesk).")
@_password
def unlock(file: Path, out: Path, password_file: Path) -> None:
    """Получить из копии под паролем обычный файл района. Копия остаётся как есть."""
    from cosdesk.console.keeping import unlock_file

    _print(unlock_file(file, out, password_file))


@program.command(short_help="Сохранить всё содержание простым файлом.")
@_district_file
@click.option("-o", "--out", metavar="КУДА", type=Path, required=True, help="Файл .json или .xlsx.")
def dump(file: Path, out: Path) -> None:
    """Сохранить всё содержание файла с описанием каждого поля: его прочтёт любая программа."""
    from cosdesk.console.keeping import dump_file

    _print(dump_file(file, out))


@program.command(short_help="Проверить дорожную карту.")
@_district_file
@_as_json
def check(file: Path, as_json: bool) -> int:
    """Проверить дорожную карту: номера, сроки, исполнители, числа, показатели, написание.

    Код возврата 1, если есть замечания, которые не исправлены и не скрыты; 0, если их нет.
    """
    from cosdesk.console.checking import check_file, check_json, check_lines

    checked = check_file(file)
    _print(check_json(checked) if as_json else check_lines(checked))
    return 1 if checked.findings else 0


@program.command(short_help="Загрузить список школ.")
@_district_file
@click.argument("action", metavar="import", help="Загрузить список.")
@click.argument("source", metavar="СПИСОК", type=Path, help="Таблица Excel, Word или текст с заголовками колонок.")
@click.option("--alike", metavar="ЧТО", default="ask", help="О похожих: ask – спросить, same – те же, new – новые.")
def schools(file: Path, action: str, source: Path, alike: str) -> None:
    """Загрузить школы из списка: новые добавляются, известные дополняются, похожие не угадываются."""
    from cosdesk.console.monitoring import import_schools

    _require(action, "import")
    _require(alike, "ask", "same", "new")
    _print(import_schools(file, source, alike))


@program.command("round", short_help="Начать мониторинг.")
@_district_file
@click.argument("action", metavar="new", help="Начать новый.")
@click.argument("form", metavar="ФОРМА", help="Имя формы: internet, sites, platform, training и другие.")
@click.option("--period", metavar="ПЕРИОД", required=True, help="2021, 2021-Q2, 2021-H1, 2021-9M или 2021-05.")
@click.option("--due", metavar="ДАТА", help="До какого дня нужны ответы.")
@click.option("--title", metavar="НАЗВАНИЕ", help="Название мониторинга; без него – по форме и периоду.")
def round_(file: Path, action: str, form: str, period: str, due: str | None, title: str | None) -> None:
    """Начать мониторинг по форме за период: вопросы задаются всем школам, которые тогда работают."""
    from cosdesk.console.monitoring import start_round

    _require(action, "new")
    _print(start_round(file, form, period, due, title))


@program.command(short_help="Сделать книги Excel для школ.")
@_district_file
@click.argument("wording", metavar="МОНИТОРИНГ", help="Номер мониторинга или имя его формы.")
@click.option("-o", "--out", metavar="ПАПКА", type=Path, required=True, help="Куда положить книги и письма.")
def workbooks(file: Path, wording: str, out: Path) -> None:
    """Сделать для каждой школы книгу Excel с вопросами и письмо с ней (.eml) для почтовой программы."""
    from cosdesk.console.monitoring import write_workbooks

    _print(write_workbooks(file, wording, out))


@program.command(short_help="Собрать ответы школ.")
@_district_file
@click.argument("folder", metavar="ПАПКА", type=Path, help="Папка с присланным: книги, письма .eml, архивы .zip.")
@click.option("--replies", metavar="ПАПКА", type=Path, help="Куда положить письма с замечаниями.")
@_as_json
def collect(file: Path, folder: Path, replies: Path | None, as_json: bool) -> None:
    """Собрать ответы из папки: что принято, что вернуть, в какой ячейке и почему.

    Старый или повторный ответ более нового не заменяет.
    """
    from cosdesk.console import monitoring

    found = monitoring.collect(file, folder, replies)
    _print(monitoring.collection_json(found) if as_json else monitoring.collection_lines(found))


@program.command(short_help="Показать показатели за период.")
@_district_file
@click.option("--period", metavar="ПЕРИОД", help="Без него – последний закончившийся квартал.")
@_as_json
def indicators(file: Path, period: str | None, as_json: bool) -> None:
    """Показать план, факт с числителем и знаменателем, уровень и статус; с --json – и школы за каждой долей."""
    from cosdesk.console import monitoring

    _print(monitoring.indicators(file, period, as_json))


@program.command(short_help="Показать подтверждающие документы.")
@_district_file
@click.option("--missing", is_flag=True, help="Только отсутствующие.")
@_as_json
def evidence(file: Path, missing: bool, as_json: bool) -> None:
    """Показать, какие документы у строк есть, каких нет, какие ожидаются."""
    from cosdesk.console import monitoring

    _print(monitoring.evidence(file, missing, as_json))


def _require(word: str, *known: str) -> None:
    if word not in known:
        raise UserError(f"Слово «{word}» не понято. Можно: {', '.join(known)}.")


@program.command("forms", short_help="Показать формы, установить новую.")
@click.argument("action", metavar="ДЕЙСТВИЕ", required=False, help="install – установить форму из файла.")
@click.argument("source", metavar="ФАЙЛ", type=Path, required=False, help="Файл формы (.toml).")
@click.option("--same", metavar="ЧТО", default="ask", help="Такая форма уже есть: replace – заменить, both – обе.")
@_as_json
def forms_(action: str | None, source: Path | None, same: str, as_json: bool) -> None:
    """Показать все формы: дорожных карт, отчётов и документов, мониторинга. С install – установить форму из файла.

    Форма проверяется целиком. Если в ней ошибка, называются строка и причина, и ничего не устанавливается.
    """
    from cosdesk.console import forms

    if action is None:
        _print(forms.forms_json() if as_json else forms.form_lines())
        return
    _require(action, "install")
    _require(same, "ask", "replace", "both")
    if source is None:
        raise UserError("Не указан файл формы. Напишите: cosdesk forms install ФАЙЛ")
    _print(forms.install(source, same))


@program.command("help", short_help="Сохранить руководство одним файлом.")
@click.option("-o", "--out", metavar="КУДА", type=Path, required=True, help="Файл .pdf, .docx или .xlsx.")
def manual(out: Path) -> None:
    """Сохранить всю справку одним файлом – руководством, которое можно напечатать."""
    from cosdesk.manual import write_manual

    _print(write_manual(out))


@program.command(short_help="Сделать учебный пример и все его отчёты.")
@click.argument("folder", metavar="ПАПКА", type=Path, help="Папка для примера.")
def demo(folder: Path) -> None:
    """Сделать в папке учебный пример – вымышленный Заречный район – и все его отчёты."""
    from cosdesk.console.exporting import make_demo_folder

    _print(make_demo_folder(folder))


def _print(output: dict[str, Any] | Iterable[str]) -> None:
    """JSON, or lines as they come."""
    if isinstance(output, dict):
        click.echo(json.dumps(output, ensure_ascii=False, indent=2, allow_nan=False))
        return
    for line in output:
        click.echo(line)
