"""Workers of a Dask cluster: one that is there already, or one of this machine for one batch.

The coordinator stays who it is: it alone draws chunks, keeps the manifest and holds the lock.
Here chunks become tasks, only ever a few more of them than there are workers, so that a batch
of a hundred thousand is never in the scheduler's memory; inputs travel once per worker, as a
plugin (`handouts.batch.engines.station`).

A worker that dies: the scheduler gives its chunk to another (its files may be half there; they
are written again, with the same bytes). A chunk that goes down with too many workers
(``distributed.scheduler.allowed-failures``) is set aside and its documents are made one by one
when all else is done, so that nobody else is suspected; the one that takes its workers down
again is reported as failed.
"""

from __future__ import annotations

import os
import queue
import time
from collections import deque
from collections.abc import Generator, Iterator
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field
from typing import Any

from handouts.batch.engines import Payload, Report
from handouts.batch.engines.connection import (
    LOOK,
    Tls,
    connected,
    leave,
    lost,
    no_workers,
    refuse_strangers,
    register,
    started,
    threads,
    wait_for_workers,
)
from handouts.batch.store import Delivered
from handouts.batch.travel import here, pack
from handouts.batch.trouble import crashed, program_trouble
from handouts.diagnostics import Diagnostic, HandoutsError
from handouts.model.batch import Chunk, Outcome

_LARGEST = 256
"""Tasks of a chunk: about a second's work, beside which a task's millisecond does not show."""
_SHARES = 64
"""Chunks there are at least, to share among workers nobody has counted yet."""
_MADE_AGAIN = ("lost", "pending")
"""What Dask calls a task whose result went with its worker, until another has made it."""
_AHEAD = 2
"""Chunks per worker under way: one being made, one at hand."""


