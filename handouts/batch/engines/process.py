"""A worker process from the inside: reads chunks from its pipe until the pipe ends.

The pipe ends when the coordinator closes it, or dies, however it dies. A thread reads it, so that
a worker whose coordinator is gone stops at once, in the middle of a document; and so that the
coordinator can put a chunk in the pipe at any time without waiting.
"""

from __future__ import annotations

import os
import pickle
import queue
import signal
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from handouts.batch.trouble import program_trouble
from handouts.batch.worker import Worker, settle_memory
from handouts.diagnostics import Diagnostic, HandoutsError

TICKS, CHUNK, AT = 0, 1, 2
"""Places on the board a worker shares with the coordinator."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A worker that cannot begin; exceptions themselves do not travel well."""

    diagnostics: tuple[Diagnostic, ...]


def serve(pipe: Connection[Any, Any], board: Any, inherited: Iterable[int]) -> None:
    """The life of a worker process: first a payload, then chunks; answers None when ready.

    `inherited` are open files of a coordinator that forked it, which are only the coordinator's.
    """
    for handle in inherited:
        os.close(handle)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    chunks: queue.SimpleQueue[Any] = queue.SimpleQueue()
    payload = pickle.loads(pipe.recv_bytes())
    threading.Thread(target=_read, args=(pipe, chunks), daemon=True).start()
    try:
        worker = Worker(payload)
    except HandoutsError as error:
        pipe.send(Failure(error.diagnostics))
        return
    except Exception as error:
        pipe.send(Failure((program_trouble(error, "a worker"),)))
        return
    settle_memory()
    pipe.send(None)

    def begun(number: int, index: int) -> None:
        board[CHUNK], board[AT] = number, index
        board[TICKS] += 1

    for outcomes in worker.stream(_at_hand(chunks), begun):
        pipe.send(outcomes)


def _at_hand(chunks: queue.SimpleQueue[Any]) -> Iterator[Any]:
    """The chunks that come, and None when there is none at the moment."""
    while True:
        try:
            yield chunks.get_nowait()
        except queue.Empty:
            yield None
            yield chunks.get()


def _read(pipe: Connection[Any, Any], chunks: queue.SimpleQueue[Any]) -> None:
    """Passes on what comes; at the end of the pipe there is nobody left to work for."""
    try:
        while True:
            chunks.put(pipe.recv())
    except (EOFError, OSError):
        os._exit(0)
