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

import logging
import queue
import signal
import time
from collections import deque
from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import resource_tracker
from pathlib import Path
from typing import Any

from handouts.batch.engines import Payload, Report
from handouts.batch.travel import here, pack, unlike
from handouts.batch.trouble import crashed, program_trouble
from handouts.diagnostics import Diagnostic, ExitCode, HandoutsError, problem
from handouts.model.batch import Chunk, Outcome

_LARGEST = 256
"""Tasks of a chunk: about a second's work, beside which a task's millisecond does not show."""
_SHARES = 64
"""Chunks there are at least, to share among workers nobody has counted yet."""
_AHEAD = 2
"""Chunks per worker under way: one being made, one at hand."""
_LOOK = 5.0
"""Seconds without news after which the cluster is looked at."""
_FAREWELL = 2
"""Seconds for a scheduler to answer when the connection is closed; a dead one never does."""
_ALLOWED = "distributed.scheduler.allowed-failures"


@dataclass(frozen=True, slots=True)
class Tls:
    """Files for a scheduler that speaks ``tls://``, in PEM format."""

    ca: Path
    certificate: Path
    key: Path


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
                ``place-not-shared``, ``missing-library``, ``lost-scheduler``.
        """
        trunk = pack(payload)
        with _client(self) as client:
            from handouts.batch.engines.station import Station

            _wait_for_workers(client, self)
            if self.scheduler:
                _refuse_strangers(client)
            name = f"handouts-{client.id}"
            station = Station(name, trunk, here() if self.scheduler else None)
            try:
                client.register_plugin(station, name=name)
                dispatch = _Dispatch(client, name, chunks, self.patience)
                client.subscribe_topic("all", dispatch.heard)
                yield from dispatch.reports()
            finally:
                _leave(client, name)


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
                _, chunk = self.running.pop(future.key)
                found = self._outcomes(future, chunk)
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
        if self.width and moment - self.looked < _LOOK:
            return
        self.looked = moment
        self.width = max(1, _AHEAD * _threads(self.client))

    def _next(self) -> Any:
        """The next future that is done. Wakes up in between, to see whether anybody is there."""
        alone_since = time.monotonic()
        while True:
            try:
                return self.finished.get(timeout=_LOOK)
            except queue.Empty:
                if self.client.status not in ("running", "connecting"):
                    raise _lost() from None
                if _threads(self.client):
                    alone_since = time.monotonic()
                elif time.monotonic() - alone_since > self.patience:
                    raise _no_workers("all workers of the cluster have gone") from None

    def _outcomes(self, future: Any, chunk: Chunk) -> tuple[Outcome, ...]:
        """What became of a chunk; nothing yet when its documents are made singly later."""
        from distributed import KilledWorker

        if future.status == "error":
            error = future.exception()
            if isinstance(error, KilledWorker):
                return self._killed(chunk)
            return tuple(
                _failed(task.path, program_trouble(error, task.path)) for task in chunk.tasks
            )
        if future.status != "finished":
            raise _lost()
        try:
            result = future.result()
        except Exception as error:
            raise _lost() from error
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


@contextmanager
def _client(engine: ClusterEngine) -> Iterator[Any]:
    """A connection to the cluster, which is started when there is none; it ends with the batch."""
    try:
        import dask
        from dask.system import CPU_COUNT
        from distributed import Client, LocalCluster
    except ImportError:
        raise problem(
            "missing-library",
            "--engine dask needs Dask, which is not installed",
            "install it: pip install 'handouts[cluster]'",
            exit_code=ExitCode.USAGE,
        ) from None
    _quieten()
    with ExitStack() as stack:
        if not engine.scheduler:
            # A chunk that went down is made singly, and a document that then goes down is
            # reported: as with processes without Dask.
            stack.enter_context(dask.config.set({_ALLOWED: 0}))
            cluster = stack.enter_context(
                LocalCluster(
                    n_workers=0,
                    threads_per_worker=1,
                    processes=True,
                    host="127.0.0.1",
                    dashboard_address="127.0.0.1:0",
                    memory_limit=0,
                    silence_logs=logging.CRITICAL + 1,
                )
            )
            resource_tracker.ensure_running()  # It would unblock what is blocked next.
            cluster.sync(_deaf)
            cluster.scale(engine.processes or CPU_COUNT)
            client = Client(cluster, set_as_default=False)
            stack.callback(client.close, timeout=_FAREWELL)
            yield client
            return
        try:
            security = _security(engine.tls)
            client = Client(
                engine.scheduler,
                security=security,
                timeout=engine.patience,
                set_as_default=False,
            )
        except (OSError, ValueError, TimeoutError) as error:
            raise problem(
                "no-scheduler",
                f"no Dask scheduler answers at {engine.scheduler}: {error}",
                "start one with: dask scheduler; or mend the address, or leave --scheduler away",
                exit_code=ExitCode.RESOURCE,
            ) from None
        stack.callback(client.close, timeout=_FAREWELL)
        yield client


async def _deaf() -> None:
    """Ctrl-C reaches all processes of a terminal; it is for the coordinator, who ends the others.

    Blocked in the thread that starts workers, and so in them; Windows knows no such thing.
    """
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])


def _security(tls: Tls | None) -> Any:
    """Without files Dask's own settings decide (``DASK_DISTRIBUTED__COMM__TLS__…``)."""
    from distributed.security import Security

    if tls is None:
        return None
    return Security(
        tls_ca_file=str(tls.ca),
        tls_client_cert=str(tls.certificate),
        tls_client_key=str(tls.key),
        require_encryption=True,
    )


