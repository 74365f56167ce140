"""Timing: one interleaved run in this process, and fresh processes for the cold start."""

from __future__ import annotations

import gc
import io
import os
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pypdf import PdfReader

Make = Callable[[str, dict[str, Any]], bytes]


@dataclass(slots=True)
class Times:
    """Milliseconds, one a document."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def add(
        self, work: Callable[[], object], clock: Callable[[], float] = time.process_time
    ) -> None:
        """Run it once and note how long it took, and how much processor time by `clock`."""
        cpu, wall = clock(), time.perf_counter()
        work()
        self.wall.append((time.perf_counter() - wall) * 1e3)
        self.cpu.append((clock() - cpu) * 1e3)

    @property
    def median(self) -> float:
        """What is compared."""
        return statistics.median(self.wall)

    def as_data(self) -> dict[str, float]:
        """Rounded, for people and for JSON."""
        values = {"median": self.median, "best": min(self.wall), "cpu": statistics.median(self.cpu)}
        return {name: round(value, 2) for name, value in values.items()}


def warm(
    peers: dict[str, Make], kind: str, brands: Sequence[dict[str, Any]], warmup: int = 3
) -> dict[str, Times]:
    """A B C D A B C D …, a different brand each time round; the first rounds do not count.

    Every second program is half the brands ahead: two that share a memo must not find in it what
    the other has just made.
    """
    times = {name: Times() for name in peers}
    rounds = len(brands) // 2
    for number in range(rounds):
        for place, (name, make) in enumerate(peers.items()):
            brand = brands[number + place % 2 * rounds]
            gc.collect()
            if number < warmup:
                make(kind, brand)
            else:
                times[name].add(lambda make=make, brand=brand: make(kind, brand))
    return times


def forgetful(
    make: Make,
    kind: str,
    brands: Sequence[dict[str, Any]],
    forget: Callable[[dict[str, Any]], object],
) -> Times:
    """The same with everything forgotten before each document."""
    times = Times()
    for brand in brands:
        forget(brand)
        gc.collect()
        times.add(lambda brand=brand: make(kind, brand))
    return times


def cold(commands: dict[str, list[str]], rounds: int, compiled: Path) -> dict[str, Times]:
    """Whole commands, from the start of the process to its end; the first round does not count.

    Python keeps compiled modules in `compiled`, whatever the environment says: an installed
    program has them.
    """
    env = {**os.environ, "PYTHONPYCACHEPREFIX": str(compiled)}  # noqa: TID251 - a command's own
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    times = {name: Times() for name in commands}
    for number in range(rounds + 1):
        for name, command in commands.items():
            run = Times() if number == 0 else times[name]
            run.add(lambda command=command: _run(command, env), _children)
    return times


def _children() -> float:
    times = os.times()
    return times.children_user + times.children_system


def _run(command: list[str], env: dict[str, str]) -> None:
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}\n{done.stderr}")


def facts(data: bytes) -> dict[str, Any]:
    """Bytes, pages, and whether the file is tagged."""
    reader = PdfReader(io.BytesIO(data))
    root = reader.root_object
    marked = bool(root.get("/MarkInfo", {}).get("/Marked"))
    tagged = marked and "/StructTreeRoot" in root
    return {"bytes": len(data), "pages": len(reader.pages), "tagged": tagged}
