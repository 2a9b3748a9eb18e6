"""click in Russian: headings of the help, faults of usage, and the one error boundary of the command line."""

import io
import os
import sys
import traceback
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import click

from cosdesk.errors import UserError
from cosdesk.paths import user_data_folder

USER_FAULT, USAGE_FAULT, BUG, INTERRUPTED = 1, 2, 70, 130

_HEADINGS = {"Options": "Параметры", "Positional arguments": "Аргументы", "Commands": "Команды"}


class RussianFormatter(click.HelpFormatter):
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix="Использование: ")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        super().write_dl([(name, _required_in_russian(text)) for name, text in rows], col_max, col_spacing)

    def write_heading(self, heading: str) -> None:
        super().write_heading(_HEADINGS[heading])


class RussianContext(click.Context):
    formatter_class = RussianFormatter


class RussianCommand(click.Command):
    """A command whose help and faults hold no English word."""

    context_class = RussianContext

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        settings.setdefault("options_metavar", "[ПАРАМЕТРЫ]")
        super().__init__(*arguments, **settings)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _in_russian(super().get_help_option(ctx))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        ctx.allow_extra_args = True
        try:
            extra = super().parse_args(ctx, args)
        except click.BadOptionUsage as error:
            error.ctx = ctx
            raise
        if extra:
            raise click.UsageError(f"Лишние слова: {' '.join(extra)}. Слова с пробелами берите в кавычки", ctx)
        return extra


class RussianProgram(click.Group):
    """The program with its commands."""

    context_class = RussianContext
    command_class = RussianCommand

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of the work, not of the alphabet."""
        return list(self.commands)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _in_russian(super().get_help_option(ctx))


def run(program: RussianProgram, arguments: Sequence[str]) -> int:
    """Runs the program; the process's exit code: 0, 1 a fault of the user, 2 of usage, 70 a bug, 130 interrupted."""
    try:
        code = program.main(arguments, "cosdesk", standalone_mode=False)
        if sys.stdout is not None:  # the windowed program on Windows has none
            sys.stdout.flush()
    except UserError as error:
        return tell(str(error), USER_FAULT)
    except click.ClickException as error:
        return tell(usage_sentence(error), USAGE_FAULT)
    except (click.Abort, KeyboardInterrupt):
        return tell("Прервано.", INTERRUPTED)
    except BrokenPipeError:
        # The reader went away («… | head»); nobody is left to be told.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return USER_FAULT
    except Exception:  # noqa: BLE001  (the one boundary: a bug goes to the log, the user reads a sentence)
        return tell(_log_bug(), BUG)
    return code if isinstance(code, int) else 0


def usage_sentence(error: click.ClickException) -> str:
    """What is wrong with the words typed, and where the help is."""
    text = _fault(error).rstrip(".")
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "cosdesk"
    return f"{text}. Справка: {command} --help"


def _fault(error: click.ClickException) -> str:
    match error:
        case click.MissingParameter(param=click.Option() as option):
            return f"Не указан параметр {option.opts[0]}"
        case click.MissingParameter(param=click.Parameter() as argument):
            return f"Не указано: {argument.human_readable_name}"
        case click.NoSuchOption():
            return f"Параметра {error.option_name} нет" + _alternatives(error.possibilities)
        case click.NoSuchCommand():
            return f"Команды «{error.command_name}» нет" + _alternatives(error.possibilities)
        case click.BadOptionUsage():
            return f"Параметр {error.option_name}: {_value_fault(error)}"
    return error.format_message()


def _alternatives(names: Sequence[str] | None) -> str:
    return f". Возможно, нужно: {', '.join(names)}" if names else ""


def _value_fault(error: click.BadOptionUsage) -> str:
    options = error.ctx.command.params if error.ctx else []
    takes_value = any(error.option_name in option.opts and not getattr(option, "is_flag", False) for option in options)
    return "не указано значение" if takes_value else "значение не нужно"


def _required_in_russian(text: str) -> str:
    return text.replace("  [required]", " Обязательно.")


def _in_russian(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = "Показать эту справку."
    return option


def tell(sentence: str, code: int) -> int:
    """Says it where a user can read it; the code."""
    if sys.platform == "win32" and sys.stderr is None:
        # The windowed program has no console, and a double click on a file none to look at.
        import ctypes

        warning_icon = 0x30
        ctypes.windll.user32.MessageBoxW(None, sentence, "cosdesk", warning_icon)
    click.echo(sentence, err=True)
    return code


def _log_bug() -> str:
    """Appends the present exception to the log; the sentence that names it."""
    sentence = "В программе произошла ошибка; всё сохранённое на месте."
    path = user_data_folder() / "cosdesk.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as log:
            log.write(f"{datetime.now():%Y-%m-%d %H:%M:%S}\n{traceback.format_exc()}\n")
    except OSError:
        return f"{sentence} Записать подробности в «{path}» не удалось."
    return f"{sentence} Передайте разработчикам подробности из файла «{path}»."


def speak_utf8() -> None:
    """UTF-8 whatever the console's encoding; what cannot be encoded is marked, never a fault."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
