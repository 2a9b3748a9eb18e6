"""The directions of imports and a light start-up, read from the sources and from a fresh interpreter."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((ROOT / "cosdesk").rglob("*.py"))

# Whom a package may import of ours, besides itself.  What is not listed composes and may import all but ui.
FREE = {"errors", "paths", "dataclass", "__init__"}
LAYERS = {
    "errors": set(),
    "dataclass": set(),
    "paths": {"errors"},
    "domain": {"errors", "dataclass"},
    "forms": {"domain"} | FREE,
    "store": {"domain"} | FREE,
    "intake": {"domain", "forms"} | FREE,
    "reports": {"domain", "forms"} | FREE,
    "exchange": {"domain", "forms"} | FREE,
}
# In which modules a library may be named at all: the beginnings of their paths.
LIBRARIES = {
    "PySide6": ("ui/", "app.py"),
    "sqlite3": ("store/",),
    "sqlite_utils": ("store/",),
    "reportlab": ("reports/pdf",),
    "openpyxl": ("reports/xlsx", "intake/excel", "intake/answer", "exchange/workbooks"),
    "docx": ("reports/docx", "intake/word"),
    "lxml": ("intake/", "reports/docx"),
}


def package(module: Path) -> str:
    """The package or the module of ours right under ``cosdesk``."""
    return module.relative_to(ROOT / "cosdesk").parts[0].removesuffix(".py")


def imports(module: Path) -> Iterator[str]:
    """Every name imported, anywhere in the module: «cosdesk.domain.period», «PySide6.QtCore»."""
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: imports are written whole"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def fault(module: Path, name: str) -> str | None:
    here, words = package(module), name.split(".")
    if not module.relative_to(ROOT / "cosdesk").as_posix().startswith(LIBRARIES.get(words[0], "")):
        return f"{words[0]} is for {', '.join(LIBRARIES[words[0]])}"
    if words[0] != "cosdesk" or words[1:2] in ([], [here]):
        return None
    if words[1] == "ui" and here != "app":
        return "only app imports ui"
    if here in LAYERS and words[1] not in LAYERS[here] | {"__version__"}:
        return f"{here} does not import {words[1]}"
    return None


@pytest.mark.parametrize("module", MODULES, ids=lambda module: str(module.relative_to(ROOT)))
def test_imports_run_one_way(module: Path) -> None:
    assert [f"{name}: {told}" for name in imports(module) if (told := fault(module, name))] == []


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("domain/period.py", "cosdesk.forms.reading"),
        ("domain/period.py", "PySide6.QtCore"),
        ("reports/roadmap.py", "sqlite3"),
        ("reports/roadmap.py", "cosdesk.store.file"),
        ("reports/roadmap.py", "reportlab.platypus"),
        ("intake/recognise.py", "openpyxl"),
        ("store/file.py", "PySide6.QtCore.QLockFile"),
        ("cli.py", "cosdesk.ui.main_window"),
    ],
)
def test_a_wrong_import_is_told(module: str, name: str) -> None:
    assert fault(ROOT / "cosdesk" / module, name)


def test_the_program_needs_only_what_is_pinned_for_it() -> None:
    pinned = {normal(line) for line in (ROOT / "build" / "requirements.txt").read_text("utf-8").splitlines()}
    roots = {name.partition(".")[0] for module in MODULES for name in imports(module)} - {"cosdesk"}
    distributions = packages_distributions()
    third_party = sorted(roots - sys.stdlib_module_names)
    assert [name for name in third_party if not pinned & set(map(normal, distributions[name]))] == []


def normal(requirement: str) -> str:
    """A distribution's name as pip compares it, without version and comment."""
    return re.sub(r"[-_.]+", "-", requirement.partition("==")[0]).lower()


def test_the_first_window_loads_no_document_library() -> None:
    late = ("reportlab", "openpyxl", "docx", "pymorphy3", "jinja2", "lxml")
    loaded = subprocess.run(
        [sys.executable, "-c", "import cosdesk.ui.main_window, sys; print(*sys.modules)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert [name for name in late if name in loaded] == []
