"""What stands on each worker of a cluster: the inputs, unpacked once, and the `Worker` over them.

Registered by `handouts.batch.engines.cluster` as a plugin, so the scheduler hands it to every
worker that is there, joins later or comes back after a crash. A task carries a chunk and the
name of its station, nothing else.
"""

from __future__ import annotations

import shutil
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

from distributed import WorkerPlugin, get_worker

from handouts.batch.store import Superseded
from handouts.batch.travel import BUILT_IN, Program, Trunk, here, unlike
from handouts.batch.worker import Payload, Worker, settle_memory
from handouts.diagnostics import Diagnostic, ExitCode, HandoutsError
from handouts.model.batch import Chunk, Outcome


class Station(WorkerPlugin):  # type: ignore[misc]
    """The plugin. `program` is the coordinator's, or None when this is the same installation."""

    def __init__(self, name: str, trunk: Trunk, program: Program | None) -> None:
        self.name = name
        self._trunk, self._program = trunk, program
        self._at: Any = None

    def setup(self, worker: Any) -> None:
        """Called on the worker's event loop: nothing heavy here."""
        self._at = worker
        self._folder = Path(worker.local_directory) / self.name
        self._turn = threading.Lock()
        self._leaving = threading.Event()
        self._worker: Worker | None = None
        self._refusal: Diagnostic | None = None

    def teardown(self, worker: Any) -> None:
        """The batch is over."""
        self._leaving.set()
        shutil.rmtree(self._folder, ignore_errors=True)

    def make(self, chunk: Chunk) -> list[Outcome] | Diagnostic:
        """The chunk's outcomes, or why this worker cannot help.

        One chunk at a time: a worker with several threads gains nothing, since Python's lock
        lets one of them run.
        """
        with self._turn:
            if self._worker is None and self._refusal is None:
                self._begin()
            if self._worker is None:
                assert self._refusal is not None
                return self._refusal
            return self._worker.run(chunk, self._begun)

    def leave(self) -> None:
        """Gives up the chunk at the next document, and returns when it is given up."""
        self._leaving.set()
        with self._turn:
            pass

    def _begun(self, *_: int) -> None:
        if self._leaving.is_set():
            raise Superseded

    def _begin(self) -> None:
        self._refusal = self._stranger()
        if self._refusal is not None:
            return
        try:
            payload = self._trunk.unpack(self._folder, BUILT_IN)
        except OSError as error:
            self._refusal = _not_ready(self._at.address, str(error))
            return
        self._refusal = _apart(payload, self._at.address)
        if self._refusal is None:
            self._worker = Worker(payload)
            if self._program is None:
                settle_memory()

    def _stranger(self) -> Diagnostic | None:
        """Whether this is the same program, with the same built-in fonts."""
        if self._program is None:
            return None
        found = unlike(self._at.address, self._program, here())
        strange = () if found else self._trunk.strangers(BUILT_IN)
        if not strange:
            return found
        return Diagnostic(
            "other-program",
            f"worker {self._at.address} has another font file fonts/{strange[0]}"
            + (f", and {len(strange) - 1} more" if len(strange) > 1 else ""),
            "install the same version there and start the workers again",
            exit_code=ExitCode.RESOURCE,
        )


def _apart(payload: Payload, address: str) -> Diagnostic | None:
    """Whether the worker sees the place the files go to, and the same one as the coordinator."""
    store = payload.store
    try:
        with store.turn():
            return None
    except HandoutsError as error:
        said = error.diagnostics[0]
        hint = f"on that machine: {said.hint}; then start it again"
        return replace(said, message=f"worker {address}: {said.message}", hint=hint)
    except (Superseded, OSError, ImportError) as error:
        reason = str(error) or "the batch's lock is not there"
        return Diagnostic(
            "place-not-shared",
            f"worker {address} cannot write to {store.shown()}: {reason}",
            "write to a disk that all machines have under the same path, or to s3://bucket/prefix "
            "with keys in each worker's environment",
            exit_code=ExitCode.FILE,
        )


def _not_ready(address: str, reason: str) -> Diagnostic:
    return Diagnostic(
        "worker-not-ready",
        f"worker {address} did not take the inputs of the batch: {reason}",
        "it may have no room on its disk or in its memory; mend that and start it again",
        exit_code=ExitCode.RESOURCE,
    )


def make(name: str, chunk: Chunk) -> list[Outcome] | Diagnostic:
    """The task: hands the chunk to this worker's station."""
    at = get_worker()
    station = at.plugins.get(name)
    if not isinstance(station, Station):
        return _not_ready(at.address, "see its log")
    return station.make(chunk)


async def leave(name: str, dask_worker: Any) -> None:
    """Has a station give up, without stopping the worker's event loop."""
    import asyncio

    station = dask_worker.plugins.get(name)
    if isinstance(station, Station):
        await asyncio.to_thread(station.leave)


__all__ = ["Station", "leave", "make"]
