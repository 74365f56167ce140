"""What every test may use: the real data, loaded once."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from handouts.load import load
from handouts.model.project import Project
from handouts.world import World

BRANDS = ("default", "willow", "marisol")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write the goldens of tests/sheets anew instead of comparing with them",
    )


@pytest.fixture(scope="session", autouse=True)
def no_cache() -> Iterator[None]:
    """Commands keep nothing in the home of whoever runs the tests; tests of the cache name one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HANDOUTS_CACHE", "off")
        yield


@pytest.fixture(scope="session", autouse=True)
def hears_ctrl_c() -> Iterator[None]:
    """A shell has what it starts in the background ignore Ctrl-C, and so would our children."""
    before = signal.getsignal(signal.SIGINT)
    if before is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(scope="session")
def real_world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """A world that stands still, in an empty folder."""
    folder: Path = tmp_path_factory.mktemp("nowhere")
    return World(folder, date(2026, 3, 2), {})


@pytest.fixture(scope="session")
def real_project(real_world: World) -> Project:
    """The built-in catalogue, locales, layouts and brands."""
    return load(real_world, project=None, brands=BRANDS)
