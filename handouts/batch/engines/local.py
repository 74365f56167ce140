"""Processes of this machine, or this process alone.

`handouts.batch.engines.team` is about several processes, `process` the inside of one.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass

from handouts.batch.engines import Payload, Report
from handouts.batch.worker import Worker, settle_memory
from handouts.model.batch import Chunk

_LARGEST, _SMALLEST = 64, 8
"""Tasks in a chunk: the group that is made durable together, and what is lost with a worker."""
_PARTS = 12
"""Chunks each worker gets at least, so that all of them end at about the same time."""
_MOST_ON_WINDOWS = 31
"""Windows waits for 63 things at once, and each worker is two."""


@dataclass(frozen=True, slots=True)
class LocalEngine:
    """Worker processes beside this one; with `processes` 1 all is done in this process.

    `processes` 0: as many as there are cores. `patience`: seconds a worker may say nothing
    while it is at one document before it is taken for hung, killed and replaced.
    """

    processes: int = 0
    patience: float = 300.0

    def chunk_size(self, total: int) -> int:
        """Small enough that all processes are busy to the end, large enough to share work."""
        return max(_SMALLEST, min(_LARGEST, total // (self._count() * _PARTS)))

    def run(self, payload: Payload, chunks: Iterator[Chunk]) -> Generator[Report, None, None]:
        """See `Engine.run`."""
        if self._count() == 1:
            return _here(payload, chunks)
        from handouts.batch.engines.team import Team

        return Team(payload, chunks, self._count(), self.patience).run()

    def _count(self) -> int:
        count = self.processes or len(_cores())
        return min(count, _MOST_ON_WINDOWS) if sys.platform == "win32" else count


def _cores() -> range | set[int]:
    """Those this process may use, where the system says."""
    if hasattr(os, "sched_getaffinity"):
        return os.sched_getaffinity(0)
    return range(os.cpu_count() or 1)


def _here(payload: Payload, chunks: Iterator[Chunk]) -> Generator[Report, None, None]:
    """All in this process: nothing is pickled, and nothing outlives a crash."""
    worker = Worker(payload)
    threshold, enabled = gc.get_threshold(), gc.isenabled()
    settle_memory()
    try:
        with closing(worker.stream(chunks)) as outcomes:
            for one in outcomes:
                yield Report(tuple(one))
    finally:
        gc.set_threshold(*threshold)
        if not enabled:  # A command has it off.
            gc.disable()
