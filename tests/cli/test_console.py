from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any

import pytest

from handouts.cli.console import Console, wants_colour
from handouts.cli.progress import Progress
from handouts.diagnostics import ExitCode, HandoutsError


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("environment", "terminal", "forbidden", "colour"),
    [
        ({}, True, False, True),
        ({}, False, False, False),
        ({"NO_COLOR": "1"}, True, False, False),
        ({"NO_COLOR": ""}, True, False, True),
        ({"FORCE_COLOR": "1"}, False, False, True),
        ({"FORCE_COLOR": "0"}, True, False, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, True, False, False),
        ({"FORCE_COLOR": "1"}, True, True, False),
        ({"TERM": "dumb"}, True, False, False),
        ({"TERM": "xterm"}, True, False, True),
    ],
)
def test_wants_colour(
    environment: dict[str, str], terminal: bool, forbidden: bool, colour: bool
) -> None:
    stream = Terminal() if terminal else io.StringIO()
    assert wants_colour(stream, environment, forbidden) is colour


def _console(**options: Any) -> Console:
    return Console(io.StringIO(), io.StringIO(), **options)


def test_streams() -> None:
    console = _console(verbose=True)
    console.result("path")
    console.say("hello")
    console.detail("more")
    console.error("wrong")
    assert console.out.getvalue() == "path\n"  # type: ignore[attr-defined]
    assert console.err.getvalue() == "hello\nmore\nwrong\n"  # type: ignore[attr-defined]


def test_quiet_still_says_errors() -> None:
    console = _console(quiet=True)
    console.say("hello")
    console.error("wrong")
    assert console.err.getvalue() == "wrong\n"  # type: ignore[attr-defined]


def test_pdf_is_not_thrown_at_a_terminal() -> None:
    with pytest.raises(HandoutsError) as caught:
        Console(Terminal(), io.StringIO()).result_bytes(b"%PDF")
    assert caught.value.exit_code is ExitCode.USAGE


def test_reader_that_went_away_is_no_error() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as gone:
        console = Console(gone, io.StringIO())
        console.result("one")
        console.result("two")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
def test_full_disk_behind_standard_output_is_an_error() -> None:
    with Path("/dev/full").open("w") as full, pytest.raises(OSError, match="space"):
        Console(full, io.StringIO()).result("one")


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def _progress(err: io.StringIO, **options: Any) -> tuple[Progress, Clock]:
    clock = Clock()
    return Progress(Console(io.StringIO(), err, **options), total=4, clock=clock), clock


def test_progress_waits_two_seconds_and_then_says_how_far() -> None:
    err = Terminal()
    progress, clock = _progress(err)
    clock.now = 1.9
    progress.step(1, "a.pdf")
    assert err.getvalue() == ""
    clock.now = 3.0
    progress.step(2, "b.pdf")
    assert err.getvalue() == "\r3 of 4, about 3 s left: b.pdf"
    progress.clear()
    assert err.getvalue().endswith("\r" + " " * 29 + "\r")


@pytest.mark.parametrize(("err", "quiet"), [(io.StringIO(), False), (Terminal(), True)])
def test_progress_is_for_people_at_a_terminal(err: io.StringIO, quiet: bool) -> None:
    progress, clock = _progress(err, quiet=quiet)
    clock.now = 9.0
    progress.step(1, "a.pdf")
    progress.clear()
    assert err.getvalue() == ""


def test_a_window_made_narrower_is_not_filled_with_blanks(monkeypatch: pytest.MonkeyPatch) -> None:
    err = Terminal()
    progress, _ = _progress(err)
    progress.show("x" * 60)
    monkeypatch.setattr(Progress, "_columns", lambda progress: 40)
    progress.show("y" * 10)
    progress._shown = 60
    progress.clear()
    assert max(map(len, err.getvalue().split("\r")[2:])) == 39


def test_who_may_write_in_a_store_is_not_a_matter_of_folders() -> None:
    from handouts.batch.trouble import file_trouble

    assert "folder" in (file_trouble(PermissionError(13, "no"), "out/a.pdf").hint or "")
    assert "folder" not in (file_trouble(PermissionError(13, "no"), "s3://b/a.pdf").hint or "")
