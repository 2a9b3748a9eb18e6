"""Starts the program: ``python -m cosdesk`` and the installed ``cosdesk``."""

import sys

from cosdesk.cli import main

if __name__ == "__main__":
    if getattr(sys, "frozen", False):
        # A packaged program starts itself anew for every child process.
        from multiprocessing import freeze_support

        freeze_support()
    sys.exit(main())
