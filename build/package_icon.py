"""The program's icon in the sizes and formats that desks ask for, and the version resource of Windows."""

import os
from pathlib import Path

SIZES = (16, 24, 32, 48, 64, 128, 256)
_RESOURCE = """VSVersionInfo(
  ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3f, flags=0, OS=0x40004, fileType=1, subtype=0),
  kids=[
    StringFileInfo([StringTable('041904B0', [
      StringStruct('FileDescription', 'cosdesk – рабочее место муниципального координатора'),
      StringStruct('FileVersion', '{version}'),
      StringStruct('InternalName', 'cosdesk'),
      StringStruct('OriginalFilename', 'cosdesk.exe'),
      StringStruct('ProductName', 'cosdesk'),
      StringStruct('ProductVersion', '{version}'),
      StringStruct('LegalCopyright', 'MIT'),
    ])]),
    VarFileInfo([VarStruct('Translation', [0x0419, 1200])]),
  ]
)
"""


def make_icons(drawing: Path, folder: Path) -> dict[str, Path]:
    """``icon-<size>.png`` of every size and ``cosdesk.ico``, by «16» … «256» and «ico»."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PIL import Image
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    application = QGuiApplication.instance() or QGuiApplication([])
    renderer = QSvgRenderer(str(drawing))
    made = {}
    for size in SIZES:
        image = QImage(size, size, QImage.Format.Format_ARGB32)
        image.fill(0)
        painter = QPainter(image)
        renderer.render(painter, QRectF(0, 0, size, size))
        painter.end()
        made[str(size)] = folder / f"icon-{size}.png"
        image.save(str(made[str(size)]))
    pictures = [Image.open(made[str(size)]) for size in SIZES]
    made["ico"] = folder / "cosdesk.ico"
    pictures[-1].save(made["ico"], sizes=[(size, size) for size in SIZES], append_images=pictures[:-1])
    del application
    return made


def version_resource(version: str, folder: Path) -> Path:
    """A version resource for PyInstaller."""
    numbers = tuple([*(int(part) for part in version.split(".")), 0, 0, 0, 0][:4])
    path = folder / "version.txt"
    path.write_text(_RESOURCE.format(numbers=numbers, version=version), "utf-8")
    return path
