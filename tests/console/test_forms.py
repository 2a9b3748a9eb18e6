"""``forms``: the list, and a form taken in from a file."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from cosdesk import form_library
from cosdesk.form_library import FormKind
from cosdesk.paths import forms_folder, user_data_folder
from tests.console.calling import Cosdesk

NOTE = (forms_folder() / "reports" / "monitoring-note.toml").read_text("utf-8")


@pytest.fixture(autouse=True)
def _no_own_forms() -> Iterator[None]:
    yield
    shutil.rmtree(user_data_folder() / "forms", ignore_errors=True)
    form_library._forget()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "Справка области.toml"
    found.write_text(NOTE.replace('heading = "Вывод"', 'heading = "Итог"'), "utf-8")
    return found


def test_all_forms_are_listed(cosdesk: Cosdesk) -> None:
    forms = json.loads(cosdesk("forms", "--json").out)["forms"]
    assert {form["kind"] for form in forms} == {kind.value for kind in FormKind}
    assert not any(form["own"] or form["fault"] for form in forms)
    listed = cosdesk("forms").out
    assert all(form["id"] in listed and form["title"] in listed for form in forms)


@pytest.mark.parametrize(
    ("same", "form_id", "origin"),
    [("replace", "monitoring-note", "(своя, вместо встроенной)"), ("both", "monitoring-note-2", "(2) (своя)")],
)
def test_a_form_is_taken_in(cosdesk: Cosdesk, path: Path, same: str, form_id: str, origin: str) -> None:
    asked = cosdesk("forms", "install", path)
    assert asked.code == 1 and "--same replace" in asked.err and "--same both" in asked.err
    answer = cosdesk("forms", "install", path, "--same", same)
    assert (answer.code, answer.err) == (0, "") and f"имя {form_id}." in answer.out
    assert f"{form_id} – Справка по итогам мониторинга {origin}" in cosdesk("forms").out


def test_a_faulty_one_is_told_by_line_and_not_taken(cosdesk: Cosdesk, path: Path) -> None:
    path.write_text(path.read_text("utf-8").replace("width = 3\n", "width = много\n", 1), "utf-8")
    line = path.read_text("utf-8").split("\n").index("width = много") + 1
    answer = cosdesk("forms", "install", path, "--same", "replace")
    assert answer.code == 1
    assert answer.err.startswith(f"Форма Справка области.toml, строка {line}: ")
    assert "своя" not in cosdesk("forms").out


def test_words_out_of_place_are_refused(cosdesk: Cosdesk) -> None:
    assert "Не указан файл формы" in cosdesk("forms", "install").err
    assert "«снести» не понято" in cosdesk("forms", "снести", "x").err
