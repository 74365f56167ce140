"""Who makes the chunks: processes of this machine, or workers of a cluster.

An engine takes chunks from the coordinator as it has room for them and gives back what became of
their tasks, in any order. It never changes a byte of a file: that is all `Worker`'s doing.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import Protocol

from handouts.batch.worker import Payload
from handouts.model.batch import Chunk, Outcome


@dataclass(frozen=True, slots=True)
class Report:
    """Outcomes that came back together. Each task of each chunk is in exactly one report.

    `abandoned` are paths of tasks whose worker died: what it had staged may still lie there.
    """

    outcomes: tuple[Outcome, ...] = ()
    abandoned: tuple[str, ...] = ()


class Engine(Protocol):
    """Makes what chunks ask for."""

    def chunk_size(self, total: int) -> int:
        """How many tasks a chunk may have at most when `total` files are to be written."""
        ...

    def run(self, payload: Payload, chunks: Iterator[Chunk]) -> Generator[Report, None, None]:
        """Makes all chunks and reports on them as they are done.

        `chunks` is drawn from lazily, a bounded number ahead of the reports, on the thread that
        iterates here; each chunk that was drawn is reported on. Closing the generator (or an
        exception in it, `KeyboardInterrupt` too) ends all workers before it returns. A document
        that kills its worker twice is an Outcome that failed, never an exception.

        Raises:
            HandoutsError: when no worker can be had at all.
        """
        ...


__all__ = ["Engine", "Payload", "Report"]
