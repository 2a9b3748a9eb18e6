"""Where the program's own files lie: beside the package in a checkout, inside the bundle when packaged."""

import os
import sys
from pathlib import Path


def program_folder() -> Path:
    """The folder that holds ``forms/`` and ``resources/``."""
    bundle = getattr(sys, "_MEIPASS", None)
    return Path(bundle) if bundle else Path(__file__).resolve().parent.parent


def forms_folder() -> Path:
    return program_folder() / "forms"


def resources_folder() -> Path:
    return program_folder() / "resources"


def portable_folder() -> Path | None:
    """The folder ``data`` beside a packaged program, where everything of the user's lies on a flash drive.

    None in a checkout, where there is no such folder, and where it may not be written.  ``COSDESK_DATA`` names
    another folder, for the self-test: Windows tells the user's folders whatever the environment says.
    """
    if named := os.environ.get("COSDESK_DATA"):
        return Path(named)
    if not getattr(sys, "frozen", False):
        return None
    folder = Path(sys.executable).resolve().parent / "data"
    return folder if folder.is_dir() and os.access(folder, os.W_OK) else None


def user_data_folder() -> Path:
    """The user's own folder for backups, forms of their own and the log."""
    if portable := portable_folder():
        return portable
    import platformdirs

    try:
        return Path(platformdirs.user_data_dir("cosdesk", appauthor=False))
    except RuntimeError:
        # A user without a home; what lies here lives as long as the system lets it.
        import tempfile

        return Path(tempfile.gettempdir()) / "cosdesk"
