"""What every test stands on: no screen, a home of its own, repeatable random cases, the seeds where they are."""

import os
import tempfile
from pathlib import Path

import hypothesis
import pytest

# Before anything imports Qt or asks for a folder: no test may open a window or touch the user's files.
_HOME = tempfile.TemporaryDirectory(prefix="cosdesk-tests-")
os.environ["QT_QPA_PLATFORM"] = "offscreen"
for variable in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
    os.environ[variable] = _HOME.name
for variable, folder in {
    "XDG_DATA_HOME": "data",
    "XDG_CONFIG_HOME": "config",
    "XDG_CACHE_HOME": "cache",
    "XDG_STATE_HOME": "state",
    "XDG_RUNTIME_DIR": "runtime",
}.items():
    os.environ[variable] = str(Path(_HOME.name) / folder)
    Path(os.environ[variable]).mkdir(mode=0o700)

hypothesis.settings.register_profile("everyday", deadline=None, max_examples=60, database=None)
hypothesis.settings.register_profile("ci", parent=hypothesis.settings.get_profile("everyday"), derandomize=True)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="run the long tests too")


def pytest_configure() -> None:
    # With --long too: two thousand cases of every law would take an hour.  A test that wants more says how many.
    hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "everyday")


def pytest_unconfigure() -> None:
    _HOME.cleanup()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--long"):
        return
    for item in items:
        if "long" in item.keywords:
            item.add_marker(pytest.mark.skip(reason="runs with --long"))


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of real roadmaps beside the checkout; the test is skipped where there is none."""
    folder = Path(__file__).resolve().parent.parent.parent / "shared" / "seeds"
    if not folder.is_dir():
        pytest.skip("no ../shared/seeds beside the checkout")
    return folder
