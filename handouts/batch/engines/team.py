"""Worker processes of this machine: given everything once, then chunk after chunk.

Why not ``concurrent.futures``: its pool is broken for good when one process dies. Here each
worker has a pipe of its own, and the coordinator waits for pipes and for deaths at once.

How workers are started: on Linux they are forked, which takes some ten milliseconds instead of
half a second for importing everything anew, but only while this process has a single thread
(a fork copies the locks of other threads as they are at that moment, for ever). What a fork
inherits and must not keep is closed first: the pipes of the others, and the folder's lock, which
would else outlive the coordinator. On macOS, where system libraries do not survive a fork, on
Windows, which has none, and beside other threads, workers are spawned.

A worker makes one chunk, makes the one before durable meanwhile, and has a third in its pipe: it
waits neither for the disk nor for the coordinator. What document it is at stands in shared
memory: no message is sent for it, and it can still be read when the worker has died.
"""

from __future__ import annotations

import pickle
import signal
import sys
import time
from collections import Counter, deque
from collections.abc import Collection, Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from multiprocessing import connection, get_context
from multiprocessing.process import BaseProcess
from multiprocessing.sharedctypes import RawArray
from pathlib import Path
from typing import Any

from handouts.batch.engines import Payload, Report
from handouts.batch.engines.process import AT, CHUNK, TICKS, Failure, serve
from handouts.batch.lock import held
from handouts.batch.store import Delivered
from handouts.batch.trouble import crashed
from handouts.diagnostics import Diagnostic, ExitCode, HandoutsError
from handouts.model.batch import Chunk, Outcome, Task
from handouts.model.project import Job

_AT_HAND = 3
"""Chunks a worker has: one that is made durable, one that is made, and the next."""
_LOOK = 0.5
"""Seconds between two looks at who is hung."""
_STILLBORN = 3
"""Workers that may die one after the other before any of them was ready."""


@dataclass(slots=True, eq=False)
class _Member:
    """A worker process, what it has at hand, and when it last got on."""

    process: BaseProcess
    pipe: connection.Connection[Any, Any]
    board: Any
    """Shared memory: how often it got on, and the numbers of the chunk and task it is at."""
    ready: bool = False
    chunks: deque[Chunk] = field(default_factory=deque)
    template: Job | None = None
    careful: bool = False
    """Whether it has a single task of a chunk whose worker died: then nothing else beside it."""
    ticks: int = -1
    since: float = 0.0

    def hung(self, patience: float) -> bool:
        """Whether it has been at one document for too long."""
        moment = time.monotonic()
        idle = self.ready and not self.chunks
        if idle or self.board[TICKS] != self.ticks:
            self.ticks, self.since = self.board[TICKS], moment
        return moment - self.since > patience