def _wait_for_workers(client: Any, engine: ClusterEngine) -> None:
    try:
        client.wait_for_workers(1, timeout=engine.patience)
    except TimeoutError:
        where = engine.scheduler or "this machine"
        raise _no_workers(f"the cluster at {where} has no workers") from None


def _refuse_strangers(client: Any) -> None:
    """Every worker that is there must be this program; those that join later are asked then."""
    found = client.run(here, on_error="return")
    problems = []
    for address, program in found.items():
        if isinstance(program, Exception):
            problems.append(_cannot(address, program))
        else:
            problems += [one for one in [unlike(address, here(), program)] if one]
    if problems:
        raise HandoutsError(problems)


def _cannot(address: str, error: Exception) -> Diagnostic:
    missing = isinstance(error, ModuleNotFoundError)
    reason = "has no handouts installed" if missing else f"cannot run handouts: {error}"
    return Diagnostic(
        "other-program",
        f"worker {address} {reason}",
        "install the same version there (pip install 'handouts[cluster]') and start it again",
        exit_code=ExitCode.RESOURCE,
    )


def _threads(client: Any) -> int:
    """Threads of all workers; one worker makes one chunk at a time, but may have one at hand."""
    try:
        return len(client.nthreads())
    except Exception as error:
        raise _lost() from error


def _leave(client: Any, name: str) -> None:
    """No worker goes on with this batch after it has ended here."""
    from handouts.batch.engines.station import leave

    if client.status != "running":
        return
    with suppress(Exception):
        client.unsubscribe_topic("all")
        client.run(leave, name, on_error="ignore")
        client.unregister_worker_plugin(name)


def _quieten() -> None:
    """Dask logs every worker that comes and goes; the batch tells what matters.

    For good: its threads have things to say after the batch has ended, too.
    """
    for name in ("distributed", "distributed.client", "tornado", "tornado.application"):
        for handler in logging.getLogger(name).handlers:
            handler.setLevel(logging.CRITICAL + 1)


def _failed(path: str, why: Diagnostic) -> Outcome:
    from handouts.batch.store import Delivered

    return Delivered(path, "failed", diagnostics=(why,))


def _no_workers(message: str) -> HandoutsError:
    hint = "start workers with: dask worker ADDRESS --nthreads 1; then run the batch again"
    return problem("no-workers", message, hint, exit_code=ExitCode.RESOURCE)


def _lost() -> HandoutsError:
    return problem(
        "lost-scheduler",
        "the connection to the Dask scheduler is lost",
        "look after the scheduler, then run the batch again: it goes on from here",
        exit_code=ExitCode.RESOURCE,
    )


__all__ = ["ClusterEngine", "Tls"]
