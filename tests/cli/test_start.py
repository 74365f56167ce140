"""What a command need not import, and that a warm start changes nothing but the time."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.load.scenes import REPOSITORY, project

READERS = frozenset(
    {"yaml", "pydantic", "pydantic_core", "pypdf", "openpyxl", "handouts.load.project"}
)
SCRIPT = f"""
import sys
from handouts.cli import main
try:
    code = main(sys.argv[1:])
except SystemExit as stop:
    code = stop.code
print("LOADED", code, *sorted({set(READERS)!r} & set(sys.modules)))
"""
BUILD = ("build", "--layout", "benefits-flyer", "--language", "en", "-o", "made.pdf")


@dataclass(frozen=True)
class Ran:
    loaded: list[str]
    out: list[str]
    err: str
    made: bytes


def run(folder: Path, cache: str, *arguments: str) -> Ran:
    """A command in a process of its own; the last thing it says is what it imported."""
    env = {
        **os.environ,  # noqa: TID251 - the process needs a path and a home
        "HANDOUTS_CACHE": cache,
        "PYTHONPATH": str(REPOSITORY),
        "SOURCE_DATE_EPOCH": "1767225600",
    }
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *arguments],
        cwd=folder,
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )
    *out, last = done.stdout.splitlines()
    made = folder / "made.pdf"
    data = made.read_bytes() if made.exists() else b""
    return Ran(last.split()[1:], out, done.stderr, data)


@pytest.mark.parametrize("arguments", [("--help",), ("build", "--help"), ("--version",)])
def test_help_reads_nothing(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    assert run(tmp_path, "off", *arguments).loaded == ["0"]


def test_a_warm_start_makes_the_same_file_and_says_the_same(tmp_path: Path) -> None:
    folder = project(tmp_path, {"handouts.yaml": "paper: A4\n", "locales/de.yml": "language: de\n"})
    cache = str(tmp_path / "cache")
    plain = run(folder, "off", *BUILD)
    assert plain.made.startswith(b"%PDF-")
    assert "[unread-file]" in plain.err
    assert "handouts.load.project" in plain.loaded
    assert not (tmp_path / "cache").exists()
    first = run(folder, cache, *BUILD)
    warm = run(folder, cache, *BUILD)
    assert warm.loaded == ["0"], "a kept project needs neither YAML nor pydantic, ours no pypdf"
    assert "handouts.load.project" in first.loaded
    for one in (first, warm):
        assert (one.made, one.out, one.err) == (plain.made, plain.out, plain.err)
    (folder / "handouts.yaml").write_text("paper: Letter\n")
    changed = run(folder, cache, *BUILD)
    assert changed.made != warm.made
    assert changed.made == run(folder, "off", *BUILD).made


def test_config_show_says_where_things_are_kept(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    assert str(cache) in run(tmp_path, str(cache), "config", "show").err
    assert "nothing" in run(tmp_path, "off", "config", "show").err
