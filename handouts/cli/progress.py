"""How far a long run has come: a line on a terminal that is gone in the end, a log elsewhere.

`Progress` is the line itself, which ``build`` uses for one file after the other. `Meter` says
count, rate, time left and failures of a batch: in that line, or as plain lines now and then
where nobody can see a line change, such as in the log of a nightly run.
"""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from handouts.cli.console import Console
from handouts.cli.report import columns

PATIENCE = 2.0
"""Seconds a person waits without wondering."""
REDRAW = 0.2
"""Seconds between two states of the line: more often, it flickers and costs."""
WINDOW = 20.0
"""Seconds of the past a rate is of: the first sheets of a template are slower than the rest."""
FEW = 10
"""Files fewer than which tell nothing about the time that is left, unless they took long."""
LOG_EVERY = 30.0
"""Seconds after which a log gets a line however little was done, …"""
LOG_LEAST = 5.0
"""… and before which it gets none however much."""
_WIDTH = 79


@dataclass(slots=True)
class Progress:
    """Shows the current step on standard error when that is a terminal and nobody is quiet."""

    console: Console
    total: int = 0
    patience: float = PATIENCE
    clock: Callable[[], float] = time.monotonic
    _started: float = field(init=False)
    _shown: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        self._started = self.clock()

    @property
    def active(self) -> bool:
        """Whether there is somebody to show it to."""
        return self.console.err.isatty() and not self.console.quiet

    def show(self, text: str) -> None:
        """Replaces the line. A narrow window must not wrap it, so it is cut to fit."""
        if self.active:
            room = self._columns() - 1
            text, width = cut(text, room)
            self.console.err.write("\r" + text + " " * (min(self._shown, room) - width))
            self.console.err.flush()
            self._shown = width

    def step(self, done: int, name: str) -> None:
        """Says that `done` of all are ready and `name` is next, once it takes long."""
        elapsed = self.clock() - self._started
        if elapsed < self.patience:
            return
        rest = f", about {elapsed / done * (self.total - done):.0f} s left" if done else ""
        self.show(f"{done + 1} of {self.total}{rest}: {name}")

    def clear(self) -> None:
        """Takes the line away, before anything else is printed."""
        if self._shown:
            self.console.err.write("\r" + " " * min(self._shown, self._columns() - 1) + "\r")
            self.console.err.flush()
            self._shown = 0

    def _columns(self) -> int:
        """Columns of the window now: people resize it."""
        try:
            return os.get_terminal_size(self.console.err.fileno()).columns or _WIDTH + 1
        except (OSError, ValueError):
            return _WIDTH + 1


@dataclass(slots=True)
class Meter:
    """Count, rate, time left and failures of many files."""

    console: Console
    total: int
    doing: str = "written"
    clock: Callable[[], float] = time.monotonic
    _line: Progress = field(init=False)
    _started: float = field(init=False)
    _last: float = field(init=False)
    _said: int = field(init=False, default=0)
    """What the last line said was done."""
    _past: deque[tuple[float, int]] = field(init=False, default_factory=deque)

    def __post_init__(self) -> None:
        self._line = Progress(self.console, self.total, clock=self.clock)
        self._started = self._last = self.clock()

    def step(self, done: int, failed: int = 0, name: str = "") -> None:
        """Says how far it is, not more often than somebody can read."""
        moment = self.clock()
        self._remember(moment, done)
        terminal = self._line.active
        if self.console.quiet or not (
            self._stale(moment, done) if terminal else self._due(moment, done)
        ):
            return
        self._last, self._said = moment, done
        if terminal:
            self._line.show(self.text(done, failed, name))
        else:
            self.console.say(self.text(done, failed))

    def text(self, done: int, failed: int, name: str = "") -> str:
        """``1,200 of 12,000 (10 %) · 640/s · 17 s left · 3 failed · a-clinic/flyer-de-A4.pdf``."""
        share = f" ({done * 100 // self.total} %)" if self.total else ""
        pieces = [f"{done:,} of {self.total:,} {self.doing}{share}"]
        rate = self.rate
        if rate:
            pieces.append(f"{rate:,.0f}/s" if rate >= 10 else f"{rate:.1f}/s")
            if done < self.total:
                pieces.append(f"{duration((self.total - done) / rate)} left")
        if failed:
            pieces.append(f"{failed:,} failed")
        return " · ".join([*pieces, name] if name else pieces)

    @property
    def rate(self) -> float:
        """Files a second over the last seconds, or 0 when nothing can be said yet."""
        if len(self._past) < 2:
            return 0.0
        (then, before), (moment, done) = self._past[0], self._past[-1]
        telling = done - before >= FEW or moment - then >= WINDOW
        return (done - before) / (moment - then) if telling and moment - then > 0.5 else 0.0

    def clear(self) -> None:
        """Takes the line away."""
        self._line.clear()

    def _remember(self, moment: float, done: int) -> None:
        """A sample about every redraw, so that the past is some hundred pairs at most."""
        past = self._past
        if not past:
            past.append((self._started, 0))
        if len(past) > 1 and moment - past[-2][0] < REDRAW:
            past[-1] = (moment, done)
        else:
            past.append((moment, done))
        while len(past) > 2 and moment - past[0][0] > WINDOW:
            past.popleft()

    def _stale(self, moment: float, done: int) -> bool:
        """Whether the line is to be redrawn: files come in bursts, of which the end must show."""
        return moment - self._last >= REDRAW or (done - self._said) * 100 >= self.total

    def _due(self, moment: float, done: int) -> bool:
        """A line for every tenth of the work, or for half a minute without one."""
        since = moment - self._last
        tenth = (done - self._said) * 10 >= self.total and done < self.total
        return since >= LOG_EVERY or (tenth and since >= LOG_LEAST)


def duration(seconds: float) -> str:
    """``45 s``, ``3 min 20 s``, ``2 h 5 min``: as exact as somebody waiting needs it."""
    whole = round(seconds)
    if whole < 1:
        return "under 1 s"
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return f"{minutes} min {rest} s" if rest and minutes < 10 else f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"


def cut(text: str, room: int) -> tuple[str, int]:
    """As much of a text as a window has columns for, and how many it takes."""
    width = 0
    for number, char in enumerate(text):
        width += columns(char)
        if width > room:
            return text[:number], width - columns(char)
    return text, width
