"""Every message leads to a page of the help that is there."""

import ast
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

import cosdesk
from cosdesk.domain.period import parse_period
from cosdesk.errors import UserError
from cosdesk.help_pages import help_pages
from cosdesk.store.file import DistrictFile
from cosdesk.ui.help_panel import HelpPanel
from cosdesk.ui.help_topics import TOPICS, topic_of, topic_of_module
from cosdesk.ui.messages import show_error

PACKAGE = Path(cosdesk.__file__).parent
# What is said where there is no window, or by parts that everything is entered through.
_WITHOUT = ("cosdesk.app", "cosdesk.cli", "cosdesk.console", "cosdesk.selftest", "cosdesk.manual")
_GENERAL = ("cosdesk.ui.register", "cosdesk.ui.sheet_delegate", "cosdesk.ui.text_fields", "cosdesk.ui.typed_values")


def speakers() -> list[str]:
    """Modules that raise an error meant for the user."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        module = ".".join(("cosdesk", *path.relative_to(PACKAGE).with_suffix("").parts))
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
                name = getattr(node.exc.func, "id", "")
                if name in ("UserError", "FormError", "DamagedFileError", "FileBusyError"):
                    found.append(module)
                    break
    return found


def raised(act) -> UserError:
    with pytest.raises(UserError) as caught:
        act()
    return caught.value


def test_every_part_that_speaks_has_its_page() -> None:
    silent = [name for name in speakers() if not topic_of_module(name) and not name.startswith(_WITHOUT + _GENERAL)]
    assert silent == []
    assert len(speakers()) > 40


def test_the_pages_named_are_there_and_no_name_is_stale() -> None:
    assert set(TOPICS.values()) <= {page.id for page in help_pages()}
    modules = [
        ".".join(("cosdesk", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")
        for path in PACKAGE.rglob("*.py")
    ]
    assert [name for name in TOPICS if not any(module.startswith(name) for module in modules)] == []


def test_an_error_leads_where_it_came_from(tmp_path: Path) -> None:
    damaged = tmp_path / "Район.cosdesk"
    damaged.write_bytes(b"not a file of ours" * 100)
    assert topic_of(raised(lambda: DistrictFile.open(damaged))) == "copies"
    assert topic_of(raised(lambda: parse_period("2021-Q9"))) == "indicators"
    assert topic_of(UserError("Сказано, но ниоткуда не пришло.")) == ""


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_help_opens_beside_the_window_that_is_in_the_way(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    over = QWidget()
    qtbot.addWidget(over)
    over.show()
    offered: list[str] = []

    def press(box: QMessageBox) -> int:
        button = next(button for button in box.buttons() if box.buttonRole(button) is QMessageBox.ButtonRole.HelpRole)
        offered.append(button.text())
        assert isinstance(button, QPushButton) and box.defaultButton() is not button
        button.click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", press)
    show_error(raised(lambda: parse_period("2021-Q9")), over)
    panel = over.findChild(HelpPanel)
    assert offered == ["Справка"] and panel is not None and panel.page_id == "indicators"
    panel.close()


def test_without_a_page_or_a_window_there_is_no_such_button(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    over = QWidget()
    qtbot.addWidget(over)
    counts: list[int] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: counts.append(len(box.buttons())) or 0)
    show_error(UserError("Сказано, но ниоткуда не пришло."), over)
    show_error(raised(lambda: parse_period("2021-Q9")))
    assert counts == [1, 1]
