"""What a command need not import, and that a warm start changes nothing but the time."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.load.scenes import REPOSITORY, project

READERS = frozenset(
    {
        *("yaml", "pydantic", "pydantic_core", "pypdf", "openpyxl", "handouts.load.project"),
        *("babel", "icu4py", "pyphen", "segno", "handouts.compose", "handouts.typeset"),
    }
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
    assert warm.loaded == ["0"], "what is kept needs no reader, no composer and no typesetter"
    assert {"handouts.load.project", "handouts.typeset"} <= set(first.loaded)
    for one in (first, warm):
        assert (one.made, one.out, one.err) == (plain.made, plain.out, plain.err)
    (folder / "handouts.yaml").write_text("paper: Letter\n")
    changed = run(folder, cache, *BUILD)
    assert changed.made != warm.made
    assert changed.made == run(folder, "off", *BUILD).made


def test_what_does_not_fit_is_said_every_time(tmp_path: Path) -> None:
    folder = project(tmp_path, {})
    cache = str(tmp_path / "cache")
    long = ("--set", f"brand.name={'Very long words ' * 400}")
    plain = run(folder, "off", *BUILD, *long)
    assert plain.loaded[0] == "5"
    for _ in range(2):
        again = run(folder, cache, *BUILD, *long)
        assert (again.loaded[0], again.out, again.err) == ("5", plain.out, plain.err)
        assert not (folder / "made.pdf").exists()


def test_several_sheets_are_not_kept(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    several = ("build", "--layout", "benefits-flyer", "--size", "A4", "--size", "Letter")
    run(tmp_path, str(cache), *several)
    halves = len(list(cache.iterdir()))
    assert halves == 2
    assert "handouts.typeset" in run(tmp_path, str(cache), *several).loaded
    assert len(list(cache.iterdir())) == halves


def test_config_show_says_where_things_are_kept(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    assert str(cache) in run(tmp_path, str(cache), "config", "show").err
    assert "nothing" in run(tmp_path, "off", "config", "show").err


BATCH = ("batch", "jobs.yaml", "--no-report", "--processes", "1")
JOBS = "clinics: clinics.csv\nlayouts: ['benefits-*']\nlanguages: [en]\nsizes: [A4]\n"
HEAVY = {"pydantic", "yaml", "handouts.load.project"}


def test_a_batch_starts_warm_too_and_follows_every_change(tmp_path: Path) -> None:
    folder = project(
        tmp_path, {"jobs.yaml": JOBS, "clinics.csv": "name,tagline\nOak,Hello\nElm,Good day\n"}
    )
    cache = str(tmp_path / "cache")

    def again(where: str) -> tuple[Ran, dict[str, bytes]]:
        out = folder / "output"
        shutil.rmtree(out, ignore_errors=True)
        ran = run(folder, where, *BATCH)
        return ran, {str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*.pdf")}

    def told(ran: Ran) -> list[str]:
        return [line for line in ran.err.splitlines() if not line.startswith("in ")]

    plain, made = again("off")
    assert set(made) == {"oak/benefits-flyer-en-A4.pdf", "elm/benefits-flyer-en-A4.pdf"}
    for heavy in (HEAVY, set()):
        ran, found = again(cache)
        assert HEAVY & set(ran.loaded) == heavy
        assert (ran.loaded[0], told(ran), found) == ("0", told(plain), made)
    (folder / "layouts").mkdir()
    flyer = (REPOSITORY / "layouts/benefits-flyer.yaml").read_text()
    two = flyer.replace("id: benefits-flyer", "id: benefits-two")
    (folder / "layouts/benefits-two.yaml").write_text(two)
    assert len(again(cache)[1]) == 4
    (folder / "jobs.yaml").write_text(JOBS.replace("A4", "Letter"))
    assert "elm/benefits-two-en-Letter.pdf" in again(cache)[1]
    (folder / "jobs.yaml").write_text(JOBS.replace("A4", "A3.5"))
    wrong = [again(where) for where in ("off", cache, cache)]
    assert all("A3.5" in ran.err and ran.err == wrong[0][0].err for ran, _ in wrong)
    assert not any(found for _, found in wrong)
