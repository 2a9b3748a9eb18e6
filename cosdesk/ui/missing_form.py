"""What the roadmap's page says while the roadmap's own form is not on this computer, and the way to install it."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from cosdesk.domain.roadmap import Roadmap
from cosdesk.forms.roadmap_form import RoadmapForm
from cosdesk.ui.banner import Banner
from cosdesk.ui.file_drop import FORM_FILTER
from cosdesk.ui.settings import last_folder, remember_folder


class MissingForm(Banner):
    """``installed`` follows a form that was taken in."""

    installed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told = ""

    def tell(self, roadmap: Roadmap, form: RoadmapForm) -> None:
        """Says it once for a roadmap that is not shown in its own ``form``; hides where there is nothing to say."""
        if form.id == roadmap.form:
            self._told = ""
            self.hide()
        elif roadmap.form != self._told:
            self._told = roadmap.form
            self.say(
                f"Формы «{roadmap.form}» на этом компьютере нет: карта показана по форме «{form.title}», данные целы."
                " Возьмите файл формы там, где карту вели: меню Файл, «Формы…», кнопка «Передать…».",
                "Установить форму…",
                self._install,
            )

    def _install(self) -> None:
        from cosdesk.ui.form_install import install_form

        name, _ = QFileDialog.getOpenFileName(self, "Установить форму", last_folder(), FORM_FILTER)
        if name:
            remember_folder(Path(name))
            if install_form(Path(name), self):
                self.installed.emit()
