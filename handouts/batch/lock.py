"""One batch at a time in one place, even when the one before it died in the middle.

Two files in the hidden folder, both locked through the operating system, which lets go when a
process dies, whatever killed it:

- ``lock`` is held by the coordinator for as long as it has the place. In it stand process,
  machine and a token, so that a second batch can say who is at work.
- ``working`` is held (shared) by each worker while it works on a chunk. A new coordinator
  first writes its own token, then waits until nobody holds ``working``. A worker that takes its
  turn and finds another token than its own leaves the chunk alone. So a worker that outlives its
  coordinator by a moment can never put an old file over a new one.

On Linux and macOS these are ``flock`` locks; on Windows byte ranges far behind the content. On
network disks: NFS passes ``flock`` on to the server (Linux since 2.6.12; NFS 4, or 3 with its
lock daemon), so it holds between machines; mounted with ``nolock`` or ``local_lock=flock`` it
holds on one machine only. SMB locks are the server's and hold. A disk that cannot lock at all
refuses, and so does the batch.

A forked worker inherits an open ``lock`` and would keep it after the coordinator's death: it
closes what `held` names before anything else.
"""

from __future__ import annotations

import errno
import json
import os
import platform
import secrets
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from handouts.batch.store import Superseded
from handouts.diagnostics import ExitCode, HandoutsError, problem

_NAME, _WORKING = "lock", "working"
_BUSY = (errno.EAGAIN, errno.EACCES, errno.EDEADLK)
_PAUSE = 0.1
_HELD: set[int] = set()
_LAST_CHUNKS = 60.0
"""Seconds the workers of a dead coordinator get to notice; they need milliseconds."""

if sys.platform == "win32":  # pragma: no cover
    import msvcrt

    _FAR, _SEATS = 1 << 30, 1 << 16

    def _try(handle: int, *, shared: bool = False) -> None:
        # A new seat each time: on this system a process keeps out even itself.
        seat = secrets.randbelow(_SEATS) if shared else 0
        os.lseek(handle, _FAR + seat, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1 if shared else _SEATS)

else:
    import fcntl

    def _try(handle: int, *, shared: bool = False) -> None:
        fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)


@dataclass(frozen=True, slots=True)
class Lock:
    """A place that is ours until `release`, or until this process ends."""

    token: str
    handle: int

    def release(self) -> None:
        """Lets the next one in."""
        if self.handle in _HELD:
            _HELD.remove(self.handle)
            os.close(self.handle)


def acquire(home: Path, shown: str, wait: float = 0.0) -> Lock:
    """Takes the place, or waits for it so many seconds.

    Raises:
        HandoutsError: ``batch-running`` with who is at work there; ``no-locks`` on a disk that
            cannot lock.
        OSError: when the hidden folder cannot be written.
    """
    home.mkdir(parents=True, exist_ok=True)
    handle = os.open(home / _NAME, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        if not _within(handle, wait, shown):
            raise _running(home, shown)
        token = secrets.token_hex(8)
        _sign(handle, token)
        _let_workers_end(home, shown)
    except BaseException:
        os.close(handle)
        raise
    _HELD.add(handle)
    return Lock(token, handle)


def held() -> tuple[int, ...]:
    """Open files of this process's locks: a process forked from it has to close them."""
    return tuple(_HELD)


@contextmanager
def turn(home: Path, token: str) -> Iterator[None]:
    """A worker's turn, on condition that its batch still has the place.

    Raises:
        Superseded: when it has not.
    """
    handle = os.open(home / _WORKING, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        if not _within(handle, _LAST_CHUNKS, "", shared=True) or _signed(home) != token:
            raise Superseded
        yield
    finally:
        os.close(handle)


def _within(handle: int, seconds: float, shown: str, *, shared: bool = False) -> bool:
    """Whether the lock was had before the time was up."""
    end = time.monotonic() + seconds
    while True:
        try:
            _try(handle, shared=shared)
        except OSError as error:
            if error.errno not in _BUSY:
                raise _no_locks(shown) from error
            if time.monotonic() >= end:
                return False
            time.sleep(_PAUSE)
        else:
            return True


def _let_workers_end(home: Path, shown: str) -> None:
    handle = os.open(home / _WORKING, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        if not _within(handle, _LAST_CHUNKS, shown):
            raise problem(
                "batch-running",
                f"workers of an earlier batch are still writing to {shown}",
                "end them, or wait",
                exit_code=ExitCode.FILE,
            )
    finally:
        os.close(handle)


def _sign(handle: int, token: str) -> None:
    content = json.dumps({"token": token, "pid": os.getpid(), "host": platform.node()})
    os.ftruncate(handle, 0)
    os.lseek(handle, 0, os.SEEK_SET)
    os.write(handle, content.encode())


def _signature(home: Path) -> dict[str, object]:
    try:
        said = json.loads((home / _NAME).read_bytes())
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}


def _signed(home: Path) -> object:
    return _signature(home).get("token")


def _running(home: Path, shown: str) -> HandoutsError:
    """Who is at work, since when: the file's own time, so the clock of its disk."""
    said = _signature(home)
    who = f"process {said.get('pid', '?')} on {said.get('host', '?')}"
    with suppress(OSError):
        since = datetime.fromtimestamp((home / _NAME).stat().st_mtime, UTC)
        who += f", since {since:%Y-%m-%d %H:%M} UTC"
    return problem(
        "batch-running",
        f"another batch is at work in {shown} ({who})",
        "wait for it to end, or give --wait to begin when it has; or choose another --output",
        exit_code=ExitCode.FILE,
    )


def _no_locks(shown: str) -> HandoutsError:
    return problem(
        "no-locks",
        f"the disk of {shown} cannot lock files, so nothing would keep two batches apart",
        "write to a disk of this machine and copy the folder afterwards",
        exit_code=ExitCode.FILE,
    )
