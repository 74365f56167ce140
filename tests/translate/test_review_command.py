"""``translate review`` as a person types it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from handouts.diagnostics import ExitCode
from handouts.world import World

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "handouts.yaml").write_text("paper: Letter\n")
    return tmp_path


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "generate.py"), "translate", "review", *arguments],
        cwd=folder,
        env={**World.system().env, "SOURCE_DATE_EPOCH": "1772409600"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_where_it_goes_and_that_it_may_be_made_again(folder: Path) -> None:
    done = run(folder, "de", "--group", "grade,topic")
    assert (done.returncode, done.stdout) == (0, "output/default/review-de-Letter.pdf\n")
    assert "strings, " in done.stderr
    file = folder / "output" / "default" / "review-de-Letter.pdf"
    first = file.read_bytes()
    again = run(folder, "de", "--group", "grade", "--group", "topic", "--json")
    assert json.loads(again.stdout)["strings"] == int(done.stderr.split()[0])
    assert file.read_bytes() == first


def test_what_is_not_ours_stays(folder: Path) -> None:
    mine = folder / "mine.pdf"
    mine.write_text("mine")
    done = run(folder, "de", "--group", "grade", "-o", "mine.pdf")
    assert (done.returncode, "[not-ours]" in done.stderr) == (ExitCode.FILE, True)
    assert mine.read_text() == "mine"
    assert run(folder, "de", "--group", "grade", "-o", "mine.pdf", "--force").returncode == 0
    assert mine.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("de", "--group", "benfit"), "unknown-group"),
        (("de", "--only", "drafts"), "unknown-state"),
        (("de", "--size", "A3"), "unknown-paper"),
        (("de", "--only", "missing"), "nothing-to-review"),
        (("en",), "source-language"),
    ],
)
def test_mistakes(folder: Path, arguments: tuple[str, ...], code: str) -> None:
    done = run(folder, *arguments)
    assert (done.returncode, f"[{code}]" in done.stderr) == (ExitCode.USAGE, True), done.stderr
    assert not (folder / "output").exists()
