"""Starts the program: ``python -m cosdesk`` and the installed ``cosdesk``."""

import sys

from cosdesk.cli import main

if __name__ == "__main__":
    sys.exit(main())
