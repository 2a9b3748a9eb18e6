"""A developer's one entry: ``python3 build/dev.py run | test | bench | pictures | package``; nothing to install."""

import argparse
import os
import sys

if sys.version_info < (3, 11):  # noqa: UP036  (told before anything newer is imported)
    sys.exit(f"cosdesk needs Python 3.11 or newer, this is {sys.version.split()[0]} ({sys.executable}).")

import environment
import machine
from environment import DEVELOPMENT, PACKAGING, PROGRAM, ROOT
from machine import SetupError, say

OUT = ROOT / "out"
CODE = ("cosdesk", "build", "tests")


def run(arguments: list[str]) -> int:
    """The window on the demo district or on the files named; without a display, the demo's papers."""
    python = environment.prepare(PROGRAM)
    if not machine.screen_is_ready(python):
        return _make_papers()
    if arguments:
        return environment.run("-m", "cosdesk", *arguments)
    demo = _demo_file()
    if demo is None:
        say("Making the demo district …")
        code = environment.run("-m", "cosdesk", "demo", OUT)
        demo = _demo_file()
        if code or demo is None:
            return code or 1
    return environment.run("-m", "cosdesk", demo)


def _demo_file() -> str | None:
    return next((str(path) for path in sorted(OUT.glob("*.cosdesk"))), None)


def _make_papers() -> int:
    say(f"Instead of the window: the demo district and every report as PDF and Excel, into {OUT}")
    return environment.run("-m", "cosdesk", "demo", OUT)


def test(arguments: list[str]) -> int:
    """All checks; what is not an option of ours goes to pytest.  Every step runs, whatever failed before."""
    python = environment.prepare(PROGRAM, DEVELOPMENT)
    machine.ready_without_screen(python)
    workers = min(os.cpu_count() or 1, 4)
    steps: dict[str, list[str]] = {
        "ruff": ["-m", "ruff", "check", "--quiet", *CODE],
        "mypy": ["-m", "mypy", "--no-error-summary"],
        "pytest": ["-m", "pytest", "-q", "-n", str(workers), *arguments],
    }
    failed = []
    for name, words in steps.items():
        say(f"── {name}")
        if environment.run(*words, folder=ROOT):
            failed.append(name)
    if failed:
        say(f"\nFAILED: {', '.join(failed)}")
    return 1 if failed else 0


def bench(arguments: list[str]) -> int:
    """The measurements of build/bench.py; names choose some of them."""
    python = environment.prepare(PROGRAM, DEVELOPMENT)
    machine.ready_without_screen(python)
    return environment.run(ROOT / "build" / "bench.py", *arguments, folder=ROOT)


def pictures(_: list[str]) -> int:
    """Every picture of the README and the help, made anew from the running program."""
    python = environment.prepare(PROGRAM)
    machine.ready_without_screen(python)
    return environment.run(ROOT / "build" / "pictures.py", folder=ROOT)


def package(_: list[str]) -> int:
    """The program as a folder, a zip and a .deb that need no Python, each proved by its self-test."""
    python = environment.prepare(PROGRAM, PACKAGING)
    machine.ready_without_screen(python)
    return environment.run(ROOT / "build" / "package.py", folder=ROOT)


COMMANDS = {"run": run, "test": test, "bench": bench, "pictures": pictures, "package": package}


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="build/dev.py",
        description="Makes .venv with the pinned packages, sees to Qt's system libraries, then does its job.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="\n".join(
            (
                "run [FILE]          the window on a demo district or on FILE;",
                "                    without a display the demo's reports, as PDF and Excel, into out/",
                "test [--long] […]   ruff, mypy and pytest; further words go to pytest",
                "bench [NAME …]      the measurements, side by side, as ratios",
                "pictures            the pictures of README and help, from the running program",
                "package             the program packed for machines without Python, into dist/",
            )
        ),
    )
    parser.add_argument("command", choices=COMMANDS)
    chosen, arguments = parser.parse_known_args()
    try:
        return COMMANDS[chosen.command](arguments)
    except SetupError as error:
        print(f"\n{error}", file=sys.stderr)
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
