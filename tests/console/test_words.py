"""Help and faults of usage: Russian words only."""

import re

import pytest

from cosdesk import cli
from tests.console.calling import Answer, Cosdesk

ASKED_FOR = ["new", "import", "show", "schedule", "record", "actual", "reports", "export", "demo"]
COMMANDS = [name for name, command in cli.program.commands.items() if not command.hidden]


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_russian(cosdesk: Cosdesk, command: str) -> None:
    answer = cosdesk(*command.split(), "--help")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith(f"Использование: cosdesk {command}".strip())
    plain = re.sub(r"--?[a-z][a-z-]*|\S*\.(?:cosdesk|docx|xlsx|txt|ics|json|eml|zip|toml)|\d{4}-\w+", "", answer.out)
    foreign = set(re.findall(r"[A-Za-z]+", plain))
    assert foreign <= {
        "cosdesk",
        "Word",
        "Excel",
        "PDF",
        "JSON",
        "I",
        "IV",
        "pdf",
        "xlsx",
        "docx",
        "freeze",
        "list",
        "diff",
        "ask",
        "install",
        "replace",
        "both",
        "same",
        "internet",
        "sites",
        "platform",
        "training",
        *COMMANDS,
    }


def test_help_lists_every_command_but_the_hidden_one(cosdesk: Cosdesk) -> None:
    listed = re.findall(r"^  ([a-z]+)  ", cosdesk("--help").out, re.MULTILINE)
    assert listed == COMMANDS
    assert set(ASKED_FOR) <= set(listed)


def test_version(cosdesk: Cosdesk) -> None:
    assert cosdesk("--version") == Answer(0, "cosdesk 0.1.0\n", "")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["improt"], "Команды «improt» нет. Возможно, нужно: import."),
        (["--foo"], "Параметра --foo нет."),
        (["show"], "Не указано: ФАЙЛ."),
        (["show", "x", "--jsn"], "Параметра --jsn нет. Возможно, нужно: --json."),
        (["show", "x", "y"], "Лишние слова: y."),
        (["show", "--json=1", "x"], "Параметр --json: значение не нужно."),
        (["new", "x"], "Не указан параметр --district."),
        (["new", "x", "--district"], "Параметр --district: не указано значение."),
        (["schedule"], "Не указано: СРОК"),
        (["export", "x", "roadmap"], "Не указан параметр -o."),
    ],
)
def test_a_fault_of_usage_is_one_russian_sentence(cosdesk: Cosdesk, words: list[str], told: str) -> None:
    answer = cosdesk(*words)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(told) and answer.err.count("\n") == 1
    assert re.search(r"Справка: cosdesk( \w+)? --help\n$", answer.err)
