"""«Отправить»: the draft's addressees, words and files; one for all schools or one each; kept for the next time."""

import email
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import default
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from cosdesk.domain.organisation import School
from cosdesk.errors import UserError
from cosdesk.store.schools import add_school
from cosdesk.ui.reports_page import ReportsPage
from cosdesk.ui.sending import SendDialog
from tests.ui.test_reports_page import wait_built

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def page(workspace, show_page, qtbot) -> ReportsPage:
    with workspace.edit("Школы") as edit:
        add_school(edit, School(0, "МБОУ «Ольховская СОШ»", head="Рябинина Анна Петровна", email="olha@school.test"))
        add_school(edit, School(0, "МБОУ «Липовская СОШ»", email="почта: lipa@school.test"))
        add_school(edit, School(0, "МБОУ «Дальняя ООШ»"))
    shown = show_page(ReportsPage, workspace)
    wait_built(shown, qtbot)
    return shown


@pytest.fixture
def opened(monkeypatch) -> list[Path]:
    found: list[Path] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: found.append(Path(url.toLocalFile())) or True)
    return found


def answer(monkeypatch: pytest.MonkeyPatch, fill: Callable[[SendDialog], object]) -> None:
    def answered(dialog: SendDialog) -> int:
        fill(dialog)
        dialog.ok.click()
        return dialog.result()

    monkeypatch.setattr(SendDialog, "exec", answered)


def read(path: Path) -> EmailMessage:
    return email.message_from_bytes(path.read_bytes(), policy=default)


def turn(page: ReportsPage, report_id: str, qtbot) -> None:
    page.list.choose(report_id)
    wait_built(page, qtbot)


def test_a_draft_bears_the_files_and_what_was_typed_is_offered_again(page, opened, monkeypatch) -> None:
    def fill(dialog: SendDialog) -> None:
        assert dialog.to.text() == "" and dialog.text.toPlainText().startswith("Здравствуйте!")
        dialog.to.setText("region@edu.test, archive@edu.test")
        dialog.text.setPlainText("Добрый день! Карта во вложении.")
        dialog.files["xlsx"].setChecked(True)

    answer(monkeypatch, fill)
    page.send()
    message = read(opened[0])
    assert message["X-Unsent"] == "1" and message["Bcc"] is None
    assert [address.addr_spec for address in message["To"].addresses] == ["region@edu.test", "archive@edu.test"]
    assert "Карта во вложении" in message.get_body().get_content()
    names = [part.get_filename() for part in message.iter_attachments()]
    assert [Path(name).suffix for name in names] == [".pdf", ".xlsx"]
    seen: list[tuple[str, str]] = []
    answer(monkeypatch, lambda dialog: seen.append((dialog.to.text(), dialog.text.toPlainText())))
    page.send()
    assert seen == [("region@edu.test, archive@edu.test", "Добрый день! Карта во вложении.")]


def test_each_school_gets_its_own_letter(page, opened, monkeypatch, qtbot, tmp_path) -> None:
    turn(page, "letters", qtbot)
    folder = tmp_path / "Письма"
    folder.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    answer(monkeypatch, lambda dialog: None)
    page.send()
    qtbot.waitUntil(lambda: opened == [folder], timeout=20_000)
    drafts = [read(path) for path in sorted(folder.iterdir())]
    assert sorted(m["To"].addresses[0].addr_spec for m in drafts) == ["lipa@school.test", "olha@school.test"]
    own = next(message for message in drafts if "olha" in message["To"])
    assert own.get_body().get_content().startswith("Здравствуйте, Анна Петровна!")
    (attached,) = own.iter_attachments()
    text = " ".join(sheet.extract_text() for sheet in PdfReader(BytesIO(attached.get_content())).pages)
    assert "Ольховская" in text and "Липовская" not in text and "Дальняя" not in text


@pytest.mark.parametrize("report", ["letter", "letters"])
def test_one_letter_goes_to_all_schools_unseen_by_each_other(page, opened, monkeypatch, qtbot, report: str) -> None:
    turn(page, report, qtbot)
    answer(monkeypatch, lambda dialog: dialog.all.setChecked(True))
    page.send()
    message = read(opened[0])
    assert message["To"] is None
    assert [a.addr_spec for a in message["Bcc"].addresses] == ["olha@school.test", "lipa@school.test"]


def test_without_a_mail_program_the_draft_is_named(page, monkeypatch) -> None:
    answer(monkeypatch, lambda dialog: None)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: False)
    with pytest.raises(UserError, match="Черновик письма лежит здесь"):
        page.send()


def test_a_letter_without_files_is_not_sent(page, qtbot) -> None:
    dialog = SendDialog(page.build.order, page.build.built.document, "", "", 0, page)
    qtbot.addWidget(dialog)
    dialog.files["pdf"].setChecked(False)
    assert not dialog.ok.isEnabled()


@pytest.mark.parametrize(
    ("report_id", "words"),
    [
        ("appointment-order", "Направляем документ: приказ «О назначении ответственных"),
        ("letter", "Направляем документ: письмо «Об исполнении пункта 1 плана мероприятий»."),
        ("minutes", "Направляем документ: Протокол совещания руководителей общеобразовательных организаций"),
        ("school-compliance", "Направляем документ: Список общеобразовательных организаций"),
    ],
)
def test_the_draft_names_what_is_enclosed(page, qtbot, opened, monkeypatch, report_id: str, words: str) -> None:
    turn(page, report_id, qtbot)
    seen: list[str] = []
    answer(monkeypatch, lambda dialog: seen.append(dialog.text.toPlainText()))
    page.send()
    assert words in seen[0].replace("\u00a0", " ")
