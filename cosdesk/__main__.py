"""Starts the program: ``python -m cosdesk`` and the installed ``cosdesk``."""

import sys


def main() -> int:
    """The command line or the window; in a packaged program also what a child process is to do."""
    if getattr(sys, "frozen", False):
        # A packaged program starts itself anew for every child process.
        from multiprocessing import freeze_support

        freeze_support()
    from cosdesk.cli import main as run

    return run()


if __name__ == "__main__":
    sys.exit(main())
