from __future__ import annotations

import io

import pytest

from handouts.cli.console import Console
from handouts.cli.progress import Meter, cut, duration
from tests.cli.test_console import Clock, Terminal


def _meter(err: io.StringIO, total: int = 1000, quiet: bool = False) -> tuple[Meter, Clock]:
    clock = Clock()
    return Meter(Console(io.StringIO(), err, quiet=quiet), total, clock=clock), clock


def _states(err: io.StringIO) -> list[str]:
    return [one.strip() for one in err.getvalue().split("\r") if one.strip()]


def test_count_rate_time_left_and_failures() -> None:
    err = Terminal()
    meter, clock = _meter(err)
    clock.now = 5.0
    meter.step(200, 3, "north/flyer-de-A4.pdf")
    assert _states(err) == [
        "200 of 1,000 written (20 %) · 40/s · 20 s left · 3 failed · north/flyer-de-A4.p"
    ]
    meter.clear()
    assert err.getvalue().endswith(" \r")


def test_a_first_file_tells_nothing_about_the_rest() -> None:
    err = Terminal()
    meter, clock = _meter(err)
    clock.now = 5.0
    meter.step(1)
    assert _states(err) == ["1 of 1,000 written (0 %)"]


def test_it_is_not_redrawn_more_often_than_needed() -> None:
    err = Terminal()
    meter, clock = _meter(err, total=100_000)
    for done in range(1, 5001):
        clock.now += 0.001
        meter.step(done)
    assert 20 <= len(_states(err)) <= 30


def test_the_end_of_a_burst_shows() -> None:
    """Workers report a chunk at a time: all of its files in an instant."""
    err = Terminal()
    meter, clock = _meter(err, total=640)
    for done in range(1, 129):
        if done in (1, 65):
            clock.now += 4
        meter.step(done)
    shown = [int(state.split(" of ")[0]) for state in _states(err)]
    assert shown[-1] > 120
    assert len(shown) < 100


def test_the_rate_is_of_the_last_seconds() -> None:
    meter, clock = _meter(Terminal(), total=100_000)
    clock.now = 60.0
    meter.step(10)
    for second in range(1, 41):
        clock.now = 60.0 + second
        meter.step(10 + second * 500)
    assert 450 < meter.rate < 550


def test_plain_lines_where_no_line_can_change() -> None:
    err = io.StringIO()
    meter, clock = _meter(err)
    for done in range(1, 1001):
        clock.now += 0.1
        meter.step(done, done // 500)
    lines = err.getvalue().splitlines()
    assert len(lines) == 9
    assert lines[0] == "100 of 1,000 written (10 %) · 10/s · 1 min 30 s left"
    assert lines[-1].startswith("900 of 1,000 written (90 %)")
    assert lines[-1].endswith("1 failed")
    assert "\r" not in err.getvalue()


def test_a_log_hears_of_slow_work_and_not_of_quick() -> None:
    err = io.StringIO()
    meter, clock = _meter(err)
    for done in range(1, 11):
        clock.now += 10
        meter.step(done)
    assert len(err.getvalue().splitlines()) == 3
    quick = io.StringIO()
    meter, clock = _meter(quick)
    for done in range(1, 1001):
        clock.now += 0.003
        meter.step(done)
    assert quick.getvalue() == ""


@pytest.mark.parametrize("err", [io.StringIO(), Terminal()])
def test_quiet(err: io.StringIO) -> None:
    meter, clock = _meter(err, quiet=True)
    clock.now = 100.0
    meter.step(900)
    assert err.getvalue() == ""


@pytest.mark.parametrize(
    ("text", "room", "shown"),
    [
        ("abc", 5, ("abc", 3)),
        ("abcdef", 3, ("abc", 3)),
        ("日本語", 5, ("日本", 4)),
        ("", 3, ("", 0)),
    ],
)
def test_a_line_stays_within_the_window(text: str, room: int, shown: tuple[str, int]) -> None:
    assert cut(text, room) == shown


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0.2, "under 1 s"), (45, "45 s"), (60, "1 min"), (92.4, "1 min 32 s"),
        (754, "12 min"), (7500, "2 h 5 min"), (7200, "2 h"),
    ],
)  # fmt: skip
def test_durations(seconds: float, said: str) -> None:
    assert duration(seconds) == said
