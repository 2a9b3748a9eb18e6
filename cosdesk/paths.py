"""Where the program's own files lie: beside the package in a checkout, inside the bundle when packaged."""

import sys
from pathlib import Path

import platformdirs


def program_folder() -> Path:
    """The folder that holds ``forms/`` and ``resources/``."""
    bundle = getattr(sys, "_MEIPASS", None)
    return Path(bundle) if bundle else Path(__file__).resolve().parent.parent


def forms_folder() -> Path:
    return program_folder() / "forms"


def resources_folder() -> Path:
    return program_folder() / "resources"


def user_data_folder() -> Path:
    """The user's own folder for backups, forms of their own and the log."""
    return Path(platformdirs.user_data_dir("cosdesk", appauthor=False))