@dataclass(frozen=True, slots=True)
class ClusterEngine:
    """Dask workers.

    `scheduler` is the address of a cluster (``tcp://host:8786``); empty: one is started here,
    with `processes` workers (0: as many as there are cores), reached over loopback only.
    `patience`: seconds to wait for a worker when there is none.
    """

    scheduler: str = ""
    processes: int = 0
    tls: Tls | None = None
    patience: float = 60.0

    def chunk_size(self, total: int) -> int:
        """See `Engine.chunk_size`."""
        return max(1, min(_LARGEST, -(-total // _SHARES)))

    def run(self, payload: Payload, chunks: Iterator[Chunk]) -> Generator[Report, None, None]:
        """See `Engine.run`.

        Raises:
            HandoutsError: ``no-scheduler``, ``no-workers``, ``other-program``,
                ``place-not-shared``, ``missing-library``, ``lost-scheduler``,
                ``bad-certificate``.
        """
        trunk = pack(payload)
        with self._client() as client:
            from handouts.batch.engines.station import Station

            # Of a cluster one is enough to begin with; those of this machine all come.
            wait_for_workers(client, 1 if self.scheduler else self._count(), self.patience)
            program = here() if self.scheduler else None
            if program:
                refuse_strangers(client, program)
            name = f"handouts-{client.id}"
            station = Station(name, trunk, program)
            try:
                register(client, station, self.patience)
                dispatch = _Dispatch(client, name, chunks, self.patience)
                client.subscribe_topic("all", dispatch.heard)
                yield from dispatch.reports()
            finally:
                leave(client, name)

    def _client(self) -> AbstractContextManager[Any]:
        if self.scheduler:
            return connected(self.scheduler, self.tls, self.patience)
        return started(self._count())

    def _count(self) -> int:
        return self.processes or os.cpu_count() or 1


@dataclass(slots=True)
class _Dispatch:
    """The chunks of one batch on their way through a cluster."""

    client: Any
    name: str
    chunks: Iterator[Chunk]
    patience: float
    running: dict[str, tuple[Any, Chunk]] = field(default_factory=dict)
    aside: deque[Chunk] = field(default_factory=deque)
    bereft: set[str] = field(default_factory=set)
    """Keys of tasks that a worker had when it died: what it had staged may still lie there."""
    finished: queue.SimpleQueue[Any] = field(default_factory=queue.SimpleQueue)
    drawn: bool = False
    count: int = 0
    width: int = 0
    looked: float = 0.0

    def reports(self) -> Generator[Report, None, None]:
        """Reports as chunks come back; as many are under way as the cluster has room for."""
        try:
            while self._fill():
                future = self._next()
                chunk = self.running[future.key][1]
                found = self._outcomes(future, chunk)
                del self.running[future.key]
                future.release()
                paths = tuple(one.path for one in chunk.tasks) if future.key in self.bereft else ()
                self.bereft.discard(future.key)
                if found or paths:
                    yield Report(found, paths)
        finally:
            if self.running and self.client.status == "running":
                with suppress(Exception):
                    self.client.cancel([future for future, _ in self.running.values()])

    def heard(self, event: tuple[float, Any]) -> None:
        """Called from Dask's own thread with what the scheduler logs about the cluster."""
        said = event[1]
        if isinstance(said, dict) and said.get("action") == "remove-worker":
            mine = (str(key) for key in said.get("processing-tasks", ()))
            self.bereft.update(key for key in mine if key.startswith(self.name))

    def _fill(self) -> bool:
        """Hands out chunks; False when there is nothing left to wait for."""
        self._measure()
        while not self.drawn and len(self.running) < self.width:
            chunk = next(self.chunks, None)
            if chunk is None:
                self.drawn = True
            else:
                self._submit(chunk)
        if self.drawn and not self.running and self.aside:
            self._submit(self.aside.popleft())  # Alone in the cluster: whoever dies, it was this.
        return bool(self.running)

    def _submit(self, chunk: Chunk) -> None:
        from handouts.batch.engines.station import make

        self.count += 1
        key = f"{self.name}-{self.count}"
        future = self.client.submit(make, self.name, chunk, key=key, pure=False)
        self.running[key] = (future, chunk)
        future.add_done_callback(self.finished.put)

    def _measure(self) -> None:
        """Counts workers now and then: they come and go."""
        moment = time.monotonic()
        if self.width and moment - self.looked < LOOK:
            return
        self.looked = moment
        self.width = max(1, _AHEAD * threads(self.client))

    def _next(self) -> Any:
        """The next future that is done."""
        alone = time.monotonic()
        while True:
            try:
                return self.finished.get(timeout=LOOK)
            except queue.Empty:
                alone = self._anybody(alone)

    def _result(self, future: Any) -> Any:
        """What a chunk's task gave; when its worker has died since, others make it once more."""
        alone = time.monotonic()
        while True:
            try:
                return future.result(timeout=LOOK)
            except Exception as error:
                waits = isinstance(error, TimeoutError) and future.status != "error"
                if not waits and future.status not in _MADE_AGAIN:
                    raise
                alone = self._anybody(alone)

    def _anybody(self, alone: float) -> float:
        """Sees after a while without news whether anybody is there; since when nobody was."""
        if self.client.status not in ("running", "connecting"):
            raise lost()
        if threads(self.client):
            return time.monotonic()
        if time.monotonic() - alone > self.patience:
            raise no_workers(self.client)
        return alone

    def _outcomes(self, future: Any, chunk: Chunk) -> tuple[Outcome, ...]:
        """What became of a chunk; nothing yet when its documents are made singly later."""
        from distributed import KilledWorker

        if future.status == "cancelled":
            raise lost()
        try:
            result = self._result(future)
        except HandoutsError:
            raise
        except KilledWorker:
            return self._killed(chunk)
        except Exception as error:
            if future.status != "error":
                raise lost() from error
            return tuple(
                _failed(task.path, program_trouble(error, task.path)) for task in chunk.tasks
            )
        if isinstance(result, Diagnostic):
            raise HandoutsError([result])
        return tuple(result)

    def _killed(self, chunk: Chunk) -> tuple[Outcome, ...]:
        if len(chunk.tasks) == 1 and chunk.number < 0:
            path = chunk.tasks[0].path
            return (_failed(path, crashed(path, "died")),)
        for task in chunk.tasks:
            clinics = tuple(one for one in chunk.clinics if one.id == task.job.brand)
            self.aside.append(Chunk(-1, (task,), clinics))
        return ()


def _failed(path: str, why: Diagnostic) -> Outcome:
    return Delivered(path, "failed", diagnostics=(why,))


__all__ = ["ClusterEngine", "Tls"]
