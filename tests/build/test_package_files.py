"""What the packer leaves out, and the Windows side read here: file names, the version resource, the installer."""

import ast
import importlib
import re
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
BUILD = ROOT / "build"


@pytest.fixture(scope="module")
def patterns() -> dict[str, re.Pattern[str]]:
    """The spec's patterns; the rest of it needs PyInstaller."""
    tree = ast.parse((BUILD / "cosdesk.spec").read_text("utf-8"))
    wanted = {"UNUSED_FILES", "SYSTEM_LIBRARIES", "UNUSED_DATA"}
    known: dict[str, re.Pattern[str]] = {}
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id in wanted:
            exec(compile(ast.Module([node], []), "cosdesk.spec", "exec"), {"re": re}, known)
    assert set(known) == wanted
    return known


KEPT = [
    "PySide6/Qt/translations/qtbase_ru.qm",
    "PySide6\\translations\\qtbase_ru.qm",
    "resources/translations/qt_missing_ru.qm",
    "resources\\translations\\qt_missing_ru.qm",
    "PySide6/Qt/plugins/platforms/libqxcb.so",
    "PySide6/Qt/plugins/platforms/libqoffscreen.so",
    "PySide6\\plugins\\platforms\\qwindows.dll",
    "PySide6\\plugins\\platforms\\qoffscreen.dll",
    "PySide6\\plugins\\styles\\qmodernwindowsstyle.dll",
    "PySide6\\plugins\\imageformats\\qjpeg.dll",
    "PySide6\\plugins\\iconengines\\qsvgicon.dll",
    "PySide6/Qt/plugins/printsupport/libcupsprintersupport.so",
    "PySide6/Qt/lib/libQt6Network.so.6",  # Qt's PDF needs it on Linux
    "PySide6\\Qt6Pdf.dll",
    "rapidfuzz\\fuzz_cpp.cp311-win_amd64.pyd",
    "docx/templates/default.docx",
]
LEFT_OUT = [
    "PySide6/Qt/translations/qtbase_de.qm",
    "PySide6\\translations\\qtbase_de.qm",
    "PySide6/Qt/lib/libQt6Quick.so.6",
    "libQt6EglFSDeviceIntegration.so.6",
    "PySide6\\Qt6Quick.dll",
    "PySide6\\Qt6Lottie.dll",
    "PySide6\\opengl32sw.dll",
    "PySide6\\plugins\\platforms\\qminimal.dll",
    "PySide6\\plugins\\vectorimageformats\\qlottievectorimage.dll",  # it needs the libraries of Quick
    "PySide6\\plugins\\tls\\qschannelbackend.dll",
    "rapidfuzz\\fuzz_cpp_avx2.cp311-win_amd64.pyd",
    "libcairo-gobject.so.2",
    "libssl.so.3",
]


@pytest.mark.parametrize(("name", "kept"), [*((name, True) for name in KEPT), *((name, False) for name in LEFT_OUT)])
def test_what_is_packed(patterns: dict[str, re.Pattern[str]], name: str, kept: bool) -> None:
    assert kept is not any(pattern.search(name) for pattern in patterns.values())


@pytest.fixture
def package_icon(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(BUILD))
    return importlib.import_module("package_icon")


@pytest.mark.parametrize(("version", "numbers"), [("0.1.0", (0, 1, 0, 0)), ("12.3", (12, 3, 0, 0))])
def test_the_version_resource_says_the_version(
    package_icon: ModuleType, tmp_path: Path, version: str, numbers: tuple[int, ...]
) -> None:
    """Evaluated as PyInstaller evaluates it, with its names standing for what they are given."""
    names = ("VSVersionInfo", "FixedFileInfo", "StringFileInfo", "StringTable", "VarFileInfo")
    known: dict[str, object] = {name: lambda *words, **named: (*words, *named.values()) for name in names}
    known["StringStruct"] = known["VarStruct"] = lambda name, value: (name, value)
    text = package_icon.version_resource(version, tmp_path).read_text("utf-8")
    fixed, (strings, translation) = eval(text, known)
    assert fixed[:2] == (numbers, numbers)
    assert ("FileVersion", version) in strings[0][0][1]
    assert translation == ([("Translation", [0x0419, 1200])],)


@pytest.fixture(scope="module")
def installer() -> str:
    return (BUILD / "windows" / "cosdesk.iss").read_text("utf-8")


def test_the_installer_takes_what_packaging_makes(installer: str, package_icon: ModuleType, tmp_path: Path) -> None:
    spec, packer = ((BUILD / name).read_text("utf-8") for name in ("cosdesk.spec", "package.py"))
    assert 'Source: "..\\..\\dist\\cosdesk\\*"' in installer
    assert 'DIST = ROOT / "dist"' in packer and 'name="cosdesk"' in spec
    assert "SetupIconFile=..\\..\\work\\package\\cosdesk.ico" in installer
    assert 'WORK = ROOT / "work" / "package"' in packer
    assert set(re.findall(r"\{app\}\\([\w-]+\.exe)", installer)) == {"cosdesk.exe"}
    assert 'program("cosdesk", False), program("cosdesk-cli", True)' in spec


def test_the_workflow_names_files_that_are_there(installer: str) -> None:
    workflow = (ROOT / ".github" / "workflows" / "package.yml").read_text("utf-8")
    assert (ROOT / "build" / "dev.py").is_file() and "python build/dev.py package" in workflow
    assert "build\\windows\\cosdesk.iss" in workflow and "/DVersion=$version" in workflow
    assert re.search(r"OutputBaseFilename=cosdesk-\{#Version\}-setup", installer) and "cosdesk-*-setup.exe" in workflow
    assert "cosdesk.District" in workflow and "cosdesk.District" in installer


def test_the_icon_holds_every_size(package_icon: ModuleType, tmp_path: Path, qapp: object) -> None:
    from PIL import Image

    made = package_icon.make_icons(ROOT / "resources" / "icons" / "cosdesk.svg", tmp_path)
    with Image.open(made["ico"]) as picture:
        assert picture.info["sizes"] == {(size, size) for size in package_icon.SIZES}
