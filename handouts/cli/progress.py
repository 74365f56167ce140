"""A line that says how far a long build has come: on a terminal only, and gone in the end."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from handouts.cli.console import Console

PATIENCE = 2.0
"""Seconds a person waits without wondering."""


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
        """Replaces the line. A narrow window must not wrap it, so it is kept short."""
        if self.active:
            text = text[:78]
            self.console.err.write("\r" + text.ljust(self._shown))
            self.console.err.flush()
            self._shown = len(text)

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
            self.console.err.write("\r" + " " * self._shown + "\r")
            self.console.err.flush()
            self._shown = 0