class Team:
    """The workers, and the chunks they are to make."""

    def __init__(
        self, payload: Payload, chunks: Iterator[Chunk], size: int, patience: float
    ) -> None:
        self._payload = pickle.dumps(payload, pickle.HIGHEST_PROTOCOL)
        self._source, self._size, self._patience = chunks, size, patience
        self._members: list[_Member] = []
        self._window: list[Chunk] = []
        self._again: deque[Chunk] = deque()
        """Single tasks of chunks whose worker died."""
        self._crashes: Counter[str] = Counter()
        """How often a worker died at a document, by its path."""
        self._stillborn = 0
        self._drawn = False

    def run(self) -> Generator[Report, None, None]:
        """Reports until all chunks are made; then, or when it is closed, nobody is left."""
        try:
            self._refill()
            while self._window or self._again or any(one.chunks for one in self._members):
                self._staff()
                self._feed()
                yield from self._heard()
                self._refill()
            self._dismiss()
        finally:
            self._kill()

    def _refill(self) -> None:
        """Draws chunks ahead, so that a worker can be given one of the template it is at."""
        while not self._drawn and len(self._window) < 2 * self._size:
            chunk = next(self._source, None)
            if chunk is None:
                self._drawn = True
            else:
                self._window.append(chunk)

    def _staff(self) -> None:
        """Starts workers that are missing, not more than there is work for."""
        work = len(self._window) + len(self._again) + sum(len(m.chunks) for m in self._members)
        while len(self._members) < min(self._size, work):
            self._members.append(self._started())

    def _started(self) -> _Member:
        forked = _may_fork()
        context: Any = get_context("fork" if forked else "spawn")
        here, there = context.Pipe()
        board = RawArray("q", 3)
        board[CHUNK] = -1
        inherited = [here.fileno(), *(one.pipe.fileno() for one in self._members), *held()]
        args = (there, board, inherited if forked else [])
        process = context.Process(target=serve, args=args, daemon=True)
        with _deaf():
            process.start()
        there.close()
        member = _Member(process, here, board, since=time.monotonic())
        with suppress(BrokenPipeError, ConnectionError):
            here.send_bytes(self._payload)
        return member

    def _feed(self) -> None:
        """Gives out work, first to those who have the least."""
        for count in range(_AT_HAND):
            for member in self._members:
                if member.ready and len(member.chunks) == count and not member.careful:
                    self._give(member)

    def _give(self, member: _Member) -> None:
        chunk = self._next(member)
        if chunk is None:
            return
        member.chunks.append(chunk)
        member.template = _template(chunk)
        with suppress(BrokenPipeError, ConnectionError):  # It died: it will be seen.
            member.pipe.send(chunk)

    def _next(self, member: _Member) -> Chunk | None:
        """Work for a worker: what has to be repeated, its own template's, or one nobody is at."""
        if self._again and not member.chunks:
            member.careful = True
            return self._again.popleft()
        taken = {one.template for one in self._members if one is not member}
        templates = [_template(chunk) for chunk in self._window]
        fitting = (
            next((n for n, one in enumerate(templates) if one == member.template), None),
            next((n for n, one in enumerate(templates) if one not in taken), None),
            0 if templates else None,
        )
        number = next((one for one in fitting if one is not None), None)
        return None if number is None else self._window.pop(number)

    def _heard(self) -> Iterator[Report]:
        """Waits for something to happen, and says what."""
        handles: dict[Any, _Member] = {}
        for member in self._members:
            handles[member.pipe] = handles[member.process.sentinel] = member
        happened = connection.wait(list(handles), timeout=_LOOK)
        for member in dict.fromkeys(handles[one] for one in happened):
            yield from self._read(member)
        for member in list(self._members):
            if member.hung(self._patience):
                member.process.kill()
                yield from self._lost(member, f"said nothing for {self._patience:.0f} seconds")

    def _read(self, member: _Member) -> Iterator[Report]:
        """All that a worker said; and that it died, when it did."""
        try:
            while member.pipe.poll():
                answer = member.pipe.recv()
                if isinstance(answer, Failure):
                    raise HandoutsError(answer.diagnostics)
                if answer is None:
                    member.ready, self._stillborn = True, 0
                    continue
                member.chunks.popleft()
                member.careful = False
                yield Report(tuple(answer))
        except (EOFError, OSError, pickle.UnpicklingError):
            yield from self._lost(member)
            return
        if not member.process.is_alive() and not member.pipe.poll():
            yield from self._lost(member)

    def _lost(self, member: _Member, how: str = "") -> Iterator[Report]:
        """A worker is dead: what it had not begun goes back, what it had is made singly."""
        self._members.remove(member)
        member.process.join()
        member.pipe.close()
        if not member.ready:
            self._stillborn += 1
            if self._stillborn >= _STILLBORN:
                raise _no_workers(member.process.exitcode)
        if not member.chunks:
            return
        numbers = [one.number for one in member.chunks]
        begun = member.board[CHUNK] in numbers
        at = numbers.index(member.board[CHUNK]) if begun else 0
        touched = [member.chunks.popleft() for _ in range(at + 1)]
        self._window[:0] = member.chunks
        suspect = _suspect(touched[-1], member.board[AT] if begun else len(touched[-1].tasks))
        failed: tuple[Outcome, ...] = ()
        if suspect is not None:
            self._crashes[suspect.path] += 1
            if self._crashes[suspect.path] > 1:
                trouble = crashed(suspect.path, how or _death(member.process.exitcode))
                failed = (Delivered(suspect.path, "failed", diagnostics=(trouble,)),)
        without = {one.path for one in failed}
        for chunk in touched:
            self._again.extend(_singly(chunk, without))
        yield Report(failed, abandoned=tuple(t.path for chunk in touched for t in chunk.tasks))

    def _dismiss(self) -> None:
        """Lets workers go that have nothing more to do."""
        for member in self._members:
            member.pipe.close()
        for member in self._members:
            member.process.join(timeout=10.0)

    def _kill(self) -> None:
        for member in self._members:
            if member.process.is_alive():
                member.process.kill()
        for member in self._members:
            member.process.join()
            member.pipe.close()
        self._members.clear()


def _may_fork() -> bool:
    """Whether nothing but this thread lives in this process; only Linux says so."""
    try:
        return sys.platform == "linux" and len(list(Path("/proc/self/task").iterdir())) == 1
    except OSError:
        return False


@contextmanager
def _deaf() -> Iterator[None]:
    """A process started meanwhile never hears Ctrl-C: the coordinator does, and ends it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _template(chunk: Chunk) -> Job:
    return replace(chunk.tasks[0].job, brand="")


def _suspect(chunk: Chunk, at: int) -> Task | None:
    """The task a worker was at when it died; None when it was at all of them, or at none."""
    if len(chunk.tasks) == 1:
        return chunk.tasks[0]
    return chunk.tasks[at] if at < len(chunk.tasks) else None


def _singly(chunk: Chunk, without: Collection[str]) -> Iterator[Chunk]:
    """The tasks of a chunk in chunks of their own."""
    for task in chunk.tasks:
        if task.path not in without:
            clinics = tuple(one for one in chunk.clinics if one.id == task.job.brand)
            yield Chunk(chunk.number, (task,), clinics)


def _death(code: int | None) -> str:
    if code is not None and code < 0:
        with suppress(ValueError):
            return f"was ended by {signal.Signals(-code).name}"
    return f"ended with code {code}"


def _no_workers(code: int | None) -> HandoutsError:
    return HandoutsError(
        [
            Diagnostic(
                "no-workers",
                f"worker processes end before they begin: the last {_death(code)}",
                "try --processes 1, which needs none",
                exit_code=ExitCode.RESOURCE,
            )
        ]
    )
