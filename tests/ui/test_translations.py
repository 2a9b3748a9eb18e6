"""What Qt says in its own dialogs is Russian, also where its catalogue has gaps."""

from PySide6.QtCore import QLibraryInfo, QTranslator
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from cosdesk.paths import resources_folder


def test_the_file_dialog_has_no_english_caption(qapp: QApplication, qtbot: QtBot) -> None:
    catalogues = (
        ("qtbase_ru", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
        ("qt_missing_ru", str(resources_folder() / "translations")),
    )
    installed = []
    for name, folder in catalogues:
        translator = QTranslator()
        assert translator.load(name, folder)
        qapp.installTranslator(translator)
        installed.append(translator)
    try:
        dialog = QFileDialog()
        qtbot.addWidget(dialog)
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        captions = [label.text().replace("&", "") for label in dialog.findChildren(QLabel)]
    finally:
        for translator in installed:
            qapp.removeTranslator(translator)
    assert {"Папка:", "Имя файла:", "Тип файлов:"} <= set(captions)
    assert not any(caption.isascii() and caption for caption in captions)
